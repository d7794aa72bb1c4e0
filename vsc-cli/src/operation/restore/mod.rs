//! `restore`: brings files of a developer's home back from a snapshot, beside the present ones.
//!
//! A volume is created of the snapshot in the zone of the host, attached to it, and read by a script on the
//! host, which copies into a folder of the home; then the volume is detached and deleted. Nobody else's
//! home is read or written. The volume has tags by which a later run finds what a killed one left.

mod choose;
#[cfg(test)]
mod tests;
mod volume;

use std::time::Duration;

use vsc_spec::visible::one_line;

use super::each::Target;
use super::on_host::{self, SCRIPTS};
use super::snapshots::{self, HomesSnapshot};
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::developer;
use crate::aws::event::timestamp;
use crate::aws::home;
use crate::aws::host::Instance;
use crate::aws::io::Event;
use crate::aws::run_command;
use crate::aws::session::Session;
use crate::aws::shell::argument;
use crate::failure::Hint;

pub(crate) use choose::Wanted;
use volume::Restore;

/// How long copying may take.
const LONGEST: Duration = Duration::from_secs(3_600);

/// The options of the command.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) user: String,
    pub(crate) wanted: Wanted,
    /// The folder in the home; without one `restored-DATE`.
    pub(crate) folder: Option<String>,
    /// What is restored, relative to the home; without it all of it.
    pub(crate) path: Option<String>,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restored {
    pub(crate) user: String,
    pub(crate) snapshot: String,
    /// The time of the snapshot, whose state the files have.
    pub(crate) time: String,
    /// The folder in the home.
    pub(crate) folder: String,
    pub(crate) files: Option<u64>,
    pub(crate) bytes: Option<u64>,
}

/// Restores files of a home.
///
/// # Errors
///
/// When the team has no such user, there is no such snapshot, or the copy fails or is interrupted. Then the
/// volume is deleted, or the failure names it.
pub(crate) fn run(target: &Target, stack: &Stack, options: &Options) -> Result<Restored, Failure> {
    check(stack, options)?;
    target.on(stack, async |session| {
        restore(session, stack, options).await
    })
}

/// Checks the options, before AWS is called.
fn check(stack: &Stack, options: &Options) -> Result<(), Failure> {
    let user = &options.user;
    match &stack.team {
        Some(team) => _ = developer::named(user, Some(team))?,
        None if home::is_name(user) && !user.contains('@') => {}
        None => {
            return Err(Failure::usage(format!(
                "invalid user name: \"{}\"",
                one_line(user)
            )));
        }
    }
    let paths = [("--to", &options.folder), ("the path", &options.path)];
    for (name, path) in paths {
        if let Some(path) = path.as_ref().filter(|path| !is_within(path)) {
            return Err(Failure::usage(format!(
                "{name} is not within the home: \"{}\"",
                one_line(path)
            ))
            .hint("write a path relative to the home, without `..`: `src/app`"));
        }
    }
    Ok(())
}

/// Whether a path leads to something within a folder.
fn is_within(path: &str) -> bool {
    let mut parts = path.split('/');
    !path.is_empty()
        && !path.starts_with('/')
        && !path.chars().any(char::is_control)
        && parts.all(|part| part != "..")
}

async fn restore(session: &Session, stack: &Stack, options: &Options) -> Result<Restored, Failure> {
    let instance = on_host::running(session, stack).await?;
    volume::clean(session, stack).await?;
    let all = snapshots::of(session, stack).await?;
    let chosen = choose::choose(session, stack, all, &options.wanted).await?;
    let time = timestamp(chosen.snapshot.time);
    session.io.report(Event::Restoring {
        user: &options.user,
        snapshot: &chosen.snapshot.id,
        time: &time,
    });
    let restore = Restore::new(stack);
    let result = copy(session, stack, &instance, &restore, &chosen, options).await;
    let cleaned = restore.remove(&session.uninterrupted()).await;
    match (result, cleaned) {
        (Ok(restored), Ok(_)) => {
            session.io.report(Event::Restored {
                user: &restored.user,
                folder: &restored.folder,
                time: &restored.time,
                files: restored.files,
                bytes: restored.bytes,
            });
            Ok(restored)
        }
        (Err(failure), Ok(true)) => Err(failure.state(format!(
            "the volume of the snapshot was deleted; no file of {} was changed",
            options.user
        ))),
        (Err(failure), Ok(false)) => Err(failure),
        (Ok(restored), Err(left)) => Err(left.failure.note(format!(
            "the files are restored: in the folder {} of the home of {}",
            restored.folder, restored.user
        ))),
        (Err(failure), Err(left)) => Err(failure.state(left.state)),
    }
}

async fn copy(
    session: &Session,
    stack: &Stack,
    instance: &Instance,
    restore: &Restore<'_>,
    chosen: &HomesSnapshot,
    options: &Options,
) -> Result<Restored, Failure> {
    let zone = instance.zone.as_deref().ok_or_else(|| {
        Failure::aws(format!("EC2 reports no zone of the host {}", instance.id))
            .hint(Hint::run("see its state with", &["status", &stack.name]))
    })?;
    let volume = restore.create(session, &chosen.snapshot.id, zone).await?;
    let device = restore.attach(session, &volume, &instance.id).await?;
    let time = timestamp(chosen.snapshot.time);
    let folder = options.folder.clone().unwrap_or_else(|| {
        let day = time.get(..10).unwrap_or(&time);
        format!("restored-{day}")
    });
    let mut command = format!(
        "{SCRIPTS}/restore {} {} {}",
        argument(&options.user),
        argument(&device),
        argument(&folder)
    );
    if let Some(path) = &options.path {
        command.push(' ');
        command.push_str(&argument(path));
    }
    let beat = async || restore.beat(session, &volume).await;
    let output = run_command::run_long(session, &instance.id, &command, LONGEST, beat).await;
    let what = format!("the home of {} is not restored", options.user);
    let output = on_host::succeeded(stack, output, &what)?.output;
    Ok(Restored {
        user: options.user.clone(),
        snapshot: chosen.snapshot.id.clone(),
        time,
        folder,
        files: on_host::number(&output, "files"),
        bytes: on_host::number(&output, "bytes"),
    })
}
