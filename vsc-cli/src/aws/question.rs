//! Questions that Ctrl-C interrupts.

use std::sync::Arc;

use super::io::{Event, Question};
use super::session::{Session, Stopped};
use crate::failure::{Failure, Hint};

/// Asks for confirmation, while Ctrl-C still interrupts. If nobody can be asked, the failure says what
/// to do otherwise.
pub(crate) async fn confirm(
    session: &Session,
    question: Question,
    otherwise: impl Into<Hint>,
) -> Result<bool, Failure> {
    #[cfg(test)]
    if let Some(answer) = super::scripted::answer(session, &question) {
        return Ok(answer);
    }
    let turn = session.turn.wait(&session.interrupt).await;
    let _turn = turn.map_err(Stopped::from)?;
    let otherwise = otherwise.into();
    let io = Arc::clone(&session.io);
    let asking = tokio::task::spawn_blocking(move || io.confirm(&question, otherwise));
    match session.interrupt.or(asking).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => Err(unreadable(&error)),
        Err(interrupted) => {
            session.io.report(Event::Unanswered { is_secret: false });
            Err(Stopped::from(interrupted).into())
        }
    }
}

/// The failure if an answer cannot be read.
pub(crate) fn unreadable(error: &dyn std::fmt::Display) -> Failure {
    Failure::input(format!("cannot read from the terminal: {error}"))
}
