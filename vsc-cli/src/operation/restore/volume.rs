//! The volume of a restore, which does not outlive it.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use tokio::time::Instant;

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::event::{seconds, timestamp};
use crate::aws::host::CommandOutput;
use crate::aws::host_report::now;
use crate::aws::io::Event;
use crate::aws::run_command;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::{Session, Stopped};
use crate::aws::shell::argument;
use crate::aws::token;
use crate::aws::tool_script::RESTORE;
use crate::aws::volume::{self, Volume};

/// The tag of volumes of restores, with the name of the stack. They do not have the tag of the homes: the
/// policy of the stack would take snapshots of them.
const TAG: &str = "vsc:restore";

/// The tag with the run that created the volume.
const RUN: &str = "vsc:restore-run";

/// The tag with the time at which the run was last alive.
const ALIVE: &str = "vsc:restore-alive";

/// The interval between two signs of life.
const BEAT: Duration = Duration::from_secs(60);

/// The time without a sign of life after which a run has ended, in seconds. AWS rejects calls of machines
/// whose clocks differ by more.
const DEAD: i64 = 300;

/// How long a volume may take to be created, attached or detached.
const PATIENCE: Duration = Duration::from_secs(300);

/// The state if it is unknown whether there is a volume.
const MAY_BE_LEFT: &str = "a volume of the snapshot may be left, which the next restore deletes";

/// How often a new volume is looked for.
const APPEARS: u32 = 5;

/// How long the host may take to release a volume.
const RELEASE: Duration = Duration::from_secs(120);

/// The devices that can be chosen: `/dev/sdf` has the homes ("Device names for volumes", Amazon EC2 User
/// Guide).
const DEVICES: std::ops::RangeInclusive<char> = 'g'..='p';

/// A run.
pub(super) struct Restore<'a> {
    stack: &'a Stack,
    token: String,
    /// Whether its volume may exist.
    is_requested: Cell<bool>,
    /// The ID of its volume.
    volume: RefCell<Option<String>>,
    /// When it last gave a sign of life.
    beaten: Cell<Instant>,
}

impl<'a> Restore<'a> {
    pub(super) fn new(stack: &'a Stack) -> Self {
        Self {
            stack,
            token: token::unique("restore-"),
            is_requested: Cell::new(false),
            volume: RefCell::new(None),
            beaten: Cell::new(Instant::now()),
        }
    }

    /// Creates the volume, and waits until it can be attached; returns its ID.
    pub(super) async fn create(
        &self,
        session: &Session,
        snapshot: &str,
        zone: &str,
    ) -> Result<String, Failure> {
        let name = format!("restore of {}", self.stack.name);
        let alive = timestamp(now());
        let tags = [
            (TAG, self.stack.name.as_str()),
            (RUN, &self.token),
            (ALIVE, &alive),
            ("Name", &name),
        ];
        // Once requested the volume exists, so its ID is waited for even after an interruption.
        let calm = session.uninterrupted();
        let created = volume::create(&calm, snapshot, zone, &self.token, &tags).await;
        // A rejected call has created nothing.
        let is_rejected =
            matches!(&created, Err(Stopped::Failed(error)) if error.kind() != ErrorKind::Network);
        self.is_requested.set(!is_rejected);
        let id = created?;
        self.volume.replace(Some(id.clone()));
        appeared(session, &id).await?;
        let available = volume::until(session, &id, PATIENCE, Volume::is_available);
        match available.await? {
            Some(volume) if volume.is_available() => Ok(id),
            other => Err(Failure::aws(format!(
                "the volume {id} of the snapshot {snapshot} is {}",
                other.map_or("gone".to_owned(), |volume| volume.state)
            ))),
        }
    }

