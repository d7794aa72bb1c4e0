//! The state of stacks.

use std::fmt::Write as _;

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::cloudformation::{Deployed, StackResource};
use crate::aws::host::InstanceState;
use crate::aws::host_report::{Line, LineStatus};
use crate::aws::image::HostImage;
use crate::aws::stack_state::{self, StackState, is_success};
use crate::markup::RUN;
use crate::operation::status::Status;
use crate::terminal::Terminal;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME, TITLE};
use crate::terminal::table::Table;

/// Prints the status of stacks.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(
    terminal: &Terminal,
    statuses: &[Status<'_>],
    json: bool,
) -> Result<(), Failure> {
    if json {
        let results = statuses.iter();
        return terminal.print_json(&Json::object(
            results.map(|status| (status.stack.name.clone(), to_json(status))),
        ));
    }
    let texts: Vec<String> = statuses.iter().map(text).collect();
    terminal.print(&texts.join("\n"))
}

fn host_text(status: &Status<'_>, host: &StackResource) -> String {
    let id = host.physical_id.as_deref().unwrap_or("not created yet");
    let Some(instance) = &status.instance else {
        return format!("{id} {DIM}{}{DIM:#}", host.status);
    };
    let style = if instance.state == InstanceState::Running {
        GOOD
    } else {
        CHANGED
    };
    let address = instance.address.as_deref().unwrap_or("no address");
    format!(
        "{style}{}{style:#} {DIM}{id}{DIM:#} {} {address}",
        instance.state.name(),
        instance.kind
    )
}

pub(crate) fn text(status: &Status<'_>) -> String {
    let name = &status.stack.name;
    let Some(deployed) = &status.deployed else {
        return format!(
            "{TITLE}{name}{TITLE:#} is not deployed in {}\n{DIM}deploy it with `{RUN}deploy {name}{RUN:#}`{DIM:#}\n",
            status.region
        );
    };
    let style = if is_success(&deployed.status) {
        GOOD
    } else if deployed.state() == StackState::InProgress || deployed.state() == StackState::Complete
    {
        CHANGED
    } else {
        ERROR
    };
    let mut table = Table::new(vec!["", ""]);
    let mut row = |title: &str, value: String| {
        table.push(vec![format!("{DIM}{title}{DIM:#}"), value]);
    };
    row("state", format!("{style}{}{style:#}", deployed.status));
    if let Some(reason) = &deployed.reason {
        row("reason", reason.clone());
    }
    row(
        "where",
        format!("account {}, {}", deployed.account(), status.region),
    );
    if let Some(created) = &deployed.created {
        row("created", created.clone());
    }
    if let Some(updated) = &deployed.updated {
        row("updated", updated.clone());
    }
    if let Some(drift) = deployed
        .drift
        .as_deref()
        .filter(|drift| *drift != "NOT_CHECKED")
    {
        row("drift", drift.to_owned());
    }
    if let Some(host) = status.host() {
        row("host", host_text(status, host));
    }
    for line in status.host_lines() {
        row(&format!("  {}", line.subject), styled(&line));
    }
    for (user, url) in status.workspaces() {
        row(
            &format!("{NAME}{user}{NAME:#}"),
            url.unwrap_or("not created yet").to_owned(),
        );
    }
    let text = table.to_string();
    // The rows have names, so the header line is empty.
    let rows = text
        .split_once('\n')
        .map_or(text.as_str(), |(_, rows)| rows);
    let mut text = format!("{TITLE}{name}{TITLE:#}\n{rows}");
    if let Some(next) = next(name, deployed) {
        _ = writeln!(text, "{DIM}{next}{DIM:#}");
    }
    text
}

pub(crate) fn to_json(status: &Status<'_>) -> Json {
    let Some(deployed) = &status.deployed else {
        return Json::object([
            ("state", Json::Null),
            ("region", status.region.clone().into()),
        ]);
    };
    let host = status.host().map(|host| match &status.instance {
        Some(instance) => instance.to_json(),
        None => Json::Object(
            Object::new()
                .with_some("id", host.physical_id.clone())
                .with("state", host.status.clone()),
        ),
    });
    let image = status.image.as_ref().map(HostImage::to_json);
    let report = status.report.as_ref().map(|report| match report {
        Ok(report) => report.to_json(status.version.as_deref()),
        Err(reason) => Json::Object(Object::new().with("unanswered", reason.clone())),
    });
    let workspaces = status.workspaces().into_iter().map(|(user, url)| {
        let object = Object::new().with("name", user.to_owned());
        Json::Object(object.with_some("url", url.map(str::to_owned)))
    });
    Json::Object(
        Object::new()
            .with("state", deployed.status.clone())
            .with_some("reason", deployed.reason.clone())
            .with("id", deployed.id.clone())
            .with("region", status.region.clone())
            .with_some("created", deployed.created.clone())
            .with_some("updated", deployed.updated.clone())
            .with_some("drift", deployed.drift.clone())
            .with_some("host", host)
            .with_some("image", image)
            .with_some("report", report)
            .with("workspaces", Json::array(workspaces)),
    )
}

fn styled(line: &Line) -> String {
    let style = match line.status {
        LineStatus::Ok => GOOD,
        LineStatus::Warning => CHANGED,
        LineStatus::Error => ERROR,
        LineStatus::Neutral => DIM,
    };
    format!("{style}{}{style:#}", line.text)
}

/// The next step for a stack that is not in order.
fn next(name: &str, deployed: &Deployed) -> Option<String> {
    Some(match deployed.state() {
        StackState::InProgress => format!(
            "it {}: follow it with `{RUN}events --follow {name}{RUN:#}`",
            stack_state::activity(&deployed.status)
        ),
        StackState::CreationRolledBack => format!(
            "its creation failed: see why with `{RUN}diagnose {name}{RUN:#}`, create it again with `{RUN}deploy {name}{RUN:#}`"
        ),
        StackState::UpdateRollbackFailed => {
            format!("continue the rollback with `{RUN}rollback {name}{RUN:#}`")
        }
        StackState::Failed => format!(
            "it failed without a rollback: see why with `{RUN}diagnose {name}{RUN:#}`, roll it back with `{RUN}rollback {name}{RUN:#}`"
        ),
        StackState::DeleteFailed => format!("try again with `{RUN}destroy {name}{RUN:#}`"),
        StackState::ReviewInProgress => {
            format!("it has only a change set: deploy it with `{RUN}deploy {name}{RUN:#}`")
        }
        StackState::Complete if deployed.status.contains("ROLLBACK") => {
            format!("its last update was rolled back: see why with `{RUN}diagnose {name}{RUN:#}`")
        }
        StackState::Complete | StackState::Deleted => return None,
    })
}
