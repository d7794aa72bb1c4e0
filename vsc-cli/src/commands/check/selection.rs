//! Selection of lints: `--allow ID` and `--only ID`.

use clap::{Arg, ArgAction, ArgMatches};
use vsc_core::check::{Lint, lint};
use vsc_spec::Diagnostic;

use crate::Failure;

/// `--allow ID`, for the commands that check.
pub(crate) fn allow() -> Arg {
    ids("allow").help("Do not report this lint, for example open-port")
}

/// `--only ID`.
pub(super) fn only() -> Arg {
    ids("only").help("Report only this lint, and syntax errors")
}

fn ids(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("ID")
        .action(ArgAction::Append)
        .value_delimiter(',')
}

/// The lints given by `--allow`.
pub(crate) fn allowed(matches: &ArgMatches) -> Result<Vec<Lint>, Failure> {
    read(matches, "allow", Lint::allowable)
}

fn read(
    matches: &ArgMatches,
    name: &str,
    lint: fn(&str) -> Result<Lint, Diagnostic>,
) -> Result<Vec<Lint>, Failure> {
    let ids = matches.get_many::<String>(name).into_iter().flatten();
    let lints: Result<_, _> = ids.map(|id| lint(id.trim())).collect();
    lints.map_err(Failure::of_argument)
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

    /// Whether `--allow` includes the lint.
    pub(super) fn allows(&self, lint: Lint) -> bool {
        self.allowed.contains(&lint)
    }

    /// Whether the lint is reported under `--only`. Syntax errors always are.
    pub(super) fn includes(&self, lint: Lint) -> bool {
        self.only.is_empty() || self.only.contains(&lint) || lint == lint::SYNTAX
    }
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use super::*;
    use crate::commands::check::arguments;

    fn selection(arguments_given: &[&str]) -> Result<Selection, String> {
        let command = Command::new("check").args(arguments());
        let given = ["check"].iter().chain(arguments_given);
        let matches = command.try_get_matches_from(given);
        let matches = matches.map_err(|error| error.to_string())?;
        Selection::of(&matches).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn syntax_errors_are_always_reported() {
        let only = selection(&["--only", "open-port, plain-http"]).expect("they are lints");
        for (lint, is_included) in [
            (lint::OPEN_PORT, true),
            (lint::PLAIN_HTTP, true),
            (lint::SYNTAX, true),
            (lint::PROPERTY, false),
        ] {
            assert_eq!(only.includes(lint), is_included, "{lint:?}");
        }
        assert!(selection(&["--only", "syntax"]).is_ok());
        assert!(selection(&["--allow", "syntax"]).is_err());
    }

    #[test]
    fn all_lints_are_reported_without_arguments() {
        let all = selection(&[]).expect("nothing is wrong");
        assert!(Lint::ALL.iter().all(|lint| all.includes(*lint)));
        assert!(!Lint::ALL.iter().any(|lint| all.allows(*lint)));
    }

    #[test]
    fn one_format_is_printed() {
        assert!(selection(&["--json", "--format", "sarif"]).is_err());
        assert!(selection(&["--format", "xml"]).is_err());
        assert!(selection(&["--format", "json"]).is_ok());
    }
}
