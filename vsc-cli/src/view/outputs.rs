//! Outputs of stacks.

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::cloudformation::Deployed;
use crate::terminal::Terminal;
use crate::terminal::style::{DIM, NAME, TITLE};
use crate::terminal::table::Table;

/// Prints the outputs of stacks, each under its name if there are several.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, stacks: &[Deployed], json: bool) -> Result<(), Failure> {
    if json {
        let outputs = stacks.iter();
        return terminal.print_json(&Json::object(
            outputs.map(|stack| (stack.name.clone(), to_json(stack))),
        ));
    }
    terminal.print(&match stacks {
        [only] => table(only),
        several => several
            .iter()
            .map(|stack| format!("{TITLE}{}{TITLE:#}\n{}", stack.name, table(stack)))
            .collect::<Vec<_>>()
            .join("\n"),
    })
}

/// The outputs of a stack, as a table.
pub(crate) fn table(stack: &Deployed) -> String {
    let mut table = Table::new(vec!["OUTPUT", "VALUE"]);
    for output in &stack.outputs {
        let name = format!("{NAME}{}{NAME:#}", output.name);
        let about = output.description.as_deref();
        let about = about.map(|about| format!("  {DIM}{about}{DIM:#}"));
        table.push(vec![
            name,
            format!("{}{}", output.value, about.unwrap_or_default()),
        ]);
    }
    table.to_string()
}

/// The outputs of a stack as a JSON object.
pub(crate) fn to_json(stack: &Deployed) -> Json {
    Json::Object(
        stack
            .outputs
            .iter()
            .map(|output| (output.name.clone(), output.value.clone()))
            .collect::<Object>(),
    )
}
