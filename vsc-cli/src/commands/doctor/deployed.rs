//! The checks that ask AWS, for each stack.

use std::collections::BTreeMap;

use clap::ArgMatches;
use vsc_spec::Diagnostic;

use super::account::Account;
use super::check::Check;
use super::{Section, needs};
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::parameters::{ParameterFile, beside_the_crate};
use crate::aws::runtime;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::cli::Context;

pub(super) fn checks(
    context: &Context<'_>,
    matches: &ArgMatches,
    selected: &[Stack],
) -> Result<Vec<Section>, Failure> {
    let session_options = SessionOptions::of(matches);
    runtime::block_on(async {
        let mut sections = Vec::new();
        for stack in selected {
            sections.push(Section {
                title: stack.name.clone(),
                checks: section(context, &session_options, stack).await?,
            });
        }
        Ok(sections)
    })
}

/// The checks of a stack. All are made, even if one fails.
async fn section(
    context: &Context<'_>,
    session_options: &SessionOptions,
    stack: &Stack,
) -> Result<Vec<Check>, Failure> {
    let mut checks = Vec::new();
    let answers = match ParameterFile::read_if_there(beside_the_crate(&stack.name)) {
        Ok(file) => file.values().clone(),
        Err(failure) => {
            checks.push(Check::bad("parameters", diagnostic(&failure)));
            BTreeMap::new()
        }
    };
    let region = stack.region.as_deref();
    let session = match Session::connect(session_options, region, context.terminal).await {
        Ok(session) => session,
        Err(interrupted @ Failure::Interrupted(_)) => return Err(interrupted),
        Err(failure) => {
            let diagnostic = diagnostic(&failure);
            let has_no_region = diagnostic.message.starts_with("no region");
            let (subject, lacks) = if has_no_region {
                ("region", "a region")
            } else {
                ("connection", "a connection to AWS")
            };
            checks.push(Check::bad(subject, diagnostic));
            checks.push(Check::skipped(
                CREDENTIALS,
                format!("not checked: needs {lacks}"),
            ));
            checks.extend(needs::offline(stack, &answers, lacks));
            return Ok(checks);
        }
    };
    let account = Account {
        session: &session,
        answers: &answers,
    };
    let identity = account.identity().await;
    let is_known = !identity.is_bad();
    checks.push(identity);
    checks.extend(if is_known {
        account.stack_of(stack).await
    } else {
        needs::offline(stack, &answers, "credentials")
    });
    Ok(checks)
}

const CREDENTIALS: &str = "credentials";

/// A failure as a diagnostic.
fn diagnostic(failure: &Failure) -> Diagnostic {
    let text = match failure {
        Failure::Usage(text) | Failure::Input(text) | Failure::Interrupted(text) => text.as_str(),
        _ => "",
    };
    let (message, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (help, note): (Vec<&str>, Vec<&str>) =
        rest.lines().partition(|line| line.starts_with("= help:"));
    let mut diagnostic = Diagnostic::new(message.to_owned());
    if !note.is_empty() {
        diagnostic = diagnostic.note(note.join("\n"));
    }
    if let Some(help) = help.first() {
        diagnostic = diagnostic.help(help.trim_start_matches("= help:").trim().to_owned());
    }
    diagnostic
}
