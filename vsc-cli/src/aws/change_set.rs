//! Change sets: made, read, carried out, and never left behind.

use std::time::Duration;

use aws_sdk_cloudformation::types::{
    Capability, ChangeSetStatus, ChangeSetType, ExecutionStatus, OnStackFailure, Parameter,
    ResourceToImport, Tag,
};

use super::change::Change;
use super::error::CallError;
use super::parameters::{Origin, Setting};
use super::session::{Session, Stopped};
use super::standing::Standing;
use super::template_upload::TemplateBody;
use super::token;
use super::trouble::ErrorKind;
use crate::Failure;

/// What becomes of a deployment that fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnFailure {
    /// Everything is as it was before.
    #[default]
    Rollback,
    /// What is there stays, so that one can look at it.
    Keep,
    /// A stack that could not be created is deleted.
    Delete,
}

/// What a change set is asked to do.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) stack: &'a str,
    /// Whether the stack is to be created.
    pub(crate) creates: bool,
    /// Whether it was there before, if only as a name.
    pub(crate) existed: bool,
    pub(crate) template: TemplateBody,
    pub(crate) settings: &'a [(String, Setting, Origin)],
    pub(crate) tags: &'a [(String, String)],
    pub(crate) role: Option<&'a str>,
    pub(crate) notifications: &'a [String],
    pub(crate) on_failure: OnFailure,
    /// What exists already and is taken in; where there is something, nothing else happens.
    pub(crate) imports: Vec<ResourceToImport>,
}

impl Request<'_> {
    fn deletes_on_failure(&self) -> bool {
        self.creates && self.on_failure == OnFailure::Delete
    }

    /// `DisableRollback` of the execution. It is said either way, since the default that is documented
    /// is true, and left out where `OnStackFailure` was given: AWS CloudFormation API Reference,
    /// `ExecuteChangeSet`. An import is always rolled back.
    fn disables_rollback(&self) -> Option<bool> {
        let may_be_said = self.imports.is_empty() && !self.deletes_on_failure();
        may_be_said.then_some(self.on_failure == OnFailure::Keep)
    }
}

/// A change set that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct ChangeSet {
    name: String,
    stack: String,
    /// The ID of the stack, where it was reported.
    stack_id: Option<String>,
    existed: bool,
    token: String,
    /// Whether what a failure leaves is kept; nothing where the call may not say so.
    disables_rollback: Option<bool>,
}

/// What a change set holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// It would change nothing.
    Nothing,
    Changes(Vec<Change>),
    /// CloudFormation could not make it: why.
    Rejected(String),
}

impl ChangeSet {
    /// Asks for a change set. Once this is called it has to be executed or discarded.
    pub(crate) async fn create(
        session: &Session,
        request: Request<'_>,
    ) -> (Self, Result<(), Box<CallError>>) {
        let name = token::unique("");
        let mut made = Self {
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
            .change_set_name(&made.name)
            .client_token(&made.token)
            .change_set_type(if !request.imports.is_empty() {
                ChangeSetType::Import
            } else if request.creates {
                ChangeSetType::Create
            } else {
                ChangeSetType::Update
            })
            .capabilities(Capability::CapabilityIam)
            .capabilities(Capability::CapabilityNamedIam)
            .set_parameters(Some(request.settings.iter().map(parameter).collect()))
            .set_tags(Some(
                request
                    .tags
                    .iter()
                    .map(|(key, value)| Tag::builder().key(key).value(value).build())
                    .collect(),
            ))
            .set_role_arn(request.role.map(str::to_owned));
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
        // The answer is waited for even when the user has had enough: what may have been made has to
        // be known, so that it can be removed.
        let answer = session.call_anyway("CreateChangeSet", call.send()).await;
        let answer = match answer {
            Ok(answer) => {
                made.stack_id = answer.stack_id().map(str::to_owned);
                Ok(())
            }
            // Nobody else has its name: the first answer was lost.
            Err(error) if error.code() == "AlreadyExistsException" => Ok(()),
            Err(error) => Err(error),
        };
        (made, answer)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// By what its stack is found, even when the stack is deleted: the ID, or the name where that is
    /// all that is known.
    pub(crate) fn stack(&self) -> &str {
        self.stack_id.as_deref().unwrap_or(&self.stack)
    }

    /// The token that the events of its execution carry.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Waits until CloudFormation knows what would change.
    pub(crate) async fn content(&self, session: &Session) -> Result<Content, Stopped> {
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
                        return Ok(Content::Changes(changes));
                    }
                }
                Some(ChangeSetStatus::Failed) => {
                    let reason = answer.status_reason().unwrap_or_default();
                    return Ok(if says_nothing_changes(reason) {
                        Content::Nothing
                    } else {
                        Content::Rejected(reason.to_owned())
                    });
                }
                _ => {
                    session.pause(pause).await?;
                    pause = pause.mul_f64(1.5).min(Duration::from_secs(5));
                }
            }
        }
    }

    /// Carries it out. What can never be carried out any more is removed.
    ///
    /// # Errors
    ///
    /// When it is not carried out, or when nobody knows.
    pub(crate) async fn carry_out(&self, session: &Session) -> Result<(), Failure> {
        let Err(error) = self.execute(session).await else {
            return Ok(());
        };
        // Where no answer came, or where the SDK asked again behind an answer that was lost, nobody
        // knows whether it was carried out: CloudFormation does.
        let is_in_doubt = error.kind() == ErrorKind::Network
            || matches!(
                error.code(),
                "InvalidChangeSetStatus" | "ChangeSetNotFound" | "TokenAlreadyExistsException"
            );
        let begun = if is_in_doubt {
            self.has_begun(session).await
        } else {
            Some(false)
        };
        match begun {
            Some(true) => Ok(()),
            Some(false) => {
                let state = self.discard(session).await;
                Err(error.failure(&state))
            }
            None => Err(error.failure(&format!(
                "it may have begun: `cargo run -- status {}` shows it",
                self.stack
            ))),
        }
    }

    /// Asks for its execution. Calling this again does nothing more.
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

    /// Whether it is being carried out, or was; nothing where CloudFormation does not say.
    async fn has_begun(&self, session: &Session) -> Option<bool> {
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
            // What another deployment did meanwhile made it obsolete.
            ExecutionStatus::Available
            | ExecutionStatus::Unavailable
            | ExecutionStatus::Obsolete => Some(false),
            _ => None,
        }
    }

    /// Removes it, and the name of a stack that was only made for it; says what is left.
    pub(crate) async fn discard(&self, session: &Session) -> String {
        match self.try_discard(session).await {
            Ok(()) => "nothing was changed, and the change set is removed".to_owned(),
            Err(error) if error.is_missing() || error.code() == "ChangeSetNotFound" => {
                "nothing was changed".to_owned()
            }
            Err(error) => format!(
                "nothing was changed, but the change set {} of {} may be left: {}\nremove it with `aws cloudformation delete-change-set --stack-name {} --change-set-name {}`",
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
        let standing = status.map(|status| Standing::of(status.as_str()));
        if standing == Some(Standing::Reviewed) {
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

/// Whether CloudFormation failed to make a change set only because nothing would change.
pub(crate) fn says_nothing_changes(reason: &str) -> bool {
    reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")
}
