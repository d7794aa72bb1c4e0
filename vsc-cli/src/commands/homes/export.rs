//! `homes export`: saves a home in an archive.

use clap::{Arg, Command, ValueHint};

#[cfg(feature = "aws")]
use super::selected;
use super::{home, stack};
#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, global};
#[cfg(feature = "aws")]
use crate::operation::homes::export::{self, Destination, Options};
#[cfg(feature = "aws")]
use crate::view::homes::print_exported;
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(super) const NAME: &str = "export";

pub(super) fn command() -> Command {
    Command::new(NAME)
        .about("Save a home in an archive, on this machine or in a bucket")
        .long_about(
            "Save a home in an archive (.tar.gz), on this machine or in a bucket.\n\n\
             The host needs no permission and no open port for it: it uploads the archive to URLs that are signed with \
             your credentials, and that accept nothing but this archive. An archive for this machine is in a bucket until \
             it is downloaded: in the one that `deploy` uses for large templates, or in one of yours.",
        )
        .arg(home())
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FILE|s3://BUCKET/KEY")
                .value_hint(ValueHint::FilePath)
                .help("Write to this file or object [default: STACK-USER-DATE.tar.gz]"),
        )
        .arg(
            Arg::new("bucket")
                .long("bucket")
                .value_name("BUCKET")
                .help("Transfer to this machine through this bucket [default: one of the account, after asking]"),
        )
        .arg(stack())
        .arg(aws::yes())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- homes export alice\n  cargo run -- homes export alice --to alice.tar.gz\n  cargo run -- homes export alice --to s3://acme-archive/homes/")
}

#[cfg(not(feature = "aws"))]
pub(super) use super::super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(super) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let (stack, name) = selected(context, matches)?;
    let to = matches.get_one::<String>("to").map(String::as_str);
    let to = Destination::of(to, name)?;
    let bucket = matches.get_one::<String>("bucket").cloned();
    if bucket.is_some() && matches!(to, Destination::Object(_)) {
        return Err(
            Failure::usage("`--bucket` is for an archive that comes to this machine")
                .hint("omit it, or pass a file with `--to`"),
        );
    }
    let options = Options {
        to,
        bucket,
        yes: matches.get_flag("yes"),
    };
    let exported = export::run(&context.target(matches), &stack, name, &options)?;
    if matches.get_flag("json") {
        return print_exported(context.terminal, &exported);
    }
    Ok(())
}
