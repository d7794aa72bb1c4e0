//! A team whose developers are set in the environment, so that a test can change it between two
//! deployments without recompiling.

use std::env;
use std::process::ExitCode;

use vsc::cli::{self, Entry};
use vsc::prelude::*;

fn main() -> ExitCode {
    let names = env::var("TEAM").unwrap_or_else(|_| "alice,bob".to_owned());
    let team = names
        .split(',')
        .fold(TeamIde::builder(), |team, name| team.user(name.to_owned()));
    let mut team = team.stack_name("team").domain("code.x.com");
    if let Ok(instance) = env::var("TEAM_INSTANCE") {
        team = team.instance(instance);
    }
    if let Ok(volume) = env::var("TEAM_HOME_VOLUME") {
        team = team.home_volume(volume);
    }
    if let Ok(image) = env::var("TEAM_IMAGE") {
        team = team.image(image);
    }
    let entry = Entry::new(team.declaration());
    let entry = match (env::var_os("TEAM_BACKUPS"), env::var_os("TEAM_OUTPUT")) {
        (Some(_), _) => entry.extend(add_backups),
        (None, Some(_)) => entry.extend(add_output),
        (None, None) => entry,
    };
    cli::run(&[entry])
}

/// Adds an output, and nothing else.
fn add_output(stack: &mut Stack, _: &mut TeamStack<'_>) {
    let text = env::var("TEAM_OUTPUT").unwrap_or_default();
    let text = if text == "1" { "many hands" } else { &text };
    stack.output("Motto", text);
}

/// Adds a bucket that may exist already.
fn add_backups(stack: &mut Stack, _: &mut TeamStack<'_>) {
    resource!(stack, Backups: AWS::S3::Bucket {
        BucketName: "acme-backups",
    } with {
        DeletionPolicy: "Retain",
    });
}
