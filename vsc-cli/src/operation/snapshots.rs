//! `snapshots`: the snapshots of the homes of teams.

use std::time::Duration;

use vsc_core::team_ide::{HOME_VOLUME, HOMES_TAG};

use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation;
use crate::aws::io::Event;
use crate::aws::session::{Session, Stopped};
use crate::aws::snapshot::{self, Snapshot};
use crate::failure::Hint;

/// The tag of snapshots that this program takes.
const ORIGIN: &str = "vsc:origin";

/// The value of that tag.
const MANUAL: &str = "manual";

/// The tag that Data Lifecycle Manager gives to its snapshots: "Amazon Data Lifecycle Manager", Amazon EBS
/// User Guide.
const POLICY: &str = "aws:dlm:lifecycle-policy-id";

/// The pages of deleted stacks that are read.
const PAGES: usize = 10;

/// The interval between two looks at a snapshot.
const INTERVAL: Duration = Duration::from_secs(5);

/// The snapshots of a stack.
#[derive(Debug)]
pub(crate) struct Snapshots<'a> {
    pub(crate) stack: &'a Stack,
    /// The newest first.
    pub(crate) snapshots: Vec<HomesSnapshot>,
}

/// A snapshot of the homes of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HomesSnapshot {
    pub(crate) snapshot: Snapshot,
    pub(crate) origin: Origin,
}

/// Why there is a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The policy of the stack takes one every day.
    Daily,
    /// CloudFormation took it before it deleted the volume.
    Deletion,
    /// `snapshots create` took it.
    Manual,
    /// Somebody else took it.
    Other,
}

impl Origin {
    /// Its name for people and scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Deletion => "deletion",
            Self::Manual => "manual",
            Self::Other => "other",
        }
    }

    /// The origin of a snapshot. The deletion of a volume leaves its last snapshot.
    fn of(snapshot: &Snapshot, all: &[Snapshot], present: Option<&str>) -> Self {
        if snapshot.tags.get(POLICY).is_some() {
            return Self::Daily;
        }
        if snapshot.tags.get(ORIGIN) == Some(MANUAL) {
            return Self::Manual;
        }
        let is_last = !all
            .iter()
            .any(|other| other.volume == snapshot.volume && other.time > snapshot.time);
        if present != Some(snapshot.volume.as_str()) && is_last {
            return Self::Deletion;
        }
        Self::Other
    }
}

/// The snapshots of each stack, also of one that is no longer deployed.
///
/// # Errors
///
/// When they cannot be listed.
pub(crate) fn list<'a>(
    target: &Target,
    stacks: &'a [Stack],
) -> Result<Vec<Snapshots<'a>>, Failure> {
    target.on_each(stacks, &async |session, stack| {
        let snapshots = of(session, stack).await?;
        Ok(Snapshots { stack, snapshots })
    })
}

/// The snapshots of a stack, the newest first: those with its tag, and those of the volumes that it has
/// or had, since not every snapshot has the tags of its volume.
pub(super) async fn of(session: &Session, stack: &Stack) -> Result<Vec<HomesSnapshot>, Failure> {
    let Some(homes) = homes(stack) else {
        return Ok(Vec::new());
    };
    let present = volume(session, &stack.name, homes).await?;
    let mut volumes: Vec<String> = present.iter().cloned().collect();
    match cloudformation::deleted(session, &stack.name, PAGES).await {
        Ok(stacks) => {
            for id in stacks {
                volumes.extend(volume_in(session, &id, homes).await?);
            }
        }
        Err(Stopped::Failed(error)) => {
            let cause = error.cause();
            session.io.report(Event::StacksNotListed { cause });
        }
        Err(stopped) => return Err(stopped.into()),
    }
    let name = stack.name.as_str();
    let mut all = snapshot::list(session, &format!("tag:{}", homes.tag), &[name]).await?;
    if !volumes.is_empty() {
        let volumes: Vec<&str> = volumes.iter().map(String::as_str).collect();
        let others = snapshot::list(session, "volume-id", &volumes).await?;
        for other in others {
            if !all.iter().any(|known| known.id == other.id) {
                all.push(other);
            }
        }
    }
    all.sort_by(|one, other| (other.time, &other.id).cmp(&(one.time, &one.id)));
    let of = |snapshot: &Snapshot| HomesSnapshot {
        origin: Origin::of(snapshot, &all, present.as_deref()),
        snapshot: snapshot.clone(),
    };
    Ok(all.iter().map(of).collect())
}

