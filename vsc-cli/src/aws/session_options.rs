//! The account and region of a command: the options that all commands on AWS share.

use std::time::Duration;

use clap::ArgMatches;

/// The account and region that the command line selects.
#[derive(Clone, Debug)]
pub(crate) struct SessionOptions {
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
    /// The timeout of one attempt of a call.
    pub(crate) timeout: Duration,
}

impl SessionOptions {
    /// Reads the arguments of [`crate::cli::aws::arguments`].
    pub(crate) fn of(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let seconds = matches.get_one::<u64>("timeout").copied().unwrap_or(30);
        Self {
            region: text("region"),
            profile: text("profile"),
            timeout: Duration::from_secs(seconds),
        }
    }
}
