//! Calls of CloudFormation that return types of our own.

use std::collections::HashMap;

use aws_sdk_cloudformation::primitives::DateTime;
use aws_sdk_cloudformation::types::{StackStatus, TemplateStage};
use vsc_spec::Json;

use super::call::answer;
use super::event::{Event, timestamp};
use super::session::{Session, Stopped};
use super::stack_state::StackState;
use crate::Failure;
use crate::failure::Hint;

/// A deployed stack.
#[derive(Clone, Debug)]
pub(crate) struct Deployed {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) reason: Option<String>,
    pub(crate) created: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) drift: Option<String>,
    pub(crate) is_protected: bool,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) outputs: Vec<StackOutput>,
}

/// An output of a deployed stack.
#[derive(Clone, Debug)]
pub(crate) struct StackOutput {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
}

/// A resource of a deployed stack.
#[derive(Clone, Debug)]
pub(crate) struct StackResource {
    pub(crate) logical_id: String,
    pub(crate) physical_id: Option<String>,
    pub(crate) resource_type: String,
    pub(crate) status: String,
}

impl Deployed {
    pub(crate) fn state(&self) -> StackState {
        StackState::of(&self.status)
    }

    /// The account, from the stack's ARN.
    pub(crate) fn account(&self) -> &str {
        self.id.split(':').nth(4).unwrap_or_default()
    }

    pub(crate) fn output(&self, name: &str) -> Option<&StackOutput> {
        self.outputs.iter().find(|output| output.name == name)
    }
}

/// The stack of this name or ID. A deleted stack is found only by its ID.
pub(crate) async fn describe(session: &Session, stack: &str) -> Result<Option<Deployed>, Stopped> {
    let call = session.cloudformation.describe_stacks().stack_name(stack);
    let answer = match session.call("DescribeStacks", call.send()).await {
        Ok(answer) => answer,
        Err(Stopped::Failed(error)) if error.is_missing() => return Ok(None),
        Err(stopped) => return Err(stopped),
    };
    Ok(answer.stacks().first().map(of))
}

