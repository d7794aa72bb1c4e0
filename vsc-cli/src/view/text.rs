//! Events, in words.

use vsc_spec::suggest;

use super::{homes, size};

use crate::aws::host::InstanceState;
use crate::aws::io::{Access, Consequence, Event, Ran, StackOperation};
use crate::aws::parameters::ParameterDeclaration;
use crate::markup::RUN;
use crate::terminal::style::{DIM, GOOD, TITLE};
use crate::terminal::table::Table;

/// A text, and how urgent it is.
pub(super) enum Text {
    /// Shown with `--verbose`.
    Detail(String),
    /// Shown without `--quiet`.
    Note(String),
    /// Always shown.
    Warning(String),
    /// Always shown, as it is.
    Raw(String),
}

/// The texts of an event; none if a person sees it otherwise.
#[allow(clippy::too_many_lines)] // A text for each event.
pub(super) fn texts(event: &Event<'_>) -> Vec<Text> {
    let text = match event {
        Event::Following { .. }
        | Event::Progress { .. }
        | Event::Tick
        | Event::Stack(_)
        | Event::ConnectionLost { .. }
        | Event::ConnectionBack
        | Event::Followed
        | Event::Changes { .. }
        | Event::AlsoFailed(_)
        | Event::Unanswered { .. } => return Vec::new(),
        Event::Call { operation } => Text::Detail(format!("  {operation}")),
        Event::Waiting { region, operation } => {
            Text::Note(format!("still waiting for AWS in {region} ({operation})"))
        }
        Event::RegionAsked { asked, declared } => Text::Warning(format!(
            "using the region {asked} of `--region`; the stack declares {declared}"
        )),
        Event::RegionDeclared {
            declared,
            variable,
            region,
        } => Text::Note(format!(
            "using the declared region {declared}; {variable} is {region}"
        )),
        Event::Uploading { stack, bucket, key } => Text::Note(format!(
            "uploading the template of {stack} to s3://{bucket}/{key}"
        )),
        Event::BucketCreated { bucket } => Text::Note(format!("created the bucket {bucket}")),
        Event::Deploying {
            stack,
            account,
            region,
            ..
        } => Text::Note(format!(
            "{TITLE}{stack}{TITLE:#}: account {account}, region {region}"
        )),
        Event::ContinuesFailed { stack } => Text::Note(format!(
            "the last deployment of {stack} failed without a rollback: this one continues from there, and is not rolled back either if it fails"
        )),
        Event::DeletingRest { stack } => Text::Note(format!("deleting what is left of {stack}")),
        Event::StacksNotListed { cause } => {
            Text::Detail(format!("cannot list the other stacks: {cause}"))
        }
        Event::Renamed { stack, other, url } => Text::Warning(format!(
            "`{stack}` is a new stack, and `{other}` serves the same domain: {url}\n= help: if the type was renamed, keep its stack: `stack_name = \"{other}\"`"
        )),
        Event::AnswersSaved { file } => Text::Note(format!("answers saved in {file}")),
        Event::AnswersNotSaved { failure } => {
            Text::Warning(format!("the answers are not saved: {failure}"))
        }
        Event::Parameter {
            name,
            value,
            origin,
        } => Text::Detail(format!("  {name} = {} ({origin:?})", value.unwrap_or("…"))),
        Event::TemplateUnreadable { stack, error } => Text::Warning(format!(
            "cannot read the deployed template of {stack}: {error}"
        )),
        Event::LosesHomes(homes) => Text::Warning(homes.describe()),
        Event::NewHost { stack } => Text::Note(format!(
            "a new host of {stack} boots from the newest image beside the present one; once it is ready it stops that one and takes the homes, and all workspaces are down for 2 to 4 minutes"
        )),
        Event::ZoneUnknown { zone, cause } => Text::Warning(format!(
            "cannot look up the zone of the subnet, and keeps {zone}: {cause}"
        )),
        Event::HomesProtected { stack } => Text::Note(format!(
            "the stack policy of {stack} denies replacing or deleting its homes"
        )),
        Event::HomesNotProtected { stack, cause } => Text::Warning(format!(
            "no stack policy protects the homes of {stack}: {cause}"
        )),
        Event::ProtectionLifted { stack } => Text::Note(format!(
            "the stack policy of {stack} allows the loss of its homes for this update"
        )),
        Event::Unprotected { stack } => Text::Warning(format!(
            "no stack policy protects the homes of {stack} until the next `{RUN}deploy {stack}{RUN:#}` sets it"
        )),
        Event::MovingHomes { stack } => Text::Note(format!(
            "waiting until the host of {stack} has moved the homes to their volume"
        )),
        Event::HomesMoved { stack, next } => Text::Note(format!(
            "{GOOD}the homes of {stack} are on their volume{GOOD:#}\nnext: `{RUN}deploy {next}{RUN:#}` brings a host that takes the volume"
        )),
        Event::NoChanges { stack } => Text::Note(format!("{stack}: no changes")),
        Event::ChangeSetCreated { stack, change_set } => Text::Note(format!(
            "{stack}: created the change set {change_set}\nexecute it with `aws cloudformation execute-change-set --stack-name {stack} --change-set-name {change_set}`"
        )),
        Event::ChangeSetDiscarded {
            state,
            is_detail: true,
            ..
        } => Text::Detail(format!("  {state}")),
        Event::ChangeSetDiscarded { stack, state, .. } => Text::Note(format!("{stack}: {state}")),
        Event::Started { stack, operation } => Text::Note(started(stack, *operation)),
        Event::Ended {
            stack,
            operation,
            status,
        } => Text::Note(ended(stack, *operation, status)),
        Event::HostApplies { stack } => Text::Note(format!(
            "the host applies it within minutes; check with `{RUN}status {stack}{RUN:#}`"
        )),
        Event::Ran { stacks, how } => {
            let how = match how {
                Ran::Deployed => "deployed",
                Ran::Deleted => "deleted",
                Ran::Failed => "failed",
                Ran::NotStarted => "not started",
            };
            Text::Note(format!("{how}: {}", suggest::list(stacks.iter().copied())))
        }
        Event::Renames { stack, resources } => {
            let mut table = Table::new(vec!["OLD", "NEW", "RESOURCE"]);
            for (from, to, id) in *resources {
                table.push(vec![(*from).to_owned(), (*to).to_owned(), (*id).to_owned()]);
            }
            let is_moved = resources.iter().any(|(_, to, _)| to.contains('/'));
            let how = if is_moved { "moved" } else { "renamed" };
            Text::Note(format!(
                "{TITLE}{stack}{TITLE:#}: {} {how}, and nothing else is changed\n{}",
                match resources.len() {
                    1 => "1 resource is".to_owned(),
                    many => format!("{many} resources are"),
                },
                table.to_string().trim_end()
            ))
        }
        Event::Refactoring { stack, check } => {
            Text::Note(format!("{stack} is being refactored; check with `{check}`"))
        }
        Event::Refactored { stack } => Text::Note(format!("{GOOD}{stack} is refactored{GOOD:#}")),
        Event::TemplateUnknown { stack, cause } => Text::Detail(format!(
            "cannot read the deployed template of {stack}: {cause}"
        )),
        Event::CharactersLost { stack } => Text::Note(format!(
            "AWS replaces characters outside of ASCII by question marks: compare the strings of {stack} that have one"
        )),
        Event::NotValidated { template } => Text::Note(format!(
            "{template}: too large for a request, and not validated by CloudFormation; `deploy` validates it"
        )),
        Event::Missing {
            stack,
            region,
            then,
        } => Text::Note(format!(
            "{stack} is not deployed in {region}: {}",
            match then {
                Consequence::NothingToDo => "nothing to do",
                Consequence::EverythingIsNew => "everything is new",
            }
        )),
        Event::DetectingDrift { stack } => {
            Text::Note(format!("{stack}: CloudFormation checks each resource"))
        }
        Event::HostIsAlready { stack, state } => {
            Text::Note(format!("the host of {stack} is already {}", state.name()))
        }
        Event::HostIsBetween { stack, state } => {
            Text::Note(format!("the host of {stack} is {}; waiting", state.name()))
        }
        Event::HostSwitches { stack, id, wanted } => Text::Note(format!(
            "the host of {stack} ({id}) is {}",
            if *wanted == InstanceState::Running {
                "starting"
            } else {
                "stopping"
            }
        )),
        Event::HostIs { stack, state } => {
            let then = if *state == InstanceState::Running {
                "; its workspaces are available within a minute"
            } else {
                ""
            };
            Text::Note(format!(
                "{GOOD}the host of {stack} is {}{GOOD:#}{then}",
                state.name()
            ))
        }
        Event::HostUnknown { cause } => Text::Note(format!("cannot describe the host: {cause}")),
        Event::ImageUnknown { cause } => {
            Text::Note(format!("cannot describe the image of the host: {cause}"))
        }
        Event::SnapshotKept {
            stack,
            volume: (id, volume),
            snapshot: Some(snapshot),
            restores,
        } => Text::Note(format!(
            "the snapshot {snapshot} of `{id}` ({volume}) is kept, and costs money until it is deleted\n{}delete it with `aws ec2 delete-snapshot --snapshot-id {snapshot}`",
            match restores {
                Some(selection) => format!(
                    "create {stack} with these homes: `{RUN}deploy {selection} --homes-snapshot {snapshot}{RUN:#}`\n"
                ),
                None => String::new(),
            }
        )),
        Event::SnapshotKept {
            volume: (id, volume),
            snapshot: None,
            ..
        } => Text::Warning(format!(
            "the snapshot of `{id}` is unknown; find it with `aws ec2 describe-snapshots --owner-ids self --filters Name=volume-id,Values={volume}`"
        )),
        Event::StoppingHost { stack, id } => Text::Note(format!(
            "stopping the host of {stack} ({id}), so that its volume is detached cleanly"
        )),
        Event::VersionUnknown { cause } => Text::Note(format!(
            "cannot compare the deployed version with the one that the host applied: {cause}"
        )),
        Event::NotConnected { failure } => {
            let problem = failure.problems().first();
            let why = problem.map_or("", |problem| problem.message.as_str());
            Text::Warning(format!(
                "cannot ask AWS: {why}; pass `--offline` to skip it"
            ))
        }
        Event::NotAnswered { cause } => {
            Text::Warning(format!("{cause}; pass `--offline` to skip AWS"))
        }
        Event::NotCancelled { cause } => Text::Detail(format!(
            "the command on the host is not cancelled, and ends by itself: {cause}"
        )),
        Event::Archiving { home, object } => Text::Note(format!(
            "the host archives {} ({}) and uploads it to {object}",
            homes::whose(home),
            homes::usage(home)
        )),
        Event::Downloading { object } => Text::Note(format!("downloading {object}")),
        Event::HomeExported { home, to, bytes } => Text::Note(format!(
            "{GOOD}exported the home of {home}{GOOD:#} to {to} ({})",
            size::bytes(*bytes)
        )),
        Event::HomePurged { home } => {
            Text::Note(format!("{GOOD}deleted {}{GOOD:#}", homes::whose(home)))
        }
        Event::HomeReturns { user, stack } => Text::Note(format!(
            "{GOOD}the kept home waits for {user}{GOOD:#}: add the user to the team, and run `{RUN}deploy {stack}{RUN:#}`"
        )),
        Event::SnapshotBegun { id } => Text::Note(format!(
            "{id} has begun, and has the homes as they are now; storing it may take minutes"
        )),
        Event::SnapshotTaken { stack, id } => Text::Note(format!(
            "{GOOD}{id} of the homes of {stack} is complete{GOOD:#}"
        )),
        Event::Restoring {
            user,
            from,
            time: Some(time),
        } => Text::Note(format!(
            "copying from the home of {user} in {from}, of {time}"
        )),
        Event::Restoring { from, .. } => Text::Note(format!("copying from {from}")),
        Event::Restored {
            user,
            folder,
            from,
            files,
            bytes,
        } => {
            let files = files.map(|files| match files {
                1 => "1 file".to_owned(),
                files => format!("{files} files"),
            });
            let counts = files.into_iter().chain(bytes.map(size::bytes));
            let counts: Vec<String> = counts.collect();
            let what = match counts.as_slice() {
                [] => "the files".to_owned(),
                counts => counts.join(", "),
            };
            Text::Note(format!(
                "{GOOD}restored {what} from {from}{GOOD:#} into the folder {folder} of the home of {user}"
            ))
        }
        Event::RestoreCleaned { volume } => Text::Note(format!(
            "deleted {volume}, the volume of a restore that did not end"
        )),
        Event::NotReleased { device, cause } => Text::Detail(format!(
            "the host has not released {device} before it is detached: {cause}"
        )),
        Event::RestoreInProgress { volume } => Text::Note(format!(
            "{volume} is the volume of another restore, which is in progress"
        )),
        Event::Patching { stack, release } => Text::Note(format!(
            "the host of {stack} installs {}; this takes some minutes",
            match *release {
                "latest" => "the updates of the latest release".to_owned(),
                release => format!("the updates of release {release}"),
            }
        )),
        Event::Patched {
            stack,
            from,
            to,
            packages,
        } => Text::Note(match packages {
            0 => format!("{GOOD}the host of {stack} is up to date{GOOD:#} ({to})"),
            1 => format!("{GOOD}updated 1 package of the host of {stack}{GOOD:#} ({from} → {to})"),
            packages => format!(
                "{GOOD}updated {packages} packages of the host of {stack}{GOOD:#} ({from} → {to})"
            ),
        }),
        Event::RebootNeeded { stack, reason } => Text::Note(format!(
            "updates of the host of {stack} take effect when it is rebooted{}",
            match reason {
                Some(reason) => format!(": {reason}"),
                None => String::new(),
            }
        )),
        Event::Rebooting { stack } => Text::Note(format!(
            "the host of {stack} reboots; waiting until it responds again"
        )),
        Event::Rebooted { stack } => Text::Note(format!(
            "{GOOD}the host of {stack} has rebooted{GOOD:#}; its workspaces are available within a minute"
        )),
        Event::HostNotified => {
            Text::Note("notified the host; waiting for its confirmation".to_owned())
        }
        Event::PasswordsWait {
            stack,
            users,
            state,
        } => Text::Note(format!(
            "new passwords of {} are in Secrets Manager; the host of {stack} is {}, and applies them at its next start",
            suggest::list(users.iter().copied()),
            state.name()
        )),
        Event::PasswordsInUse {
            stack,
            users,
            are_shown,
        } => {
            let mut texts = vec![Text::Note(format!(
                "{GOOD}new passwords of {} are in use{GOOD:#}: the host has applied them, and the old ones no longer work",
                suggest::list(users.iter().copied())
            ))];
            if !are_shown {
                texts.push(Text::Note(format!(
                    "print them with `{RUN}users {stack} --show-passwords{RUN:#}`"
                )));
            }
            return texts;
        }
        Event::AccessChanged {
            stack,
            user,
            access: Access::Admitted,
            ..
        } => Text::Note(format!("{GOOD}{user} may sign in to {stack} again{GOOD:#}")),
        Event::AccessChanged {
            stack,
            user,
            is_shared,
            ..
        } => {
            let mut texts = vec![
                Text::Note(format!(
                    "{GOOD}{user} is locked out of {stack}{GOOD:#}: all sessions have ended, and open windows are closed"
                )),
                Text::Note(format!(
                    "{user} is still in the declaration, and the workspace runs on: `{RUN}users admit {user}{RUN:#}` lets {user} in again; to off-board {user}, remove the user and run `{RUN}deploy {stack}{RUN:#}`"
                )),
            ];
            if *is_shared {
                texts.push(Text::Warning(format!(
                    "all developers of {stack} share one password, which {user} knows: set another one with `{RUN}deploy {stack} --parameter AppPassword=…{RUN:#}`"
                )));
            }
            return texts;
        }
        Event::Asking { stack, count } => Text::Raw(format!(
            "{TITLE}{stack} needs {}{TITLE:#}\n",
            match count {
                1 => "a value".to_owned(),
                many => format!("{many} values"),
            }
        )),
        Event::AskingFor(parameter) => Text::Raw(format!("\n{}\n", described(parameter))),
        Event::WrongAnswer(diagnostic) => Text::Warning(diagnostic.to_string()),
    };
    vec![text]
}

