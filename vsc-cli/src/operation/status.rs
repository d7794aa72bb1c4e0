//! `status`: the state of stacks.

use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed, StackResource};
use crate::aws::host::{self, Instance, InstanceState};
use crate::aws::host_report::{self, HostReport, Line, LineStatus};
use crate::aws::image::{self, HostImage};
use crate::aws::io::Event;
use crate::aws::session::{Session, Stopped};

/// The status of a stack.
#[derive(Debug)]
pub(crate) struct Status<'a> {
    pub(crate) stack: &'a Stack,
    pub(crate) region: String,
    pub(crate) deployed: Option<Deployed>,
    pub(crate) resources: Vec<StackResource>,
    /// The host in EC2; none if there is none, or without permission.
    pub(crate) instance: Option<Instance>,
    /// The image of the host; none if it is unknown.
    pub(crate) image: Option<HostImage>,
    /// The report of the host, or the reason why there is none; none without a running host.
    pub(crate) report: Option<Result<HostReport, String>>,
    /// The deployed version of the host's metadata.
    pub(crate) version: Option<String>,
}

/// The status of each stack.
///
/// # Errors
///
/// When one cannot be described.
pub(crate) fn statuses<'a>(
    target: &Target,
    stacks: &'a [Stack],
) -> Result<Vec<Status<'a>>, Failure> {
    target.on_each(stacks, &look)
}

async fn look<'a>(session: &Session, stack: &'a Stack) -> Result<Status<'a>, Failure> {
    let deployed = cloudformation::describe(session, &stack.name).await?;
    let resources = match &deployed {
        Some(deployed) => cloudformation::resources(session, &deployed.id).await?,
        None => Vec::new(),
    };
    let host = resources.iter().find(|it| is_host(stack, it));
    let instance = match host.and_then(|host| host.physical_id.as_deref()) {
        Some(id) => match host::describe(session, id).await {
            Ok(instance) => instance,
            // The stack is shown even without permission to describe its host.
            Err(Stopped::Failed(error)) => {
                let cause = error.cause();
                session.io.report(Event::HostUnknown { cause });
                None
            }
            Err(stopped) => return Err(stopped.into()),
        },
        None => None,
    };
    let image = match (&instance, &deployed) {
        (Some(instance), Some(deployed)) => image_of(session, stack, deployed, instance).await?,
        _ => None,
    };
    let report = match &instance {
        Some(instance) if instance.state == InstanceState::Running => {
            Some(host_report::ask(session, &instance.id).await?)
        }
        _ => None,
    };
    let version = match (&report, &deployed) {
        (Some(Ok(report)), Some(deployed)) if report.applied.is_some() => {
            version(session, &deployed.id, stack.host_id()).await?
        }
        _ => None,
    };
    Ok(Status {
        stack,
        region: session.region().to_owned(),
        deployed,
        resources,
        instance,
        image,
        report,
        version,
    })
}

/// The image of the host; none without permission to describe it.
async fn image_of(
    session: &Session,
    stack: &Stack,
    deployed: &Deployed,
    instance: &Instance,
) -> Result<Option<HostImage>, Failure> {
    let Some(used) = &instance.image else {
        return Ok(None);
    };
    let newest = image::name_of_newest(&stack.template.json, &deployed.parameters);
    match image::of_host(session, used, newest.as_deref()).await {
        Ok(image) => Ok(Some(image)),
        Err(Stopped::Failed(error)) => {
            let cause = error.cause();
            session.io.report(Event::ImageUnknown { cause });
            Ok(None)
        }
        Err(stopped) => Err(stopped.into()),
    }
}

/// The version of the host's deployed metadata; none without permission to read it.
async fn version(session: &Session, stack: &str, host: &str) -> Result<Option<String>, Failure> {
    match cloudformation::metadata(session, stack, host).await {
        Ok(metadata) => Ok(metadata
            .as_ref()
            .and_then(|metadata| metadata.get("Version")?.as_str())
            .map(str::to_owned)),
        Err(Stopped::Failed(error)) => {
            let cause = error.cause();
            session.io.report(Event::VersionUnknown { cause });
            Ok(None)
        }
        Err(stopped) => Err(stopped.into()),
    }
}

/// The line about the image of the host.
fn image_line(image: &HostImage, now: i64) -> Line {
    let status = if image.is_old(now) {
        LineStatus::Warning
    } else if image.is_outdated() {
        LineStatus::Neutral
    } else {
        LineStatus::Ok
    };
    Line::of("image", image.describe(now), status)
}

fn is_host(stack: &Stack, resource: &StackResource) -> bool {
    resource.resource_type == "AWS::EC2::Instance" && resource.logical_id == stack.host_id()
}

impl Status<'_> {
    pub(crate) fn host(&self) -> Option<&StackResource> {
        let mut resources = self.resources.iter();
        resources.find(|resource| is_host(self.stack, resource))
    }

    /// Each developer and the URL of the workspace, from the deployed outputs.
    pub(crate) fn workspaces(&self) -> Vec<(&str, Option<&str>)> {
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

    /// The lines about the host: its image, and what it reports.
    pub(crate) fn host_lines(&self) -> Vec<Line> {
        let now = host_report::now();
        let mut lines: Vec<Line> = self
            .image
            .iter()
            .map(|image| image_line(image, now))
            .collect();
        match &self.report {
            Some(Ok(report)) => {
                let team = self.stack.team.as_ref();
                let has_tls = team.is_some_and(|team| team.https);
                lines.extend(report.lines(self.version.as_deref(), has_tls, now));
                let id = self.instance.as_ref().map(|instance| instance.id.as_str());
                let has_volume = team.is_some_and(|team| team.homes.is_some());
                lines.extend(report.homes_line(id, has_volume));
            }
            Some(Err(reason)) => lines.push(Line::unanswered(reason)),
            None => {}
        }
        lines
    }
}

#[cfg(test)]
mod tests;
