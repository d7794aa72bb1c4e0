//! `users rotate`: new passwords, which the host applies at once.

use clap::ArgMatches;
use vsc_spec::{Json, Object, suggest};

use crate::Failure;
use crate::assembly::{LoginKind, Stack, Team, User};
use crate::aws::host::{self, InstanceState};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::aws::{developer, runtime, secret};
use crate::cli::Context;
use crate::cli::stacks;
use crate::failure::Hint;
use crate::markup::RUN;
use crate::terminal::style::{GOOD, NAME};
use crate::terminal::table::Table;

/// The command that makes the host fetch the passwords now. A running host continues if it cannot fetch a
/// password, and keeps the reason instead of failing. `renewal.rs` of tests/boot runs the same command.
const APPLY: &str = "/usr/local/libexec/vsc/step logins && if [ -e /run/vsc/failures/logins ]; then cat /run/vsc/failures/logins >&2; exit 1; fi";

/// The options of the command.
#[derive(Clone, Copy, Debug)]
struct Options {
    shows: bool,
    yes: bool,
}

/// A developer with a new password.
struct Rotated<'a> {
    user: &'a User,
    secret: String,
    password: String,
}

/// When the new passwords take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effective {
    Now,
    /// The host is off, and fetches them when it starts.
    AtNextStart,
}

/// Gives developers of the selected stack new passwords.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let options = Options {
        shows: matches.get_flag("show"),
        yes: matches.get_flag("yes"),
    };
    let purpose = "whose developers these are, with `--stack`";
    let stack = stacks::only(context.selected(matches)?, purpose)?;
    let Some(team) = &stack.team else {
        return Err(Failure::usage(format!(
            "{} is not a team's stack: it has no developers",
            &stack.name
        )));
    };
    let names: Vec<&String> = matches.get_many("user").into_iter().flatten().collect();
    let users = developers(&stack, team, &names)?;
    runtime::block_on(async {
        let session =
            Session::connect(&session_options, stack.region.as_deref(), context.terminal).await?;
        let (rotated, effective) = rotate(&session, &stack, team, &users, options).await?;
        if matches.get_flag("json") {
            let users = rotated.iter().map(|user| user.to_json(effective, options));
            return context.terminal.print_json(&Json::array(users));
        }
        if options.shows {
            return context.terminal.print(&table(&rotated));
        }
        Ok(())
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
    let id = host::instance_id(session, &stack.name).await?;
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
        let question = format!(
            "Give {} new passwords, and print them on this screen?",
            names(users)
        );
        if !confirm(session, &question, "pass `--yes`").await? {
            return Err(Failure::input("no password was changed"));
        }
    }
    let rotated = renew(session, stack, team, users).await?;
    let whose = names(users);
    if !matches!(state, InstanceState::Running | InstanceState::Pending) {
        session.terminal.note(&format!(
            "new passwords of {whose} are in Secrets Manager; the host of {} is {}, and applies them at its next start",
            stack.name,
            state.name()
        ));
        return Ok((rotated, Effective::AtNextStart));
    }
    host::wait_for(session, &id, InstanceState::Running).await?;
    if let Err(reason) = apply(session, &id).await? {
        return Err(Failure::input(format!("the host of {name} has not confirmed the new passwords of {whose}: {reason}", name = stack.name))
.note("they are in Secrets Manager; until the host applies them, the old ones still work")
.hint(format!("see what it applied with `{RUN}status {name}{RUN:#}`; it fetches passwords every day and at its start; `{RUN}stop {name}{RUN:#}` locks everybody out until then", name = stack.name)));
    }
    session.terminal.note(&format!(
        "{GOOD}new passwords of {whose} are in use{GOOD:#}: the host has applied them, and the old ones no longer work"
    ));
    if !options.shows {
        session.terminal.note(&format!(
            "print them with `{RUN}users {} --show-passwords{RUN:#}`",
            stack.name
        ));
    }
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
        let secret = user.secret.clone();
        match secret::renew(session, &secret, team.login.password_length).await {
            Ok(password) => rotated.push(Rotated {
                user,
                secret,
                password,
            }),
            Err(Stopped::Failed(error)) if error.code() == "ResourceNotFoundException" => {
                return Err(
                    Failure::input(format!("the secret {secret} does not exist"))
                        .note(format!("{}", state(&rotated)))
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
    session
        .terminal
        .note("notified the host; waiting for its confirmation");
    match host::run(session, id, APPLY).await {
        Ok(output) if output.status == "Success" => Ok(Ok(())),
        Ok(output) => Ok(Err(output.reason())),
        Err(Stopped::Failed(error)) => Ok(Err(host::unreached(&error))),
        Err(interrupted) => Err(interrupted.failure(
            "the new passwords are in Secrets Manager; it is unknown whether the host has applied them",
        )),
    }
}

fn table(rotated: &[Rotated<'_>]) -> String {
    let mut table = Table::new(vec!["NAME", "SECRET", "PASSWORD"]);
    for rotated in rotated {
        table.push(vec![
            format!("{NAME}{}{NAME:#}", rotated.user.name.as_str()),
            rotated.secret.clone(),
            rotated.password.clone(),
        ]);
    }
    table.to_string()
}

impl Rotated<'_> {
    fn to_json(&self, effective: Effective, options: Options) -> Json {
        let effective = match effective {
            Effective::Now => "now",
            Effective::AtNextStart => "at-next-start",
        };
        let password = options.shows.then(|| self.password.clone());
        Json::Object(
            Object::new()
                .with("name", self.user.name.as_str().to_owned())
                .with("secret", self.secret.clone())
                .with("applied", effective)
                .with_some("password", password),
        )
    }
}

#[cfg(test)]
mod tests;
