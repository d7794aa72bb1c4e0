//! Questions that Ctrl-C interrupts.

use super::session::{Session, Stopped};
use super::turn;
use crate::failure::{Failure, Hint};

/// Asks for confirmation, while Ctrl-C still interrupts. Without a terminal the help is shown.
pub(crate) async fn confirm(
    session: &Session,
    question: &str,
    help: impl Into<Hint>,
) -> Result<bool, Failure> {
    #[cfg(test)]
    if let Some(answer) = super::scripted::answer(session, question) {
        return Ok(answer);
    }
    let _turn = turn::wait(&session.interrupt)
        .await
        .map_err(Stopped::from)?;
    let (question, help) = (question.to_owned(), help.into());
    let terminal = session.terminal.clone();
    let asking = tokio::task::spawn_blocking(move || terminal.confirm(&question, help));
    match session.interrupt.or(asking).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => Err(Failure::input(format!(
            "cannot read from the terminal: {error}"
        ))),
        Err(interrupted) => {
            session.terminal.error("\n");
            Err(Stopped::from(interrupted).into())
        }
    }
}
