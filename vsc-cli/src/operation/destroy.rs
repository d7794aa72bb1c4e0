//! `destroy`: deletes a stack, and follows its deletion.

use std::borrow::Cow;

use vsc_core::diff::{Homes, HomesChange, HomesHolder, HomesLoss};
use vsc_spec::Json;

use super::each::Target;
use super::{declared, several};
use crate::Failure;
use crate::assembly::Stack;
use crate::assembly::order::Order;
use crate::aws::cloudformation::{self, Deployed, StackResource};
use crate::aws::follow::Follower;
use crate::aws::host::{self, InstanceState};
use crate::aws::io::{Consequence, Event, Kept, Question, Ran, StackOperation};
use crate::aws::question::confirm;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::{self, StackState};
use crate::aws::{report, snapshot, token};
use crate::failure::Hint;
use crate::markup::RUN;

/// The options of a deletion.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Logical IDs of resources that could not be deleted, and are kept.
    pub(crate) retain: Vec<String>,
    /// The ARN of the role that CloudFormation assumes.
    pub(crate) role: Option<String>,
    pub(crate) yes: bool,
    pub(crate) waits: bool,
}

/// Deletes stacks in an order, up to `limit` at the same time.
///
/// # Errors
///
/// When one cannot be deleted, or the user does not agree.
pub(crate) fn run(
    target: &Target,
    stacks: &[Stack],
    order: &Order,
    limit: usize,
    options: &Options,
) -> Result<(), Failure> {
    let runs = target.at_once(stacks, order, limit, &async |session, stack| {
        destroy(session, stack, options).await
    })?;
    several::report(target, stacks, &runs, Ran::Deleted);
    several::first_failure(runs).map_or(Ok(()), Err)
}

async fn destroy(session: &Session, stack: &Stack, options: &Options) -> Result<(), Failure> {
    let name = &stack.name;
    let Some(deployed) = cloudformation::describe(session, name).await? else {
        session.io.report(Event::Missing {
            stack: name,
            region: session.region(),
            then: Consequence::NothingToDo,
        });
        return Ok(());
    };
    if deployed.is_protected {
        return Err(Failure::input(format!("{name} has termination protection"))
.hint(format!("disable it with `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name {name}`")));
    }
    if deployed.state() == StackState::InProgress
        && !matches!(
            deployed.status.as_str(),
            "DELETE_IN_PROGRESS" | "CREATE_IN_PROGRESS"
        )
    {
        return Err(Failure::input(format!(
            "{name} {}, and cannot be deleted now",
            stack_state::activity(&deployed.status)
        ))
        .hint(Hint::run(
            "wait for it to finish with",
            &["events", "--follow", name],
        )));
    }
    if !options.retain.is_empty() && deployed.status != "DELETE_FAILED" {
        return Err(Failure::usage(format!(
            "`--retain` requires a stack in DELETE_FAILED, but {name} is in {}",
            deployed.status
        ))
        .hint("omit it; to keep a resource, deploy it with `DeletionPolicy: \"Retain\"`"));
    }
    let has_begun = deployed.status == "DELETE_IN_PROGRESS";
    // What is declared may not be deployed yet, such as a volume for homes that are on the root volume.
    let there = if has_begun || !may_have_volumes(stack) {
        Cow::Borrowed(stack)
    } else {
        declared::as_deployed(session, stack, &deployed).await?
    };
    let lost = homes_on_root(&there);
    if let Some(homes) = lost.as_ref().filter(|_| options.yes) {
        let host = there.host_id().to_owned();
        let lost = HomesChange::lost(homes.names(), host, HomesLoss::Removed, false);
        session.io.report(Event::LosesHomes(&lost));
    }
    if !has_begun && !options.yes {
        let question = question(&there, &deployed, session.region());
        if !confirm(session, question, "pass `--yes`").await? {
            return Err(Failure::input(format!("{name} was not deleted")));
        }
    }
    let resources = if may_have_volumes(stack) {
        match cloudformation::resources(session, &deployed.id).await {
            Err(Stopped::Interrupted) => return Err(Stopped::Interrupted.into()),
            // The stack is deleted even without permission to list its resources.
            Err(Stopped::Failed(_)) => Vec::new(),
            Ok(resources) => resources,
        }
    } else {
        Vec::new()
    };
    if !has_begun {
        stop_host(session, stack, &resources).await?;
    }
    delete(
        session,
        &deployed,
        &options.retain,
        options.role.as_deref(),
        options.waits,
    )
    .await?;
    if options.waits {
        let has_homes = lost.is_none();
        report_snapshots(session, stack, &resources, has_homes).await?;
    }
    Ok(())
}