/// The volume of the homes.
#[derive(Clone, Copy, Debug)]
struct Homes<'a> {
    /// Its logical ID.
    volume: &'a str,
    /// Its tag, whose value is the stack name.
    tag: &'a str,
}

/// The volume of the homes as the app describes it; none if they are on the root volume. Of a stack that is
/// known by its name alone it is that of the pattern.
fn homes(stack: &Stack) -> Option<Homes<'_>> {
    let Some(team) = &stack.team else {
        return (!stack.is_declared() || stack.file.is_some()).then_some(Homes {
            volume: HOME_VOLUME,
            tag: HOMES_TAG,
        });
    };
    team.homes.as_ref().map(|homes| Homes {
        volume: &homes.volume,
        tag: &homes.tag,
    })
}

/// The volume of the homes of a deployed stack.
async fn volume(
    session: &Session,
    stack: &str,
    homes: Homes<'_>,
) -> Result<Option<String>, Failure> {
    match cloudformation::describe(session, stack).await? {
        Some(deployed) => volume_in(session, &deployed.id, homes).await,
        None => Ok(None),
    }
}

/// The volume of the homes in a stack of this ID, also of a deleted one.
async fn volume_in(
    session: &Session,
    id: &str,
    homes: Homes<'_>,
) -> Result<Option<String>, Failure> {
    let resources = match cloudformation::resources(session, id).await {
        Ok(resources) => resources,
        Err(Stopped::Failed(error)) if error.is_missing() => return Ok(None),
        Err(stopped) => return Err(stopped.into()),
    };
    let volume = resources.into_iter().find(|resource| {
        resource.logical_id == homes.volume && resource.resource_type == "AWS::EC2::Volume"
    });
    Ok(volume.and_then(|volume| volume.physical_id))
}

/// Takes a snapshot of the homes of a stack now, and waits for it unless `waits` is false.
///
/// # Errors
///
/// When the stack has no volume of homes, or the snapshot fails.
pub(crate) fn create(target: &Target, stack: &Stack, waits: bool) -> Result<Snapshot, Failure> {
    target.on(stack, async |session| take(session, stack, waits).await)
}

async fn take(session: &Session, stack: &Stack, waits: bool) -> Result<Snapshot, Failure> {
    let name = stack.name.as_str();
    let deployed = cloudformation::deployed(session, name).await?;
    let none = || {
        Failure::input(format!("the stack {name} has no volume of homes"))
            .note("its homes are on the root volume of its host, which is not part of a snapshot")
            .hint(Hint::run(
                "see what a deployment would change with",
                &["diff", name],
            ))
    };
    let homes = homes(stack).ok_or_else(none)?;
    let volume = volume_in(session, &deployed.id, homes).await?;
    let volume = volume.ok_or_else(none)?;
    let description = format!("The homes of {name}, taken by vsc");
    let tags = [(homes.tag, name), (ORIGIN, MANUAL), ("Name", name)];
    let begun = snapshot::create(session, &volume, &description, &tags).await?;
    session.io.report(Event::SnapshotBegun { id: &begun.id });
    if !waits {
        return Ok(begun);
    }
    session.io.report(Event::Following { total: 100 });
    let complete = until_complete(session, &begun).await;
    session.io.report(Event::Followed);
    let complete = complete?;
    session.io.report(Event::SnapshotTaken {
        stack: name,
        id: &complete.id,
    });
    Ok(complete)
}

async fn until_complete(session: &Session, begun: &Snapshot) -> Result<Snapshot, Failure> {
    let state = format!("{} continues in AWS, and needs nothing else", begun.id);
    loop {
        let found = snapshot::describe(session, &begun.id).await;
        let found = found.map_err(|stopped| stopped.failure(&state))?;
        match found {
            Some(found) if found.is_complete() => return Ok(found),
            Some(found) if found.state == "pending" => {
                let done = found.progress.trim_end_matches('%').parse();
                session.io.report(Event::Progress {
                    done: done.unwrap_or_default(),
                });
            }
            Some(found) => {
                return Err(Failure::aws(format!(
                    "the snapshot {} ended in the state {}",
                    found.id, found.state
                )));
            }
            None => {
                return Err(Failure::aws(format!(
                    "the snapshot {} no longer exists",
                    begun.id
                )));
            }
        }
        let paused = session.pause(INTERVAL).await;
        paused.map_err(|stopped| stopped.failure(&state))?;
    }
}

#[cfg(test)]
mod tests;