    /// Attaches the volume to the host as a free device; returns the device.
    pub(super) async fn attach(
        &self,
        session: &Session,
        id: &str,
        instance: &str,
    ) -> Result<String, Failure> {
        let attached = volume::attached_to(session, instance).await?;
        let used: Vec<&str> = attached
            .iter()
            .filter_map(|volume| volume.attachment.as_ref())
            .map(|attachment| attachment.device.as_str())
            .collect();
        let free = DEVICES.map(|letter| format!("/dev/sd{letter}"));
        for device in free.filter(|device| !used.contains(&device.as_str())) {
            match volume::attach(session, id, instance, &device).await {
                Ok(()) => {}
                // Another run has just chosen it.
                Err(Stopped::Failed(error))
                    if error.code() == "InvalidParameterValue"
                        && error.message().contains(&device) =>
                {
                    continue;
                }
                Err(stopped) => return Err(stopped.into()),
            }
            let attached = volume::until(session, id, PATIENCE, Volume::is_attached);
            return match attached.await? {
                Some(volume) if volume.is_attached() => Ok(device),
                _ => Err(Failure::aws(format!(
                    "the volume {id} is not attached to {instance} as {device} within {} minutes",
                    PATIENCE.as_secs() / 60
                ))),
            };
        }
        Err(Failure::aws(format!(
            "the host {instance} has no free device for a further volume"
        )))
    }

    /// Gives a sign of life, so that no other run takes the volume for one that was left.
    pub(super) async fn beat(&self, session: &Session, id: &str) -> Result<(), Stopped> {
        if self.beaten.get().elapsed() < BEAT {
            return Ok(());
        }
        self.beaten.set(Instant::now());
        match volume::tag(session, id, ALIVE, &timestamp(now())).await {
            // The next one may succeed.
            Ok(()) | Err(Stopped::Failed(_)) => Ok(()),
            Err(interrupted) => Err(interrupted),
        }
    }

    /// Deletes the volume, and returns whether there was one. Without its ID it is found by its tag: the
    /// answer to its creation may be lost.
    ///
    /// # Errors
    ///
    /// When it is not deleted; the failure names it.
    pub(super) async fn remove(&self, session: &Session) -> Result<bool, Left> {
        let id = self.volume.borrow().clone();
        let volumes = match &id {
            Some(id) => {
                let volume = appeared(session, id).await;
                let volume = volume.map_err(|stopped| Left::of(stopped, id))?;
                Vec::from_iter(volume)
            }
            None => {
                let volumes = self.tagged(session).await;
                volumes.map_err(|stopped| Left {
                    failure: stopped.failure(MAY_BE_LEFT),
                    state: MAY_BE_LEFT.to_owned(),
                })?
            }
        };
        for volume in &volumes {
            delete(session, volume).await?;
        }
        Ok(!volumes.is_empty())
    }

    /// The volumes with the tag of this run. EC2 may not know a new one at once, unless it was never
    /// requested.
    async fn tagged(&self, session: &Session) -> Result<Vec<Volume>, Stopped> {
        let looks = if self.is_requested.get() { APPEARS } else { 1 };
        for look in 0..looks {
            if look > 0 {
                session.pause(Duration::from_secs(2)).await?;
            }
            let volumes = volume::tagged(session, RUN, &self.token).await?;
            if !volumes.is_empty() {
                return Ok(volumes);
            }
        }
        Ok(Vec::new())
    }
}

/// The volume of an ID: EC2 may not know a new one at once ("Eventual consistency", Amazon EC2 Developer
/// Guide).
async fn appeared(session: &Session, id: &str) -> Result<Option<Volume>, Stopped> {
    for _ in 0..APPEARS {
        let volume = volume::describe(session, id).await?;
        if volume.is_some() {
            return Ok(volume);
        }
        session.pause(Duration::from_secs(2)).await?;
    }
    Ok(None)
}

/// Deletes the volumes of runs of a stack that ended without doing so.
///
/// # Errors
///
/// When they cannot be described, or one is not deleted.
pub(super) async fn clean(session: &Session, stack: &Stack) -> Result<(), Failure> {
    for volume in volume::tagged(session, TAG, &stack.name).await? {
        if volume.state == "deleting" {
            continue;
        }
        if is_alive(&volume, now()) {
            session
                .io
                .report(Event::RestoreInProgress { volume: &volume.id });
            continue;
        }
        let deleted = delete(session, &volume).await;
        deleted.map_err(|left| left.failure)?;
        session
            .io
            .report(Event::RestoreCleaned { volume: &volume.id });
    }
    Ok(())
}

