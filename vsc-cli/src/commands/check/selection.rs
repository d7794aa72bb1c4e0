//! Which lints are reported: `--allow ID` and `--only ID`.

use clap::{Arg, ArgAction, ArgMatches};
use vsc_core::check::{Lint, lint};
use vsc_spec::Finding;

use crate::Failure;

/// `--allow ID`, for the commands that check.
pub(crate) fn allow() -> Arg {
    ids("allow").help("Do not report this lint, such as open-port")
}

/// `--only ID`.
pub(super) fn only() -> Arg {
    ids("only").help("Report this lint alone, and syntax errors")
}

fn ids(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("ID")
        .action(ArgAction::Append)
        .value_delimiter(',')
}

/// The lints that `--allow` names.
pub(crate) fn allowed(matches: &ArgMatches) -> Result<Vec<Lint>, Failure> {
    read(matches, "allow", Lint::allowable)
}

fn read(
    matches: &ArgMatches,
    name: &str,
    lint: fn(&str) -> Result<Lint, Finding>,
) -> Result<Vec<Lint>, Failure> {
    let ids = matches.get_many::<String>(name).into_iter().flatten();
    let lints: Result<_, _> = ids.map(|id| lint(id.trim())).collect();
    lints.map_err(|finding| Failure::Usage(finding.to_string()))
}

/// The lints that a run reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    allowed: Vec<Lint>,
    /// Empty for all of them.
    only: Vec<Lint>,
}

impl Selection {
    pub(super) fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        Ok(Self {
            allowed: allowed(matches)?,
            only: read(matches, "only", Lint::by_id)?,
        })
    }

    /// Whether `--allow` names the lint.
    pub(super) fn allows(&self, lint: Lint) -> bool {
        self.allowed.contains(&lint)
    }

    /// Whether `--only` leaves the lint. A template that cannot be read is never passed over.
    pub(super) fn includes(&self, lint: Lint) -> bool {
        self.only.is_empty() || self.only.contains(&lint) || lint == lint::SYNTAX
    }
}
