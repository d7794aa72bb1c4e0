//! The output formats of `check`.

use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, ValueEnum, value_parser};

/// The format of the diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For scripts.
    Json,
    /// For code scanning.
    Sarif,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Text, Self::Json, Self::Sarif]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Text => PossibleValue::new("text").help("For people"),
            Self::Json => PossibleValue::new("json").help("For scripts; the same as --json"),
            Self::Sarif => PossibleValue::new("sarif").help("SARIF 2.1.0, for code scanning"),
        })
    }
}

impl Format {
    const ARGUMENT: &str = "format";

    pub(super) fn argument() -> Arg {
        Arg::new(Self::ARGUMENT)
            .long(Self::ARGUMENT)
            .short('f')
            .value_name("FORMAT")
            .value_parser(value_parser!(Self))
            .conflicts_with("json")
            .help("Print the diagnostics in this format")
    }

    /// The format that is selected; `None` for a command without `--format`.
    pub(crate) fn of(matches: &ArgMatches) -> Option<Self> {
        matches
            .try_get_one::<Self>(Self::ARGUMENT)
            .ok()
            .flatten()
            .copied()
    }
}
