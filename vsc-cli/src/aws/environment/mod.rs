//! The AWS settings of the environment and the profile, checked before the SDK reads them.
//!
//! The SDK panics on some invalid values, silently ignores others, and treats an empty variable as a
//! value. Here an empty one is unset, as for the AWS CLI, and an invalid one is an error that names
//! the variable or the key of the profile.

mod certificates;
mod check;
mod profile;
mod restart;
mod variable;

use std::env;

use aws_config::retry::{RetryConfig, RetryMode};

use super::session_options::SessionOptions;
use crate::Failure;

pub(crate) use check::url as check_url;
pub(crate) use profile::Profiles;
pub(crate) use restart::without_empty_variables;
use variable::{SETTINGS, Setting};

/// Checked settings.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) profiles: Profiles,
}

/// A value and its origin: `AWS_REGION`, or a key of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) origin: String,
}

impl Environment {
    /// Reads and checks everything.
    ///
    /// # Errors
    ///
    /// When a value is invalid; the message names the setting.
    pub(crate) async fn read(session_options: &SessionOptions) -> Result<Self, Failure> {
        must_be_unicode()?;
        let profiles = Profiles::read(session_options.profile.as_deref()).await?;
        let environment = Self { profiles };
        let ignored = environment.ignores_endpoints();
        let asked = SETTINGS
            .iter()
            .filter(|setting| !(ignored && setting.key == "endpoint_url"));
        for setting in asked {
            environment.check(setting)?;
        }
        if session_options.profile.is_none() {
            check::credentials()?;
        }
        check::proxies()?;
        Ok(environment)
    }

    /// The value of a variable, or else of a key of the profile.
    pub(crate) fn get(&self, variables: &[&str], key: &str) -> Option<Found> {
        let set = variables.iter().find_map(|name| {
            Some(Found {
                value: variable(name)?,
                origin: (*name).to_owned(),
            })
        });
        set.or_else(|| self.profiles.get(key))
    }

    fn check(&self, setting: &Setting) -> Result<(), Failure> {
        match self.get(setting.variables, setting.key) {
            Some(found) if !(setting.is_right)(&found.value) => {
                Err(wrong(&found, setting.expected))
            }
            _ => Ok(()),
        }
    }

    /// Whether configured endpoints are ignored.
    pub(crate) fn ignores_endpoints(&self) -> bool {
        let value = self.get(
            &["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
            "ignore_configured_endpoint_urls",
        );
        value.is_some_and(|found| found.value.eq_ignore_ascii_case("true"))
    }

    /// The number of attempts and the retry mode.
    pub(crate) fn retries(&self, attempts: u32) -> RetryConfig {
        let value = self.get(&["AWS_MAX_ATTEMPTS"], "max_attempts");
        let attempts = value
            .and_then(|found| found.value.trim().parse().ok())
            .unwrap_or(attempts);
        let mode = self.get(&["AWS_RETRY_MODE"], "retry_mode");
        let is_adaptive =
            mode.is_some_and(|found| found.value.trim().eq_ignore_ascii_case("adaptive"));
        // The mode `legacy` exists only in the AWS CLI.
        let mode = if is_adaptive {
            RetryMode::Adaptive
        } else {
            RetryMode::Standard
        };
        RetryConfig::standard()
            .with_max_attempts(attempts)
            .with_retry_mode(mode)
    }
}

/// An environment variable; none if it is empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The error of an invalid value, in one line.
pub(crate) fn wrong(found: &Found, expected: &str) -> Failure {
    Failure::input(format!(
        "{}: {:?} is not valid; expected {expected}",
        found.origin, found.value
    ))
}

/// Rejects variables that are not UTF-8, which the SDK would ignore.
fn must_be_unicode() -> Result<(), Failure> {
    let bad = env::vars_os().find(|(name, value)| {
        name.to_string_lossy().starts_with("AWS_") && value.to_str().is_none()
    });
    match bad {
        Some((name, _)) => Err(Failure::input(format!(
            "{}: the value is not valid UTF-8",
            name.to_string_lossy()
        ))),
        None => Ok(()),
    }
}
