//! What a deployment does about the homes of a team.

use std::borrow::Cow;

use vsc_core::diff::{Difference, Homes, HomesChange, HomesEffect, HomesHolder, HomesLoss};
use vsc_core::template::write_json;
use vsc_spec::Json;

use super::moved::Moved;
use super::{InitialState, Options};
use crate::assembly::{Host, Stack, Template};
use crate::aws::change::{Action, Change, Replacement};
use crate::aws::host::{self, InstanceState};
use crate::aws::host_report;
use crate::aws::io::Event;
use crate::aws::session::Session;
use crate::failure::{Failure, Hint};

/// What is deployed.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The stack with its template.
    pub(super) stack: Cow<'a, Stack>,
    /// The template that it is compared with; none if nothing is deployed or that cannot be read.
    pub(super) compared: Option<Json>,
    /// Whether it is the first step of a move, and where the host of that is.
    pub(super) moves: Option<Standing>,
}

/// A running host that moves its homes.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) id: String,
    pub(super) zone: Option<String>,
}

/// Decides what is deployed, and rejects what would lose homes by a wrong order.
pub(super) async fn plan<'a>(
    session: &Session,
    stack: &'a Stack,
    initial: &InitialState,
    options: &Options,
) -> Result<Plan<'a>, Failure> {
    check_options(stack, initial, options)?;
    let ordinary = || Plan {
        stack: Cow::Borrowed(stack),
        compared: initial.template.clone(),
        moves: None,
    };
    let Some(before) = &initial.homes else {
        return Ok(ordinary());
    };
    let is_moved = before.holder == HomesHolder::Own;
    let team = stack.team.as_ref();
    let declared = team.and_then(|team| Some((&team.host, team.homes.as_ref()?)));
    if let Some((host, homes)) = declared
        && options.moves_homes
        && !is_moved
    {
        return first_step(session, stack, initial, (host, &homes.volume)).await;
    }
    // A template in a file may be that of a team as well.
    let after = Homes::of(&stack.template.json);
    let takes_homes = after.is_some_and(|after| after.holder == HomesHolder::Own);
    if is_moved || !takes_homes || options.loses_homes || options.dry_run {
        return Ok(ordinary());
    }
    if before.holder == HomesHolder::Moving {
        has_moved(session, stack).await?;
        return Ok(ordinary());
    }
    Err(must_move(stack, before))
}

/// Rejects options that do not fit the stack.
fn check_options(stack: &Stack, initial: &InitialState, options: &Options) -> Result<(), Failure> {
    let (name, selection) = (&stack.name, stack.selection());
    let team = stack.team.as_ref();
    let generation = team.and_then(|team| team.host.generation_parameter.as_ref());
    if options.new_host && generation.is_none() {
        return Err(Failure::usage(format!(
            "`--new-host` replaces the host of a team, and {name} has none"
        )));
    }
    let has_volume = team.is_some_and(|team| team.homes.is_some());
    if !has_volume && (options.moves_homes || options.homes_snapshot.is_some()) {
        let option = if options.moves_homes {
            "--move-homes"
        } else {
            "--homes-snapshot"
        };
        let failure = Failure::usage(format!(
            "`{option}` needs a volume for the homes, and {name} declares none"
        ));
        return Err(match team {
            Some(_) => failure.hint("remove `home_volume = none`"),
            None => failure,
        });
    }
    if options.moves_homes {
        let Some(homes) = &initial.homes else {
            return Err(Failure::input(format!(
                "there are no homes to move: {name} is not deployed as a team"
            ))
            .hint(Hint::run("omit `--move-homes`:", &["deploy", &selection])));
        };
        if homes.holder == HomesHolder::Own {
            return Err(Failure::input(format!(
                "the homes of {name} are on their own volume already"
            ))
            .hint(Hint::run("omit `--move-homes`:", &["deploy", &selection])));
        }
    }
    if let (Some(snapshot), Some(_)) = (&options.homes_snapshot, &initial.before) {
        return Err(match &initial.homes {
            // A deletion keeps no snapshot of these.
            Some(homes) if matches!(homes.holder, HomesHolder::Root | HomesHolder::Moving) => {
                must_move(stack, homes)
            }
            _ => restores_nothing(stack, snapshot),
        });
    }
    Ok(())
}

