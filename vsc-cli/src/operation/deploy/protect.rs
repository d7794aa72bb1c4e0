//! The stack policy that keeps the homes, whatever tool updates the stack.

use vsc_core::diff::HomesHolder;

use super::homes::Plan;
use super::{InitialState, Options, Outcome, STARTED};
use crate::assembly::Stack;
use crate::aws::cloudformation;
use crate::aws::io::Event;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_policy::{self, StackPolicy};
use crate::aws::stack_state::StackState;
use crate::failure::{Failure, Hint};

/// What is done about the policy after an update.
#[derive(Debug, Default)]
pub(super) struct Protection {
    /// The resources whose protection was lifted for one update. It is put back if they are still there.
    lifted: Vec<String>,
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
    let mut protection = Protection {
        lifted: Vec::new(),
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
    if is_left {
        let is_lifted = |id: &&&str| policy.protects(id) && !wanted.protects(id);
        let lifted = host.iter().filter(is_lifted);
        protection.lifted = lifted.map(|id| (*id).to_owned()).collect();
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
    let of_host = host
        .iter()
        .filter(|id| policy.protects(id) && !without.protects(id));
    let lifted = volume.iter().chain(of_host).map(|id| (*id).to_owned());
    let lifted = lifted.collect();
    if without != policy {
        let set = stack_policy::set(session, id, &allowing(without)).await;
        set.map_err(|error| error.failure("nothing was changed"))?;
    }
    session
        .io
        .report(Event::ProtectionLifted { stack: &stack.name });
    Ok(Protection {
        lifted,
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
    let session = &session.uninterrupted();
    let Protection { lifted, is_pending } = protection;
    let deployed = match result {
        Ok(outcome) => outcome.stack.as_ref().filter(|_| !outcome.is_unchanged()),
        Err(_) => None,
    };
    if let (None, false, Some(before)) = (deployed, lifted.is_empty(), &initial.before) {
        if matches!(result, Ok(outcome) if outcome.status == STARTED) {
            session.io.report(Event::Unprotected { stack: &stack.name });
            return;
        }
        let lifted: Vec<&str> = lifted.iter().map(String::as_str).collect();
        protect(session, stack, &before.id, &lifted).await;
        return;
    }
    let team = stack.team.as_ref();
    let (Some(homes), true) = (team.and_then(|team| team.homes.as_ref()), is_pending) else {
        return;
    };
    match deployed {
        // During a move the host stays protected as well.
        Some(deployed) => protect(session, stack, &deployed.id, &[&homes.volume]).await,
        None if continues(session, stack, result).await => {
            session.io.report(Event::Unprotected { stack: &stack.name });
        }
        None => {}
    }
}

/// Whether the update goes on in AWS, so that the volume is made later.
async fn continues(session: &Session, stack: &Stack, result: &Result<Outcome, Failure>) -> bool {
    match result {
        Ok(outcome) => outcome.status == STARTED,
        Err(_) => {
            let now = cloudformation::describe(session, &stack.name).await;
            let now = now.ok().flatten();
            now.is_some_and(|now| now.state() == StackState::InProgress)
        }
    }
}

/// Protects resources by the policy that the stack has now.
async fn protect(session: &Session, stack: &Stack, id: &str, resources: &[&str]) {
    let now = match policy(session, stack, id).await {
        Ok(policy) => policy,
        Err(Unknown::Failed(failure) | Unknown::Interrupted(failure)) => {
            report(session, stack, &failure);
            return;
        }
    };
    let wanted = now.protecting(resources, &[]);
    if wanted == now {
        return;
    }
    match stack_policy::set(session, id, &wanted).await {
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
