//! Each action that the roles of the hosts grant is used, and each that is used is granted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::scene::Scene;
use crate::work_folder;

/// Granted to the agent of Systems Manager, which the stand-in for a host does not have: Systems
/// Manager User Guide, "Reference: ec2messages, ssmmessages, and other API operations".
const AGENT: [&str; 5] = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

/// Prints the table over all hosts of the test, and writes it.
pub(crate) fn table(scene: &Scene<'_>) {
    let granted = actions(&scene.cloud.statements());
    let used = uses(&scene.cloud.calls());
    let mut table =
        "| action | granted | used | denied |\n| --- | --- | ---: | ---: |\n".to_owned();
    let all: BTreeSet<&String> = granted.iter().chain(used.keys()).collect();
    let mut wrong = Vec::new();
    for action in all {
        let is_granted = granted.contains(action);
        let (times, denied) = used.get(action).copied().unwrap_or_default();
        let by_the_agent = AGENT.contains(&action.as_str());
        // Writing into a string cannot fail.
        _ = writeln!(
            table,
            "| `{action}` | {} | {} | {denied} |",
            if is_granted { "yes" } else { "no" },
            if by_the_agent {
                "by the agent".to_owned()
            } else {
                times.to_string()
            },
        );
        if !is_granted || (times == 0 && !by_the_agent) {
            wrong.push(action.clone());
        }
    }
    print!("{table}");
    fs::write(work_folder().join("permissions.md"), table).expect("the table can be written");
    assert!(
        granted.len() > AGENT.len(),
        "the roles grant nothing: {granted:?}"
    );
    assert!(
        wrong.is_empty(),
        "granted and not used, or used and not granted: {wrong:?}"
    );
}

fn actions(statements: &[Value]) -> BTreeSet<String> {
    let listed = |value: &Value| match value {
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    };
    let all = statements
        .iter()
        .flat_map(|statement| listed(&statement["Action"]));
    all.filter_map(|action| action.as_str().map(str::to_owned))
        .collect()
}

/// The numbers of allowed and denied calls of each action.
fn uses(calls: &[Value]) -> BTreeMap<String, (u32, u32)> {
    let mut uses = BTreeMap::<String, (u32, u32)>::new();
    for call in calls {
        let action = call["action"].as_str().unwrap_or_default().to_owned();
        let entry = uses.entry(action).or_default();
        if call["allowed"] == true {
            entry.0 += 1;
        } else {
            entry.1 += 1;
        }
    }
    uses
}