/// The stacks of the region, from at most this many pages of results.
pub(crate) async fn all(session: &Session, pages: usize) -> Result<Vec<Deployed>, Stopped> {
    let mut stacks = Vec::new();
    let mut token = None;
    for _ in 0..pages {
        let call = session.cloudformation.describe_stacks();
        let call = call.set_next_token(token);
        let answer = session.call("DescribeStacks", call.send()).await?;
        stacks.extend(answer.stacks().iter().map(of));
        token = answer.next_token().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    Ok(stacks)
}

/// The IDs of deleted stacks of a name, from at most this many pages of results; CloudFormation keeps them
/// for 90 days.
pub(crate) async fn deleted(
    session: &Session,
    name: &str,
    pages: usize,
) -> Result<Vec<String>, Stopped> {
    let mut ids = Vec::new();
    let mut token = None;
    for _ in 0..pages {
        let call = session.cloudformation.list_stacks();
        let call = call
            .stack_status_filter(StackStatus::DeleteComplete)
            .set_next_token(token);
        let answer = session.call("ListStacks", call.send()).await?;
        let stacks = answer.stack_summaries().iter();
        let stacks = stacks.filter(|stack| stack.stack_name() == Some(name));
        ids.extend(stacks.filter_map(|stack| stack.stack_id().map(str::to_owned)));
        token = answer.next_token().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    Ok(ids)
}

/// The stack of this name, which must be deployed.
pub(crate) async fn deployed(session: &Session, stack: &str) -> Result<Deployed, Failure> {
    describe(session, stack).await?.ok_or_else(|| {
        Failure::input(format!("{stack} is not deployed in {}", session.region())).hint(
            Hint::run("deploy it with", &["deploy", stack]).then(", or pass another `--region`"),
        )
    })
}

fn of(stack: &aws_sdk_cloudformation::types::Stack) -> Deployed {
    let time = |time: Option<&DateTime>| time.map(|time| timestamp(time.secs()));
    let drift = stack.drift_information();
    Deployed {
        id: stack.stack_id().unwrap_or_default().to_owned(),
        name: stack.stack_name().unwrap_or_default().to_owned(),
        status: stack
            .stack_status()
            .map(|status| status.as_str().to_owned())
            .unwrap_or_default(),
        reason: stack
            .stack_status_reason()
            .filter(|reason| !reason.is_empty())
            .map(str::to_owned),
        created: time(stack.creation_time()),
        updated: time(stack.last_updated_time()),
        drift: drift
            .and_then(|drift| drift.stack_drift_status())
            .map(|status| status.as_str().to_owned()),
        is_protected: stack.enable_termination_protection().unwrap_or(false),
        parameters: stack
            .parameters()
            .iter()
            .filter_map(|parameter| {
                let value = parameter.parameter_value().unwrap_or_default();
                Some((parameter.parameter_key()?.to_owned(), value.to_owned()))
            })
            .collect(),
        outputs: stack
            .outputs()
            .iter()
            .map(|output| StackOutput {
                name: output.output_key().unwrap_or_default().to_owned(),
                value: output.output_value().unwrap_or_default().to_owned(),
                description: output.description().map(str::to_owned),
            })
            .collect(),
    }
}

/// The events after the one of this ID, oldest first; all events without an ID.
pub(crate) async fn events_after(
    session: &Session,
    stack: &str,
    known: Option<&str>,
) -> Result<Vec<Event>, Stopped> {
    let mut events = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let call = session
            .cloudformation
            .describe_stack_events()
            .stack_name(stack)
            .set_next_token(next);
        let answer = session.call("DescribeStackEvents", call.send()).await?;
        // The newest come first.
        for event in answer.stack_events() {
            if event.event_id() == known && known.is_some() {
                events.reverse();
                return Ok(events);
            }
            events.push(Event::of(event));
        }
        next = answer.next_token().map(str::to_owned);
        if next.is_none() {
            events.reverse();
            return Ok(events);
        }
    }
}

/// The newest event; none if the stack does not exist.
pub(crate) async fn newest_event(session: &Session, stack: &str) -> Result<Option<Event>, Stopped> {
    let call = session
        .cloudformation
        .describe_stack_events()
        .stack_name(stack);
    match session.call("DescribeStackEvents", call.send()).await {
        Ok(answer) => Ok(answer.stack_events().first().map(Event::of)),
        Err(Stopped::Failed(error)) if error.is_missing() => Ok(None),
        Err(stopped) => Err(stopped),
    }
}

/// The defaults of the deployed template's parameters.
pub(crate) async fn deployed_defaults(
    session: &Session,
    stack: &str,
) -> Result<HashMap<String, String>, Stopped> {
    let call = session
        .cloudformation
        .get_template_summary()
        .stack_name(stack);
    let answer = session.call("GetTemplateSummary", call.send()).await?;
    let parameters = answer.parameters().iter();
    Ok(parameters
        .filter_map(|parameter| {
            let name = parameter.parameter_key()?.to_owned();
            Some((name, parameter.default_value()?.to_owned()))
        })
        .collect())
}

/// The deployed template, as it was submitted.
pub(crate) async fn deployed_template(session: &Session, stack: &str) -> Result<String, Stopped> {
    let call = session
        .cloudformation
        .get_template()
        .stack_name(stack)
        .template_stage(TemplateStage::Original);
    let answer = session.call("GetTemplate", call.send()).await?;
    Ok(answer.template_body().unwrap_or_default().to_owned())
}

/// The resources of a stack.
pub(crate) async fn resources(
    session: &Session,
    stack: &str,
) -> Result<Vec<StackResource>, Stopped> {
    let mut resources = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let call = session
            .cloudformation
            .list_stack_resources()
            .stack_name(stack)
            .set_next_token(next);
        let answer = session.call("ListStackResources", call.send()).await?;
        resources.extend(answer.stack_resource_summaries().iter().map(|resource| {
            StackResource {
                logical_id: resource
                    .logical_resource_id()
                    .unwrap_or_default()
                    .to_owned(),
                physical_id: resource.physical_resource_id().map(str::to_owned),
                resource_type: resource.resource_type().unwrap_or_default().to_owned(),
                status: resource
                    .resource_status()
                    .map(|status| status.as_str().to_owned())
                    .unwrap_or_default(),
            }
        }));
        next = answer.next_token().map(str::to_owned);
        if next.is_none() {
            return Ok(resources);
        }
    }
}

/// The metadata of a resource with its functions resolved; none if it has none.
pub(crate) async fn metadata(
    session: &Session,
    stack: &str,
    logical_id: &str,
) -> Result<Option<Json>, Stopped> {
    let call = session
        .cloudformation
        .describe_stack_resource()
        .stack_name(stack)
        .logical_resource_id(logical_id);
    let answer = session.call("DescribeStackResource", call.send()).await?;
    let detail = answer.stack_resource_detail();
    let text = detail.and_then(|detail| detail.metadata());
    Ok(text.and_then(answer::read))
}
