//! `deploy`: creates a change set from template and parameters, and executes it.

mod begin;
mod execute;
mod filled;
mod homes;
mod moved;
mod protect;
mod renamed;
mod review;
mod settings;

use std::path::PathBuf;

use vsc_core::diff::Homes;
use vsc_spec::Json;

use super::concurrent::Run;
use super::each::Target;
use super::several;
use crate::Failure;
use crate::assembly::Stack;
use crate::assembly::order::Order;
use crate::aws::change::Change;
use crate::aws::change_set::{ChangeSet, ChangeSetRequest, OnFailure, is_without_changes};
use crate::aws::change_set_options::ChangeSetOptions;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::io::{Event, Item, Ran};
use crate::aws::masked;
use crate::aws::parameters::{Origin, Setting};
use crate::aws::service_error::ErrorKind;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::StackState;
use crate::aws::template_upload::{self, SerializedTemplate};

use begin::begin;
use execute::execute;
use homes::Plan;
use review::{NotExecuted, Review, review};
use settings::settings;

/// The options of a deployment.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is an independent choice.
pub(crate) struct Options {
    /// Parameters by name.
    pub(crate) arguments: Vec<(String, String)>,
    pub(crate) parameters_file: Option<PathBuf>,
    pub(crate) yes: bool,
    pub(crate) no_wait: bool,
    /// Whether the changes are only shown.
    pub(crate) dry_run: bool,
    /// Whether the change set is left to the user.
    pub(crate) no_execute: bool,
    pub(crate) on_failure: OnFailure,
    /// The ARN of the role that CloudFormation assumes.
    pub(crate) role: Option<String>,
    /// ARNs of topics that get the events.
    pub(crate) notifications: Vec<String>,
    /// The bucket for large templates.
    pub(crate) bucket: Option<String>,
    /// Whether resources that exist already are imported.
    pub(crate) imports_existing: bool,
    /// Whether changes that were made outside of CloudFormation are reverted.
    pub(crate) reverts_drift: bool,
    /// Whether the host is replaced by one from the newest image.
    pub(crate) new_host: bool,
    /// Whether the homes are moved to a volume of their own, as the first of two steps.
    pub(crate) moves_homes: bool,
    /// Whether homes may be lost.
    pub(crate) loses_homes: bool,
    /// The snapshot with which the homes of a new stack begin.
    pub(crate) homes_snapshot: Option<String>,
    /// Whether the outputs of each stack are given when it is deployed.
    pub(crate) gives_outputs: bool,
}

/// Deploys stacks in an order, up to `limit` at the same time; returns what became of each.
///
/// # Errors
///
/// When nothing can be deployed at all.
pub(crate) fn run(
    target: &Target,
    stacks: &[Stack],
    order: &Order,
    limit: usize,
    options: &Options,
) -> Result<Vec<Run<Outcome, Failure>>, Failure> {
    let runs = target.at_once(stacks, order, limit, &async |session, stack| {
        let outcome = deploy(session, stack, options).await?;
        if let Some(deployed) = &outcome.stack
            && options.gives_outputs
            && !deployed.outputs.is_empty()
        {
            session.io.give(Item::Outputs(deployed))?;
        }
        Ok(outcome)
    })?;
    several::report(target, stacks, &runs, Ran::Deployed);
    Ok(runs)
}

/// The state of the stack before a deployment.
struct InitialState {
    /// The deployed stack, if it can be updated.
    before: Option<Deployed>,
    /// Whether the stack exists, if only in `REVIEW_IN_PROGRESS`.
    existed: bool,
    /// The deployed template; none if it cannot be read.
    template: Option<Json>,
    /// The homes of the deployed template, if it is that of a team.
    homes: Option<Homes>,
}

impl InitialState {
    /// The state without a deployed stack, or before its template is read.
    fn of(before: Option<Deployed>, existed: bool) -> Self {
        Self {
            before,
            existed,
            template: None,
            homes: None,
        }
    }

    /// Reads the deployed template.
    async fn read(&mut self, session: &Session, stack: &Stack) -> Result<(), Stopped> {
        let Some(before) = &self.before else {
            return Ok(());
        };
        let text = cloudformation::deployed_template(session, &before.id).await?;
        match masked::read(&text, &stack.template.json) {
            Ok(template) => {
                self.homes = Homes::of(&template);
                self.template = Some(template);
            }
            Err(error) => session.io.report(Event::TemplateUnreadable {
                stack: &stack.name,
                error: error.to_string(),
            }),
        }
        Ok(())
    }
}

