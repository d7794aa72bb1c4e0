//! `doctor`: checks everything that a deployment needs at once.

#[cfg(feature = "aws")]
mod account;
mod calendar;
mod check;
#[cfg(feature = "aws")]
mod deployed;
#[cfg(feature = "aws")]
mod needs;
#[cfg(feature = "aws")]
mod network;
#[cfg(feature = "aws")]
mod private_images;
#[cfg(feature = "aws")]
mod quotas;
#[cfg(feature = "aws")]
mod ranges;
mod toolchain;
#[cfg(not(feature = "aws"))]
mod without_aws;

use std::fmt::Write as _;

use clap::{ArgMatches, Command};
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::cli::{Context, aws, global, stacks};
use crate::terminal::style::TITLE;
use check::Check;

#[cfg(feature = "aws")]
use deployed::checks;
#[cfg(not(feature = "aws"))]
use without_aws::checks;

pub(crate) fn command() -> Command {
    Command::new("doctor")
        .about("Check that everything needed for a deployment is in place")
        .long_about(
            "Check that everything needed for a deployment is in place: the toolchain, the credentials, the hosted zone, the parameters of the certificate, the \
             network and the quotas. Changes nothing; exits with 1 if a deployment would fail.",
        )
        .args(stacks::arguments())
        .arg(global::json())
        .args(aws::arguments())
        .after_help("Examples:\n  cargo run -- doctor\n  cargo run -- doctor --profile production")
}

/// The checks of one stack, or of all of them.
struct Section {
    title: String,
    checks: Vec<Check>,
}

pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected(matches)?;
    let mut sections = vec![Section {
        title: "this machine".to_owned(),
        checks: toolchain::checks(),
    }];
    for stack in &selected {
        let checks = stack
            .team
            .as_ref()
            .map(calendar::checks)
            .unwrap_or_default();
        if !checks.is_empty() {
            sections.push(Section {
                title: format!("the declaration of {}", stack.name),
                checks,
            });
        }
    }
    sections.extend(checks(context, matches, &selected)?);
    if matches.get_flag("json") {
        let sections = sections.iter().map(|section| {
            let checks = Json::array(section.checks.iter().map(Check::to_json));
            let object = Object::new().with("section", section.title.clone());
            Json::Object(object.with("checks", checks))
        });
        context.terminal.print_json(&Json::array(sections))?;
    } else {
        let mut text = String::new();
        for section in &sections {
            // Writing into a string cannot fail.
            _ = writeln!(text, "{TITLE}{}{TITLE:#}", section.title);
            text.extend(section.checks.iter().map(Check::text));
        }
        context.terminal.print(&text)?;
    }
    let bad = sections
        .iter()
        .flat_map(|section| &section.checks)
        .filter(|check| check.is_bad());
    match bad.count() {
        0 => Ok(()),
        count => {
            let what = if count == 1 { "problem" } else { "problems" };
            context
                .terminal
                .note(&format!("{count} {what} to solve before a deployment"));
            Err(Failure::reported())
        }
    }
}
