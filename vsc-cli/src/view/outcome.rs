//! Outcomes of deployments.

use vsc_spec::{Json, Object};

use super::outputs;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::change::Change;
use crate::operation::concurrent::Run;
use crate::operation::deploy::Outcome;
use crate::terminal::Terminal;

/// Prints what became of stacks in JSON, if that is wanted; stacks that were not started are left out.
///
/// # Errors
///
/// The first failure of a deployment; or when standard output cannot be written.
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
    }
    let mut failures = runs.into_iter().filter_map(|run| match run {
        Run::Failed(failure) if json => Some(failure.in_result()),
        Run::Failed(failure) => Some(failure),
        Run::Done(_) | Run::NotStarted => None,
    });
    failures.next().map_or(Ok(()), Err)
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
