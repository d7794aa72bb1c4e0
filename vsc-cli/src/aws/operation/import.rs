//! `import`: what exists already becomes part of a stack.

use clap::ArgMatches;
use vsc_core::template::write_ascii_json;
use vsc_spec::{Diagnostic, Json};

use crate::Failure;
use crate::aws::change;
use crate::aws::change_set::{ChangeSet, Content, OnFailure, Request};
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::follow::Follower;
use crate::aws::import::{self, Named};
use crate::aws::parameters::{Origin, Setting};
use crate::aws::question::confirm;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::standing::{Standing, is_success};
use crate::aws::{masked, report, runtime, template_upload};
use crate::cli::Context;
use crate::cli::stacks::{self, Stacked};
use crate::terminal::style::GOOD;

/// Takes the named resources into the one stack that is selected.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let session_options = SessionOptions::of(matches);
    let stack = stacks::only(context.selected(matches)?, "that takes them in")?.synthesize()?;
    let texts = matches.get_many::<String>("resource").into_iter().flatten();
    let named: Vec<Named> = texts
        .map(|text| import::named(text))
        .collect::<Result<_, _>>()
        .map_err(|diagnostic| Failure::Usage(diagnostic.to_string()))?;
    let (yes, waits) = (matches.get_flag("yes"), !matches.get_flag("no-wait"));
    runtime::block_on(async {
        let region = stack.ide.as_ref().and_then(vsc_spec::team::TeamIde::region);
        let session = Session::connect(&session_options, region, context.terminal).await?;
        take_in(&session, &stack, &named, yes, waits).await
    })
}

async fn take_in(
    session: &Session,
    stack: &Stacked,
    named: &[Named],
    yes: bool,
    waits: bool,
) -> Result<(), Failure> {
    let name = &stack.name;
    let rejected = |diagnostics: Vec<Diagnostic>| Failure::Rejected(name.clone(), diagnostics);
    let deployed = cloudformation::deployed(session, name).await?;
    if deployed.standing() != Standing::Settled {
        return Err(Failure::Input(format!(
            "{name} is in the state {}, in which it takes nothing in\n= help: `cargo run -- status {name}` says what to do first",
            deployed.status
        )));
    }
    let text = cloudformation::deployed_template(session, &deployed.id).await?;
    let new = stack.template.to_json();
    let before = masked::read(&text, &new)
        .map_err(|error| Failure::Input(format!("the deployed template of {name}:{error}")))?;
    if named.is_empty() {
        return Err(Failure::Usage(candidates(&before, &new)));
    }
    let template = import::template(&before, &new, named).map_err(rejected)?;
    let text = write_ascii_json(&template);
    let identifiers = import::identifiers(session, &text).await?;
    let imports = import::resources(&template, named, &identifiers).map_err(rejected)?;
    let settings: Vec<(String, Setting, Origin)> = deployed
        .parameters
        .iter()
        .map(|(name, _)| (name.clone(), Setting::Previous, Origin::Previous))
        .collect();
    let body = template_upload::Body::of_text(text);
    let request = Request {
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
    };
    let (change_set, made) = ChangeSet::create(session, request).await;
    let agreed = match made {
        Ok(()) => agree(session, name, &change_set, yes).await,
        Err(error) => Err(error.failure("")),
    };
    if let Err(failure) = agreed {
        let state = change_set.discard(session).await;
        session.terminal.note(&format!("{name}: {state}"));
        return Err(failure);
    }
    carry_out(session, name, &change_set, named.len(), waits).await
}

/// Shows what would be taken in, and asks.
async fn agree(
    session: &Session,
    name: &str,
    change_set: &ChangeSet,
    yes: bool,
) -> Result<(), Failure> {
    let changes = match change_set.content(session).await? {
        Content::Changes(changes) if !changes.is_empty() => changes,
        Content::Rejected(reason) => {
            return Err(Failure::Input(format!(
                "CloudFormation does not take this into {name}: {reason}\n= help: write each resource as it is, and nothing else"
            )));
        }
        Content::Changes(_) | Content::Nothing => {
            return Err(Failure::Input(format!(
                "there is nothing to take into {name}"
            )));
        }
    };
    session.terminal.note(&change::table(name, &changes));
    let question = format!("Take this into {name}?");
    if yes || confirm(session, &question, "say yes with `--yes`").await? {
        return Ok(());
    }
    Err(Failure::Input(format!("nothing was taken into {name}")))
}

async fn carry_out(
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
    change_set.carry_out(session).await?;
    let follow = format!("`cargo run -- events --follow {name}` follows it");
    if !waits {
        session
            .terminal
            .note(&format!("{name} is taking them in; {follow}"));
        return Ok(());
    }
    let mut follower = Follower::new(session, change_set.stack(), known, count);
    let settled = follower.until_settled().await;
    let settled = settled
        .map_err(|stopped| stopped.failure(&format!("{name} goes on taking them in: {follow}")))?;
    match settled {
        Some(Deployed { status, .. }) if is_success(&status) => {
            session.terminal.note(&format!(
                "{GOOD}{name} has taken them in{GOOD:#} ({status})\nnext: `cargo run -- drift {name}` reports whether they are as declared"
            ));
            Ok(())
        }
        other => {
            let status = other.map_or("gone".to_owned(), |stack| stack.status);
            Err(report::failed(
                &format!("{name} could not take them in"),
                follower.events(),
                Some(change_set.token()),
                &format!("{name} is as it was before ({status})"),
                "write each resource as it is, and import again",
            ))
        }
    }
}

/// What could be taken in: what is new in the stack.
fn candidates(deployed: &Json, new: &Json) -> String {
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
        return "no resource is named, and none of the stack is new\n= help: declare what is to be taken in, as it is".to_owned();
    }
    let list = vsc_spec::suggest::list(new.iter().map(String::as_str));
    format!(
        "no resource is named\n= help: write `--resource LOGICAL_ID=IDENTIFIER`; new in the stack is {list}"
    )
}

#[cfg(test)]
mod tests;
