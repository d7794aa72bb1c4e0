//! Outcomes of deployments.

use vsc_spec::{Json, Object};

use super::outputs;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::change::Change;
use crate::aws::operation::concurrent::{self, Run};
use crate::aws::operation::deploy::Outcome;
use crate::terminal::Terminal;

/// Prints the outcomes of deployments: their outputs, or all of them in JSON, with the failure of the one
/// that failed.
///
/// # Errors
///
/// That failure; or when standard output cannot be written.
pub(crate) fn print(
    terminal: &Terminal,
    stacks: &[Stack],
    runs: Vec<Run<Outcome, Failure>>,
    json: bool,
) -> Result<(), Failure> {
    if json {
        let results = stacks.iter().zip(&runs).filter_map(|(stack, run)| {
            let result = match run {
                Run::Done(outcome) => to_json(outcome),
                Run::Failed(failure) => terminal.failure_json(failure),
                Run::NotStarted => return None,
            };
            Some((stack.name.clone(), result))
        });
        terminal.print_json(&Json::object(results))?;
        return concurrent::all_done(runs).map_err(Failure::in_result);
    }
    for run in &runs {
        if let Run::Done(Outcome {
            stack: Some(deployed),
            ..
        }) = run
            && !deployed.outputs.is_empty()
        {
            terminal.print(&outputs::table(deployed))?;
        }
    }
    concurrent::all_done(runs)
}

fn to_json(outcome: &Outcome) -> Json {
    let changes = outcome.changes.iter().map(Change::to_json);
    Json::Object(
        Object::new()
            .with("status", outcome.status.clone())
            .with("changes", Json::array(changes))
            .with_some("outputs", outcome.stack.as_ref().map(outputs::to_json)),
    )
}
