//! Selection of lints: `--allow ID` and `--only ID`.

use clap::{Arg, ArgAction, ArgMatches};
use vsc_core::check::Lint;
use vsc_spec::Diagnostic;

use crate::Failure;
use crate::operation::check::Selection;

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

/// The lints that the arguments select.
pub(super) fn selected(matches: &ArgMatches) -> Result<Selection, Failure> {
    Ok(Selection {
        allowed: allowed(matches)?,
        only: read(matches, "only", Lint::by_id)?,
    })
}

#[cfg(test)]
mod tests {
    use clap::Command;
    use vsc_core::check::lint;

    use super::*;
    use crate::commands::check::arguments;

    fn selection(arguments_given: &[&str]) -> Result<Selection, String> {
        let command = Command::new("check").args(arguments());
        let given = ["check"].iter().chain(arguments_given);
        let matches = command.try_get_matches_from(given);
        let matches = matches.map_err(|error| error.to_string())?;
        selected(&matches).map_err(|error| format!("{error:?}"))
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