/// Rejects the restoration of a stack that is there.
fn restores_nothing(stack: &Stack, snapshot: &str) -> Failure {
    let (name, selection) = (&stack.name, stack.selection());
    Failure::input(format!(
        "{name} is deployed: a snapshot cannot take the place of its homes"
    ))
    .note("a volume is filled from a snapshot when it is created, and CloudFormation replaces no volume")
    .hint(Hint::run("restore the home of one developer with", &["restore", "USER"]))
    .hint(
        Hint::run("or all homes: delete the stack with", &["destroy", name])
            .then(", which keeps a snapshot of the present ones"),
    )
    .hint(Hint::run(
        "and create it with",
        &["deploy", &selection, "--homes-snapshot", snapshot],
    ))
}

/// A command that moves the homes. A template in a file does not describe its team, so that the app does it.
fn moving(stack: &Stack, begin: &str) -> Hint {
    if stack.team.is_some() {
        let selection = stack.selection();
        return Hint::run(begin, &["deploy", &selection, "--move-homes"]);
    }
    Hint::run(
        format!("in the folder of its app, {begin}"),
        &["deploy", &stack.name, "--move-homes"],
    )
}

/// Rejects an update that replaces the host before its homes are moved.
fn must_move(stack: &Stack, before: &Homes) -> Failure {
    let (name, selection) = (&stack.name, stack.selection());
    let whose = vsc_core::diff::whose(&before.names());
    let are = if before.users.len() == 1 { "is" } else { "are" };
    let (place, reason, then) = match before.holder {
        HomesHolder::Root => (
            "the root volume of the host",
            "this replaces the host, and they would go with it",
            ": the host stays, and moves them to a volume of their own; the workspaces are down meanwhile",
        ),
        HomesHolder::Moving => (
            "the root volume of the host until it has moved them",
            "this replaces the host, and they may go with it",
            ", which waits for the host",
        ),
        _ => (
            "a volume that CloudFormation attaches to the host",
            "this replaces the host, and the new one could not take the volume",
            ": the host stays, and keeps the volume",
        ),
    };
    Failure::input(format!(
        "{name} cannot be deployed yet: {whose} {are} on {place}"
    ))
    .note(reason)
    .hint(moving(stack, "first run").then(then))
    .hint(Hint::run("then run", &["deploy", &selection]).then(", which brings the new host"))
}

/// Whether the host has moved its homes.
async fn has_moved(session: &Session, stack: &Stack) -> Result<(), Failure> {
    let name = &stack.name;
    let id = host::instance_id(session, stack).await?;
    let not_yet = |reason: String| {
        Failure::input(format!(
            "{name} cannot be deployed yet: its host ({id}) has not moved the homes to their volume"
        ))
        .note(reason)
    };
    let state = host::describe(session, &id)
        .await?
        .map(|instance| instance.state);
    if state != Some(InstanceState::Running) {
        let state = state.unwrap_or(InstanceState::Terminated);
        return Err(not_yet(format!("it is {}", state.name()))
            .hint(Hint::run("start it with", &["start", name]).then(", and deploy again")));
    }
    let again = || moving(stack, "wait for it with").then(", then deploy again");
    match host_report::ask(session, &id).await? {
        Ok(report) if report.homes.as_deref() == Some(ON_VOLUME) => Ok(()),
        Ok(report) => Err(not_yet(match report.failure {
            Some(reason) => format!("a step failed: {reason}"),
            None => "it reports that they are on its root volume".to_owned(),
        })
        .hint(again())),
        Err(reason) => Err(not_yet(format!("it does not respond: {reason}")).hint(again())),
    }
}

/// What a host reports whose homes are on their volume.
const ON_VOLUME: &str = "volume";

/// How long the host may take to move homes, in seconds: it copies them.
const PATIENCE: u64 = 3_600;