/// Whether the run of a volume gave a sign of life lately, at a time in seconds since 1970.
fn is_alive(volume: &Volume, now: i64) -> bool {
    let beat = volume.tags.get(ALIVE).and_then(seconds);
    let last = beat.or(volume.created);
    last.is_some_and(|last| now - last < DEAD)
}

/// Makes the host release a volume, detaches it, and deletes it.
async fn delete(session: &Session, volume: &Volume) -> Result<(), Left> {
    let id = volume.id.as_str();
    let left = |stopped: Stopped| Left::of(stopped, id);
    if let Some(attachment) = &volume.attachment {
        release(session, &attachment.instance, &attachment.device).await;
        let detached = volume::detach(session, id, &attachment.instance).await;
        detached.map_err(left)?;
    }
    let free = volume::until(session, id, PATIENCE, Volume::is_available).await;
    match free.map_err(left)? {
        None => Ok(()),
        Some(volume) if volume.is_available() => volume::delete(session, id).await.map_err(left),
        Some(volume) => {
            let message = format!(
                "the volume {id} is {}: it cannot be deleted yet",
                volume.state
            );
            let state = state(id);
            Err(Left {
                failure: Failure::aws(message).state(&state),
                state,
            })
        }
    }
}

/// Makes the host end a copy from a device and unmount it. A host that does not respond has nothing
/// mounted, or loses its connection to a volume that nothing else uses.
async fn release(session: &Session, instance: &str, device: &str) {
    let command = RESTORE.command(&format!("release {}", argument(device)));
    let cause = match run(session, instance, &command).await {
        Ok(output) if output.status == "Success" => return,
        Ok(output) => output.reason(),
        Err(Stopped::Failed(error)) => error.cause(),
        Err(Stopped::Interrupted) => return,
    };
    session.io.report(Event::NotReleased { device, cause });
}

async fn run(session: &Session, instance: &str, command: &str) -> Result<CommandOutput, Stopped> {
    let command = run_command::start(session, instance, command, Some(RELEASE)).await?;
    run_command::wait(session, instance, &command).await
}

/// A volume that is not deleted.
pub(super) struct Left {
    /// Why.
    pub(super) failure: Failure,
    /// Which one, and what to do about it.
    pub(super) state: String,
}

impl Left {
    fn of(stopped: Stopped, id: &str) -> Self {
        let state = state(id);
        Self {
            failure: stopped.failure(&state),
            state,
        }
    }
}

/// The state if a volume is not deleted.
fn state(id: &str) -> String {
    format!(
        "the volume {id} is left: the next restore deletes it, or `aws ec2 delete-volume --volume-id {id}`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::ec2_tags::Ec2Tags;

    #[test]
    fn a_run_without_a_sign_of_life_has_ended() {
        let volume = |created: Option<i64>, beat: Option<i64>| Volume {
            id: "vol-1".to_owned(),
            state: "in-use".to_owned(),
            created,
            attachment: None,
            tags: Ec2Tags::of_test(
                &beat
                    .map(|beat| (ALIVE, timestamp(beat)))
                    .into_iter()
                    .collect::<Vec<_>>(),
            ),
        };
        for (created, beat, is_alive_at_1000) in [
            (None, None, false),
            (Some(600), None, false),
            (Some(701), None, true),
            (Some(600), Some(700), false),
            (Some(600), Some(701), true),
            (Some(701), Some(700), false),
            // The clock of the other machine may be ahead.
            (Some(600), Some(1_200), true),
        ] {
            let volume = volume(created, beat);
            assert_eq!(
                is_alive(&volume, 1_000),
                is_alive_at_1000,
                "{created:?} {beat:?}"
            );
        }
    }
}
