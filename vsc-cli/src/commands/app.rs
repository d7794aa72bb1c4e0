//! `synth` and `list`: the app's own commands, called by the program `vsc`.

use clap::{Arg, ArgMatches, Command};

use crate::Failure;
use crate::cli::Context;

const ARGUMENTS: &str = "arguments";

/// The command `synth`.
pub(crate) fn synth() -> Command {
    passed_on("synth", "Print the CloudFormation template of a stack")
        .visible_alias("synthesize")
        .after_help("Examples:\n  cargo run -- synth\n  cargo run -- synth production -f json\n  cargo run -- synth --output templates")
}

/// The command `list`.
pub(crate) fn list() -> Command {
    passed_on("list", "List the stacks of the config crate")
        .visible_alias("ls")
        .after_help("Examples:\n  cargo run -- list --long\n  cargo run -- list --json \"prod*\"")
}

fn passed_on(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).disable_help_flag(true).arg(
        Arg::new(ARGUMENTS)
            .value_name("ARGUMENTS")
            .num_args(0..)
            .trailing_var_arg(true)
            .allow_hyphen_values(true)
            .help("Stacks and options of the app; `--help` lists them"),
    )
}

/// Runs `synth` of the app.
pub(crate) fn run_synth(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    run(context, "synth", matches)
}

/// Runs `list` of the app.
pub(crate) fn run_list(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    run(context, "list", matches)
}

fn run(context: &Context<'_>, name: &str, matches: &ArgMatches) -> Result<(), Failure> {
    let arguments = matches.get_many::<String>(ARGUMENTS);
    let arguments: Vec<&String> = arguments.into_iter().flatten().collect();
    context.app.run(name, &arguments)
}
