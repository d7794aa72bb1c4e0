//! Prompts for missing parameters.

use std::io::{self, BufRead as _};

use super::declared::ParameterDeclaration;
use crate::Failure;
use crate::aws::session::{Session, Stopped};
use crate::aws::turn;
use crate::terminal::style::{DIM, NAME, TITLE};
use crate::terminal::{Terminal, is_interactive};

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
    if !is_interactive() {
        return Err(unanswered(stack, missing));
    }
    let _turn = turn::wait(&session.interrupt)
        .await
        .map_err(Stopped::from)?;
    session.terminal.error(&format!(
        "{TITLE}{stack} needs {}{TITLE:#}\n",
        match missing.len() {
            1 => "a value".to_owned(),
            many => format!("{many} values"),
        }
    ));
    let mut answers = Vec::new();
    for parameter in missing {
        session
            .terminal
            .error(&format!("\n{}\n", described(parameter)));
        loop {
            let answer = one(session, parameter).await?;
            match parameter.check(&answer) {
                Ok(()) => {
                    answers.push((parameter.name.clone(), answer));
                    break;
                }
                Err(diagnostic) => session.terminal.warn(&diagnostic.to_string()),
            }
        }
    }
    Ok(answers)
}

async fn one(session: &Session, parameter: &ParameterDeclaration) -> Result<String, Failure> {
    let prompt = format!("{NAME}{}{NAME:#}: ", parameter.name);
    let is_secret = parameter.is_secret;
    let terminal = session.terminal.clone();
    // The terminal is read on another thread, so that Ctrl-C interrupts.
    let reading = tokio::task::spawn_blocking(move || read(&terminal, &prompt, is_secret));
    match session.interrupt.or(reading).await {
        Ok(Ok(Ok(answer))) => Ok(answer),
        // While a secret is typed Ctrl-C is a key press, not a signal.
        Ok(Ok(Err(error))) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Stopped::Interrupted.into())
        }
        Ok(Ok(Err(error))) if error.kind() == io::ErrorKind::UnexpectedEof => {
            session.terminal.error("\n");
            Err(Failure::input(format!(
                "{} has no value; nothing was changed",
                parameter.name
            ))
            .hint(format!(
                "run the command again and answer, or pass `--parameter {}=…`",
                parameter.name
            )))
        }
        Ok(Ok(Err(error))) => Err(Failure::input(format!(
            "cannot read from the terminal: {error}"
        ))),
        Ok(Err(error)) => Err(Failure::input(format!(
            "cannot read from the terminal: {error}"
        ))),
        Err(interrupted) => {
            if is_secret {
                show_typing(&session.terminal);
            }
            Err(Stopped::from(interrupted).into())
        }
    }
}

fn read(terminal: &Terminal, prompt: &str, is_secret: bool) -> io::Result<String> {
    terminal.error(prompt);
    if is_secret {
        return rpassword::read_password();
    }
    let mut answer = String::new();
    if io::stdin().lock().read_line(&mut answer)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(answer.trim().to_owned())
}

/// Turns the echo of the terminal on again after an interrupted prompt for a secret.
fn show_typing(terminal: &Terminal) {
    // Without `stty` there is no such terminal.
    let _ = std::process::Command::new("stty").arg("echo").status();
    terminal.error("\n");
}

fn described(parameter: &ParameterDeclaration) -> String {
    let mut text = parameter.description.clone().unwrap_or_default();
    let mut rules = vec![parameter.kind.clone()];
    if !parameter.allowed.is_empty() {
        rules.push(format!("one of {}", parameter.allowed.join(", ")));
    }
    if let (Some(shortest), Some(longest)) = parameter.length {
        rules.push(format!("{shortest} to {longest} characters"));
    }
    if let Some(rule) = parameter.constraint.as_ref().or(parameter.pattern.as_ref()) {
        rules.push(rule.clone());
    }
    if parameter.is_secret {
        rules.push("what you type is not shown and not remembered".to_owned());
    }
    if !text.is_empty() {
        text.push('\n');
    }
    format!("{text}{DIM}{}{DIM:#}", rules.join("; "))
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
.note(format!("{}", lines.join("\n")))
.hint(format!("pass {}; or write them into a file, one per line (`{} = \"…\"`), and pass `--parameters-file FILE`; on a terminal you are asked", arguments.join(" "), names.first().copied().unwrap_or("Name")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal;

    #[test]
    fn a_prompt_describes_valid_answers() {
        let plain = |parameter: &ParameterDeclaration| terminal::plain(&described(parameter));
        let mut parameter = ParameterDeclaration {
            name: "Size".to_owned(),
            kind: "String".to_owned(),
            ..ParameterDeclaration::default()
        };
        assert_eq!(plain(&parameter), "String");
        parameter.pattern = Some("[a-z]+".to_owned());
        assert_eq!(plain(&parameter), "String; [a-z]+");
        parameter.description = Some("How large it is".to_owned());
        parameter.allowed = vec!["small".to_owned(), "large".to_owned()];
        parameter.length = (Some(1.0), Some(5.0));
        parameter.constraint = Some("letters".to_owned());
        parameter.is_secret = true;
        assert_eq!(
            plain(&parameter),
            "How large it is\nString; one of small, large; 1 to 5 characters; letters; what you type is not shown and not remembered"
        );
        // Half a range is not shown.
        parameter.length = (None, Some(5.0));
        assert!(!plain(&parameter).contains("characters"));
    }
}
