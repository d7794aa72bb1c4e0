//! Change sets: created, read, executed, and never left behind.

use std::time::Duration;

use aws_sdk_cloudformation::types::{
    ChangeSetStatus, ChangeSetType, ExecutionStatus, OnStackFailure, Parameter, ResourceToImport,
    Tag,
};

use super::change::Change;
use super::change_set_options::ChangeSetOptions;
use super::error::CallError;
use super::parameters::{Origin, Setting};
use super::service_error::ErrorKind;
use super::session::{Session, Stopped};
use super::stack_state::StackState;
use super::template_upload::TemplateBody;
use super::token;
use crate::Failure;
use crate::markup::RUN;

/// What to do if the stack operation fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnFailure {
    /// Roll back.
    #[default]
    Rollback,
    /// Disable the rollback, so that the resources can be examined.
    Keep,
    /// Delete a stack whose creation failed.
    Delete,
}

/// A request for a change set.
#[derive(Debug)]
pub(crate) struct ChangeSetRequest<'a> {
    pub(crate) stack: &'a str,
    /// Whether it creates the stack.
    pub(crate) creates: bool,
    /// Whether the stack existed before, if only in `REVIEW_IN_PROGRESS`.
    pub(crate) existed: bool,
    pub(crate) template: TemplateBody,
    pub(crate) settings: &'a [(String, Setting, Origin)],
    pub(crate) tags: &'a [(String, String)],
    pub(crate) role: Option<&'a str>,
    pub(crate) notifications: &'a [String],
    pub(crate) on_failure: OnFailure,
    /// The resources to import; if there are any, nothing else changes.
    pub(crate) imports: Vec<ResourceToImport>,
    pub(crate) options: ChangeSetOptions,
}

impl ChangeSetRequest<'_> {
    fn deletes_on_failure(&self) -> bool {
        self.creates && self.on_failure == OnFailure::Delete
    }

    /// `DisableRollback` of the execution. It is always set, since its documented default is true, except
    /// with `OnStackFailure`: AWS CloudFormation API Reference, `ExecuteChangeSet`. An import is always
    /// rolled back.
    fn disables_rollback(&self) -> Option<bool> {
        let may_be_set = self.imports.is_empty() && !self.deletes_on_failure();
        may_be_set.then_some(self.on_failure == OnFailure::Keep)
    }
}

/// A requested change set.
#[derive(Clone, Debug)]
pub(crate) struct ChangeSet {
    name: String,
    stack: String,
    /// The ID of the stack, if known.
    stack_id: Option<String>,
    existed: bool,
    token: String,
    /// `DisableRollback`; none if the call must not set it.
    disables_rollback: Option<bool>,
}

/// The content of a change set.
#[derive(Debug)]
pub(crate) enum ChangeSetContent {
    /// No changes.
    Nothing,
    Changes(Vec<Change>),
    /// CloudFormation failed to create it: the reason.
    Rejected(String),
}

impl ChangeSet {
    /// Requests a change set, which must then be executed or discarded.
    pub(crate) async fn create(
        session: &Session,
        request: ChangeSetRequest<'_>,
    ) -> (Self, Result<(), Box<CallError>>) {
        let name = token::unique("");
        let mut created = Self {
            token: name.clone(),
            name,
            stack: request.stack.to_owned(),
            stack_id: None,
            existed: request.existed,
            disables_rollback: request.disables_rollback(),
        };
        let deletes_on_failure = request.deletes_on_failure();
        let mut call = session
            .cloudformation
            .create_change_set()
            .stack_name(request.stack)
            .change_set_name(&created.name)
            .client_token(&created.token)
            .change_set_type(if !request.imports.is_empty() {
                ChangeSetType::Import
            } else if request.creates {
                ChangeSetType::Create
            } else {
                ChangeSetType::Update
            })
            .set_parameters(Some(request.settings.iter().map(parameter).collect()))
            .set_tags(Some(
                request
                    .tags
                    .iter()
                    .map(|(key, value)| Tag::builder().key(key).value(value).build())
                    .collect(),
            ))
            .set_role_arn(request.role.map(str::to_owned));
        call = request.options.add_to(call);
        if !request.imports.is_empty() {
            call = call.set_resources_to_import(Some(request.imports));
        }
        if !request.notifications.is_empty() {
            call = call.set_notification_arns(Some(request.notifications.to_vec()));
        }
        if deletes_on_failure {
            call = call.on_stack_failure(OnStackFailure::Delete);
        }
        let call = match request.template {
            TemplateBody::Body(text) => call.template_body(text),
            TemplateBody::Url(url) => call.template_url(url),
        };
        // The response is awaited even after an interruption: a change set that may exist must be
        // known, so that it can be deleted.
        let answer = session.call_anyway("CreateChangeSet", call.send()).await;
        let answer = match answer {
            Ok(answer) => {
                created.stack_id = answer.stack_id().map(str::to_owned);
                Ok(())
            }
            // The name is unique: the first response was lost.
            Err(error) if error.code() == "AlreadyExistsException" => Ok(()),
            Err(error) => Err(error),
        };
        (created, answer)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The ID of its stack, by which it is found even after its deletion, or the name if the ID is
    /// unknown.
    pub(crate) fn stack(&self) -> &str {
        self.stack_id.as_deref().unwrap_or(&self.stack)
    }

    /// The token that the events of its execution carry.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Waits until CloudFormation has computed the changes.
    pub(crate) async fn content(&self, session: &Session) -> Result<ChangeSetContent, Stopped> {
        let mut pause = Duration::from_millis(300);
        let mut changes = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let call = session
                .cloudformation
                .describe_change_set()
                .stack_name(&self.stack)
                .change_set_name(&self.name)
                .set_next_token(next.clone());
            let answer = session.call("DescribeChangeSet", call.send()).await?;
            match answer.status() {
                Some(ChangeSetStatus::CreateComplete) => {
                    let page = answer.changes().iter();
                    changes.extend(
                        page.filter_map(|change| Some(Change::of(change.resource_change()?))),
                    );
                    next = answer.next_token().map(str::to_owned);
                    if next.is_none() {
                        return Ok(ChangeSetContent::Changes(changes));
                    }
                }
                Some(ChangeSetStatus::Failed) => {
                    let reason = answer.status_reason().unwrap_or_default();
                    return Ok(if is_without_changes(reason) {
                        ChangeSetContent::Nothing
                    } else {
                        ChangeSetContent::Rejected(reason.to_owned())
                    });
                }
                _ => {
                    session.pause(pause).await?;
                    pause = pause.mul_f64(1.5).min(Duration::from_secs(5));
                }
            }
        }
    }

