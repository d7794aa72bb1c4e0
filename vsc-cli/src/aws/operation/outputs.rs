//! `outputs`: the outputs of deployed stacks.

use clap::ArgMatches;
use vsc_spec::suggest;

use super::declared;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::Deployed;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::cli::stacks;
use crate::terminal::Terminal;
use crate::terminal::style::TITLE;

/// Prints the outputs of the selected stacks, or one output of a single stack.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected_or_named(matches)?;
    if let Some(name) = matches.get_one::<String>("name") {
        let stack = stacks::only(selected, "whose output to print")?;
        let deployed = look(context, matches, &[stack])?;
        let values: Vec<String> = deployed
            .iter()
            .map(|stack| value(stack, name))
            .collect::<Result<_, _>>()?;
        return context.terminal.print_value(&values.concat());
    }
    let deployed = look(context, matches, &selected)?;
    show(context.terminal, &deployed, matches.get_flag("json"))
}

fn show(terminal: &Terminal, deployed: &[Deployed], json: bool) -> Result<(), Failure> {
    if json {
        let outputs = deployed
            .iter()
            .map(|stack| (stack.name.clone(), report::outputs_json(stack)));
        return terminal.print_json(&report::by_stack(outputs.collect()));
    }
    terminal.print(&match deployed {
        [only] => report::outputs(only),
        several => several
            .iter()
            .map(|stack| format!("{TITLE}{}{TITLE:#}\n{}", stack.name, report::outputs(stack)))
            .collect::<Vec<_>>()
            .join("\n"),
    })
}

fn look(
    context: &Context<'_>,
    matches: &ArgMatches,
    stacks: &[Stack],
) -> Result<Vec<Deployed>, Failure> {
    let session_options = SessionOptions::of(matches);
    runtime::block_on(async {
        let mut deployed = Vec::new();
        for stack in stacks {
            let region = stack.region.as_deref();
            let session = Session::connect(&session_options, region, context.terminal).await?;
            deployed.push(declared::find(&session, stack).await?);
        }
        Ok(deployed)
    })
}

/// The value of an output, on a line.
fn value(stack: &Deployed, name: &str) -> Result<String, Failure> {
    if let Some(output) = stack.output(name) {
        return Ok(format!("{}\n", output.value));
    }
    let known = || stack.outputs.iter().map(|output| output.name.as_str());
    let help = suggest::did_you_mean(name, known());
    let help = match help {
        Some(help) => help,
        None if stack.outputs.is_empty() => "the stack has no outputs".to_owned(),
        None => format!("the outputs are {}", suggest::list(known())),
    };
    Err(Failure::input(format!("{} has no output `{name}`", stack.name)).hint(help))
}

#[cfg(test)]
mod tests;
