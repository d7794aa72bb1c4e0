//! `status`: how stacks stand.

use std::fmt::Write as _;

use clap::ArgMatches;
use vsc_core::team_ide::HOST;
use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::cloudformation::{self, Deployed, Member};
use crate::aws::host::{self, Instance, State};
use crate::aws::host_report::{self, Line, Mood, Report};
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::aws::standing::{self, Standing, is_success};
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::cli::stacks::Stacked;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME, TITLE};
use crate::terminal::table::Table;
use crate::terminal::with_calls;

/// A stack, and how it stands.
struct Status<'a> {
    stack: &'a Stacked,
    region: String,
    deployed: Option<Deployed>,
    members: Vec<Member>,
    /// The host as EC2 knows it; none where there is none, or where EC2 may not be asked.
    instance: Option<Instance>,
    /// What the host reports, or why it does not; none where there is nobody to ask.
    report: Option<Result<Report, String>>,
    /// The version of the host's metadata that is deployed.
    version: Option<String>,
}

/// Shows the selected stacks.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let stacks = context.synthesized(matches)?;
    let statuses = runtime::block_on(async {
        let mut statuses = Vec::new();
        for stack in &stacks {
            let region = stack.ide.as_ref().and_then(TeamIde::region);
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
    context.terminal.print(&with_calls(&texts.join("\n")))
}

async fn look<'a>(session: &Session, stack: &'a Stacked) -> Result<Status<'a>, Failure> {
    let deployed = cloudformation::describe(session, &stack.name).await?;
    let members = match &deployed {
        Some(deployed) => cloudformation::members(session, &deployed.id).await?,
        None => Vec::new(),
    };
    let host = members.iter().find(|member| is_host(member));
    let instance = match host.and_then(|host| host.physical_id.as_deref()) {
        Some(id) => match host::describe(session, id).await {
            Ok(instance) => instance,
            // The stack stands as it stands, whoever may look at its host.
            Err(Stopped::Failed(error)) => {
                session
                    .terminal
                    .note(&format!("the host is not reported: {}", error.cause()));
                None
            }
            Err(stopped) => return Err(stopped.into()),
        },
        None => None,
    };
    let report = match &instance {
        Some(instance) if instance.state == State::Running => {
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
        members,
        instance,
        report,
        version,
    })
}

/// The version that the deployed metadata of the host has; none where these credentials may not see it.
async fn version(session: &Session, stack: &str) -> Result<Option<String>, Failure> {
    match cloudformation::metadata(session, stack, HOST).await {
        Ok(metadata) => Ok(metadata
            .as_ref()
            .and_then(|metadata| metadata.get("Version")?.as_str())
            .map(str::to_owned)),
        Err(Stopped::Failed(error)) => {
            session.terminal.note(&format!(
                "what is deployed cannot be compared with what the host applied: {}",
                error.cause()
            ));
            Ok(None)
        }
        Err(stopped) => Err(stopped.into()),
    }
}

fn is_host(member: &Member) -> bool {
    member.resource_type == "AWS::EC2::Instance" && member.logical_id == HOST
}

impl Status<'_> {
    fn host(&self) -> Option<&Member> {
        let mut members = self.members.iter();
        members.find(|member| is_host(member))
    }

    /// Each developer and the URL of the workspace, as the deployed stack reports.
    fn workspaces(&self) -> Vec<(&str, Option<&str>)> {
        let users = self
            .stack
            .ide
            .iter()
            .flat_map(vsc_spec::team::TeamIde::users);
        users
            .map(|user| {
                let output = self
                    .deployed
                    .as_ref()
                    .and_then(|deployed| deployed.output(&user.logical_id("Url")));
                (
                    user.name().as_str(),
                    output.map(|output| output.value.as_str()),
                )
            })
            .collect()
    }

    fn host_text(&self, host: &Member) -> String {
        let id = host.physical_id.as_deref().unwrap_or("not there yet");
        let Some(instance) = &self.instance else {
            return format!("{id} {DIM}{}{DIM:#}", host.status);
        };
        let style = if instance.state == State::Running {
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

    /// What the host says of itself.
    fn host_lines(&self) -> Vec<Line> {
        match &self.report {
            Some(Ok(report)) => {
                let ide = self.stack.ide.as_ref();
                let has_tls = ide.is_some_and(TeamIde::is_https);
                report.lines(self.version.as_deref(), has_tls, host_report::now())
            }
            Some(Err(why)) => vec![Line::unanswered(why)],
            None => Vec::new(),
        }
    }

    fn text(&self) -> String {
        let name = &self.stack.name;
        let Some(deployed) = &self.deployed else {
            return format!(
                "{TITLE}{name}{TITLE:#} is not deployed in {}\n{DIM}`cargo run -- deploy {name}` deploys it{DIM:#}\n",
                self.region
            );
        };
        let style = if is_success(&deployed.status) {
            GOOD
        } else if deployed.standing() == Standing::Busy || deployed.standing() == Standing::Settled
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
                url.unwrap_or("not there yet").to_owned(),
            );
        }
        let text = table.to_string();
        // The rows name themselves: a line of titles would be empty.
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
            Err(why) => Json::Object(Object::new().with("unanswered", why.clone())),
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
    let style = match line.mood {
        Mood::Good => GOOD,
        Mood::Doubtful => CHANGED,
        Mood::Bad => ERROR,
        Mood::Neutral => DIM,
    };
    format!("{style}{}{style:#}", line.text)
}

/// What can be done where something is not as it should be.
fn next(name: &str, deployed: &Deployed) -> Option<String> {
    Some(match deployed.standing() {
        Standing::Busy => format!(
            "it {}: `cargo run -- events --follow {name}`",
            standing::activity(&deployed.status)
        ),
        Standing::Stillborn => format!(
            "its creation failed: `cargo run -- diagnose {name}` says why, `cargo run -- deploy {name}` creates it again"
        ),
        Standing::Stuck => format!("`cargo run -- rollback {name}` continues the rollback"),
        Standing::Halted => format!(
            "it was kept as it failed: `cargo run -- diagnose {name}` says why, `cargo run -- rollback {name}` goes back"
        ),
        Standing::Undead => format!("`cargo run -- destroy {name}` tries again"),
        Standing::Reviewed => format!("only a change set is there: `cargo run -- deploy {name}`"),
        Standing::Settled if deployed.status.contains("ROLLBACK") => {
            format!("its last update was rolled back: `cargo run -- diagnose {name}` says why")
        }
        Standing::Settled | Standing::Absent => return None,
    })
}

#[cfg(test)]
mod tests;
