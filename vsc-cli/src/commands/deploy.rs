//! `deploy`: creates or updates stacks.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use crate::cli::{aws, concurrency, global, stacks, target};

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;
#[cfg(feature = "aws")]
pub(crate) use crate::aws::operation::deploy::run;

pub(crate) fn command() -> Command {
    Command::new("deploy")
        .about("Create or update stacks on AWS")
        .long_about(
            "Create or update stacks on AWS.\n\n\
             Shows what would change, asks before it replaces or removes something or widens access, and \
             follows the deployment to its end. Parameters without a value are asked for on the \
             terminal, and saved in STACK.parameters.toml beside Cargo.toml or the template; secrets never are.",
        )
        .args(stacks::arguments_to_change())
        .mut_arg("stack", |argument| {
            target::or_file(
                argument,
                "Stacks by name, where `*` matches any characters; or a template in YAML or JSON, with `--stack` [default: the only stack]",
            )
        })
        .arg(target::name())
        .args(parameters())
        .arg(aws::yes())
        .arg(aws::no_wait())
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["no-execute", "no-wait"])
                .help("Show what would change, and change nothing"),
        )
        .arg(
            Arg::new("no-execute")
                .long("no-execute")
                .action(ArgAction::SetTrue)
                .help("Create the change set, but do not execute it"),
        )
        .arg(
            Arg::new("on-failure")
                .long("on-failure")
                .value_name("ACTION")
                .value_parser(PossibleValuesParser::new(["rollback", "keep", "delete"]))
                .default_value("rollback")
                .help("Take this action if the stack operation fails"),
        )
        .arg(
            Arg::new("role-arn")
                .long("role-arn")
                .value_name("ARN")
                .help("Make CloudFormation assume this IAM role"),
        )
        .arg(
            Arg::new("notification-arn")
                .long("notification-arn")
                .value_name("ARN")
                .action(ArgAction::Append)
                .help("Send the stack events to this SNS topic"),
        )
        .arg(
            Arg::new("template-bucket")
                .long("template-bucket")
                .value_name("BUCKET")
                .help("Upload templates larger than 51,200 bytes to this S3 bucket"),
        )
        .arg(concurrency::argument(
            "Deploy up to this many stacks at the same time, each after those it depends on [default: 1]",
        ))
        .arg(
            Arg::new("import-existing")
                .long("import-existing")
                .action(ArgAction::SetTrue)
                .help("Import resources that exist already, by their names in the template"),
        )
        .arg(
            Arg::new("revert-drift")
                .long("revert-drift")
                .action(ArgAction::SetTrue)
                .help("Revert changes that were made outside of CloudFormation"),
        )
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- deploy\n  cargo run -- deploy --dry-run\n  cargo run -- deploy production --parameter VpcId=vpc-0123456789abcdef0\n  cargo run -- deploy --yes --parameters-file production.toml\n  cargo run -- deploy network.yaml --stack network\n  cargo run -- deploy production --revert-drift\n  cargo run -- deploy --all --concurrency 4")
}

fn parameters() -> [Arg; 2] {
    [
        Arg::new("parameter")
            .long("parameter")
            .short('p')
            .value_name("NAME=VALUE")
            .action(ArgAction::Append)
            .help("Set a parameter of the template"),
        Arg::new("parameters-file")
            .long("parameters-file")
            .value_name("FILE")
            .value_parser(value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::FilePath)
            .help(
                "Read parameters from a file: TOML (VpcId = \"vpc-…\"), or JSON as for the AWS CLI",
            ),
    ]
}