    /// Executes it, or deletes it if it can no longer be executed.
    ///
    /// # Errors
    ///
    /// When it is not executed, or when that is unknown.
    pub(crate) async fn execute_or_discard(&self, session: &Session) -> Result<(), Failure> {
        let Err(error) = self.execute(session).await else {
            return Ok(());
        };
        // Without a response, or if the SDK retried after a lost response, only CloudFormation knows
        // whether it was executed.
        let is_in_doubt = error.kind() == ErrorKind::Network
            || matches!(
                error.code(),
                "InvalidChangeSetStatus" | "ChangeSetNotFound" | "TokenAlreadyExistsException"
            );
        let started = if is_in_doubt {
            self.has_started(session).await
        } else {
            Some(false)
        };
        match started {
            Some(true) => Ok(()),
            Some(false) => {
                let state = self.discard(session).await;
                Err(error.failure(&state))
            }
            None => Err(error.failure(&format!(
                "it may have started: check with `{RUN}status {}{RUN:#}`",
                self.stack
            ))),
        }
    }

    /// Requests its execution; the token makes this idempotent.
    async fn execute(&self, session: &Session) -> Result<(), Box<CallError>> {
        let call = session
            .cloudformation
            .execute_change_set()
            .stack_name(&self.stack)
            .change_set_name(&self.name)
            .client_request_token(&self.token)
            .set_disable_rollback(self.disables_rollback);
        let answer = session.call_anyway("ExecuteChangeSet", call.send()).await;
        answer.map(drop)
    }

    /// Whether its execution has started; none if that is unknown.
    async fn has_started(&self, session: &Session) -> Option<bool> {
        let call = session
            .cloudformation
            .describe_change_set()
            .stack_name(&self.stack)
            .change_set_name(&self.name);
        let answer = session
            .call_anyway("DescribeChangeSet", call.send())
            .await
            .ok()?;
        match answer.execution_status()? {
            ExecutionStatus::ExecuteInProgress
            | ExecutionStatus::ExecuteComplete
            | ExecutionStatus::ExecuteFailed => Some(true),
            // Another deployment made it obsolete.
            ExecutionStatus::Available
            | ExecutionStatus::Unavailable
            | ExecutionStatus::Obsolete => Some(false),
            _ => None,
        }
    }

    /// Deletes it, and a stack that was created only for it; returns a description of the result.
    pub(crate) async fn discard(&self, session: &Session) -> String {
        match self.try_discard(session).await {
            Ok(()) => "nothing was changed; the change set was deleted".to_owned(),
            Err(error) if error.is_missing() || error.code() == "ChangeSetNotFound" => {
                "nothing was changed".to_owned()
            }
            Err(error) => format!(
                "nothing was changed, but the change set {} of {} may remain: {}\ndelete it with `aws cloudformation delete-change-set --stack-name {} --change-set-name {}`",
                self.name,
                self.stack,
                error.cause(),
                self.stack,
                self.name
            ),
        }
    }

    async fn try_discard(&self, session: &Session) -> Result<(), Box<CallError>> {
        let client = &session.cloudformation;
        let call = client
            .delete_change_set()
            .stack_name(&self.stack)
            .change_set_name(&self.name);
        session.call_anyway("DeleteChangeSet", call.send()).await?;
        if self.existed {
            return Ok(());
        }
        let call = client.describe_stacks().stack_name(&self.stack).send();
        let answer = session.call_anyway("DescribeStacks", call).await?;
        let stack = answer.stacks().first();
        let status = stack.and_then(|stack| stack.stack_status());
        let state = status.map(|status| StackState::of(status.as_str()));
        if state == Some(StackState::ReviewInProgress) {
            let call = client.delete_stack().stack_name(&self.stack).send();
            session.call_anyway("DeleteStack", call).await?;
        }
        Ok(())
    }
}

fn parameter((name, setting, _): &(String, Setting, Origin)) -> Parameter {
    let parameter = Parameter::builder().parameter_key(name);
    match setting {
        Setting::Value(value) => parameter.parameter_value(value),
        Setting::Previous => parameter.use_previous_value(true),
    }
    .build()
}

/// Whether CloudFormation failed to create a change set only because nothing would change.
pub(crate) fn is_without_changes(reason: &str) -> bool {
    reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")
}
