//! Circular dependencies of resources.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use vsc_spec::resource::Step;

use vsc_spec::{Json, Object};

use super::lint;
use super::report::Report;
use crate::template::{Mention, Relation, mentions_of_resource};

/// Properties from which the Serverless Application Model generates other resources, on which nothing
/// depends: AWS SAM Developer Guide, "Generated CloudFormation resources". References of a type that is
/// not listed are not followed, since it becomes many resources.
const GENERATED: [(&str, &[&str]); 6] = [
    (
        "AWS::Serverless::Function",
        &[
            "DeploymentPreference",
            "EventInvokeConfig",
            "Events",
            "FunctionUrlConfig",
            "ProvisionedConcurrencyConfig",
            "VersionDescription",
        ],
    ),
    (
        "AWS::Serverless::Api",
        &[
            "AccessLogSetting",
            "CanarySetting",
            "Domain",
            "MethodSettings",
            "StageName",
            "Variables",
        ],
    ),
    (
        "AWS::Serverless::HttpApi",
        &[
            "AccessLogSettings",
            "DefaultRouteSettings",
            "Domain",
            "RouteSettings",
            "StageName",
            "StageVariables",
        ],
    ),
    (
        "AWS::Serverless::StateMachine",
        &["DeploymentPreference", "Events"],
    ),
    ("AWS::Serverless::Application", &[]),
    ("AWS::Serverless::LayerVersion", &[]),
];

/// Properties of serverless resources that generate a role, unless the resource has one.
const OF_ROLE: [&str; 3] = [
    "AssumeRolePolicyDocument",
    "PermissionsBoundary",
    "Policies",
];

/// Reports each circular dependency once, at its first resource.
pub(super) fn check(template: &Json, report: &mut Report) {
    let resources = template.get("Resources").and_then(Json::as_object);
    let ids: Vec<&str> = resources.into_iter().flat_map(Object::names).collect();
    let locations: HashMap<&str, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let needs: Vec<Vec<usize>> = resources
        .into_iter()
        .flat_map(Object::iter)
        .map(|(_, resource)| {
            let mentions = mentions_of_resource(resource);
            let waits = mentions
                .iter()
                .filter(|mention| is_dependency(resource, mention));
            let mut needs: Vec<usize> = waits
                .filter_map(|mention| locations.get(mention.name.as_str()).copied())
                .collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        })
        .collect();
    for cycle in cycles(&needs) {
        let names: Vec<&str> = cycle.iter().map(|at| ids[*at]).collect();
        let diagnostic = lint::reference::circular_resources(&names);
        report.along(&["Resources", names[0]], |report| {
            report.name(lint::REFERENCE, diagnostic);
        });
    }
}

/// The most cycles that are reported of a strongly connected component.
const MOST_CYCLES: usize = 20;

/// The shortest cycle through each resource that is not in a reported one already. `needs` are the
/// indices of the dependencies of each.
pub(super) fn cycles(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let components = components(needs);
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut seen = vec![false; needs.len()];
    let mut cycles = Vec::new();
    for start in 0..needs.len() {
        let count = counts.entry(components[start]).or_default();
        if seen[start] || *count == MOST_CYCLES {
            continue;
        }
        if let Some(cycle) = shortest(start, needs, &components) {
            *count += 1;
            for at in &cycle {
                seen[*at] = true;
            }
            cycles.push(cycle);
        }
    }
    cycles
}

/// The strongly connected component of each, by Tarjan's algorithm, in time that is linear in the
/// number of edges. It uses an explicit stack: recursion would overflow on a chain of thousands.
fn components(needs: &[Vec<usize>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let count = needs.len();
    let (mut index, mut low) = (vec![NONE; count], vec![NONE; count]);
    let mut component = vec![NONE; count];
    let (mut open, mut next, mut found) = (Vec::new(), 0, 0);
    for start in 0..count {
        let mut path = vec![(start, 0)];
        while let Some((at, step)) = path.pop() {
            if index[at] != NONE && step == 0 {
                continue;
            }
            if step == 0 {
                (index[at], low[at]) = (next, next);
                next += 1;
                open.push(at);
            } else if let Some(child) = needs[at]
                .get(step - 1)
                .filter(|child| component[**child] == NONE)
            {
                low[at] = low[at].min(low[*child]);
            }
            if let Some(child) = needs[at].get(step).copied() {
                path.push((at, step + 1));
                if index[child] == NONE {
                    path.push((child, 0));
                }
            } else if low[at] == index[at] {
                while let Some(member) = open.pop() {
                    component[member] = found;
                    if member == at {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

/// Whether a mention is a dependency of the resource itself.
fn is_dependency(resource: &Json, mention: &Mention) -> bool {
    let is_dependency = matches!(
        mention.relation,
        Relation::Ref | Relation::Attribute | Relation::DependsOn
    );
    is_dependency && !is_of_generated(resource, mention)
}

/// Whether the mention of a serverless resource becomes part of a generated resource.
fn is_of_generated(resource: &Json, mention: &Mention) -> bool {
    let type_name = resource.get("Type").and_then(Json::as_str);
    let Some(type_name) = type_name.filter(|name| name.starts_with("AWS::Serverless::")) else {
        return false;
    };
    if mention.relation == Relation::DependsOn {
        return false;
    }
    let known = GENERATED.iter().find(|(known, _)| *known == type_name);
    let Some((_, generated)) = known else {
        return true;
    };
    match mention.path.steps() {
        [Step::Key(properties), Step::Key(name), ..] if properties == "Properties" => {
            let has_role = || resource.get("Properties").and_then(|all| all.get("Role"));
            generated.contains(&name.as_ref())
                || (OF_ROLE.contains(&name.as_ref()) && has_role().is_some())
        }
        [Step::Key(attribute), ..] => attribute == "Connectors",
        _ => false,
    }
}

/// The shortest path from a resource back to itself, without its end.
fn shortest(start: usize, needs: &[Vec<usize>], components: &[usize]) -> Option<Vec<usize>> {
    let mut before: HashMap<usize, usize> = HashMap::new();
    let mut wave = vec![start];
    while !wave.is_empty() {
        let mut next = Vec::new();
        for at in wave {
            // There is no path back from another component.
            let needs = needs[at].iter().copied();
            for need in needs.filter(|need| components[*need] == components[start]) {
                if need == start {
                    let mut way = vec![at];
                    let mut at = at;
                    while at != start {
                        at = *before.get(&at)?;
                        way.push(at);
                    }
                    way.reverse();
                    return Some(way);
                }
                if let Entry::Vacant(entry) = before.entry(need) {
                    entry.insert(at);
                    next.push(need);
                }
            }
        }
        wave = next;
    }
    None
}
