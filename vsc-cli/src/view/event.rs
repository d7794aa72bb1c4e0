//! Events of stacks.

use vsc_spec::Json;

use crate::Failure;
use crate::aws::event::Event;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};
use crate::terminal::{Terminal, one_line};

/// Prints events, as lines or as a list in JSON.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, events: &[Event], json: bool) -> Result<(), Failure> {
    if json {
        return terminal.print_json(&Json::array(events.iter().map(Event::to_json)));
    }
    let lines = events.iter().map(|event| line(event) + "\n");
    terminal.print(&lines.collect::<String>())
}

/// Formats an event in one line.
pub(crate) fn line(event: &Event) -> String {
    let style = match event.status.as_str() {
        status if status.ends_with("_FAILED") => ERROR,
        status if status.contains("ROLLBACK") => CHANGED,
        status if status.ends_with("_COMPLETE") => GOOD,
        _ => DIM,
    };
    let reason = event.reason.as_deref().map(|reason| format!("  {reason}"));
    one_line(&format!(
        "{DIM}{}{DIM:#}  {style}{:<20}{style:#}  {NAME}{}{NAME:#} {DIM}{}{DIM:#}{}",
        event.clock(),
        event.status,
        event.logical_id,
        event.resource_type,
        reason.unwrap_or_default()
    ))
}
