//! `outputs`: what a deployed stack tells.

use clap::ArgMatches;
use vsc_core::template::write_json;
use vsc_spec::suggest;
use vsc_spec::team::TeamIde;

use super::events::not_there;
use crate::Failure;
use crate::aws::cloudformation;
use crate::aws::place::Place;
use crate::aws::session::Session;
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::cli::stacks;

/// Prints the outputs of a stack, or one of them.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected(matches)?, "with `--stack STACK`")?;
    let region = stack.ide().and_then(TeamIde::region);
    let deployed = runtime::block_on(async {
        let session = Session::connect(&Place::of(matches), region, context.terminal).await?;
        let deployed = cloudformation::describe(&session, stack.name()).await?;
        deployed.ok_or_else(|| not_there(stack.name(), session.region()))
    })?;
    if let Some(name) = matches.get_one::<String>("name") {
        let Some(output) = deployed.output(name) else {
            let known = || deployed.outputs.iter().map(|output| output.name.as_str());
            let help = suggest::did_you_mean(name, known())
                .unwrap_or_else(|| format!("there is {}", suggest::list(known())));
            return Err(Failure::Input(format!(
                "{} has no output `{name}`\n= help: {help}",
                deployed.name
            )));
        };
        return context.terminal.print(&format!("{}\n", output.value));
    }
    context.terminal.print(&if matches.get_flag("json") {
        write_json(&report::outputs_json(&deployed))
    } else {
        report::outputs(&deployed)
    })
}