fn started(stack: &str, operation: StackOperation) -> String {
    let (what, next) = match operation {
        StackOperation::Deployment => ("is being deployed", "follow it with"),
        StackOperation::Rollback => ("is being rolled back", "follow it with"),
        StackOperation::Import => ("is importing them", "follow it with"),
        StackOperation::Deletion => {
            return format!("{stack} is being deleted; check with `{RUN}status {stack}{RUN:#}`");
        }
    };
    format!("{stack} {what}; {next} `{RUN}events --follow {stack}{RUN:#}`")
}

fn ended(stack: &str, operation: StackOperation, status: &str) -> String {
    match operation {
        StackOperation::Deployment => format!("{GOOD}{stack} is deployed{GOOD:#} ({status})"),
        StackOperation::Deletion => format!("{GOOD}{stack} is deleted{GOOD:#}"),
        StackOperation::Rollback => {
            let then = match status {
                "ROLLBACK_COMPLETE" => format!(
                    "only its name is left; create it again with `{RUN}deploy {stack}{RUN:#}`"
                ),
                _ => "it is as it was before".to_owned(),
            };
            format!("{GOOD}{stack} is rolled back{GOOD:#} ({status}): {then}")
        }
        StackOperation::Import => format!(
            "{GOOD}{stack} has imported them{GOOD:#} ({status})\nnext: compare them with their declaration: `{RUN}drift {stack}{RUN:#}`"
        ),
    }
}

