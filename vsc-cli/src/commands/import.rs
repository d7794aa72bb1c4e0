//! `import`: imports existing resources into a stack.

use clap::{Arg, ArgAction, Command};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::aws::import::parse_argument;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, stacks, target};
#[cfg(feature = "aws")]
use crate::operation::import::{self, Options};
#[cfg(feature = "aws")]
use clap::ArgMatches;

pub(crate) fn command() -> Command {
    Command::new("import")
        .about("Import existing resources into a deployed stack")
        .long_about(
            "Import existing resources into a deployed stack, without recreating them.\n\n\
             Declare each as it exists, with a `DeletionPolicy`, and pass its identifier: \
             `--resource Backups=my-bucket`. Nothing else in the stack changes; deploy other changes \
             afterwards.",
        )
        .arg(target::or_file(
            stacks::argument_of_one(),
            "Stack by name; or a template in YAML or JSON, with `--stack` [default: the only stack]",
        ))
        .arg(target::name())
        .arg(
            Arg::new("resource")
                .long("resource")
                .short('r')
                .value_name("LOGICAL_ID=IDENTIFIER")
                .action(ArgAction::Append)
                .help("Import the resource with this identifier; NAME=VALUE,… if it has several parts"),
        )
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- import --resource Backups=acme-backups\n  cargo run -- import --resource Record=HostedZoneId=Z0123,Name=code.x.com,Type=A\n  cargo run -- import storage.yaml --stack storage --resource Backups=acme-backups")
}

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(
        target::selected_or_file(context, matches, "import")?,
        "to import into",
    )?;
    let texts = matches.get_many::<String>("resource").into_iter().flatten();
    let options = Options {
        resources: texts
            .map(|text| parse_argument(text))
            .collect::<Result<_, _>>()
            .map_err(Failure::of_argument)?,
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    import::run(&context.target(matches), &stack, &options)
}
