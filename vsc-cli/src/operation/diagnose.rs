//! `diagnose`: the cause of the last failed operation.

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::event::Event;
use crate::aws::failure::{Diagnosis, diagnose};

/// A deployed stack with its events, oldest first.
#[derive(Debug)]
pub(crate) struct History {
    pub(crate) deployed: Deployed,
    pub(crate) events: Vec<Event>,
}

/// The last operation of a stack in which something failed.
#[derive(Debug, PartialEq)]
pub(crate) struct FailedOperation<'a> {
    /// Its events, oldest first.
    pub(crate) events: &'a [Event],
    pub(crate) diagnosis: Diagnosis<'a>,
    /// Whether no operation came after it.
    pub(crate) is_last: bool,
}

/// The history of a stack.
///
/// # Errors
///
/// When it cannot be read, or the stack does not exist.
pub(crate) fn history(target: &Target, stack: &Stack) -> Result<History, Failure> {
    target.on(stack, async |session| {
        let deployed = declared::find(session, stack).await?;
        let events = cloudformation::events_after(session, &deployed.id, None).await?;
        Ok(History { deployed, events })
    })
}

/// The last operation in which something failed, and its diagnosis.
pub(crate) fn last_failure(events: &[Event]) -> Option<FailedOperation<'_>> {
    let mut end = events.len();
    while end > 0 {
        let start = events[..end].iter().rposition(Event::is_start).unwrap_or(0);
        let operation = &events[start..end];
        if let Some(diagnosis) = diagnose(operation, None) {
            return Some(FailedOperation {
                events: operation,
                diagnosis,
                is_last: end == events.len(),
            });
        }
        end = start;
    }
    None
}

#[cfg(test)]
mod tests;
