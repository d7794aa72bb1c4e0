//! `deploy`: creates or updates stacks.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

#[cfg(feature = "aws")]
use crate::Failure;
#[cfg(feature = "aws")]
use crate::aws::change_set::OnFailure;
#[cfg(feature = "aws")]
use crate::cli::Context;
use crate::cli::{aws, concurrency, global, stacks, target};
#[cfg(feature = "aws")]
use crate::operation::deploy::{self, Options};
#[cfg(feature = "aws")]
use crate::view::outcome;
#[cfg(feature = "aws")]
use clap::ArgMatches;

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
        .args(homes())
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
        .after_help("Examples:\n  cargo run -- deploy\n  cargo run -- deploy --dry-run\n  cargo run -- deploy production --parameter VpcId=vpc-0123456789abcdef0\n  cargo run -- deploy --yes --parameters-file production.toml\n  cargo run -- deploy network.yaml --stack network\n  cargo run -- deploy production --revert-drift\n  cargo run -- deploy production --new-host\n  cargo run -- deploy --all --concurrency 4")
}

/// The options about the host and its homes.
fn homes() -> [Arg; 4] {
    [
        Arg::new("new-host")
            .long("new-host")
            .action(ArgAction::SetTrue)
            .help("Replace the host by one from the newest image; the homes are kept"),
        Arg::new("move-homes")
            .long("move-homes")
            .action(ArgAction::SetTrue)
            .conflicts_with_all(["new-host", "homes-snapshot", "lose-homes"])
            .help("Move the homes of a host of an earlier version to a volume of their own"),
        Arg::new("homes-snapshot")
            .long("homes-snapshot")
            .value_name("SNAPSHOT")
            .help("Create a stack whose homes are those of this snapshot"),
        Arg::new("lose-homes")
            .long("lose-homes")
            .action(ArgAction::SetTrue)
            .help("Allow that homes are lost; `--yes` does not"),
    ]
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

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let options = options(matches)?;
    let stacks = target::selected_or_file(context, matches, "deploy")?;
    stacks::must_be_named(&stacks, "deploy", matches)?;
    let (order, limit) = (context.order(&stacks)?, concurrency::of(matches));
    let target = context.target(matches);
    let runs = deploy::run(&target, &stacks, &order, limit, &options)?;
    outcome::print(context.terminal, &stacks, runs, matches.get_flag("json"))
}

/// The options of the arguments.
#[cfg(feature = "aws")]
fn options(matches: &ArgMatches) -> Result<Options, Failure> {
    let texts = |name: &str| -> Vec<String> {
        let values = matches.get_many::<String>(name);
        values.into_iter().flatten().cloned().collect()
    };
    let arguments = texts("parameter");
    let file = matches.get_one::<std::path::PathBuf>("parameters-file");
    Ok(Options {
        arguments: arguments
            .iter()
            .map(|text| pair(text))
            .collect::<Result<_, _>>()?,
        parameters_file: file.cloned(),
        yes: matches.get_flag("yes"),
        no_wait: matches.get_flag("no-wait"),
        dry_run: matches.get_flag("dry-run"),
        no_execute: matches.get_flag("no-execute"),
        on_failure: match matches.get_one::<String>("on-failure").map(String::as_str) {
            Some("keep") => OnFailure::Keep,
            Some("delete") => OnFailure::Delete,
            _ => OnFailure::Rollback,
        },
        role: matches.get_one::<String>("role-arn").cloned(),
        notifications: texts("notification-arn"),
        bucket: matches.get_one::<String>("template-bucket").cloned(),
        imports_existing: matches.get_flag("import-existing"),
        reverts_drift: matches.get_flag("revert-drift"),
        new_host: matches.get_flag("new-host"),
        moves_homes: matches.get_flag("move-homes"),
        loses_homes: matches.get_flag("lose-homes"),
        homes_snapshot: snapshot(matches)?,
        gives_outputs: !matches.get_flag("json"),
    })
}

/// The ID of a snapshot.
#[cfg(feature = "aws")]
fn snapshot(matches: &ArgMatches) -> Result<Option<String>, Failure> {
    let Some(id) = matches.get_one::<String>("homes-snapshot") else {
        return Ok(None);
    };
    vsc_spec::team::check_ec2_id(id, "snap-", "a snapshot").map_err(|mut diagnostic| {
        diagnostic.message = format!("--homes-snapshot: {}", diagnostic.message);
        Failure::of_argument(diagnostic)
    })?;
    Ok(Some(id.clone()))
}

/// Parses `NAME=VALUE`.
#[cfg(feature = "aws")]
fn pair(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(Failure::usage(format!("`--parameter {text}` has no value"))
            .hint("write `--parameter NAME=VALUE`")),
    }
}

#[cfg(all(test, feature = "aws"))]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        let (name, value) = pair("Password=a=b").expect("it is a pair");
        assert_eq!((name.as_str(), value.as_str()), ("Password", "a=b"));
        assert!(pair("Password").is_err());
        assert!(pair("=x").is_err());
    }
}
