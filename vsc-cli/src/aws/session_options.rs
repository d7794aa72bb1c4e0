//! Where a command acts: the options that every command on AWS takes, carried out.

use std::time::Duration;

use clap::ArgMatches;

use crate::terminal;

/// The account and region that the user asks for, as far as the command line says.
#[derive(Clone, Debug)]
pub(crate) struct SessionOptions {
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
    /// How long one attempt of a call may take.
    pub(crate) timeout: Duration,
}

impl SessionOptions {
    /// What the arguments of [`crate::cli::aws::arguments`] say; messages repeat it.
    pub(crate) fn of(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let seconds = matches.get_one::<u64>("timeout").copied().unwrap_or(30);
        let session_options = Self {
            region: text("region"),
            profile: text("profile"),
            timeout: Duration::from_secs(seconds),
        };
        let said = [
            ("--profile", &session_options.profile),
            ("--region", &session_options.region),
        ];
        let options = said.iter().filter_map(|(option, value)| {
            let value = value.as_ref()?;
            Some(format!(" {option} {value}"))
        });
        terminal::repeat_session_options(options.collect());
        session_options
    }
}
