//! The template of a deployed stack, for `convert --from-stack`.

use crate::Failure;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::{cloudformation, runtime};
use crate::terminal::Terminal;

/// The template of a deployed stack, as it was submitted.
///
/// # Errors
///
/// When it is not deployed, or AWS does not return its template.
pub(crate) fn of_deployed(
    terminal: &Terminal,
    session_options: &SessionOptions,
    name: &str,
) -> Result<String, Failure> {
    runtime::block_on(async {
        let session = Session::connect(session_options, None, terminal).await?;
        let deployed = cloudformation::deployed(&session, name).await?;
        let text = cloudformation::deployed_template(&session, &deployed.id).await?;
        if text.is_ascii() && text.contains('?') {
            // GetTemplate returns a question mark for each other character: see `aws::masked`.
            terminal.note(&format!(
                "AWS replaces characters outside of ASCII by question marks: compare the strings of {name} that have one"
            ));
        }
        Ok(text)
    })
}