/// The homes that go with the host. Those that it is moving may still be on its root volume.
fn homes_on_root(stack: &Stack) -> Option<Homes> {
    let homes = Homes::of(&stack.template.json)?;
    matches!(homes.holder, HomesHolder::Root | HomesHolder::Moving).then_some(homes)
}

/// The type of volumes.
const VOLUME: &str = "AWS::EC2::Volume";

/// Whether the deployed stack may have volumes: it may be older than the template.
fn may_have_volumes(stack: &Stack) -> bool {
    let mut resources = stack.template.resources();
    let is_volume = |resource: &Json| resource.get("Type").and_then(Json::as_str) == Some(VOLUME);
    !stack.is_declared() || stack.team.is_some() || resources.any(|(_, it)| is_volume(it))
}

/// Stops a host to which CloudFormation attached a volume: it would be detached while it is mounted.
/// "you must first unmount the volume in the instance": AWS CloudFormation Template Reference,
/// `AWS::EC2::VolumeAttachment`.
async fn stop_host(
    session: &Session,
    stack: &Stack,
    resources: &[StackResource],
) -> Result<(), Failure> {
    let name = &stack.name;
    let has_attachment = resources
        .iter()
        .any(|resource| resource.resource_type == "AWS::EC2::VolumeAttachment");
    let host = resources
        .iter()
        .find(|resource| resource.logical_id == stack.host_id());
    let id = host.and_then(|host| host.physical_id.as_deref());
    let Some(id) = id.filter(|id| has_attachment && id.starts_with("i-")) else {
        return Ok(());
    };
    let failed = |stopped: Stopped| stopped.failure(&format!("{name} was not deleted"));
    let instance = host::describe(session, id).await.map_err(failed)?;
    let state = instance.map(|instance| instance.state);
    if !matches!(
        state,
        Some(InstanceState::Running | InstanceState::Pending | InstanceState::Stopping)
    ) {
        return Ok(());
    }
    session.io.report(Event::StoppingHost { stack: name, id });
    host::switch(session, id, false).await.map_err(failed)?;
    host::wait_for(session, id, InstanceState::Stopped)
        .await
        .map_err(failed)?;
    Ok(())
}

/// Names the snapshots that are kept of deleted volumes. `has_homes` is whether the volume of the homes had
/// them.
async fn report_snapshots(
    session: &Session,
    stack: &Stack,
    resources: &[StackResource],
    has_homes: bool,
) -> Result<(), Failure> {
    let team = stack.team.as_ref();
    let homes = team.and_then(|team| team.homes.as_ref());
    let selection = stack.selection();
    for resource in resources {
        let Some(volume) = resource.physical_id.as_deref() else {
            continue;
        };
        if resource.resource_type != VOLUME {
            continue;
        }
        let snapshot = match snapshot::list(session, "volume-id", &[volume]).await {
            Ok(all) => match all.into_iter().max_by_key(|snapshot| snapshot.time) {
                Some(newest) => Some(newest.id),
                // No snapshot was made.
                None => continue,
            },
            Err(Stopped::Failed(_)) => None,
            Err(interrupted) => {
                return Err(interrupted.failure(&format!("{} is deleted", stack.name)));
            }
        };
        let holds_homes =
            has_homes && homes.is_some_and(|homes| homes.volume == resource.logical_id);
        session.io.report(Event::SnapshotKept {
            stack: &stack.name,
            volume: (&resource.logical_id, volume),
            snapshot: snapshot.as_deref(),
            restores: holds_homes.then_some(selection.as_str()),
        });
    }
    Ok(())
}

