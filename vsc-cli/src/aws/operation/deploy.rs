//! `deploy`: template and parameters become a change set, the change set becomes the stack.

use std::path::PathBuf;

use clap::ArgMatches;
use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::aws::change::{self, Change};
use crate::aws::change_set::{ChangeSet, Content, OnFailure, Request, says_nothing_changes};
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::error::Kind;
use crate::aws::event::Event;
use crate::aws::follow::Follower;
use crate::aws::parameters::{self, Origin, ParameterFile, Previous, Setting, Sources};
use crate::aws::place::Place;
use crate::aws::question::confirm;
use crate::aws::session::{Session, Stopped};
use crate::aws::standing::{self, Standing, is_success};
use crate::aws::template_upload::{self, Body};
use crate::aws::{report, runtime};
use crate::cli::Context;
use crate::cli::stacks::Stacked;
use crate::terminal::style::{GOOD, TITLE};

/// What the user asks for.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of the command line.
struct Options {
    place: Place,
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
    json: bool,
}

/// How a deployment begins.
struct Beginning {
    /// The stack as it is, if it can be updated.
    before: Option<Deployed>,
    /// Whether there is at least the name of a stack.
    existed: bool,
}

/// What a deployment came to.
struct Outcome {
    status: String,
    changes: Vec<Change>,
    stack: Option<Deployed>,
}

/// Deploys the selected stacks, one after the other.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let options = Options::of(matches)?;
    let stacks = context.synthesized(matches)?;
    runtime::block_on(async {
        let mut results = Vec::new();
        for stack in &stacks {
            let region = stack.ide.as_ref().and_then(TeamIde::region);
            let session = Session::connect(&options.place, region, context.terminal).await?;
            let outcome = deploy(&session, stack, &options).await?;
            if options.json {
                results.push((stack.name.clone(), outcome.to_json()));
            } else if let Some(stack) = &outcome.stack
                && !stack.outputs.is_empty()
            {
                context.terminal.print(&report::outputs(stack))?;
            }
        }
        if options.json {
            context.terminal.print(&report::by_stack(results))?;
        }
        Ok(())
    })
}

impl Options {
    fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        let texts = |name: &str| -> Vec<String> {
            let values = matches.get_many::<String>(name);
            values.into_iter().flatten().cloned().collect()
        };
        let arguments = texts("parameter");
        Ok(Self {
            place: Place::of(matches),
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
            json: matches.get_flag("json"),
        })
    }
}

/// `NAME=VALUE`.
fn pair(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(Failure::Usage(format!(
            "`--parameter {text}` has no value\n= help: write `--parameter NAME=VALUE`"
        ))),
    }
}

async fn deploy(session: &Session, stack: &Stacked, options: &Options) -> Result<Outcome, Failure> {
    let identity = session.identity().await?;
    let terminal = session.terminal;
    terminal.note(&format!(
        "{TITLE}{}{TITLE:#} goes to account {} in {}",
        stack.name,
        identity.account,
        session.region()
    ));
    terminal.detail(&format!("  as {}", identity.arn));
    let beginning = begin(session, &stack.name, options).await?;
    let settings = settings(session, stack, &beginning, options).await?;
    let tags: Vec<(String, String)> = stack
        .ide
        .iter()
        .flat_map(TeamIde::tags)
        .map(|tag| (tag.key().to_owned(), tag.value().to_owned()))
        .collect();
    let template = template_upload::source(
        session,
        &stack.name,
        Body::of(&stack.template),
        options.bucket.as_deref(),
        options.yes,
    )
    .await?;
    let request = Request {
        stack: &stack.name,
        creates: beginning.before.is_none(),
        existed: beginning.existed,
        template,
        settings: &settings,
        tags: &tags,
        role: options.role.as_deref(),
        notifications: &options.notifications,
        on_failure: options.on_failure,
        imports: Vec::new(),
    };
    let (change_set, made) = ChangeSet::create(session, request).await;
    let reviewed = match made {
        Ok(()) => {
            let content = change_set.content(session).await;
            review(session, stack, &change_set, content, &beginning, options).await
        }
        // Some services answer so where CloudFormation makes a change set that failed.
        Err(error) if says_nothing_changes(error.message()) => {
            session
                .terminal
                .note(&format!("{}: no changes", stack.name));
            return Ok(Outcome::unchanged(&beginning));
        }
        // A call that is refused has made nothing.
        Err(error) if error.kind() != Kind::Network => {
            return Err(error.failure("nothing was changed"));
        }
        Err(error) => Err(Undone::Stopped(Stopped::Failed(error))),
    };
    match reviewed {
        Ok(Reviewed::Go(changes)) => {
            execute(session, stack, &change_set, changes, &beginning, options).await
        }
        Ok(Reviewed::Stay(outcome)) => Ok(*outcome),
        Err(undone) => {
            let state = change_set.discard(session).await;
            Err(undone.failure(&state))
        }
    }
}

