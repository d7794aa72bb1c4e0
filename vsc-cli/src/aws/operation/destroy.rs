//! `destroy`: a stack is deleted, and its end followed.

use clap::ArgMatches;
use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use crate::Failure;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::follow::Follower;
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::standing::{self, Standing};
use crate::aws::trouble::ErrorKind;
use crate::aws::{report, runtime, token};
use crate::cli::Context;
use crate::cli::stacks::Stacked;
use crate::terminal::style::{GOOD, TITLE};

/// What the user asks for.
struct Options {
    retain: Vec<String>,
    role: Option<String>,
    yes: bool,
    waits: bool,
}

/// Deletes the selected stacks, the last one first.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let retain = matches.get_many::<String>("retain");
    let options = Options {
        retain: retain.into_iter().flatten().cloned().collect(),
        role: matches.get_one::<String>("role-arn").cloned(),
        yes: matches.get_flag("yes"),
        waits: !matches.get_flag("no-wait"),
    };
    let stacks = context.synthesized(matches)?;
    runtime::block_on(async {
        for stack in stacks.iter().rev() {
            let region = stack.ide.as_ref().and_then(TeamIde::region);
            let session = Session::connect(&session_options, region, context.terminal).await?;
            destroy(&session, stack, &options).await?;
        }
        Ok(())
    })
}

async fn destroy(session: &Session, stack: &Stacked, options: &Options) -> Result<(), Failure> {
    let name = &stack.name;
    let Some(deployed) = cloudformation::describe(session, name).await? else {
        session.terminal.note(&format!(
            "{name} is not there in {}: nothing to do",
            session.region()
        ));
        return Ok(());
    };
    if deployed.is_protected {
        return Err(Failure::Input(format!(
            "{name} is protected against deletion\n= help: `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name {name}` takes the protection away"
        )));
    }
    if deployed.standing() == Standing::Busy
        && !matches!(
            deployed.status.as_str(),
            "DELETE_IN_PROGRESS" | "CREATE_IN_PROGRESS"
        )
    {
        return Err(Failure::Input(format!(
            "{name} {}, and cannot be deleted now\n= help: wait for its end with `cargo run -- events --follow {name}`",
            standing::activity(&deployed.status)
        )));
    }
    if !options.retain.is_empty() && deployed.status != "DELETE_FAILED" {
        return Err(Failure::Usage(format!(
            "`--retain` is for a deletion that failed, and {name} is {}\n= help: leave it out; `DeletionPolicy: \"Retain\"`, deployed, keeps a resource",
            deployed.status
        )));
    }
    if deployed.status != "DELETE_IN_PROGRESS" && !options.yes {
        let question = question(stack, &deployed, session.region());
        if !confirm(session, &question, "say yes with `--yes`").await? {
            return Err(Failure::Input(format!("{name} is not deleted")));
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

fn question(stack: &Stacked, deployed: &Deployed, region: &str) -> String {
    let mut text = format!(
        "{TITLE}{}{TITLE:#} in account {} in {region} is deleted, with its {} resources.",
        stack.name,
        deployed.account(),
        stack.template.resources.len()
    );
    let kept: Vec<String> = stack
        .template
        .resources
        .iter()
        .filter_map(|(id, resource)| {
            let policy = resource.deletion_policy.as_ref().and_then(Json::as_str)?;
            let what = match policy {
                "Snapshot" => "a snapshot of it is kept",
                "Retain" | "RetainExceptOnCreate" => "it is kept",
                _ => return None,
            };
            Some(format!("\n  {}: {what}", id.as_str()))
        })
        .collect();
    text.push_str(&kept.concat());
    let homes = stack
        .ide
        .as_ref()
        .is_some_and(|ide| ide.home_volume().is_none());
    if homes {
        text.push_str("\nThe homes of the developers are on its root volume, and go with it.");
    }
    text.push_str("\nDelete it?");
    text
}

/// Deletes a stack and follows it until it is gone.
pub(super) async fn delete(
    session: &Session,
    stack: &Deployed,
    retain: &[String],
    role: Option<&str>,
    waits: bool,
) -> Result<(), Failure> {
    let name = &stack.name;
    let known = cloudformation::newest_event(session, &stack.id).await?;
    let has_begun = stack.status == "DELETE_IN_PROGRESS";
    let token = token::unique("delete-");
    if !has_begun {
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
                    "the deletion of {name} may have begun: `cargo run -- status {name}` shows it"
                ),
                _ => format!("{name} is not deleted"),
            }));
        }
    }
    if !waits {
        session.terminal.note(&format!(
            "{name} is being deleted; `cargo run -- status {name}` reports when it is gone"
        ));
        return Ok(());
    }
    let total = cloudformation::members(session, &stack.id)
        .await
        .map_or(0, |all| all.len());
    let mut follower = Follower::new(session, &stack.id, known.map(|event| event.id), total);
    if has_begun {
        follower = follower.begun();
    }
    let settled = follower.until_settled().await.map_err(|stopped| {
        stopped.failure(&format!(
            "the deletion of {name} goes on in AWS: `cargo run -- destroy {name}` follows it again"
        ))
    })?;
    match settled.as_ref().map(Deployed::standing) {
        None | Some(Standing::Absent) => {
            session
                .terminal
                .note(&format!("{GOOD}{name} is deleted{GOOD:#}"));
            Ok(())
        }
        _ => {
            let status = settled.map(|stack| stack.status).unwrap_or_default();
            let stuck = stuck(&follower);
            let next = match stuck.as_slice() {
                [] => format!("`cargo run -- destroy {name}` tries again"),
                stuck => format!(
                    "`cargo run -- destroy {name}` tries again when the cause is gone; {} leaves what is in the way",
                    stuck
                        .iter()
                        .map(|id| format!("`--retain {id}`"))
                        .collect::<Vec<_>>()
                        .join(" ")
                ),
            };
            Err(report::failed(
                &format!("{name} could not be deleted completely"),
                follower.events(),
                Some(&token),
                &format!("{name} is still there ({status})"),
                &next,
            ))
        }
    }
}

/// What could not be deleted.
fn stuck<'a>(follower: &'a Follower<'_>) -> Vec<&'a str> {
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
