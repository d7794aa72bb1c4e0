//! `events`: the events of a stack.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_cloudformation::primitives::{DateTime, DateTimeFormat};

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::event::{Event, last_operation};
use crate::aws::follow::Follower;
use crate::aws::io::Item;
use crate::aws::session::Session;
use crate::aws::stack_state::{StackState, is_success};
use crate::failure::Hint;
use crate::markup::RUN;

/// The events of a stack since a time, in seconds since 1970; without one, those of its last operation.
///
/// # Errors
///
/// When they cannot be read, or the stack does not exist.
pub(crate) fn list(
    target: &Target,
    stack: &Stack,
    since: Option<i64>,
) -> Result<Vec<Event>, Failure> {
    target.on(stack, async |session| {
        let (_, all) = all(session, stack).await?;
        Ok(shown(&all, since).to_vec())
    })
}

/// Gives these events, and those that come until no operation is in progress.
///
/// # Errors
///
/// When they cannot be read, the stack does not exist, or the operation fails.
pub(crate) fn follow(target: &Target, stack: &Stack, since: Option<i64>) -> Result<(), Failure> {
    target.on(stack, async |session| {
        follow_on(session, stack, since).await
    })
}

async fn all(session: &Session, stack: &Stack) -> Result<(Deployed, Vec<Event>), Failure> {
    let deployed = declared::find(session, stack).await?;
    let all = cloudformation::events_after(session, &deployed.id, None).await?;
    Ok((deployed, all))
}

fn shown(all: &[Event], since: Option<i64>) -> &[Event] {
    match since {
        Some(since) => {
            let first = all.partition_point(|event| event.time < since);
            &all[first..]
        }
        None => last_operation(all),
    }
}

async fn follow_on(session: &Session, stack: &Stack, since: Option<i64>) -> Result<(), Failure> {
    let (deployed, all) = all(session, stack).await?;
    let name = &stack.name;
    let known = all.last().map(|event| event.id.clone());
    for event in shown(&all, since) {
        session.io.give(Item::Event(event))?;
    }
    let mut follower = Follower::new(session, &deployed.id, known, 0)
        .already_started()
        .giving_events();
    let after = follower.until_finished().await.map_err(|stopped| {
        stopped.failure(&format!(
            "the operation continues in AWS: follow it with `{RUN}events --follow {name}{RUN:#}`"
        ))
    })?;
    match after {
        None => Ok(()),
        Some(stack) if is_success(&stack.status) || stack.state() == StackState::Deleted => Ok(()),
        Some(stack) => Err(Failure::aws(format!("{name} ended in {}", stack.status))
            .hint(Hint::run("see why with", &["diagnose", name]))),
    }
}

/// Parses a point in time into seconds since 1970: a time in UTC, or a duration before now.
pub(crate) fn moment(text: &str) -> Result<i64, Failure> {
    instant(text).ok_or_else(|| {
        Failure::usage(format!("invalid `--since {text}`")).hint(
            "write a duration such as 90s, 30m, 2h or 7d, or a time in UTC: 2026-11-25T09:00:00Z",
        )
    })
}

/// As [`moment`]; none if the text is neither.
pub(super) fn instant(text: &str) -> Option<i64> {
    if let Ok(time) = DateTime::from_str(text, DateTimeFormat::DateTime) {
        return Some(time.secs());
    }
    let ago = ago(text)?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Some(i64::try_from(now.saturating_sub(ago).as_secs()).unwrap_or(i64::MAX))
}

fn ago(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    let number: u64 = number.parse().ok()?;
    Some(Duration::from_secs(number.checked_mul(seconds)?))
}

#[cfg(test)]
mod tests;
