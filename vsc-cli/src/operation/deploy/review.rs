//! Shows the changes of a deployment, and asks for confirmation of destructive ones.

use vsc_core::diff::Difference;
use vsc_spec::{Json, Object};

use super::homes::{self, Plan};
use super::{InitialState, Options, Outcome};
use crate::assembly::Stack;
use crate::aws::change::{self, Change, Replacement};
use crate::aws::change_set::{ChangeSet, ChangeSetContent, OnFailure};
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::StackState;
use crate::failure::{Failure, FailureKind, Hint};

/// The result of a review.
pub(super) enum Review {
    /// Execute the change set.
    Execute(Vec<Change>),
    /// Nothing more to do.
    Finished(Box<Outcome>),
}

/// The reason why a change set is not executed.
pub(super) enum NotExecuted {
    Stopped(Stopped),
    Failed(Failure),
}

impl From<Stopped> for NotExecuted {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl NotExecuted {
    /// The failure, with the state of the change set.
    pub(super) fn failure(self, state: &str) -> Failure {
        match self {
            Self::Stopped(stopped) => stopped.failure(state),
            Self::Failed(failure) if failure.is_interruption() => {
                Failure::interrupted("interrupted").state(state)
            }
            // Wrong usage was seen before anything began.
            Self::Failed(failure) if failure.kind() == FailureKind::Usage => failure,
            Self::Failed(failure) => failure.state(state),
        }
    }
}

/// Shows the changes, and asks for confirmation of destructive ones.
pub(super) async fn review(
    session: &Session,
    plan: &Plan<'_>,
    change_set: &ChangeSet,
    content: Result<ChangeSetContent, Stopped>,
    initial: &InitialState,
    options: &Options,
) -> Result<Review, NotExecuted> {
    let stack = plan.stack.as_ref();
    let name = &stack.name;
    let changes = match content? {
        // If only outputs differ, the change set has no resource changes, but must be executed.
        ChangeSetContent::Changes(changes) => changes,
        ChangeSetContent::Rejected(reason) => {
            return Err(NotExecuted::Failed(Failure::input(format!(
                "CloudFormation rejected the change set of {name}: {reason}"
            ))));
        }
        ChangeSetContent::Nothing => {
            let state = change_set.discard(session).await;
            session.io.report(Event::ChangeSetDiscarded {
                stack: name,
                state: &state,
                is_detail: true,
            });
            session.io.report(Event::NoChanges { stack: name });
            return Ok(Review::Finished(Box::new(Outcome::unchanged(initial))));
        }
    };
    let difference = difference(plan, initial);
    let loss = homes::loss(stack, initial, &changes, difference.as_ref());
    session.io.report(Event::Changes {
        stack: name,
        difference: difference.as_ref(),
        changes: &changes,
    });
    let is_shown = difference.as_ref().is_some_and(|it| it.homes.is_some());
    if let Some(loss) = loss.as_ref().filter(|_| !is_shown) {
        session.io.report(Event::LosesHomes(loss));
    }
    if options.new_host && initial.before.is_some() {
        session.io.report(Event::NewHost { stack: name });
    }
    if options.dry_run {
        let state = change_set.discard(session).await;
        session.io.report(Event::ChangeSetDiscarded {
            stack: name,
            state: &state,
            is_detail: false,
        });
        return Ok(Review::Finished(Box::new(Outcome {
            status: "planned".to_owned(),
            changes,
            stack: None,
        })));
    }
    if options.no_execute {
        session.io.report(Event::ChangeSetCreated {
            stack: name,
            change_set: change_set.name(),
        });
        return Ok(Review::Finished(Box::new(Outcome {
            status: "planned".to_owned(),
            changes,
            stack: None,
        })));
    }
    if let Some(difference) = &difference {
        reject_moves(stack, difference).map_err(NotExecuted::Failed)?;
    }
    if options.on_failure(initial) == OnFailure::Keep {
        reject_replacements(stack, &changes, initial).map_err(NotExecuted::Failed)?;
    }
    if plan.moves.is_some() {
        homes::check_move(stack, &changes).map_err(NotExecuted::Failed)?;
    }
    if let Some(loss) = loss.as_ref().filter(|_| !options.loses_homes) {
        return Err(NotExecuted::Failed(homes::reject_loss(stack, loss)));
    }
    let risks = change::risks(&changes, difference.as_ref());
    if !risks.is_empty() && !options.yes {
        let question = Question::Deploy {
            stack: name.clone(),
            risks,
            homes: loss,
        };
        let help = "review it with `--dry-run`, then pass `--yes`";
        let answer = confirm(session, question, help).await;
        match answer {
            Ok(true) => {}
            Ok(false) => {
                return Err(NotExecuted::Failed(Failure::input(format!(
                    "{name} was not deployed"
                ))));
            }
            Err(failure) => return Err(NotExecuted::Failed(failure)),
        }
    }
    if session.interrupt.is_set() {
        return Err(NotExecuted::Stopped(Stopped::Interrupted));
    }
    Ok(Review::Execute(changes))
}

/// Rejects the deletion of resources that the declaration moves to another logical ID.
fn reject_moves(stack: &Stack, difference: &Difference) -> Result<(), Failure> {
    let moved = difference.renames.iter().filter(|it| it.is_declared);
    let moved: Vec<String> = moved
        .map(|it| format!("`{}` is moved from `{}`", it.to, it.from))
        .collect();
    if moved.is_empty() {
        return Ok(());
    }
    Err(Failure::input(format!(
        "{} cannot be deployed: {}",
        stack.name,
        moved.join(", ")
    ))
    .note("a deployment would delete the old resource and create a new one")
    .hint(
        Hint::run("run", &["refactor", &stack.selection()])
            .then(" first, which keeps the resource"),
    ))
}

/// Rejects replacements with rollback disabled. CloudFormation would report them only during the
/// update: "Replacement type updates not supported on stack with disable-rollback",
/// <https://github.com/aws/aws-cdk/issues/30546>.
fn reject_replacements(
    stack: &Stack,
    changes: &[Change],
    initial: &InitialState,
) -> Result<(), Failure> {
    let replaced: Vec<&str> = changes
        .iter()
        .filter(|change| change.replacement != Replacement::No)
        .map(|change| change.logical_id.as_str())
        .collect();
    if replaced.is_empty() {
        return Ok(());
    }
    let replaced = vsc_spec::suggest::list(replaced);
    let (name, again) = (&stack.name, stack.selection());
    let before = initial.before.as_ref();
    let failed = before.filter(|before| before.state() == StackState::Failed);
    let (reason, help) = match failed {
        Some(failed) => (
            format!(
                "the last deployment failed without a rollback ({}); CloudFormation updates such a stack with rollback disabled, and then replaces no resource",
                failed.status
            ),
            Hint::run("run", &["rollback", name]).then(" first, then deploy again"),
        ),
        None => (
            "CloudFormation replaces no resource with `--on-failure keep`".to_owned(),
            Hint::run("run", &["deploy", &again]).then(" without `--on-failure keep`"),
        ),
    };
    Err(Failure::input(format!(
        "{name} cannot be deployed: this replaces {replaced}, or may"
    ))
    .note(reason)
    .hint(help))
}

/// The difference from the deployed template, if that can be read.
fn difference(plan: &Plan<'_>, initial: &InitialState) -> Option<Difference> {
    let new = &plan.stack.template.json;
    if initial.before.is_some() {
        let old = plan.compared.as_ref()?;
        return Some(Difference::between(old, new));
    }
    let whole = Difference::between(&Json::Object(Object::new()), new);
    // For a new stack only resources and access are shown.
    Some(Difference {
        entries: Vec::new(),
        ..whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_change_set_comes_before_the_help() {
        let not_executed = NotExecuted::Failed(Failure::input("no").hint("pass `--yes`"));
        let text = not_executed.failure("it is removed").text();
        assert_eq!(text, "no\nit is removed\n= help: pass `--yes`");
    }
}
