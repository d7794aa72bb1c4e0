//! `drift`: changes made outside of CloudFormation.

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::drift::{self, Drift};
use crate::aws::io::Event;

/// Detects the drift of stacks, each with its name.
///
/// # Errors
///
/// When one does not exist, or its drift cannot be detected.
pub(crate) fn detect(target: &Target, stacks: &[Stack]) -> Result<Vec<(String, Drift)>, Failure> {
    target.on_each(stacks, &async |session, stack| {
        let name = &stack.name;
        let deployed = declared::find(session, stack).await?;
        session.io.report(Event::DetectingDrift { stack: name });
        let drift = drift::detect(session, &deployed.id).await?;
        Ok((name.clone(), drift))
    })
}

#[cfg(test)]
mod tests;
