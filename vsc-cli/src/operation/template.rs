//! The template of a deployed stack, for `convert --from-stack`.

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation;
use crate::aws::io::Event;

/// The template of a deployed stack, as it was submitted.
///
/// # Errors
///
/// When it is not deployed, or AWS does not return its template.
pub(crate) fn of_deployed(target: &Target, name: &str) -> Result<String, Failure> {
    let stack = Stack {
        name: name.to_owned(),
        ..Stack::default()
    };
    target.on(&stack, async |session| {
        let deployed = declared::find(session, &stack).await?;
        let text = cloudformation::deployed_template(session, &deployed.id).await?;
        if text.is_ascii() && text.contains('?') {
            // GetTemplate returns a question mark for each other character: see `aws::masked`.
            session.io.report(Event::CharactersLost { stack: name });
        }
        Ok(text)
    })
}
