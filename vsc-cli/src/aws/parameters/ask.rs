//! Prompts for missing parameters.

use std::io;
use std::sync::Arc;

use super::declared::ParameterDeclaration;
use crate::Failure;
use crate::aws::io::Event;
use crate::aws::question::unreadable;
use crate::aws::session::{Session, Stopped};

/// Asks for the values of parameters, each until it is valid. Without a terminal all of them are
/// reported at once.
pub(crate) async fn ask(
    session: &Session,
    stack: &str,
    missing: &[ParameterDeclaration],
) -> Result<Vec<(String, String)>, Failure> {
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    if !session.io.is_interactive() {
        return Err(unanswered(stack, missing));
    }
    let turn = session.turn.wait(&session.interrupt).await;
    let _turn = turn.map_err(Stopped::from)?;
    let count = missing.len();
    session.io.report(Event::Asking { stack, count });
    let mut answers = Vec::new();
    for parameter in missing {
        session.io.report(Event::AskingFor(parameter));
        loop {
            let answer = one(session, parameter).await?;
            match parameter.check(&answer) {
                Ok(()) => {
                    answers.push((parameter.name.clone(), answer));
                    break;
                }
                Err(diagnostic) => session.io.report(Event::WrongAnswer(&diagnostic)),
            }
        }
    }
    Ok(answers)
}

async fn one(session: &Session, parameter: &ParameterDeclaration) -> Result<String, Failure> {
    let is_secret = parameter.is_secret;
    let name = parameter.name.clone();
    let view = Arc::clone(&session.io);
    // The answer is read on another thread, so that Ctrl-C interrupts.
    let reading = tokio::task::spawn_blocking(move || view.value(&name, is_secret));
    match session.interrupt.or(reading).await {
        Ok(Ok(Ok(answer))) => Ok(answer),
        // While a secret is typed Ctrl-C is a key press, not a signal.
        Ok(Ok(Err(error))) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Stopped::Interrupted.into())
        }
        Ok(Ok(Err(error))) if error.kind() == io::ErrorKind::UnexpectedEof => {
            session.io.report(Event::Unanswered { is_secret: false });
            Err(Failure::input(format!(
                "{} has no value; nothing was changed",
                parameter.name
            ))
            .hint(format!(
                "run the command again and answer, or pass `--parameter {}=…`",
                parameter.name
            )))
        }
        Ok(Ok(Err(error))) => Err(unreadable(&error)),
        Ok(Err(error)) => Err(unreadable(&error)),
        Err(interrupted) => {
            if is_secret {
                session.io.report(Event::Unanswered { is_secret });
            }
            Err(Stopped::from(interrupted).into())
        }
    }
}

fn unanswered(stack: &str, missing: &[ParameterDeclaration]) -> Failure {
    let names: Vec<&str> = missing
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let lines: Vec<String> = missing
        .iter()
        .map(|parameter| {
            let description = parameter.description.as_deref().unwrap_or(&parameter.kind);
            format!("  {}: {description}", parameter.name)
        })
        .collect();
    let arguments: Vec<String> = names
        .iter()
        .map(|name| format!("--parameter {name}=…"))
        .collect();
    Failure::input(format!("{stack}: {} no value", match missing.len() {
            1 => "a parameter has".to_owned(),
            many => format!("{many} parameters have"),
        }))
.note(lines.join("\n"))
.hint(format!("pass {}; or write them into a file, one per line (`{} = \"…\"`), and pass `--parameters-file FILE`; on a terminal you are asked", arguments.join(" "), names.first().copied().unwrap_or("Name")))
}