fn question(stack: &Stack, deployed: &Deployed, region: &str) -> Question {
    let kept = stack.template.resources().filter_map(|(id, resource)| {
        let kept = match resource.get("DeletionPolicy").and_then(Json::as_str)? {
            "Snapshot" => Kept::Snapshot,
            "Retain" | "RetainExceptOnCreate" => Kept::Itself,
            _ => return None,
        };
        Some((id.to_owned(), kept))
    });
    Question::Delete {
        stack: stack.name.clone(),
        account: deployed.account().to_owned(),
        region: region.to_owned(),
        resources: stack
            .is_declared()
            .then(|| stack.template.resources().count()),
        kept: kept.collect(),
        has_homes: homes_on_root(stack).is_some(),
    }
}

/// Deletes a stack, and follows the deletion.
pub(super) async fn delete(
    session: &Session,
    stack: &Deployed,
    retain: &[String],
    role: Option<&str>,
    waits: bool,
) -> Result<(), Failure> {
    let name = &stack.name;
    let known = cloudformation::newest_event(session, &stack.id).await?;
    let has_started = stack.status == "DELETE_IN_PROGRESS";
    let token = token::unique("delete-");
    if !has_started {
        let call = session
            .cloudformation
            .delete_stack()
            .stack_name(&stack.id)
            .client_request_token(&token)
            .set_role_arn(role.map(str::to_owned))
            .set_retain_resources((!retain.is_empty()).then(|| retain.to_vec()));
        let answer = session.call_anyway("DeleteStack", call.send()).await;
        if let Err(error) = answer
            && !error.is_repeated()
        {
            return Err(error.failure(&match error.kind() {
                ErrorKind::Network => format!(
                    "the deletion of {name} may have started: check with `{RUN}status {name}{RUN:#}`"
                ),
                _ => format!("{name} was not deleted"),
            }));
        }
    }
    if !waits {
        session.io.report(Event::Started {
            stack: name,
            operation: StackOperation::Deletion,
        });
        return Ok(());
    }
    let total = cloudformation::resources(session, &stack.id)
        .await
        .map_or(0, |all| all.len());
    let mut follower = Follower::new(session, &stack.id, known.map(|event| event.id), total);
    if has_started {
        follower = follower.already_started();
    }
    let after = follower.until_finished().await.map_err(|stopped| {
        stopped.failure(&format!(
            "the deletion of {name} continues in AWS: follow it with `{RUN}destroy {name}{RUN:#}`"
        ))
    })?;
    match after.as_ref().map(Deployed::state) {
        None | Some(StackState::Deleted) => {
            session.io.report(Event::Ended {
                stack: name,
                operation: StackOperation::Deletion,
                status: "DELETE_COMPLETE",
            });
            Ok(())
        }
        _ => {
            let status = after.map(|stack| stack.status).unwrap_or_default();
            let failed = not_deleted(&follower);
            let next = match failed.as_slice() {
                [] => Hint::run("try again with", &["destroy", name]),
                failed => {
                    let retain = failed.iter().map(|id| format!("`--retain {id}`"));
                    let retain = retain.collect::<Vec<_>>().join(" ");
                    Hint::run("fix the cause and run", &["destroy", name])
                        .then(format!(" again; {retain} keeps what blocks it"))
                }
            };
            Err(report::failed(
                &format!("the deletion of {name} failed"),
                follower.events(),
                Some(&token),
                &format!("{name} still exists ({status})"),
                next,
            ))
        }
    }
}

/// The resources that could not be deleted.
fn not_deleted<'a>(follower: &'a Follower<'_>) -> Vec<&'a str> {
    let failed = follower
        .events()
        .iter()
        .filter(|event| event.status == "DELETE_FAILED" && !event.is_of_the_stack());
    let mut ids: Vec<&str> = failed.map(|event| event.logical_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests;
