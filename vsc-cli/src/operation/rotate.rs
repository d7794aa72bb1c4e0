//! `users rotate`: new passwords, which the host applies at once.

use vsc_spec::suggest;

use super::each::Target;
use crate::Failure;
use crate::assembly::{LoginKind, Stack, Team, User};
use crate::aws::host::{self, InstanceState};
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::{developer, secret};
use crate::failure::Hint;
use crate::markup::RUN;

/// The command that makes the host fetch the passwords now. A running host continues if it cannot fetch a
/// password, and keeps the reason instead of failing. `renewal.rs` of tests/boot runs the same command.
const APPLY: &str = "/usr/local/libexec/vsc/step logins && if [ -e /run/vsc/failures/logins ]; then cat /run/vsc/failures/logins >&2; exit 1; fi";

/// The options of the command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Whether the passwords are printed.
    pub(crate) shows: bool,
    pub(crate) yes: bool,
}

/// A developer with a new password.
pub(crate) struct Rotated<'a> {
    pub(crate) user: &'a User,
    pub(crate) secret: String,
    pub(crate) password: String,
}

/// When the new passwords take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effective {
    Now,
    /// The host is off, and fetches them when it starts.
    AtNextStart,
}

/// Gives developers of a team new passwords, which its host applies.
///
/// # Errors
///
/// When the stack is not a team's or has no such user, the user does not agree, or a password cannot be
/// changed or applied.
pub(crate) fn run<'a>(
    target: &Target,
    stack: &'a Stack,
    names: &[&String],
    options: Options,
) -> Result<(Vec<Rotated<'a>>, Effective), Failure> {
    let Some(team) = &stack.team else {
        return Err(Failure::usage(format!(
            "{} is not a team's stack: it has no developers",
            &stack.name
        )));
    };
    let users = developers(stack, team, names)?;
    target.on(stack, async |session| {
        rotate(session, stack, team, &users, options).await
    })
}

/// The developers of these names, each once.
fn developers<'a>(
    stack: &Stack,
    team: &'a Team,
    names: &[&String],
) -> Result<Vec<&'a User>, Failure> {
    let mut users: Vec<&User> = Vec::new();
    for name in names {
        let user = developer::named(name, Some(team))?;
        if !users.iter().any(|known| known.name == user.name) {
            users.push(user);
        }
    }
    if users.iter().any(|user| user.secret.is_none()) {
        return Err(developer::without_passwords(&stack.name));
    }
    if team.login.kind == LoginKind::Shared {
        let name = &stack.name;
        return Err(Failure::input(format!(
            "all developers of {name} share one password, which you choose (`login = shared`)"
        ))
        .hint(
            Hint::run(
                "set another one with",
                &["deploy", name, "--parameter", "AppPassword=…"],
            )
            .then("; with `login = generated` each has a password of their own"),
        ));
    }
    Ok(users)
}

async fn rotate<'a>(
    session: &Session,
    stack: &Stack,
    team: &Team,
    users: &[&'a User],
    options: Options,
) -> Result<(Vec<Rotated<'a>>, Effective), Failure> {
    let id = host::instance_id(session, stack).await?;
    let instance = host::describe(session, &id).await?;
    let state = instance.map_or(InstanceState::Terminated, |instance| instance.state);
    if state == InstanceState::Terminated {
        return Err(Failure::input(format!(
            "the host of {} ({id}) no longer exists; no password was changed",
            stack.name
        ))
        .hint(Hint::run("check with", &["status", &stack.name])));
    }
    if options.shows && !options.yes {
        let question = Question::Renew {
            users: users.iter().map(|user| user.name.clone()).collect(),
        };
        if !confirm(session, question, "pass `--yes`").await? {
            return Err(Failure::input("no password was changed"));
        }
    }
    let rotated = renew(session, stack, team, users).await?;
    let whose: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    if !matches!(state, InstanceState::Running | InstanceState::Pending) {
        session.io.report(Event::PasswordsWait {
            stack: &stack.name,
            users: &whose,
            state,
        });
        return Ok((rotated, Effective::AtNextStart));
    }
    host::wait_for(session, &id, InstanceState::Running).await?;
    if let Err(reason) = apply(session, &id).await? {
        return Err(Failure::input(format!("the host of {name} has not confirmed the new passwords of {}: {reason}", names(users), name = stack.name))
.note("they are in Secrets Manager; until the host applies them, the old ones still work")
.hint(format!("see what it applied with `{RUN}status {name}{RUN:#}`; it fetches passwords every day and at its start; `{RUN}stop {name}{RUN:#}` locks everybody out until then", name = stack.name)));
    }
    session.io.report(Event::PasswordsInUse {
        stack: &stack.name,
        users: &whose,
        are_shown: options.shows,
    });
    Ok((rotated, Effective::Now))
}

fn names(users: &[&User]) -> String {
    suggest::list(users.iter().map(|user| user.name.as_str()))
}

/// Puts a new password into each secret.
async fn renew<'a>(
    session: &Session,
    stack: &Stack,
    team: &Team,
    users: &[&'a User],
) -> Result<Vec<Rotated<'a>>, Failure> {
    let mut rotated: Vec<Rotated<'a>> = Vec::new();
    for user in users {
        let Some(secret) = user.secret.clone() else {
            continue;
        };
        match secret::renew(session, &secret, team.login.password_length).await {
            Ok(password) => rotated.push(Rotated {
                user,
                secret,
                password,
            }),
            Err(Stopped::Failed(error)) if error.code() == "ResourceNotFoundException" => {
                return Err(
                    Failure::input(format!("the secret {secret} does not exist"))
                        .note(state(&rotated))
                        .hint(Hint::run("create it with", &["deploy", &stack.name])),
                );
            }
            Err(stopped) => return Err(stopped.failure(&state(&rotated))),
        }
    }
    Ok(rotated)
}

/// The state of the passwords so far.
fn state(rotated: &[Rotated<'_>]) -> String {
    if rotated.is_empty() {
        return "no password was changed".to_owned();
    }
    let users: Vec<&User> = rotated.iter().map(|rotated| rotated.user).collect();
    format!(
        "new passwords of {} are in Secrets Manager, but the host has not been notified: rotate the others, and it applies them all",
        names(&users)
    )
}

/// Makes the host apply the passwords, and waits for its confirmation; returns the reason if it fails.
async fn apply(session: &Session, id: &str) -> Result<Result<(), String>, Failure> {
    session.io.report(Event::HostNotified);
    match host::run(session, id, APPLY).await {
        Ok(output) if output.status == "Success" => Ok(Ok(())),
        Ok(output) => Ok(Err(output.reason())),
        Err(Stopped::Failed(error)) => Ok(Err(host::unreached(&error))),
        Err(interrupted) => Err(interrupted.failure(
            "the new passwords are in Secrets Manager; it is unknown whether the host has applied them",
        )),
    }
}

#[cfg(test)]
mod tests;