/// Looks at the stack, and clears the way where that can be done.
async fn begin(session: &Session, name: &str, options: &Options) -> Result<Beginning, Failure> {
    loop {
        let Some(stack) = cloudformation::describe(session, name).await? else {
            return Ok(Beginning {
                before: None,
                existed: false,
            });
        };
        match stack.standing() {
            Standing::Absent => {
                return Ok(Beginning {
                    before: None,
                    existed: false,
                });
            }
            Standing::Reviewed => {
                return Ok(Beginning {
                    before: None,
                    existed: true,
                });
            }
            Standing::Settled | Standing::Halted => {
                return Ok(Beginning {
                    before: Some(stack),
                    existed: true,
                });
            }
            Standing::Busy => follow_first(session, &stack).await?,
            Standing::Stillborn => replace_stillborn(session, &stack, options).await?,
            Standing::Undead => {
                return Err(Failure::Input(format!(
                    "{name} could not be deleted completely (DELETE_FAILED), and cannot be deployed before it is\n= help: say `cargo run -- destroy {name}`; it tells what is in the way"
                )));
            }
            Standing::Stuck => {
                return Err(Failure::Input(format!(
                    "the last update of {name} failed, and so did its rollback ({})\n= help: say `cargo run -- rollback {name}` first; `cargo run -- diagnose {name}` says why",
                    stack.status
                )));
            }
        }
    }
}

/// Something goes on already: offers to wait for its end.
async fn follow_first(session: &Session, stack: &Deployed) -> Result<(), Failure> {
    let activity = standing::activity(&stack.status);
    let newest = cloudformation::newest_event(session, &stack.id).await?;
    let since = newest.as_ref().map(Event::timestamp);
    let question = format!(
        "{} {activity} ({}; its last event was at {}). Wait for the end of that?",
        stack.name,
        stack.status,
        since.unwrap_or_else(|| "an unknown time".to_owned())
    );
    let otherwise = format!(
        "wait for its end with `cargo run -- events --follow {}`, then deploy again",
        stack.name
    );
    if !confirm(session, &question, &otherwise).await? {
        return Err(Failure::Input(format!(
            "{} {activity}; nothing was changed\n= help: {otherwise}",
            stack.name
        )));
    }
    let known = newest.map(|event| event.id);
    let mut follower = Follower::new(session, &stack.id, known, 0).begun();
    follower.until_settled().await?;
    Ok(())
}

/// A stack whose creation failed can only be deleted.
async fn replace_stillborn(
    session: &Session,
    stack: &Deployed,
    options: &Options,
) -> Result<(), Failure> {
    let name = &stack.name;
    let question = format!(
        "{name} is left over from a creation that failed ({}), and can only be deleted. Delete it and create it anew?",
        stack.status
    );
    let otherwise =
        format!("say yes with `--yes`, or delete it with `cargo run -- destroy {name}`");
    if !options.yes && !confirm(session, &question, &otherwise).await? {
        return Err(Failure::Input(format!(
            "{name} was not deleted, and nothing was changed"
        )));
    }
    session
        .terminal
        .note(&format!("deleting what is left of {name}"));
    super::destroy::delete(session, stack, &[], options.role.as_deref(), true).await
}

