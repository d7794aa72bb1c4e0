//! Where a command acts: the options that every command on AWS takes, carried out.

use std::time::Duration;

use clap::ArgMatches;

use crate::terminal;

/// The account and region that the user asks for, as far as the command line says.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
    /// How long one attempt of a call may take.
    pub(crate) timeout: Duration,
}

impl Place {
    /// What the arguments of [`crate::cli::aws::arguments`] say; messages repeat it.
    pub(crate) fn of(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let seconds = matches.get_one::<u64>("timeout").copied().unwrap_or(30);
        let place = Self {
            region: text("region"),
            profile: text("profile"),
            timeout: Duration::from_secs(seconds),
        };
        let said = [("--profile", &place.profile), ("--region", &place.region)];
        let options = said.iter().filter_map(|(option, value)| {
            let value = value.as_ref()?;
            Some(format!(" {option} {value}"))
        });
        terminal::repeat_place(options.collect());
        place
    }
}
