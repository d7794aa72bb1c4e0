//! Which snapshot files are restored from.

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::event::{seconds, timestamp};
use crate::aws::session::Session;
use crate::aws::snapshot;
use crate::failure::Hint;
use crate::operation::events;
use crate::operation::snapshots::{HomesSnapshot, Origin};

/// The wanted snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Newest,
    /// The last one before a time, in seconds since 1970.
    Before(i64),
    /// The one of this ID.
    Id(String),
}

impl Wanted {
    /// The wanted snapshot of the options `--at` and `--snapshot`.
    ///
    /// # Errors
    ///
    /// When one is not in its form.
    pub(crate) fn of(at: Option<&str>, id: Option<&str>) -> Result<Self, Failure> {
        if let Some(id) = id {
            let digits = id.strip_prefix("snap-").unwrap_or_default();
            let is_id = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_hexdigit());
            return if is_id {
                Ok(Self::Id(id.to_owned()))
            } else {
                Err(Failure::usage(format!("invalid `--snapshot {id}`"))
                    .hint(Hint::run("list the snapshots with", &["snapshots"])))
            };
        }
        let Some(at) = at else {
            return Ok(Self::Newest);
        };
        // A day ends at its last second.
        let day = seconds(&format!("{at}T23:59:59Z"));
        let minute = at.strip_suffix('Z').map(|minute| format!("{minute}:00Z"));
        let minute = minute.and_then(|minute| seconds(&minute));
        let time = day.or(minute).or_else(|| events::instant(at));
        time.map(Self::Before).ok_or_else(|| {
            Failure::usage(format!("invalid `--at {at}`")).hint(
                "write a day, whose last snapshot is used (2026-11-25), a time in UTC (2026-11-25T09:00Z), or a duration before now (2d, 3h)",
            )
        })
    }
}

/// The snapshot that is wanted, of those of a stack, which are sorted with the newest first.
///
/// # Errors
///
/// When there is none, or it is not complete.
pub(super) async fn choose(
    session: &Session,
    stack: &Stack,
    all: Vec<HomesSnapshot>,
    wanted: &Wanted,
) -> Result<HomesSnapshot, Failure> {
    if let Wanted::Id(id) = wanted {
        let known = all.into_iter().find(|known| known.snapshot.id == *id);
        let found = match known {
            Some(known) => Some(known),
            // Such as a copy from another region, which has no tags.
            None => snapshot::describe(session, id)
                .await?
                .map(|snapshot| HomesSnapshot {
                    snapshot,
                    origin: Origin::Other,
                }),
        };
        return checked(stack, id, found);
    }
    among(stack, all, wanted)
}

/// The snapshot of an ID, if a volume can be created of it.
fn checked(
    stack: &Stack,
    id: &str,
    found: Option<HomesSnapshot>,
) -> Result<HomesSnapshot, Failure> {
    match found {
        Some(found) if found.snapshot.is_complete() => Ok(found),
        Some(found) => Err(Failure::input(format!(
            "the snapshot {id} is not complete: {} {}",
            found.snapshot.state, found.snapshot.progress
        ))
        .hint("wait for it, or choose another one")),
        None => Err(Failure::input(format!("there is no snapshot {id}"))
            .hint(Hint::run("list them with", &["snapshots", &stack.name]))),
    }
}

/// The first complete snapshot before a time, or of all.
fn among(
    stack: &Stack,
    all: Vec<HomesSnapshot>,
    wanted: &Wanted,
) -> Result<HomesSnapshot, Failure> {
    let name = stack.name.as_str();
    let complete = all.into_iter().filter(|it| it.snapshot.is_complete());
    let complete: Vec<HomesSnapshot> = complete.collect();
    let oldest = complete.last().map(|oldest| oldest.snapshot.time);
    let before = match wanted {
        Wanted::Before(time) => *time,
        _ => i64::MAX,
    };
    let mut fitting = complete.into_iter().filter(|it| it.snapshot.time <= before);
    fitting.next().ok_or_else(|| match oldest {
        Some(oldest) => Failure::input(format!(
            "{name} has no snapshot of {} or earlier",
            timestamp(before)
        ))
        .note(format!("the oldest one is of {}", timestamp(oldest)))
        .hint(Hint::run("list them with", &["snapshots", name])),
        None => Failure::input(format!("{name} has no complete snapshot of its homes")).hint(
            Hint::run("take one with", &["snapshots", "create", name])
                .then("; `snapshots = daily(keep = 7)` takes one every day"),
        ),
    })
}
