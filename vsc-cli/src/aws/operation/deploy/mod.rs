//! `deploy`: creates a change set from template and parameters, and executes it.

mod begin;
mod execute;
mod renamed;
mod review;
mod settings;

use std::path::PathBuf;

use clap::ArgMatches;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::change::Change;
use crate::aws::change_set::{ChangeSet, ChangeSetRequest, OnFailure, is_without_changes};
use crate::aws::change_set_options::ChangeSetOptions;
use crate::aws::cloudformation::Deployed;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::{Session, Stopped};
use crate::aws::session_options::SessionOptions;
use crate::aws::stack_state::StackState;
use crate::aws::template_upload::{self, SerializedTemplate};
use crate::aws::{report, runtime};
use crate::cli::{Context, concurrency, stacks, target};
use crate::terminal::Terminal;
use crate::terminal::style::TITLE;

use super::concurrent::{self, Run};
use super::several;
use begin::begin;
use execute::execute;
use review::{NotExecuted, Review, review};
use settings::settings;

/// The options of the command.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of the command line.
struct Options {
    session: SessionOptions,
    arguments: Vec<(String, String)>,
    parameters_file: Option<PathBuf>,
    yes: bool,
    no_wait: bool,
    dry_run: bool,
    no_execute: bool,
    on_failure: OnFailure,
    role: Option<String>,
    notifications: Vec<String>,
    bucket: Option<String>,
    imports_existing: bool,
    reverts_drift: bool,
    json: bool,
}

/// The state of the stack before a deployment.
struct InitialState {
    /// The deployed stack, if it can be updated.
    before: Option<Deployed>,
    /// Whether the stack exists, if only in `REVIEW_IN_PROGRESS`.
    existed: bool,
}

/// The outcome of a deployment.
struct Outcome {
    status: String,
    changes: Vec<Change>,
    stack: Option<Deployed>,
}

/// Deploys the selected stacks, each after those it depends on.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let options = Options::of(matches)?;
    let stacks = target::selected_or_file(context, matches, "deploy")?;
    stacks::must_be_named(&stacks, "deploy", matches)?;
    let order = several::order(context, &stacks)?;
    let limit = concurrency::of(matches);
    let terminals = several::terminals(context.terminal, &stacks, limit);
    runtime::block_on(async {
        let runs = concurrent::run(&order, limit, async |index| {
            let terminal = &terminals[index];
            let outcome = connect_and_deploy(terminal, &stacks[index], &options).await?;
            if let Some(stack) = &outcome.stack
                && !options.json
                && !stack.outputs.is_empty()
            {
                terminal.print(&report::outputs(stack))?;
            }
            Ok(outcome)
        })
        .await;
        let json = by_stack(context.terminal, &stacks, &runs);
        let failure = several::failure(context.terminal, &stacks, runs, "deployed");
        if options.json {
            context.terminal.print_json(&json)?;
        }
        match failure {
            Some(failure) if options.json => Err(failure.in_result()),
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    })
}

/// What became of the stacks, for scripts. Stacks that were not started are left out.
fn by_stack(terminal: &Terminal, stacks: &[Stack], runs: &[Run<Outcome, Failure>]) -> Json {
    let results = stacks.iter().zip(runs).filter_map(|(stack, run)| {
        let result = match run {
            Run::Done(outcome) => outcome.to_json(),
            Run::Failed(failure) => terminal.failure_json(failure),
            Run::NotStarted => return None,
        };
        Some((stack.name.clone(), result))
    });
    report::by_stack(results.collect())
}