/// The time between two questions, in seconds.
const PAUSE: u64 = 10;

/// Waits until the host has moved its homes.
pub(super) async fn wait_until_moved(
    session: &Session,
    stack: &Stack,
    standing: &Standing,
) -> Result<(), Failure> {
    let (name, selection) = (&stack.name, stack.selection());
    session.io.report(Event::MovingHomes { stack: name });
    let mut said = "it has not reported yet".to_owned();
    for _ in 0..PATIENCE / PAUSE {
        let asked = host_report::ask(session, &standing.id).await;
        let asked = asked.map_err(|stopped| stopped.failure(&goes_on(name, &selection)))?;
        match asked {
            Ok(report) if report.homes.as_deref() == Some(ON_VOLUME) => {
                let next = &selection;
                session.io.report(Event::HomesMoved { stack: name, next });
                return Ok(());
            }
            Ok(report) => said = report.failure.unwrap_or(said),
            Err(reason) => said = reason,
        }
        let pause = session.pause(std::time::Duration::from_secs(PAUSE)).await;
        pause.map_err(|stopped| stopped.failure(&goes_on(name, &selection)))?;
    }
    Err(Failure::input(format!(
        "the host of {name} ({}) has not moved the homes within an hour",
        standing.id
    ))
    .note(said)
    .state("the homes are where they were")
    .hint(Hint::run("see why with", &["logs", name]))
    .hint(Hint::run(
        "then wait again with",
        &["deploy", &selection, "--move-homes"],
    )))
}

fn goes_on(name: &str, selection: &str) -> String {
    use crate::markup::RUN;
    format!(
        "the host of {name} goes on moving the homes: wait for it with `{RUN}deploy {selection} --move-homes{RUN:#}`"
    )
}

/// The first step of a move.
async fn first_step<'a>(
    session: &Session,
    stack: &'a Stack,
    initial: &InitialState,
    (declared, volume): (&Host, &str),
) -> Result<Plan<'a>, Failure> {
    let name = &stack.name;
    let Some(deployed) = &initial.template else {
        return Err(Failure::input(format!(
            "cannot move the homes of {name}: its deployed template cannot be read"
        )));
    };
    let id = host::instance_id(session, stack).await?;
    let instance = host::describe(session, &id).await?;
    let Some(instance) = instance.filter(|it| it.state == InstanceState::Running) else {
        return Err(Failure::input(format!(
            "the host of {name} ({id}) is not running: only a running host can move its homes"
        ))
        .hint(Hint::run("start it with", &["start", name]).then(", and run this again")));
    };
    let Some(image) = instance.image else {
        return Err(Failure::input(format!(
            "cannot move the homes of {name}: EC2 does not say which image its host ({id}) has"
        )));
    };
    let moved = Moved {
        deployed,
        host: &declared.logical_id,
        volume,
        instance: &id,
        image: &image,
    };
    let json = moved.template(&stack.template.json).map_err(|missing| {
        Failure::input(format!(
            "cannot move the homes of {name}: its deployed host refers to `{missing}`, which the new template does not have"
        ))
        .hint("first move the homes with the declaration as it is deployed, then change it")
    })?;
    let compared = Some(moved.compared(&stack.template.json));
    let template = Template {
        text: write_json(&json),
        json,
    };
    Ok(Plan {
        stack: Cow::Owned(Stack {
            template,
            ..stack.clone()
        }),
        compared,
        moves: Some(Standing {
            id,
            zone: instance.zone,
        }),
    })
}