/// The values of the parameters: given, remembered, as before, default, or asked for.
async fn settings(
    session: &Session,
    stack: &Stacked,
    beginning: &Beginning,
    options: &Options,
) -> Result<Vec<(String, Setting, Origin)>, Failure> {
    let declared = parameters::declared(&stack.template);
    let mut remembered = ParameterFile::read_if_there(parameters::beside_the_crate(&stack.name))?;
    let file = options
        .parameters_file
        .clone()
        .map(ParameterFile::read)
        .transpose()?;
    let previous = match &beginning.before {
        Some(before) => Previous {
            values: before.parameters.clone(),
            defaults: cloudformation::deployed_defaults(session, &before.id).await?,
        },
        None => Previous::default(),
    };
    let sources = Sources {
        arguments: options.arguments.clone(),
        file_name: file
            .as_ref()
            .map(|file| file.path().display().to_string())
            .unwrap_or_default(),
        file: file.map(|file| file.values().clone()).unwrap_or_default(),
        remembered: remembered.values().clone(),
        remembered_name: remembered.path().display().to_string(),
        previous,
    };
    let mut resolved = parameters::resolve(&declared, &sources);
    if !resolved.refused.is_empty() {
        return Err(Failure::Refused(stack.name.clone(), resolved.refused));
    }
    let answers = parameters::ask(session, &stack.name, &resolved.missing).await?;
    let is_secret = |name: &str| {
        let mut declared = declared.iter();
        declared.any(|parameter| parameter.name == name && parameter.is_secret)
    };
    let mut has_new = false;
    for (name, value) in answers {
        if !is_secret(&name) {
            remembered.set(&name, &value);
            has_new = true;
        }
        resolved
            .settings
            .push((name, Setting::Value(value), Origin::Answer));
    }
    if has_new {
        remembered.write()?;
        session
            .terminal
            .note(&format!("remembered in {}", remembered.path().display()));
    }
    for (name, setting, origin) in &resolved.settings {
        let value = match setting {
            Setting::Value(value) if !is_secret(name) => value,
            _ => "…",
        };
        session
            .terminal
            .detail(&format!("  {name} = {value} ({origin:?})"));
    }
    Ok(resolved.settings)
}

/// What a review comes to.
enum Reviewed {
    /// The change set is to be executed.
    Go(Vec<Change>),
    /// Nothing more is to be done.
    Stay(Box<Outcome>),
}

