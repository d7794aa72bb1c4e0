//! The checks that ask AWS, for each stack.

use std::collections::BTreeMap;

use super::account::Account;
use super::check::Check;
use super::{Section, needs};
use crate::assembly::Stack;
use crate::aws::parameters::{ParameterFile, beside_the_crate};
use crate::aws::runtime;
use crate::failure::{Failure, FailureKind};
use crate::operation::each::Target;

pub(super) fn checks(target: &Target, selected: &[Stack]) -> Result<Vec<Section>, Failure> {
    runtime::block_on(async {
        let mut sections = Vec::new();
        for stack in selected {
            sections.push(Section {
                title: stack.name.clone(),
                checks: section(target, stack).await?,
            });
        }
        Ok(sections)
    })
}

/// The checks of a stack. All are made, even if one fails.
async fn section(target: &Target, stack: &Stack) -> Result<Vec<Check>, Failure> {
    let mut checks = Vec::new();
    let answers = match ParameterFile::read_if_there(beside_the_crate(&stack.name)) {
        Ok(file) => file.values().clone(),
        Err(failure) => {
            checks.extend(bad("parameters", &failure));
            BTreeMap::new()
        }
    };
    let session = match target.connect(stack).await {
        Ok(session) => session,
        Err(failure) if failure.is_interruption() => return Err(failure),
        Err(failure) => {
            let (subject, lacks) = if failure.kind() == FailureKind::Region {
                ("region", "a region")
            } else {
                ("connection", "a connection to AWS")
            };
            checks.extend(bad(subject, &failure));
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

/// The bad outcome of a check: each problem of a failure.
fn bad(subject: &'static str, failure: &Failure) -> impl Iterator<Item = Check> {
    let problems = failure.problems().iter();
    problems.map(move |problem| Check::bad(subject, problem.marked()))
}