/// Rejects a move in which CloudFormation would replace or delete the host or the volume.
pub(super) fn check_move(stack: &Stack, changes: &[Change]) -> Result<(), Failure> {
    let team = stack.team.as_ref();
    let volume = team.and_then(|team| team.homes.as_ref());
    let ids = team.map(|team| team.host.logical_id.as_str());
    let ids = ids
        .into_iter()
        .chain(volume.map(|homes| homes.volume.as_str()));
    for id in ids {
        let change = changes.iter().find(|change| change.logical_id == id);
        let gone = change.filter(|change| {
            change.action == Action::Remove || change.replacement == Replacement::Yes
        });
        if let Some(change) = gone {
            let failure = Failure::input(format!(
                "the homes of {} cannot be moved: CloudFormation would replace `{id}`",
                stack.name
            ));
            let failure = if change.parts.is_empty() {
                failure
            } else {
                let parts = change.parts.iter().map(String::as_str);
                failure.note(format!("because of {}", vsc_spec::suggest::list(parts)))
            };
            return Err(failure.hint(
                "first move the homes with the declaration and the parameters as they are deployed, then change them",
            ));
        }
    }
    Ok(())
}

/// The loss of homes by an update; none if they stay. CloudFormation also knows what no template shows,
/// such as another image behind the same parameter.
pub(super) fn loss(
    stack: &Stack,
    initial: &InitialState,
    changes: &[Change],
    difference: Option<&Difference>,
) -> Option<HomesChange> {
    initial.before.as_ref()?;
    let shown = difference.and_then(|difference| difference.homes.clone());
    if let Some(shown) = shown.filter(|it| matches!(it.effect, HomesEffect::Lost { .. })) {
        return Some(shown);
    }
    let Holders { users, resources } = holders(stack, initial)?;
    resources.into_iter().find_map(|(holder, has_snapshot)| {
        let change = changes.iter().find(|change| change.logical_id == holder)?;
        let loss = match (change.action, change.replacement) {
            (Action::Remove, _) => HomesLoss::Removed,
            (_, Replacement::Yes) => HomesLoss::Replaced,
            (_, Replacement::Maybe) => HomesLoss::MaybeReplaced,
            (_, Replacement::No) => return None,
        };
        Some(HomesChange::lost(users.clone(), holder, loss, has_snapshot))
    })
}

/// The resources that hold homes, or may do so.
struct Holders {
    users: Vec<String>,
    /// The logical ID of each, and whether a snapshot of it is kept.
    resources: Vec<(String, bool)>,
}

fn holders(stack: &Stack, initial: &InitialState) -> Option<Holders> {
    let host = (stack.host_id().to_owned(), false);
    if let Some(homes) = &initial.homes {
        let volume = homes.volume.clone().map(|volume| (volume, true));
        let after = Homes::of(&stack.template.json);
        let is_taken = after.is_some_and(|after| after.holder == HomesHolder::Own);
        // Homes that the host moves may still be on its root volume.
        let may_be_on_root = homes.holder == HomesHolder::Moving && !is_taken;
        let host = (volume.is_none() || may_be_on_root).then_some(host);
        return Some(Holders {
            users: homes.names(),
            resources: host.into_iter().chain(volume).collect(),
        });
    }
    if initial.template.is_some() {
        // It is not deployed as a team.
        return None;
    }
    let team = stack.team.as_ref()?;
    let users = team.users.iter().map(|user| user.name.clone());
    let volume = team.homes.as_ref();
    let volume = volume.map(|homes| (homes.volume.clone(), true));
    Some(Holders {
        users: users.collect(),
        resources: volume.into_iter().chain([host]).collect(),
    })
}

/// Rejects the loss of homes that nobody asked for.
pub(super) fn reject_loss(stack: &Stack, loss: &HomesChange) -> Failure {
    let help = "pass `--lose-homes` if they may be lost";
    let failure = Failure::input(format!(
        "{} cannot be deployed: {}",
        stack.name,
        loss.describe()
    ));
    let has_volume = stack.team.as_ref().is_some_and(|team| team.homes.is_some());
    match loss.effect {
        HomesEffect::Lost {
            loss: HomesLoss::Removed,
            ..
        } if !has_volume => failure
            .hint("keep them: remove `home_volume = none`")
            .hint(help),
        HomesEffect::Lost {
            has_snapshot: false,
            ..
        } if !has_volume => failure
            .hint("keep them: remove `home_volume = none`, then move them with `--move-homes`")
            .hint(help),
        _ => failure.hint(help),
    }
}
