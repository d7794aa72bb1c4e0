//! The stack policy that keeps the homes, whatever tool updates the stack.

use vsc_core::diff::HomesHolder;

use super::homes::Plan;
use super::{InitialState, Options, Outcome};
use crate::assembly::Stack;
use crate::aws::io::Event;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_policy::{self, StackPolicy};
use crate::failure::{Failure, Hint};

/// What is done about the policy after an update.
#[derive(Debug, Default)]
pub(super) struct Protection {
    /// The policy that was lifted for one update, and is put back if the volume is still there.
    lifted: Option<StackPolicy>,
    /// Whether the volume has none yet, since it is made by this update.
    is_pending: bool,
}

/// Sets the policy before an update, or lifts it for one if the user asks for that.
pub(super) async fn before(
    session: &Session,
    initial: &InitialState,
    plan: &Plan<'_>,
    options: &Options,
) -> Result<Protection, Failure> {
    let stack = plan.stack.as_ref();
    let team = stack.team.as_ref();
    let homes = team.and_then(|team| team.homes.as_ref());
    let volume = initial
        .homes
        .as_ref()
        .and_then(|homes| homes.volume.as_deref());
    let protection = Protection {
        lifted: None,
        is_pending: homes.is_some() && volume.is_none(),
    };
    let Some(deployed) = initial.before.as_ref().filter(|_| !options.dry_run) else {
        return Ok(protection);
    };
    let has_host = team.is_some() || initial.homes.is_some();
    let host: Vec<&str> = has_host.then(|| stack.host_id()).into_iter().collect();
    let volume: Vec<&str> = volume.into_iter().collect();
    let is_left = plan.moves.is_none() && options.loses_homes && !options.no_execute;
    let stays = |id: &&str| stack.template.resources().any(|(other, _)| other == *id);
    let is_removed = !volume.is_empty() && !volume.iter().any(stays);
    let on_root = matches!(&initial.homes, Some(homes) if homes.holder == HomesHolder::Root);
    if plan.moves.is_none() && volume.is_empty() && !(is_left && on_root) {
        return Ok(protection);
    }
    let policy = match policy(session, stack, &deployed.id).await {
        Ok(policy) => policy,
        // A move relies on it.
        Err(Unknown::Failed(failure)) if plan.moves.is_none() && !is_left => {
            report(session, stack, &failure);
            return Ok(protection);
        }
        Err(Unknown::Failed(failure) | Unknown::Interrupted(failure)) => return Err(failure),
    };
    let wanted = if plan.moves.is_some() {
        let both: Vec<&str> = volume.iter().chain(&host).copied().collect();
        policy.protecting(&both, &[])
    } else if is_left && is_removed {
        return lift(session, stack, &deployed.id, policy, (&volume, &host)).await;
    } else {
        policy.protecting(&volume, &host)
    };
    if wanted == policy {
        return Ok(protection);
    }
    match stack_policy::set(session, &deployed.id, &wanted).await {
        Ok(()) => session
            .io
            .report(Event::HomesProtected { stack: &stack.name }),
        Err(error) if plan.moves.is_none() && !is_left => {
            report(session, stack, &error.failure(""));
        }
        Err(error) => return Err(error.failure("nothing was changed")),
    }
    Ok(protection)
}

/// Lifts the policy for one update. It must be lifted before the change set: a policy that names a
/// resource which the new template lacks is an error.
async fn lift(
    session: &Session,
    stack: &Stack,
    id: &str,
    policy: StackPolicy,
    (volume, host): (&[&str], &[&str]),
) -> Result<Protection, Failure> {
    let released = volume.iter().chain(host);
    let without = released.fold(policy.clone(), |policy, id| policy.without(id));
    if let Some(denied) = volume.iter().find(|id| without.denies_deletion(id)) {
        return Err(Failure::input(format!(
            "{} cannot be deployed: its stack policy denies that `{denied}` is deleted, by a statement that is not of this program",
            stack.name
        ))
        .state("nothing was changed")
        .hint(format!("see it with `aws cloudformation get-stack-policy --stack-name {}`, and ask who set it", stack.name)));
    }
    let lifted = policy.protecting(volume, host);
    if without != policy {
        let set = stack_policy::set(session, id, &allowing(without)).await;
        set.map_err(|error| error.failure("nothing was changed"))?;
    }
    session
        .io
        .report(Event::ProtectionLifted { stack: &stack.name });
    Ok(Protection {
        lifted: Some(lifted),
        is_pending: false,
    })
}

