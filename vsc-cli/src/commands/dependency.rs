//! The source of the library for a new crate: `--vsc-path`, `--vsc-git` and `--vsc-version`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, ValueHint, value_parser};

use crate::Failure;
use crate::operation::scaffold::Dependency;

/// The options that select the source.
pub(crate) fn arguments() -> [Arg; 3] {
    [
        Arg::new("vsc-path")
            .long("vsc-path")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .conflicts_with_all(["vsc-git", "vsc-version"])
            .help("Use the crate vsc in this folder [default: the source of this program]"),
        Arg::new("vsc-git")
            .long("vsc-git")
            .value_name("URL[#REV]")
            .conflicts_with("vsc-version")
            .help("Use the crate vsc in this git repository"),
        Arg::new("vsc-version")
            .long("vsc-version")
            .value_name("REQ")
            .help("Use the crate vsc of the registry, with this version requirement"),
    ]
}

/// The source that the arguments select, or that of this program.
///
/// # Errors
///
/// When the folder is not that of the crate vsc.
pub(crate) fn of(matches: &ArgMatches) -> Result<Dependency, Failure> {
    if let Some(path) = matches.get_one::<PathBuf>("vsc-path") {
        return Dependency::of_folder(path);
    }
    if let Some(url) = matches.get_one::<String>("vsc-git") {
        return Ok(Dependency::of_git(url));
    }
    Ok(match matches.get_one::<String>("vsc-version") {
        Some(version) => Dependency::Version(version.clone()),
        None => Dependency::of_program(),
    })
}
