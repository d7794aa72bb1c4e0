//! `status`: the state of stacks.

use std::fmt::Write as _;

use clap::ArgMatches;
use vsc_core::team_ide::HOST;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed, StackResource};
use crate::aws::host::{self, Instance, InstanceState};
use crate::aws::host_report::{self, HostReport, Line, LineStatus};
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::aws::stack_state::{self, StackState, is_success};
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::markup::RUN;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME, TITLE};
use crate::terminal::table::Table;

/// The status of a stack.
struct Status<'a> {
    stack: &'a Stack,
    region: String,
    deployed: Option<Deployed>,
    resources: Vec<StackResource>,
    /// The host in EC2; none if there is none, or without permission.
    instance: Option<Instance>,
    /// The report of the host, or the reason why there is none; none without a running host.
    report: Option<Result<HostReport, String>>,
    /// The deployed version of the host's metadata.
    version: Option<String>,
}

/// Shows the selected stacks.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let stacks = context.selected_or_named(matches)?;
    let statuses = runtime::block_on(async {
        let mut statuses = Vec::new();
        for stack in &stacks {
            let region = stack.region.as_deref();
            let session = Session::connect(&session_options, region, context.terminal).await?;
            statuses.push(look(&session, stack).await?);
        }
        Ok(statuses)
    })?;
    if matches.get_flag("json") {
        let results = statuses
            .iter()
            .map(|status| (status.stack.name.clone(), status.to_json()));
        return context
            .terminal
            .print_json(&report::by_stack(results.collect()));
    }
    let texts: Vec<String> = statuses.iter().map(Status::text).collect();
    context.terminal.print(&texts.join("\n"))
}

async fn look<'a>(session: &Session, stack: &'a Stack) -> Result<Status<'a>, Failure> {
    let deployed = cloudformation::describe(session, &stack.name).await?;
    let resources = match &deployed {
        Some(deployed) => cloudformation::resources(session, &deployed.id).await?,
        None => Vec::new(),
    };
    let host = resources.iter().find(|resource| is_host(resource));
    let instance = match host.and_then(|host| host.physical_id.as_deref()) {
        Some(id) => match host::describe(session, id).await {
            Ok(instance) => instance,
            // The stack is shown even without permission to describe its host.
            Err(Stopped::Failed(error)) => {
                session
                    .terminal
                    .note(&format!("cannot describe the host: {}", error.cause()));
                None
            }
            Err(stopped) => return Err(stopped.into()),
        },
        None => None,
    };
    let report = match &instance {
        Some(instance) if instance.state == InstanceState::Running => {
            Some(host_report::ask(session, &instance.id).await?)
        }
        _ => None,
    };
    let version = match (&report, &deployed) {
        (Some(Ok(report)), Some(deployed)) if report.applied.is_some() => {
            version(session, &deployed.id).await?
        }
        _ => None,
    };
    Ok(Status {
        stack,
        region: session.region().to_owned(),
        deployed,
        resources,
        instance,
        report,
        version,
    })
}

/// The version of the host's deployed metadata; none without permission to read it.
async fn version(session: &Session, stack: &str) -> Result<Option<String>, Failure> {
    match cloudformation::metadata(session, stack, HOST).await {
        Ok(metadata) => Ok(metadata
            .as_ref()
            .and_then(|metadata| metadata.get("Version")?.as_str())
            .map(str::to_owned)),
        Err(Stopped::Failed(error)) => {
            session.terminal.note(&format!(
                "cannot compare the deployed version with the one that the host applied: {}",
                error.cause()
            ));
            Ok(None)
        }
        Err(stopped) => Err(stopped.into()),
    }
}

fn is_host(resource: &StackResource) -> bool {
    resource.resource_type == "AWS::EC2::Instance" && resource.logical_id == HOST
}

impl Status<'_> {
    fn host(&self) -> Option<&StackResource> {
        let mut resources = self.resources.iter();
        resources.find(|resource| is_host(resource))
    }

    /// Each developer and the URL of the workspace, from the deployed outputs.
    fn workspaces(&self) -> Vec<(&str, Option<&str>)> {
        let users = self.stack.team.iter().flat_map(|team| &team.users);
        users
            .map(|user| {
                let output = self
                    .deployed
                    .as_ref()
                    .and_then(|deployed| deployed.output(&user.url_output));
                (
                    user.name.as_str(),
                    output.map(|output| output.value.as_str()),
                )
            })
            .collect()
    }

    fn host_text(&self, host: &StackResource) -> String {
        let id = host.physical_id.as_deref().unwrap_or("not created yet");
        let Some(instance) = &self.instance else {
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

    /// The lines of the host's report.
    fn host_lines(&self) -> Vec<Line> {
        match &self.report {
            Some(Ok(report)) => {
                let team = self.stack.team.as_ref();
                let has_tls = team.is_some_and(|team| team.https);
                report.lines(self.version.as_deref(), has_tls, host_report::now())
            }
            Some(Err(reason)) => vec![Line::unanswered(reason)],
            None => Vec::new(),
        }
    }

    fn text(&self) -> String {
        let name = &self.stack.name;
        let Some(deployed) = &self.deployed else {
            return format!(
                "{TITLE}{name}{TITLE:#} is not deployed in {}\n{DIM}deploy it with `{RUN}deploy {name}{RUN:#}`{DIM:#}\n",
                self.region
            );
        };
        let style = if is_success(&deployed.status) {
            GOOD
        } else if deployed.state() == StackState::InProgress
            || deployed.state() == StackState::Complete
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
            format!("account {}, {}", deployed.account(), self.region),
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
        if let Some(host) = self.host() {
            row("host", self.host_text(host));
        }
        for line in self.host_lines() {
            row(&format!("  {}", line.subject), styled(&line));
        }
        for (user, url) in self.workspaces() {
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

    fn to_json(&self) -> Json {
        let Some(deployed) = &self.deployed else {
            return Json::object([
                ("state", Json::Null),
                ("region", self.region.clone().into()),
            ]);
        };
        let host = self.host().map(|host| match &self.instance {
            Some(instance) => instance.to_json(),
            None => Json::Object(
                Object::new()
                    .with_some("id", host.physical_id.clone())
                    .with("state", host.status.clone()),
            ),
        });
        let report = self.report.as_ref().map(|report| match report {
            Ok(report) => report.to_json(self.version.as_deref()),
            Err(reason) => Json::Object(Object::new().with("unanswered", reason.clone())),
        });
        let workspaces = self.workspaces().into_iter().map(|(user, url)| {
            let object = Object::new().with("name", user.to_owned());
            Json::Object(object.with_some("url", url.map(str::to_owned)))
        });
        Json::Object(
            Object::new()
                .with("state", deployed.status.clone())
                .with_some("reason", deployed.reason.clone())
                .with("id", deployed.id.clone())
                .with("region", self.region.clone())
                .with_some("created", deployed.created.clone())
                .with_some("updated", deployed.updated.clone())
                .with_some("drift", deployed.drift.clone())
                .with_some("host", host)
                .with_some("report", report)
                .with("workspaces", Json::array(workspaces)),
        )
    }
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

#[cfg(test)]
mod tests;