/// A policy that allows everything, if nothing is left of it: there is always one once there was one.
fn allowing(policy: StackPolicy) -> StackPolicy {
    if policy == StackPolicy::default() {
        StackPolicy::allowing_everything()
    } else {
        policy
    }
}

/// Protects a volume that is there now, and puts a lifted policy back, also after an interruption.
pub(super) async fn after(
    session: &Session,
    stack: &Stack,
    initial: &InitialState,
    protection: Protection,
    result: &Result<Outcome, Failure>,
) {
    let deployed = match result {
        Ok(outcome) => outcome.stack.as_ref().filter(|_| !outcome.is_unchanged()),
        Err(_) => None,
    };
    if let (Some(lifted), Some(before)) = (protection.lifted, &initial.before) {
        if deployed.is_some() {
            // The volume is gone.
            return;
        }
        if matches!(result, Ok(outcome) if outcome.status == "started") {
            session.io.report(Event::Unprotected { stack: &stack.name });
            return;
        }
        match stack_policy::set(session, &before.id, &lifted).await {
            Ok(()) => session
                .io
                .report(Event::HomesProtected { stack: &stack.name }),
            Err(error) => report(session, stack, &error.failure("")),
        }
        return;
    }
    let team = stack.team.as_ref();
    let homes = team.and_then(|team| team.homes.as_ref());
    let (Some(deployed), Some(homes), true) = (deployed, homes, protection.is_pending) else {
        return;
    };
    let policy = match policy(session, stack, &deployed.id).await {
        Ok(policy) => policy,
        Err(Unknown::Failed(failure) | Unknown::Interrupted(failure)) => {
            report(session, stack, &failure);
            return;
        }
    };
    // During a move the host stays protected as well.
    let wanted = policy.protecting(&[&homes.volume], &[]);
    if wanted == policy {
        return;
    }
    match stack_policy::set(session, &deployed.id, &wanted).await {
        Ok(()) => session
            .io
            .report(Event::HomesProtected { stack: &stack.name }),
        Err(error) => report(session, stack, &error.failure("")),
    }
}

/// Why a policy is unknown.
enum Unknown {
    Failed(Failure),
    Interrupted(Failure),
}

async fn policy(session: &Session, stack: &Stack, id: &str) -> Result<StackPolicy, Unknown> {
    let body = match stack_policy::get(session, id).await {
        Ok(body) => body,
        Err(Stopped::Failed(error)) => {
            return Err(Unknown::Failed(error.failure("nothing was changed")));
        }
        Err(interrupted) => return Err(Unknown::Interrupted(interrupted.into())),
    };
    StackPolicy::read(body.as_deref()).map_err(|_| {
        Unknown::Failed(
            Failure::input(format!(
                "the stack policy of {} is in a form that this program does not understand, and stays as it is",
                stack.name
            ))
            .hint(Hint::from(format!(
                "see it with `aws cloudformation get-stack-policy --stack-name {}`",
                stack.name
            ))),
        )
    })
}

fn report(session: &Session, stack: &Stack, failure: &Failure) {
    let cause = failure.problems().first();
    let cause = cause
        .map(|problem| problem.message.clone())
        .unwrap_or_default();
    let stack = &stack.name;
    session.io.report(Event::HomesNotProtected { stack, cause });
}
