//! `refactor`: resources get other logical IDs or move to another stack by CloudFormation's stack
//! refactoring, and keep their physical resources. AWS CloudFormation User Guide, "Stack refactoring".

mod across;
mod moves;
mod status;

use std::collections::BTreeSet;

use aws_sdk_cloudformation::types::{
    ResourceLocation, ResourceMapping, StackDefinition, StackRefactorActionEntity,
};
use vsc_spec::Json;

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::io::{Event, Question};
use crate::aws::masked;
use crate::aws::question::confirm;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::{Session, Stopped};
use crate::aws::stack_state::StackState;
use crate::aws::template_upload::{self, SerializedTemplate, TemplateBody};
use crate::failure::Hint;
use crate::operation::declared;
use crate::operation::each::Target;

pub(crate) use moves::Move;

/// The options of the command.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The resources to rename; those that look renamed if there are none.
    pub(crate) moves: Vec<Move>,
    pub(crate) yes: bool,
    pub(crate) waits: bool,
}

/// Renames resources of a deployed stack.
///
/// # Errors
///
/// When nothing is to be renamed, the user declines, or CloudFormation rejects it.
pub(crate) fn run(target: &Target, stack: &Stack, options: &Options) -> Result<(), Failure> {
    target.on(stack, async |session| {
        refactor(session, stack, options).await
    })
}

async fn refactor(session: &Session, stack: &Stack, options: &Options) -> Result<(), Failure> {
    let name = &stack.name;
    let deployed = declared::find(session, stack).await?;
    check_state(&deployed)?;
    let (moves, templates) = planned(session, stack, &deployed, options).await?;
    let mut definitions = Vec::new();
    for (of, template) in templates {
        let body = SerializedTemplate::of_json(&template);
        let body = template_upload::source(session, &of, body, None, options.yes).await?;
        definitions.push((of, body));
    }
    let id = create(session, name, &moves, definitions).await?;
    status::until_created(session, name, &id).await?;
    let physical = physical(session, &id).await?;
    let places: Vec<String> = moves.iter().map(Move::place).collect();
    let resources: Vec<(&str, &str, &str)> = moves
        .iter()
        .zip(&places)
        .map(|(Move { from, .. }, place)| {
            let known = physical.iter().find(|(source, _)| source == from);
            let known = known.map_or("", |(_, resource)| resource.as_str());
            (from.as_str(), place.as_str(), known)
        })
        .collect();
    session.io.report(Event::Renames {
        stack: name,
        resources: &resources,
    });
    let question = Question::Refactor {
        stack: name.clone(),
    };
    if !options.yes && !confirm(session, question, "pass `--yes`").await? {
        return Err(Failure::input(format!("{name} was not refactored")));
    }
    execute(session, name, &id).await?;
    if !options.waits {
        session.io.report(Event::Refactoring {
            stack: name,
            check: &status::command(&id),
        });
        return Ok(());
    }
    status::until_executed(session, name, &id).await?;
    session.io.report(Event::Refactored { stack: name });
    Ok(())
}

/// Checks that a stack can be refactored.
fn check_state(deployed: &Deployed) -> Result<(), Failure> {
    if deployed.state() == StackState::Complete {
        return Ok(());
    }
    let name = &deployed.name;
    Err(Failure::input(format!(
        "{name} is in the state {} and cannot be refactored",
        deployed.status
    ))
    .hint(Hint::run("see what to do first with", &["status", name])))
}