/// What a parameter is, and which values are valid.
fn described(parameter: &ParameterDeclaration) -> String {
    let mut text = parameter.description.clone().unwrap_or_default();
    let mut rules = vec![parameter.kind.clone()];
    if !parameter.allowed.is_empty() {
        rules.push(format!("one of {}", parameter.allowed.join(", ")));
    }
    if let (Some(shortest), Some(longest)) = parameter.length {
        rules.push(format!("{shortest} to {longest} characters"));
    }
    if let Some(rule) = parameter.constraint.as_ref().or(parameter.pattern.as_ref()) {
        rules.push(rule.clone());
    }
    if parameter.is_secret {
        rules.push("what you type is not shown and not remembered".to_owned());
    }
    if !text.is_empty() {
        text.push('\n');
    }
    format!("{text}{DIM}{}{DIM:#}", rules.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal;

    #[test]
    fn a_prompt_describes_valid_answers() {
        let plain = |parameter: &ParameterDeclaration| terminal::plain(&described(parameter));
        let mut parameter = ParameterDeclaration {
            name: "Size".to_owned(),
            kind: "String".to_owned(),
            ..ParameterDeclaration::default()
        };
        assert_eq!(plain(&parameter), "String");
        parameter.pattern = Some("[a-z]+".to_owned());
        assert_eq!(plain(&parameter), "String; [a-z]+");
        parameter.description = Some("How large it is".to_owned());
        parameter.allowed = vec!["small".to_owned(), "large".to_owned()];
        parameter.length = (Some(1.0), Some(5.0));
        parameter.constraint = Some("letters".to_owned());
        parameter.is_secret = true;
        assert_eq!(
            plain(&parameter),
            "How large it is\nString; one of small, large; 1 to 5 characters; letters; what you type is not shown and not remembered"
        );
        // Half a range is not shown.
        parameter.length = (None, Some(5.0));
        assert!(!plain(&parameter).contains("characters"));
    }
}
