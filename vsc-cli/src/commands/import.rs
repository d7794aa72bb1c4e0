//! `import`: imports existing resources into a stack.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, stacks, target};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::import::run;

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
