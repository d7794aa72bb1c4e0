//! Outcomes of deployments.

use vsc_spec::{Json, Object};

use super::outputs;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::change::Change;
use crate::aws::operation::deploy::Outcome;
use crate::aws::operation::each::Partly;
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
    outcomes: Result<Vec<Outcome>, Partly<Outcome>>,
    json: bool,
) -> Result<(), Failure> {
    let (done, failure) = match outcomes {
        Ok(done) => (done, None),
        Err(Partly { done, failure }) => (done, Some(failure)),
    };
    if !json {
        for deployed in done.iter().filter_map(|outcome| outcome.stack.as_ref()) {
            if !deployed.outputs.is_empty() {
                terminal.print(&outputs::table(deployed))?;
            }
        }
        return failure.map_or(Ok(()), Err);
    }
    let failed = failure.iter().map(|failure| terminal.failure_json(failure));
    let results = done.iter().map(to_json).chain(failed);
    let names = stacks.iter().map(|stack| stack.name.clone());
    terminal.print_json(&Json::object(names.zip(results)))?;
    failure.map_or(Ok(()), |failure| Err(failure.in_result()))
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
