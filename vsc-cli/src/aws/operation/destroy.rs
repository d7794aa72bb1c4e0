//! `destroy`: deletes a stack, and follows its deletion.

use clap::ArgMatches;
use vsc_spec::Json;
use vsc_spec::visible::one_line;

use super::{concurrent, declared, several};
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::follow::Follower;
use crate::aws::question::confirm;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::stack_state::{self, StackState};
use crate::aws::{report, runtime, token};
use crate::cli::Context;
use crate::cli::{concurrency, stacks};
use crate::failure::Hint;
use crate::markup::RUN;
use crate::terminal::style::{GOOD, TITLE};

/// The options of the command.
struct Options {
    retain: Vec<String>,
    role: Option<String>,
    yes: bool,
    waits: bool,
}

/// Deletes the selected stacks, each after those that depend on it, the last one first.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let retain = matches.get_many::<String>("retain");
    let options = Options {
        retain: retain.into_iter().flatten().cloned().collect(),
        role: matches.get_one::<String>("role-arn").cloned(),
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    let mut stacks = context.selected_or_named(matches)?;
    stacks::must_be_named(&stacks, "destroy", matches)?;
    stacks.reverse();
    let order = several::order(context, &stacks)?.reversed();
    let limit = concurrency::of(matches);
    let terminals = several::terminals(context.terminal, &stacks, limit);
    runtime::block_on(async {
        let runs = concurrent::run(&order, limit, async |index| {
            let stack = &stacks[index];
            let region = stack.region.as_deref();
            let terminal = &terminals[index];
            let session = Session::connect(&session_options, region, terminal).await?;
            destroy(&session, stack, &options).await
        })
        .await;
        several::failure(context.terminal, &stacks, runs, "deleted").map_or(Ok(()), Err)
    })
}

async fn destroy(session: &Session, stack: &Stack, options: &Options) -> Result<(), Failure> {
    let name = &stack.name;
    let Some(deployed) = cloudformation::describe(session, name).await? else {
        session.terminal.note(&format!(
            "{name} is not deployed in {}: nothing to do",
            session.region()
        ));
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
    if deployed.status != "DELETE_IN_PROGRESS" && !options.yes {
        let stack = declared::or_deployed(session, stack, &deployed).await?;
        let question = question(&stack, &deployed, session.region());
        if !confirm(session, &question, "pass `--yes`").await? {
            return Err(Failure::input(format!("{name} was not deleted")));
        }
    }
    delete(
        session,
        &deployed,
        &options.retain,
        options.role.as_deref(),
        options.waits,
    )
    .await
}

fn question(stack: &Stack, deployed: &Deployed, region: &str) -> String {
    let mut text = format!(
        "{TITLE}{}{TITLE:#} in account {} in {region} will be deleted, with {}.",
        stack.name,
        deployed.account(),
        match stack.template.resources().count() {
            _ if !stack.is_declared() => "all its resources".to_owned(),
            count => format!("its {count} resources"),
        }
    );
    let kept: Vec<String> = stack
        .template
        .resources()
        .filter_map(|(id, resource)| {
            let policy = resource.get("DeletionPolicy").and_then(Json::as_str)?;
            let kept = match policy {
                "Snapshot" => "a snapshot of it is kept",
                "Retain" | "RetainExceptOnCreate" => "it is kept",
                _ => return None,
            };
            Some(format!("\n  {}: {kept}", one_line(id)))
        })
        .collect();
    text.push_str(&kept.concat());
    let homes = stack
        .team
        .as_ref()
        .is_some_and(|team| team.host.home_volume_mib.is_none());
    if homes {
        text.push_str("\nThe homes of the developers are on its root volume and will be deleted.");
    }
    text.push_str("\nDelete it?");
    text
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
        session.terminal.note(&format!(
            "{name} is being deleted; check with `{RUN}status {name}{RUN:#}`"
        ));
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
            session
                .terminal
                .note(&format!("{GOOD}{name} is deleted{GOOD:#}"));
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
