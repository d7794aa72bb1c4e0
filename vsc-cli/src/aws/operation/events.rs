//! `events`: the events of a stack.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_cloudformation::primitives::{DateTime, DateTimeFormat};
use clap::ArgMatches;
use vsc_spec::Json;

use crate::Failure;
use crate::aws::cloudformation;
use crate::aws::event::{Event, last_operation};
use crate::aws::follow::{self, Follower};
use crate::aws::runtime;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::stack_state::{StackState, is_success};
use crate::cli::Context;
use crate::cli::stacks;
use crate::failure::Hint;
use crate::markup::RUN;
use crate::terminal::Terminal;

/// Shows the events of a stack.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected_or_named(matches)?, "whose events to show")?;
    let since = matches
        .get_one::<String>("since")
        .map(|text| moment(text))
        .transpose()?;
    let region = stack.region.as_deref();
    let follows = matches.get_flag("follow");
    let json = matches.get_flag("json");
    runtime::block_on(async {
        let session =
            Session::connect(&SessionOptions::of(matches), region, context.terminal).await?;
        show(&session, &stack.name, since, follows, json).await
    })
}

async fn show(
    session: &Session,
    name: &str,
    since: Option<i64>,
    follows: bool,
    json: bool,
) -> Result<(), Failure> {
    let deployed = cloudformation::deployed(session, name).await?;
    let all = cloudformation::events_after(session, &deployed.id, None).await?;
    let known = all.last().map(|event| event.id.clone());
    let shown = match since {
        Some(since) => {
            let first = all.partition_point(|event| event.time < since);
            &all[first..]
        }
        None => last_operation(&all),
    };
    let terminal = &session.terminal;
    if !follows {
        if json {
            let shown = Json::array(shown.iter().map(Event::to_json));
            return terminal.print_json(&shown);
        }
        return shown
            .iter()
            .try_for_each(|event| report(terminal, event, false));
    }
    for event in shown {
        report(terminal, event, json)?;
    }
    let own = terminal.clone();
    let mut follower = Follower::new(session, &deployed.id, known, 0)
        .already_started()
        .reporting(move |event| _ = report(&own, event, json));
    let after = follower.until_finished().await.map_err(|stopped| {
        stopped.failure(&format!(
            "the operation continues in AWS: follow it with `{RUN}events --follow {name}{RUN:#}`"
        ))
    })?;
    match after {
        None => Ok(()),
        Some(stack) if is_success(&stack.status) || stack.state() == StackState::Deleted => Ok(()),
        Some(stack) => Err(Failure::input(format!("{name} ended in {}", stack.status))
            .hint(Hint::run("see why with", &["diagnose", name]))),
    }
}

/// Prints an event on a line, as JSON or as text.
fn report(terminal: &Terminal, event: &Event, json: bool) -> Result<(), Failure> {
    if json {
        terminal.print_json_line(&event.to_json())
    } else {
        terminal.print(&(follow::line(event) + "\n"))
    }
}

/// Parses a point in time into seconds since 1970: a time in UTC, or a duration before now.
fn moment(text: &str) -> Result<i64, Failure> {
    if let Ok(time) = DateTime::from_str(text, DateTimeFormat::DateTime) {
        return Ok(time.secs());
    }
    let ago = ago(text).ok_or_else(|| {
        Failure::usage(format!("invalid `--since {text}`")).hint(
            "write a duration such as 90s, 30m, 2h or 7d, or a time in UTC: 2026-11-25T09:00:00Z",
        )
    })?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ok(i64::try_from(now.saturating_sub(ago).as_secs()).unwrap_or(i64::MAX))
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
