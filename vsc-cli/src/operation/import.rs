//! `import`: existing resources become part of a stack.

use vsc_spec::{Diagnostic, Json};

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::change_set::{ChangeSet, ChangeSetContent, ChangeSetRequest, OnFailure};
use crate::aws::change_set_options::ChangeSetOptions;
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::follow::Follower;
use crate::aws::import::{self, ResourceArgument};
use crate::aws::io::{Event, Question, StackOperation};
use crate::aws::parameters::{Origin, Setting};
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::stack_state::{StackState, is_success};
use crate::aws::{masked, report, template_upload};
use crate::failure::Hint;
use crate::markup::RUN;

/// The options of an import.
#[derive(Debug)]
pub(crate) struct Options {
    /// The resources to import.
    pub(crate) resources: Vec<ResourceArgument>,
    pub(crate) yes: bool,
    pub(crate) waits: bool,
}

/// Imports resources into a stack.
///
/// # Errors
///
/// When they cannot be imported, or the user does not agree.
pub(crate) fn run(target: &Target, stack: &Stack, options: &Options) -> Result<(), Failure> {
    target.on(stack, async |session| {
        let Options {
            resources,
            yes,
            waits,
        } = options;
        import_resources(session, stack, resources, *yes, *waits).await
    })
}

async fn import_resources(
    session: &Session,
    stack: &Stack,
    named: &[ResourceArgument],
    yes: bool,
    waits: bool,
) -> Result<(), Failure> {
    let name = &stack.name;
    let rejected = |diagnostics: Vec<Diagnostic>| Failure::rejected(name.clone(), diagnostics);
    let deployed = declared::find(session, stack).await?;
    if deployed.state() != StackState::Complete {
        return Err(Failure::input(format!(
            "{name} is in the state {} and cannot import resources",
            deployed.status
        ))
        .hint(Hint::run("see what to do first with", &["status", name])));
    }
    let text = cloudformation::deployed_template(session, &deployed.id).await?;
    let new = &stack.template.json;
    let before = masked::read(&text, new).map_err(|error| {
        Failure::input(format!(
            "cannot read the deployed template of {name}:{error}"
        ))
    })?;
    if named.is_empty() {
        return Err(candidates(&before, new));
    }
    let template = import::template(&before, new, named).map_err(rejected)?;
    let text = template_upload::json_text(&template);
    let identifiers = import::identifiers(session, &text).await?;
    let imports = import::resources(&template, named, &identifiers).map_err(rejected)?;
    let settings: Vec<(String, Setting, Origin)> = deployed
        .parameters
        .iter()
        .map(|(name, _)| (name.clone(), Setting::Previous, Origin::Previous))
        .collect();
    let body = template_upload::SerializedTemplate::of_text(text);
    let request = ChangeSetRequest {
        stack: name,
        creates: false,
        existed: true,
        template: template_upload::source(session, name, body, None, yes).await?,
        settings: &settings,
        tags: &[],
        role: None,
        notifications: &[],
        on_failure: OnFailure::Rollback,
        imports,
        options: ChangeSetOptions::of(&template),
    };
    let (change_set, made) = ChangeSet::create(session, request).await;
    let agreed = match made {
        Ok(()) => review(session, name, &change_set, yes).await,
        Err(error) => Err(error.failure("")),
    };
    if let Err(failure) = agreed {
        let state = change_set.discard(session).await;
        session.io.report(Event::ChangeSetDiscarded {
            stack: name,
            state: &state,
            is_detail: false,
        });
        return Err(failure);
    }
    execute_or_discard(session, name, &change_set, named.len(), waits).await
}

/// Shows the resources to import, and asks for confirmation.
async fn review(
    session: &Session,
    name: &str,
    change_set: &ChangeSet,
    yes: bool,
) -> Result<(), Failure> {
    let changes = match change_set.content(session).await? {
        ChangeSetContent::Changes(changes) if !changes.is_empty() => changes,
        ChangeSetContent::Rejected(reason) => {
            return Err(Failure::input(format!(
                "CloudFormation rejected the import into {name}: {reason}"
            ))
            .hint("declare each resource as it exists in AWS, and change nothing else"));
        }
        ChangeSetContent::Changes(_) | ChangeSetContent::Nothing => {
            return Err(Failure::input(format!(
                "there is nothing to import into {name}"
            )));
        }
    };
    session.io.report(Event::Changes {
        stack: name,
        difference: None,
        changes: &changes,
    });
    let question = Question::Import {
        stack: name.to_owned(),
    };
    if yes || confirm(session, question, "pass `--yes`").await? {
        return Ok(());
    }
    Err(Failure::input(format!("nothing was imported into {name}")))
}

async fn execute_or_discard(
    session: &Session,
    name: &str,
    change_set: &ChangeSet,
    count: usize,
    waits: bool,
) -> Result<(), Failure> {
    let known = cloudformation::newest_event(session, name).await;
    let known = match known {
        Ok(event) => event.map(|event| event.id),
        Err(stopped) => {
            let state = change_set.discard(session).await;
            return Err(stopped.failure(&state));
        }
    };
    change_set.execute_or_discard(session).await?;
    if !waits {
        session.io.report(Event::Started {
            stack: name,
            operation: StackOperation::Import,
        });
        return Ok(());
    }
    let mut follower = Follower::new(session, change_set.stack(), known, count);
    let after = follower.until_finished().await;
    let after = after.map_err(|stopped| {
        stopped.failure(&format!(
            "the import into {name} continues in AWS: follow it with `{RUN}events --follow {name}{RUN:#}`"
        ))
    })?;
    match after {
        Some(Deployed { status, .. }) if is_success(&status) => {
            session.io.report(Event::Ended {
                stack: name,
                operation: StackOperation::Import,
                status: &status,
            });
            Ok(())
        }
        other => {
            let status = other.map_or("gone".to_owned(), |stack| stack.status);
            Err(report::failed(
                &format!("the import into {name} failed"),
                follower.events(),
                Some(change_set.token()),
                &format!("{name} is as it was before ({status})"),
                "declare each resource as it exists in AWS, and import again",
            ))
        }
    }
}

/// The error without `--resource`: it lists the new resources of the stack.
fn candidates(deployed: &Json, new: &Json) -> Failure {
    let resources = |template: &Json| -> Vec<String> {
        let all = template.get("Resources").and_then(Json::as_object);
        all.map(|all| all.names().map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let before = resources(deployed);
    let new: Vec<String> = resources(new)
        .into_iter()
        .filter(|id| !before.contains(id))
        .collect();
    if new.is_empty() {
        return Failure::usage("no `--resource` given, and the stack declares no new resource")
            .hint("declare the resource to import, as it exists in AWS");
    }
    let list = vsc_spec::suggest::list(new.iter().map(String::as_str));
    Failure::usage("no `--resource` given").hint(format!(
        "pass `--resource LOGICAL_ID=IDENTIFIER`; new in the stack: {list}"
    ))
}

#[cfg(test)]
mod tests;
