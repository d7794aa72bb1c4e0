//! What a deployment would change is shown, and a yes asked for where that could hurt.

use vsc_core::diff::Difference;
use vsc_spec::resource::UpdateType;
use vsc_spec::{Json, Object};

use super::{Beginning, Options, Outcome};
use crate::Failure;
use crate::aws::change::{self, Change, Replacement};
use crate::aws::change_set::{ChangeSet, Content, OnFailure};
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::standing::Standing;
use crate::aws::{cloudformation, masked};
use crate::cli::stacks::Stacked;
use crate::commands::diff::report;
use crate::terminal::style::TITLE;
use crate::terminal::{Terminal, Verbosity};

/// What a review comes to.
pub(super) enum Reviewed {
    /// The change set is to be executed.
    Go(Vec<Change>),
    /// Nothing more is to be done.
    Stay(Box<Outcome>),
}

/// Why a change set is not executed.
pub(super) enum Undone {
    Stopped(Stopped),
    Failed(Failure),
}

impl From<Stopped> for Undone {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl Undone {
    /// The failure, with what has become of the change set.
    pub(super) fn failure(self, state: &str) -> Failure {
        match self {
            Self::Stopped(stopped) => stopped.failure(state),
            Self::Failed(Failure::Input(text)) => {
                // What to do stands last.
                let (cause, help) = match text.split_once("\n= help:") {
                    Some((cause, help)) => (cause, format!("\n= help:{help}")),
                    None => (text.as_str(), String::new()),
                };
                Failure::Input(format!("{cause}\n{state}{help}"))
            }
            Self::Failed(Failure::Interrupted(_)) => {
                Failure::Interrupted(format!("interrupted: {state}"))
            }
            Self::Failed(other) => other,
        }
    }
}

/// Shows what would change, and asks where that could hurt.
pub(super) async fn review(
    session: &Session,
    stack: &Stacked,
    change_set: &ChangeSet,
    content: Result<Content, Stopped>,
    beginning: &Beginning,
    options: &Options,
) -> Result<Reviewed, Undone> {
    let name = &stack.name;
    let changes = match content? {
        // Where only outputs differ there are no changes of resources, and something to carry out.
        Content::Changes(changes) => changes,
        Content::Rejected(reason) => {
            return Err(Undone::Failed(Failure::Input(format!(
                "CloudFormation does not accept the deployment of {name}: {reason}"
            ))));
        }
        Content::Nothing => {
            let state = change_set.discard(session).await;
            session.terminal.detail(&format!("  {state}"));
            session.terminal.note(&format!("{name}: no changes"));
            return Ok(Reviewed::Stay(Box::new(Outcome::unchanged(beginning))));
        }
    };
    let difference = difference(session, stack, beginning).await?;
    let reported = reported(session, stack, difference.as_ref(), &changes);
    session.terminal.note(&reported);
    if options.dry_run {
        let state = change_set.discard(session).await;
        session.terminal.note(&format!("{name}: {state}"));
        return Ok(Reviewed::Stay(Box::new(Outcome {
            status: "planned".to_owned(),
            changes,
            stack: None,
        })));
    }
    if options.no_execute {
        session.terminal.note(&format!(
            "{name}: the change set {} is there\nexecute it with `aws cloudformation execute-change-set --stack-name {name} --change-set-name {}`",
            change_set.name(),
            change_set.name()
        ));
        return Ok(Reviewed::Stay(Box::new(Outcome {
            status: "planned".to_owned(),
            changes,
            stack: None,
        })));
    }
    if options.on_failure(beginning) == OnFailure::Keep {
        replaceable(name, &changes, beginning).map_err(Undone::Failed)?;
    }
    let risks = change::risks(&changes, difference.as_ref());
    if !risks.is_empty() && !options.yes {
        let question = format!("This {}.\nDeploy {name}?", change::reported(&risks));
        let otherwise = "look at it with `--dry-run`, and say yes with `--yes`";
        let answer = confirm(session, &question, otherwise).await;
        match answer {
            Ok(true) => {}
            Ok(false) => {
                return Err(Undone::Failed(Failure::Input(format!(
                    "{name} is not deployed"
                ))));
            }
            Err(failure) => return Err(Undone::Failed(failure)),
        }
    }
    if session.interrupt.is_set() {
        return Err(Undone::Stopped(Stopped::Interrupted));
    }
    Ok(Reviewed::Go(changes))
}

/// CloudFormation replaces nothing while a failure is to be kept, and says so only once the update has
/// begun: "Replacement type updates not supported on stack with disable-rollback",
/// <https://github.com/aws/aws-cdk/issues/30546>.
fn replaceable(name: &str, changes: &[Change], beginning: &Beginning) -> Result<(), Failure> {
    let replaced: Vec<&str> = changes
        .iter()
        .filter(|change| change.replacement != Replacement::No)
        .map(|change| change.logical_id.as_str())
        .collect();
    if replaced.is_empty() {
        return Ok(());
    }
    let replaced = vsc_spec::suggest::list(replaced);
    let before = beginning.before.as_ref();
    let halted = before.filter(|before| before.standing() == Standing::Halted);
    let (why, help) = match halted {
        Some(halted) => (
            format!(
                "the last deployment failed and was kept ({}); such a stack is updated without a rollback, and CloudFormation replaces no resource then",
                halted.status
            ),
            format!("`cargo run -- rollback {name}` first, then deploy again"),
        ),
        None => (
            "CloudFormation replaces no resource while a failure is to be kept".to_owned(),
            format!("`cargo run -- deploy {name}` without `--on-failure keep`"),
        ),
    };
    Err(Failure::Input(format!(
        "{name} cannot be deployed so: this replaces {replaced}, or may\n{why}\n= help: {help}"
    )))
}

/// What differs from the template as it is deployed, if that can be read.
async fn difference(
    session: &Session,
    stack: &Stacked,
    beginning: &Beginning,
) -> Result<Option<Difference>, Stopped> {
    let new = stack.template.to_json();
    let Some(before) = &beginning.before else {
        let whole = Difference::between(&Json::Object(Object::new()), &new);
        // Of what is created the resources matter, and who may do what.
        return Ok(Some(Difference {
            entries: Vec::new(),
            ..whole
        }));
    };
    let text = cloudformation::deployed_template(session, &before.id).await?;
    Ok(match masked::read(&text, &new) {
        Ok(old) => Some(Difference::between(&old, &new)),
        Err(error) => {
            let name = &stack.name;
            Terminal::warn(&format!(
                "the deployed template of {name} cannot be read: {error}"
            ));
            None
        }
    })
}

/// The difference property by property, and what CloudFormation finds besides: another image behind
/// the same parameter, other values of parameters.
fn reported(
    session: &Session,
    stack: &Stacked,
    difference: Option<&Difference>,
    changes: &[Change],
) -> String {
    let Some(difference) = difference else {
        return change::table(&stack.name, changes);
    };
    let whole = session.terminal.verbosity() == Verbosity::Verbose;
    let text = report(&stack.name, difference, whole);
    let besides: Vec<String> = changes
        .iter()
        .filter(|change| !is_reported(difference, change))
        .map(Change::line)
        .collect();
    if besides.is_empty() {
        return text.trim_end().to_owned();
    }
    format!(
        "{text}\n{TITLE}CloudFormation finds besides{TITLE:#}\n{}",
        besides.join("\n")
    )
}

/// Whether the difference reports as much of a resource as the change set does.
fn is_reported(difference: &Difference, change: &Change) -> bool {
    let mut resources = difference.resources.iter();
    let known = resources.find(|resource| resource.id == change.logical_id);
    known.is_some_and(|known| match change.replacement {
        Replacement::No => true,
        Replacement::Maybe | Replacement::Yes => known.update() >= UpdateType::MayReplace,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_the_change_set_stands_before_the_help() {
        let undone = Undone::Failed(Failure::Input("no\n= help: say yes".to_owned()));
        let Failure::Input(text) = undone.failure("it is removed") else {
            panic!("it stays a failure of the input");
        };
        assert_eq!(text, "no\nit is removed\n= help: say yes");
    }
}
