//! `preview`: runs the host's own files in Docker on this machine.

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::Failure;
use crate::assembly::Preview;
use crate::cli::{Context, stacks};
use crate::operation::preview::{self, Options};

pub(crate) fn command() -> Command {
    Command::new("preview")
        .about("Boot a stack's host on this machine, with Docker")
        .long_about("Boot a stack's host on this machine: the same files, in containers.\n\nPrints a URL and a password for each user, and takes everything down on Ctrl-C.")
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("port")
                .long("port")
                .short('p')
                .value_name("PORT")
                .value_parser(value_parser!(u16).range(1..))
                .default_value("8443")
                .help("Serve the workspaces on this port"),
        )
        .arg(
            Arg::new("dashboard-port")
                .long("dashboard-port")
                .value_name("PORT")
                .value_parser(value_parser!(u16).range(1..))
                .help("Serve the dashboard on this port [default: as declared]"),
        )
        .arg(
            Arg::new("images")
                .long("images")
                .value_name("WORKSPACE,PROXY,LOGIN")
                .value_delimiter(',')
                .num_args(1..=3)
                .help("Use these local images instead of the declared ones"),
        )
        .after_help("Examples:\n  cargo run -- preview\n  cargo run -- preview staging --port 9443")
}

/// Previews the one stack that the arguments select.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected(matches)?, "to preview")?;
    let Some(text) = &stack.preview else {
        return Err(Failure::usage(format!(
            "`{}` has no host to preview: it is not the stack of a team",
            stack.name
        )));
    };
    let previewed = Preview::read(text)?;
    let options = Options {
        port: matches.get_one("port").copied().unwrap_or(8_443),
        dashboard_port: matches.get_one("dashboard-port").copied(),
        images: matches
            .get_many::<String>("images")
            .map(|images| images.cloned().collect())
            .unwrap_or_default(),
    };
    preview::run(context.terminal, &stack.name, &previewed, &options)
}