impl Options {
    fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        let texts = |name: &str| -> Vec<String> {
            let values = matches.get_many::<String>(name);
            values.into_iter().flatten().cloned().collect()
        };
        let arguments = texts("parameter");
        Ok(Self {
            session: SessionOptions::of(matches),
            arguments: arguments
                .iter()
                .map(|text| pair(text))
                .collect::<Result<_, _>>()?,
            parameters_file: matches.get_one::<PathBuf>("parameters-file").cloned(),
            yes: matches.get_flag("yes"),
            no_wait: matches.get_flag("no-wait"),
            dry_run: matches.get_flag("dry-run"),
            no_execute: matches.get_flag("no-execute"),
            on_failure: match matches.get_one::<String>("on-failure").map(String::as_str) {
                Some("keep") => OnFailure::Keep,
                Some("delete") => OnFailure::Delete,
                _ => OnFailure::Rollback,
            },
            role: matches.get_one::<String>("role-arn").cloned(),
            notifications: texts("notification-arn"),
            bucket: matches.get_one::<String>("template-bucket").cloned(),
            imports_existing: matches.get_flag("import-existing"),
            reverts_drift: matches.get_flag("revert-drift"),
            json: matches.get_flag("json"),
        })
    }
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

/// Parses `NAME=VALUE`.
fn pair(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(Failure::usage(format!("`--parameter {text}` has no value"))
            .hint("write `--parameter NAME=VALUE`")),
    }
}

async fn connect_and_deploy(
    terminal: &Terminal,
    stack: &Stack,
    options: &Options,
) -> Result<Outcome, Failure> {
    let region = stack.region.as_deref();
    let session = Session::connect(&options.session, region, terminal).await?;
    deploy(&session, stack, options).await
}

async fn deploy(session: &Session, stack: &Stack, options: &Options) -> Result<Outcome, Failure> {
    let identity = session.identity().await?;
    let terminal = &session.terminal;
    terminal.note(&format!(
        "{TITLE}{}{TITLE:#}: account {}, region {}",
        stack.name,
        identity.account,
        session.region()
    ));
    terminal.detail(&format!("  as {}", identity.arn));
    let initial = begin(session, &stack.name, options).await?;
    if !initial.existed && stack.team.is_some() {
        renamed::warn(session, stack).await?;
    }
    if options.on_failure(&initial) != options.on_failure {
        terminal.note(&format!(
            "the last deployment of {} failed without a rollback: this one continues from there, and is not rolled back either if it fails",
            stack.name
        ));
    }
    let settings = settings(session, stack, &initial, options).await?;
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
        settings: &settings,
        tags: &tags,
        role: options.role.as_deref(),
        notifications: &options.notifications,
        on_failure: options.on_failure(&initial),
        imports: Vec::new(),
        options: options.of_change_set(stack, &initial),
    };
    let (change_set, made) = ChangeSet::create(session, request).await;
    let reviewed = match made {
        Ok(()) => {
            let content = change_set.content(session).await;
            review(session, stack, &change_set, content, &initial, options).await
        }
        // Some services answer so where CloudFormation creates a failed change set.
        Err(error) if is_without_changes(error.message()) => {
            session
                .terminal
                .note(&format!("{}: no changes", stack.name));
            return Ok(Outcome::unchanged(&initial));
        }
        // A rejected call has created nothing.
        Err(error) if error.kind() != ErrorKind::Network => {
            return Err(error.failure("nothing was changed"));
        }
        Err(error) => Err(NotExecuted::Stopped(Stopped::Failed(error))),
    };
    match reviewed {
        Ok(Review::Execute(changes)) => {
            execute(session, stack, &change_set, changes, &initial, options).await
        }
        Ok(Review::Finished(outcome)) => Ok(*outcome),
        Err(not_executed) => {
            let state = change_set.discard(session).await;
            Err(not_executed.failure(&state))
        }
    }
}

impl Outcome {
    fn unchanged(initial: &InitialState) -> Self {
        Self {
            status: "unchanged".to_owned(),
            changes: Vec::new(),
            stack: initial.before.clone(),
        }
    }

    fn to_json(&self) -> Json {
        Json::Object(
            Object::new()
                .with("status", self.status.clone())
                .with(
                    "changes",
                    Json::array(self.changes.iter().map(Change::to_json)),
                )
                .with_some("outputs", self.stack.as_ref().map(report::outputs_json)),
        )
    }
}

#[cfg(test)]
mod tests;
