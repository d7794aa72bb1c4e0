//! Questions, in words.

use std::fmt::Write as _;

use vsc_spec::suggest;
use vsc_spec::visible::one_line;

use super::{change, homes};
use crate::aws::io::{BucketUse, Kept, Question};
use crate::aws::stack_state;
use crate::terminal::style::TITLE;

/// The question for a person.
#[allow(clippy::too_many_lines)] // A text for each question.
pub(crate) fn text(question: &Question) -> String {
    match question {
        Question::Deploy {
            stack,
            risks,
            homes,
        } => {
            let homes = homes
                .as_ref()
                .map(|homes| format!("\n{}.", homes.describe()));
            format!(
                "This {}.{}\nDeploy {stack}?",
                change::risks(risks),
                homes.unwrap_or_default()
            )
        }
        Question::Wait {
            stack,
            status,
            since,
        } => format!(
            "{stack} {} ({status}; its last event was at {}). Wait for it to finish?",
            stack_state::activity(status),
            since.as_deref().unwrap_or("an unknown time")
        ),
        Question::Replace { stack, status } => format!(
            "the creation of {stack} failed ({status}), and it can only be deleted. Delete it and create it again?"
        ),
        Question::CreateBucket {
            stack,
            bucket,
            usage: BucketUse::Template,
        } => format!(
            "The template of {stack} is too large for a request and must be uploaded to S3. Create the bucket {bucket}?"
        ),
        Question::CreateBucket {
            bucket,
            usage: BucketUse::Archive,
            ..
        } => format!(
            "The archive leaves the host through S3, and is deleted there once it is downloaded. Create the bucket {bucket}?"
        ),
        Question::Delete {
            stack,
            account,
            region,
            resources,
            kept,
            has_homes,
        } => {
            let mut text = format!(
                "{TITLE}{stack}{TITLE:#} in account {account} in {region} will be deleted, with {}.",
                match resources {
                    Some(count) => format!("its {count} resources"),
                    None => "all its resources".to_owned(),
                }
            );
            for (id, kept) in kept {
                let how = match kept {
                    Kept::Snapshot => "a snapshot of it is kept",
                    Kept::Itself => "it is kept",
                };
                // Writing into a string cannot fail.
                _ = write!(text, "\n  {}: {how}", one_line(id));
            }
            if *has_homes {
                text.push_str(
                    "\nThe homes of the developers are on its root volume and will be deleted.",
                );
            }
            text + "\nDelete it?"
        }
        Question::CancelUpdate { stack } => {
            format!("Cancel the update of {stack} and roll it back?")
        }
        Question::RollBackCreation { stack } => format!(
            "The creation of {stack} failed without a rollback. Delete the resources that it created?"
        ),
        Question::RollBackUpdate { stack } => {
            format!("Roll {stack} back to its state before the failed update?")
        }
        Question::ContinueRollback { stack } => format!("Continue the rollback of {stack}?"),
        Question::Refactor { stack } => format!("Refactor {stack}?"),
        Question::Import { stack } => format!("Import this into {stack}?"),
        Question::Stop { stack, users } => {
            let whose = match users {
                1 => "developer is",
                _ => "developers are",
            };
            format!(
                "Stop the host of {stack}? {users} {whose} locked out until it is started again, and unsaved work is lost."
            )
        }
        Question::Renew { users } => format!(
            "Give {} new passwords, and print them on this screen?",
            suggest::list(users.iter().map(String::as_str))
        ),
        Question::Print { users } => {
            let whose = match users.as_slice() {
                [only] => format!("the password of {only}"),
                all => format!("the passwords of {} developers", all.len()),
            };
            format!("Print {whose} on this screen?")
        }
        Question::Purge { stack, home } => format!(
            "{} {}, and will be deleted from the host of {stack}: {}. Only snapshots of earlier days still have it.",
            homes::whose(home),
            homes::state(home),
            homes::usage(home)
        ),
        Question::Patch {
            stack,
            release,
            users,
        } => {
            let release = match release.as_str() {
                "latest" => "the latest release".to_owned(),
                release => format!("release {release}"),
            };
            format!(
                "Update the host of {stack} to {release} of Amazon Linux? If Docker is updated, the workspaces of {} restart, and unsaved work is lost.",
                developers(*users)
            )
        }
        Question::Reboot { stack, users } => format!(
            "Reboot the host of {stack} now? {} locked out for some minutes, and unsaved work is lost.",
            match users {
                1 => "1 developer is".to_owned(),
                users => format!("{users} developers are"),
            }
        ),
    }
}

/// A number of developers, in words.
fn developers(users: usize) -> String {
    match users {
        1 => "1 developer".to_owned(),
        users => format!("{users} developers"),
    }
}