/// What moves, and the templates of the stacks with the resources in their new places.
async fn planned(
    session: &Session,
    stack: &Stack,
    deployed: &Deployed,
    options: &Options,
) -> Result<(Vec<Move>, Vec<(String, Json)>), Failure> {
    let name = &stack.name;
    let text = cloudformation::deployed_template(session, &deployed.id).await?;
    let declared = stack.is_declared().then_some(&stack.template.json);
    let before = masked::read(&text, &stack.template.json).map_err(|error| {
        Failure::input(format!(
            "cannot read the deployed template of {name}: {error}"
        ))
    })?;
    let moves = match declared {
        Some(declared) if options.moves.is_empty() => moves::find(&before, declared),
        _ => options.moves.clone(),
    };
    if moves.is_empty() {
        return Err(Failure::usage(format!(
            "no `--move` given, and no resource of {name} looks renamed"
        ))
        .hint(
            "pass `--move OLD=NEW` with the logical IDs of a resource, or `--move OLD=STACK/NEW`",
        ));
    }
    let rejected = |diagnostics| Failure::rejected(name.clone(), diagnostics);
    let others: BTreeSet<Option<&str>> = moves.iter().map(|one| one.stack.as_deref()).collect();
    let other = match others.into_iter().collect::<Vec<_>>().as_slice() {
        [Some(other)] if *other != name.as_str() => (*other).to_owned(),
        [None] => {
            let template = moves::apply(&before, declared, &moves).map_err(rejected)?;
            return Ok((moves, vec![(name.clone(), template)]));
        }
        _ => {
            return Err(Failure::usage(
                "`--move` renames resources within their stack, or moves them to one other stack",
            )
            .hint("run the command once for each stack"));
        }
    };
    let stack = Stack {
        name: other.clone(),
        ..Stack::default()
    };
    let destination = declared::find(session, &stack).await?;
    check_state(&destination)?;
    let text = cloudformation::deployed_template(session, &destination.id).await?;
    let there = masked::read(&text, &stack.template.json).map_err(|error| {
        Failure::input(format!(
            "cannot read the deployed template of {other}: {error}"
        ))
    })?;
    let (rest, all) = across::apply(&before, &there, &moves).map_err(rejected)?;
    Ok((moves, vec![(name.clone(), rest), (other, all)]))
}

/// Requests the refactoring; its ID.
async fn create(
    session: &Session,
    name: &str,
    moves: &[Move],
    definitions: Vec<(String, TemplateBody)>,
) -> Result<String, Failure> {
    let location = |stack: &str, id: &str| {
        ResourceLocation::builder()
            .stack_name(stack)
            .logical_resource_id(id)
            .build()
    };
    let mappings = moves.iter().map(|one| {
        ResourceMapping::builder()
            .source(location(name, &one.from))
            .destination(location(one.stack.as_deref().unwrap_or(name), &one.to))
            .build()
    });
    let definitions = definitions.into_iter().map(|(stack, body)| {
        let definition = StackDefinition::builder().stack_name(stack);
        match body {
            TemplateBody::Body(text) => definition.template_body(text),
            TemplateBody::Url(url) => definition.template_url(url),
        }
        .build()
    });
    let call = session
        .cloudformation
        .create_stack_refactor()
        .description("Moves resources")
        .set_stack_definitions(Some(definitions.collect()))
        .set_resource_mappings(Some(mappings.collect()));
    let answer = session.call("CreateStackRefactor", call.send()).await;
    let answer = answer.map_err(|stopped| stopped.failure("nothing was changed"))?;
    Ok(answer.stack_refactor_id().unwrap_or_default().to_owned())
}

/// The physical IDs of the resources that CloudFormation will move, by logical ID.
async fn physical(session: &Session, id: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut physical: Vec<(String, String)> = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let call = session
            .cloudformation
            .list_stack_refactor_actions()
            .stack_refactor_id(id)
            .set_next_token(next);
        let answer = session
            .call("ListStackRefactorActions", call.send())
            .await?;
        for action in answer.stack_refactor_actions() {
            let mapping = action.resource_mapping();
            let source = mapping.and_then(|mapping| mapping.source()?.logical_resource_id());
            let resource = action.physical_resource_id();
            if let (Some(&StackRefactorActionEntity::Resource), Some(source), Some(resource)) =
                (action.entity(), source, resource)
            {
                physical.push((source.to_owned(), resource.to_owned()));
            }
        }
        next = answer.next_token().map(str::to_owned);
        if next.is_none() {
            break;
        }
    }
    Ok(physical)
}

/// Requests its execution.
async fn execute(session: &Session, name: &str, id: &str) -> Result<(), Failure> {
    if session.interrupt.is_set() {
        return Err(Stopped::Interrupted.failure(""));
    }
    let call = session
        .cloudformation
        .execute_stack_refactor()
        .stack_refactor_id(id);
    let answer = session.call_anyway("ExecuteStackRefactor", call.send());
    let Err(error) = answer.await else {
        return Ok(());
    };
    // Without a response, or if the SDK retried after a lost one, only CloudFormation knows.
    match status::has_started(session, id).await {
        Some(true) => Ok(()),
        None if error.kind() == ErrorKind::Network => Err(error.failure(&format!(
            "the refactoring of {name} may have started: check with `{}`",
            status::command(id)
        ))),
        _ => Err(error.failure(&format!("{name} was not refactored"))),
    }
}

#[cfg(test)]
mod tests;
