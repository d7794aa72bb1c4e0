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
use super::on_host;
use super::snapshots::{self, HomesSnapshot};
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::developer;
use crate::aws::event::timestamp;
use crate::aws::home;
use crate::aws::host::Instance;
use crate::aws::host_report::now;
use crate::aws::io::Event;
use crate::aws::run_command;
use crate::aws::session::{Session, Stopped};
use crate::aws::shell::argument;
use crate::aws::tool_script::RESTORE;
use crate::failure::Hint;

pub(crate) use choose::Wanted;
use volume::Restore;

/// How long copying may take.
const LONGEST: Duration = Duration::from_secs(3_600);

/// The options of the command.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) user: String,
    pub(crate) from: Source,
    /// The folder in the home; without one `restored-DATE`.
    pub(crate) folder: Option<String>,
    /// What is restored, relative to the home; without it all of it.
    pub(crate) path: Option<String>,
}

/// Where files are restored from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Snapshot(Wanted),
    /// An older home of the name, which was kept on the host: `NAME@DATE`.
    Kept(String),
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restored {
    pub(crate) user: String,
    /// The snapshot, or the kept home.
    pub(crate) from: String,
    /// The time of the snapshot, whose state the files have.
    pub(crate) time: Option<String>,
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
    if let Source::Kept(kept) = &options.from
        && !(home::is_name(kept) && kept.starts_with(&format!("{user}@")))
    {
        return Err(Failure::usage(format!(
            "`--from {}` is not an older home of {user}",
            one_line(kept)
        ))
        .hint(Hint::run("list them with", &["homes"]).then(format!(": {user}@DATE"))));
    }
    if let Some(path) = options.path.as_ref().filter(|path| !is_within(path)) {
        return Err(Failure::usage(format!(
            "the path is not within the home: \"{}\"",
            one_line(path)
        ))
        .hint("write one relative to the home, without `..`: `src/app`"));
    }
    let folder = options.folder.as_ref();
    if let Some(folder) =
        folder.filter(|name| !is_within(name) || name.contains('/') || *name == ".")
    {
        return Err(
            Failure::usage(format!("invalid folder: \"{}\"", one_line(folder)))
                .hint("write the name of a folder that the home does not have, without slashes"),
        );
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
    let restored = match &options.from {
        Source::Snapshot(wanted) => {
            volume::clean(session, stack).await?;
            let all = snapshots::of(session, stack).await?;
            let chosen = choose::choose(session, stack, all, wanted).await?;
            from_snapshot(session, stack, &instance, &chosen, options).await?
        }
        Source::Kept(kept) => {
            session.io.report(Event::Restoring {
                user: &options.user,
                from: kept,
                time: None,
            });
            let source = Copied {
                from: kept,
                device: kept,
                time: None,
            };
            let beat = async || Ok(());
            copy(session, stack, &instance.id, &source, options, beat).await?
        }
    };
    session.io.report(Event::Restored {
        user: &restored.user,
        folder: &restored.folder,
        from: &restored.from,
        files: restored.files,
        bytes: restored.bytes,
    });
    Ok(restored)
}

/// Restores from a volume of a snapshot, which is deleted whatever happens.
async fn from_snapshot(
    session: &Session,
    stack: &Stack,
    instance: &Instance,
    chosen: &HomesSnapshot,
    options: &Options,
) -> Result<Restored, Failure> {
    let time = timestamp(chosen.snapshot.time);
    session.io.report(Event::Restoring {
        user: &options.user,
        from: &chosen.snapshot.id,
        time: Some(&time),
    });
    let restore = Restore::new(stack);
    let result = on_volume(session, stack, instance, &restore, chosen, options).await;
    let cleaned = restore.remove(&session.uninterrupted()).await;
    match (result, cleaned) {
        (Ok(restored), Ok(_)) => Ok(restored),
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

async fn on_volume(
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
    let source = Copied {
        from: &chosen.snapshot.id,
        device: &device,
        time: Some(timestamp(chosen.snapshot.time)),
    };
    let beat = async || restore.beat(session, &volume).await;
    copy(session, stack, &instance.id, &source, options, beat).await
}

/// What the host copies from.
struct Copied<'a> {
    /// Its name for the user.
    from: &'a str,
    /// Its name for the script.
    device: &'a str,
    time: Option<String>,
}

async fn copy(
    session: &Session,
    stack: &Stack,
    instance: &str,
    source: &Copied<'_>,
    options: &Options,
    beat: impl AsyncFn() -> Result<(), Stopped>,
) -> Result<Restored, Failure> {
    let folder = options.folder.clone().unwrap_or_else(|| {
        let time = source.time.clone().unwrap_or_else(|| timestamp(now()));
        format!("restored-{}", time.get(..10).unwrap_or(&time))
    });
    let mut arguments = format!(
        "{} {} {}",
        argument(&options.user),
        argument(source.device),
        argument(&folder)
    );
    if let Some(path) = &options.path {
        arguments.push(' ');
        arguments.push_str(&argument(path));
    }
    let command = RESTORE.command(&arguments);
    let output = run_command::run_long(session, instance, &command, LONGEST, beat).await;
    let what = format!("the home of {} is not restored", options.user);
    let output = on_host::succeeded(stack, output, &what)?.output;
    Ok(Restored {
        user: options.user.clone(),
        from: source.from.to_owned(),
        time: source.time.clone(),
        folder,
        files: on_host::number(&output, "files"),
        bytes: on_host::number(&output, "bytes"),
    })
}
