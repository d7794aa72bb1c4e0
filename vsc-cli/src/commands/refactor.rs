//! `refactor`: renames resources of a deployed stack without replacing them.

use clap::{Arg, ArgAction, Command};

use crate::cli::{aws, stacks, target};

pub(crate) fn command() -> Command {
    Command::new("refactor")
        .about("Rename or move resources of deployed stacks, without replacing them")
        .long_about(
            "Rename resources of a deployed stack, or move them to another one, without replacing them.\n\n\
             CloudFormation deletes a resource whose logical ID changes, and creates another one. This \
             renames it in the deployed stack instead, with all references to it, and changes nothing \
             else; deploy other changes afterwards. Without `--move` it renames the resources whose \
             declaration names their old logical ID (`with { moved_from: \"Old\" }`; in a template: \
             `Metadata: {vsc:MovedFrom: Old}`), and those that `diff` recognizes by their properties.",
        )
        .arg(target::or_file(
            stacks::argument_of_one(),
            "Stack by name; or a template in YAML or JSON, with `--stack` [default: the only stack]",
        ))
        .arg(target::name())
        .arg(
            Arg::new("move")
                .long("move")
                .short('m')
                .value_name("OLD=[STACK/]NEW")
                .action(ArgAction::Append)
                .help("Rename the resource with this logical ID, or move it to another stack [default: those that look renamed]"),
        )
        .arg(aws::yes())
        .arg(aws::no_wait())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- refactor\n  cargo run -- refactor production --move Backups=Archive\n  cargo run -- refactor production --move Backups=storage/Backups\n  cargo run -- refactor network.yaml --stack network --yes")
}

#[cfg(not(feature = "aws"))]
pub(crate) use super::without_aws::run;

/// Runs the command.
///
/// # Errors
///
/// When the arguments are not right, or the operation fails.
#[cfg(feature = "aws")]
pub(crate) fn run(
    context: &crate::cli::Context<'_>,
    matches: &clap::ArgMatches,
) -> Result<(), crate::Failure> {
    use crate::operation::refactor;

    let selected = if context.app.exists() || matches.contains_id("stack-name") {
        target::selected_or_file(context, matches, "refactor")?
    } else {
        context.selected_or_named(matches)?
    };
    let stack = stacks::only(selected, "to refactor")?;
    let texts = matches.get_many::<String>("move").into_iter().flatten();
    let moves: Vec<refactor::Move> = texts
        .map(|text| refactor::Move::parse(text))
        .collect::<Result<_, _>>()
        .map_err(crate::Failure::of_argument)?;
    let options = refactor::Options {
        moves,
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    refactor::run(&context.target(matches), &stack, &options)
}