/// The outcome of a deployment.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// The state of the stack in CloudFormation, or `unchanged`, `planned` or `started`.
    pub(crate) status: String,
    pub(crate) changes: Vec<Change>,
    /// The stack, if it is deployed.
    pub(crate) stack: Option<Deployed>,
}

impl Options {
    /// What to do if the deployment fails. After a failure without a rollback, CloudFormation updates the
    /// stack only with rollback disabled.
    fn on_failure(&self, initial: &InitialState) -> OnFailure {
        match initial.before.as_ref().map(Deployed::state) {
            Some(StackState::Failed) => OnFailure::Keep,
            _ => self.on_failure,
        }
    }

    /// What the change set may do. A stack that is not deployed has no drift.
    fn of_change_set(&self, stack: &Stack, initial: &InitialState) -> ChangeSetOptions {
        ChangeSetOptions {
            imports_existing: self.imports_existing,
            reverts_drift: self.reverts_drift && initial.before.is_some(),
            ..ChangeSetOptions::of(&stack.template.json)
        }
    }
}

async fn deploy(session: &Session, stack: &Stack, options: &Options) -> Result<Outcome, Failure> {
    let identity = session.identity().await?;
    session.io.report(Event::Deploying {
        stack: &stack.name,
        account: &identity.account,
        region: session.region(),
        caller: &identity.arn,
    });
    let mut initial = begin(session, &stack.name, options).await?;
    if !initial.existed && stack.team.is_some() {
        renamed::warn(session, stack).await?;
    }
    if options.on_failure(&initial) != options.on_failure {
        session
            .io
            .report(Event::ContinuesFailed { stack: &stack.name });
    }
    initial.read(session, stack).await?;
    let plan = homes::plan(session, stack, &initial, options).await?;
    let settings = settings(session, &plan, &initial, options).await?;
    let protection = protect::before(session, &initial, &plan, options).await?;
    let result = change(session, &plan, &settings, &initial, options).await;
    protect::after(session, stack, &initial, protection, &result).await;
    let outcome = result?;
    if let Some(standing) = plan.moves.as_ref().filter(|_| outcome.stack.is_some()) {
        homes::wait_until_moved(session, stack, standing).await?;
    }
    Ok(outcome)
}

/// Creates a change set, and executes it if the user agrees.
async fn change(
    session: &Session,
    plan: &Plan<'_>,
    settings: &[(String, Setting, Origin)],
    initial: &InitialState,
    options: &Options,
) -> Result<Outcome, Failure> {
    let stack = plan.stack.as_ref();
    let tags: Vec<(String, String)> = stack
        .tags
        .iter()
        .map(|tag| (tag.key.clone(), tag.value.clone()))
        .collect();
    let template = template_upload::source(
        session,
        &stack.name,
        SerializedTemplate::of(&stack.template),
        options.bucket.as_deref(),
        options.yes,
    )
    .await?;
    let request = ChangeSetRequest {
        stack: &stack.name,
        creates: initial.before.is_none(),
        existed: initial.existed,
        template,
        settings,
        tags: &tags,
        role: options.role.as_deref(),
        notifications: &options.notifications,
        on_failure: options.on_failure(initial),
        imports: Vec::new(),
        options: options.of_change_set(stack, initial),
    };
    let (change_set, made) = ChangeSet::create(session, request).await;
    let reviewed = match made {
        Ok(()) => {
            let content = change_set.content(session).await;
            review(session, plan, &change_set, content, initial, options).await
        }
        // Some services answer so where CloudFormation creates a failed change set.
        Err(error) if is_without_changes(error.message()) => {
            session.io.report(Event::NoChanges { stack: &stack.name });
            return Ok(Outcome::unchanged(initial));
        }
        // A rejected call has created nothing.
        Err(error) if error.kind() != ErrorKind::Network => {
            return Err(error.failure("nothing was changed"));
        }
        Err(error) => Err(NotExecuted::Stopped(Stopped::Failed(error))),
    };
    match reviewed {
        Ok(Review::Execute(changes)) => {
            execute(session, stack, &change_set, changes, initial, options).await
        }
        Ok(Review::Finished(outcome)) => Ok(*outcome),
        Err(not_executed) => {
            let state = change_set.discard(session).await;
            Err(not_executed.failure(&state))
        }
    }
}

/// The status of an outcome without changes.
const UNCHANGED: &str = "unchanged";

/// The status of an outcome that nobody waits for.
const STARTED: &str = "started";

impl Outcome {
    fn unchanged(initial: &InitialState) -> Self {
        Self {
            status: UNCHANGED.to_owned(),
            changes: Vec::new(),
            stack: initial.before.clone(),
        }
    }

    fn is_unchanged(&self) -> bool {
        self.status == UNCHANGED
    }
}

#[cfg(test)]
mod tests;
