//! Questions that Ctrl-C answers too.

use super::session::{Session, Stopped};
use crate::Failure;
use crate::terminal;

/// Asks for a yes, without ceasing to listen for Ctrl-C.
pub(crate) async fn confirm(
    session: &Session,
    question: &str,
    otherwise: &str,
) -> Result<bool, Failure> {
    #[cfg(test)]
    if let Some(answer) = super::scripted::answer(question) {
        return Ok(answer);
    }
    let (question, otherwise) = (question.to_owned(), otherwise.to_owned());
    let asking = tokio::task::spawn_blocking(move || terminal::confirm(&question, &otherwise));
    match session.interrupt.or(asking).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => Err(Failure::Input(format!("the terminal: {error}"))),
        Err(interrupted) => {
            terminal::Terminal::error("\n");
            Err(Stopped::from(interrupted).into())
        }
    }
}
