//! Reports of finished operations.

use vsc_spec::visible::one_line;

use super::event::Event;
use super::failure::diagnose;
use super::hint::{boot_failure, hint};
use crate::failure::{Failure, Hint};

/// The number of consequences shown.
const SHOWN: usize = 8;

/// The failure of an operation: the cause, its consequences, the state of the stack, and the help.
pub(crate) fn failed(
    summary: &str,
    events: &[Event],
    token: Option<&str>,
    state: &str,
    next: impl Into<Hint>,
) -> Failure {
    let failure = match diagnose(events, token) {
        None => Failure::aws(format!("{summary}; CloudFormation gives no reason")),
        Some(found) => {
            let mut failure = Failure::aws(format!("{summary}: {}", cause(found.root)));
            let reason = found.root.reason.as_deref().unwrap_or_default();
            failure = failure.maybe_hint(hint(&found.root.resource_type, reason));
            for event in found.consequences.iter().take(SHOWN) {
                failure = failure.note(format!("then: {}", cause(event)));
            }
            if found.consequences.len() > SHOWN {
                let more = found.consequences.len() - SHOWN;
                failure = failure.note(format!("then: {more} more"));
            }
            let cancelled = found
                .cancelled
                .iter()
                .map(|event| event.logical_id.as_str());
            if !found.cancelled.is_empty() {
                let list = vsc_spec::suggest::list(cancelled);
                failure = failure.note(format!("cancelled because of it: {list}"));
            }
            failure
        }
    };
    failure.state(state).hint(next)
}

/// A failed event in one line: the resource and the reason.
pub(crate) fn cause(event: &Event) -> String {
    let reason = event.reason.as_deref().unwrap_or("no reason given");
    let reason = match boot_failure(reason) {
        Some(reported) => format!("the host failed to boot: {reported}"),
        None => reason.to_owned(),
    };
    let (id, kind) = (&event.logical_id, &event.resource_type);
    one_line(&format!("{id} ({kind}): {reason}")).into_owned()
}