/// Why a change set is not executed.
enum Undone {
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
    fn failure(self, state: &str) -> Failure {
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
async fn review(
    session: &Session,
    stack: &Stacked,
    change_set: &ChangeSet,
    content: Result<Content, Stopped>,
    beginning: &Beginning,
    options: &Options,
) -> Result<Reviewed, Undone> {
    let name = &stack.name;
    let changes = match content? {
        Content::Changes(changes) if !changes.is_empty() || beginning.before.is_none() => changes,
        Content::Refused(reason) => {
            return Err(Undone::Failed(Failure::Input(format!(
                "CloudFormation does not accept the deployment of {name}: {reason}"
            ))));
        }
        Content::Changes(_) | Content::Nothing => {
            let state = change_set.discard(session).await;
            session.terminal.detail(&format!("  {state}"));
            session.terminal.note(&format!("{name}: no changes"));
            return Ok(Reviewed::Stay(Box::new(Outcome::unchanged(beginning))));
        }
    };
    session
        .terminal
        .note(&differences(session, stack, beginning, &changes).await?);
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
    let risks = change::risks(&changes);
    if !risks.is_empty() && !options.yes {
        let question = format!("This {}.\nDeploy {name}?", change::told(&risks));
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

/// What is different, in words. This is the place for a diff property by property: the template as
/// it is deployed comes from [`cloudformation::deployed_template`], the new one is in the stack.
async fn differences(
    _session: &Session,
    stack: &Stacked,
    _beginning: &Beginning,
    changes: &[Change],
) -> Result<String, Stopped> {
    Ok(change::table(&stack.name, changes))
}

/// Executes a change set and follows it to its end.
async fn execute(
    session: &Session,
    stack: &Stacked,
    change_set: &ChangeSet,
    changes: Vec<Change>,
    beginning: &Beginning,
    options: &Options,
) -> Result<Outcome, Failure> {
    let name = &stack.name;
    let known = match cloudformation::newest_event(session, name).await {
        Ok(event) => event.map(|event| event.id),
        Err(stopped) => {
            let state = change_set.discard(session).await;
            return Err(stopped.failure(&state));
        }
    };
    if let Err(error) = change_set.execute(session, options.on_failure).await {
        // Where no answer came, nobody knows whether it was carried out: CloudFormation does.
        let begun = match error.kind() {
            Kind::Network => change_set.has_begun(session).await,
            _ => Some(false),
        };
        match begun {
            Some(true) => {}
            Some(false) => {
                let state = change_set.discard(session).await;
                return Err(error.failure(&state));
            }
            None => {
                return Err(error.failure(&format!(
                    "the deployment of {name} may have begun: `cargo run -- status {name}` shows it"
                )));
            }
        }
    }
    if options.no_wait {
        session.terminal.note(&format!(
            "{name} is being deployed; follow it with `cargo run -- events --follow {name}`"
        ));
        return Ok(Outcome {
            status: "started".to_owned(),
            changes,
            stack: None,
        });
    }
    let mut follower = Follower::new(session, name.as_str(), known, changes.len());
    let settled = follower.until_settled().await;
    let settled = settled.map_err(|stopped| stopped.failure(&going_on(name, beginning)))?;
    match settled {
        Some(after) if is_success(&after.status) => {
            session.terminal.note(&format!(
                "{GOOD}{name} is deployed{GOOD:#} ({})",
                after.status
            ));
            Ok(Outcome {
                status: after.status.clone(),
                changes,
                stack: Some(after),
            })
        }
        after => Err(failed(
            name,
            &follower,
            change_set,
            beginning,
            after.as_ref(),
        )),
    }
}

/// What becomes of a deployment that nobody follows any more.
fn going_on(name: &str, beginning: &Beginning) -> String {
    let cancel = match beginning.before {
        Some(_) => format!("`cargo run -- rollback {name}` cancels it"),
        None => format!("`cargo run -- destroy {name}` takes it back"),
    };
    format!(
        "the deployment of {name} goes on in AWS: `cargo run -- events --follow {name}` follows it, {cancel}"
    )
}

fn failed(
    name: &str,
    follower: &Follower<'_>,
    change_set: &ChangeSet,
    beginning: &Beginning,
    after: Option<&Deployed>,
) -> Failure {
    let what = match beginning.before {
        Some(_) => format!("the update of {name} failed"),
        None => format!("the creation of {name} failed"),
    };
    let status = after.map_or("gone", |after| after.status.as_str());
    let (state, next) = match after.map(Deployed::standing) {
        None | Some(Standing::Absent) => (
            format!("{name} is deleted again"),
            "deploy again when the cause is gone".to_owned(),
        ),
        Some(Standing::Stillborn) => (
            format!("{name} is rolled back ({status}): only its name is left"),
            format!(
                "when the cause is gone, `cargo run -- deploy {name}` deletes what is left and creates it anew"
            ),
        ),
        Some(Standing::Settled) => (
            format!("{name} is rolled back ({status}): it is as it was before"),
            format!("when the cause is gone, `cargo run -- deploy {name}`"),
        ),
        Some(Standing::Halted) => (
            format!("{name} is kept as it is ({status})"),
            format!(
                "look at it; then `cargo run -- deploy {name}` goes on, `cargo run -- rollback {name}` goes back"
            ),
        ),
        Some(Standing::Stuck) => (
            format!("the rollback of {name} failed as well ({status})"),
            format!(
                "`cargo run -- rollback {name}` continues it; with `--skip LOGICAL_ID` without a resource that cannot go back"
            ),
        ),
        Some(_) => (
            format!("{name} is in the state {status}"),
            format!("`cargo run -- status {name}` shows more"),
        ),
    };
    report::failed(
        &what,
        follower.events(),
        Some(change_set.token()),
        &state,
        &next,
    )
}

impl Outcome {
    fn unchanged(beginning: &Beginning) -> Self {
        Self {
            status: "unchanged".to_owned(),
            changes: Vec::new(),
            stack: beginning.before.clone(),
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

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        let (name, value) = pair("Password=a=b").expect("it is a pair");
        assert_eq!((name.as_str(), value.as_str()), ("Password", "a=b"));
        assert!(pair("Password").is_err());
        assert!(pair("=x").is_err());
    }
}
