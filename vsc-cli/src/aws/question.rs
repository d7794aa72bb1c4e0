//! Questions that Ctrl-C interrupts.

use super::session::{Session, Stopped};
use super::turn;
use crate::Failure;
use crate::terminal;

/// Asks for confirmation, while Ctrl-C still interrupts. Without a terminal the help is shown.
pub(crate) async fn confirm(
    session: &Session,
    question: &str,
    help: &str,
) -> Result<bool, Failure> {
    #[cfg(test)]
    if let Some(answer) = super::scripted::answer(question) {
        return Ok(answer);
    }
    let _turn = turn::wait(&session.interrupt)
        .await
        .map_err(Stopped::from)?;
    let (question, help) = (question.to_owned(), help.to_owned());
    let asking = tokio::task::spawn_blocking(move || terminal::confirm(&question, &help));
    match session.interrupt.or(asking).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => Err(Failure::Input(format!(
            "cannot read from the terminal: {error}"
        ))),
        Err(interrupted) => {
            terminal::Terminal::error("\n");
            Err(Stopped::from(interrupted).into())
        }
    }
}
