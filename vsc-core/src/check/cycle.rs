//! Resources that wait for each other.

use std::collections::HashMap;

use vsc_spec::resource::Step;

use vsc_spec::{Finding, Json, Object};

use super::Rule;
use super::report::Report;
use crate::template::{Mention, Relation, mentions_of_resource};

/// What the Serverless Application Model makes other resources of, which nothing waits for: AWS SAM
/// Developer Guide, "Generated CloudFormation resources". A type that is not here becomes so many
/// resources that none of its references is followed.
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

/// Properties of serverless resources that make a role, unless the resource brings one.
const OF_ROLE: [&str; 3] = [
    "AssumeRolePolicyDocument",
    "PermissionsBoundary",
    "Policies",
];

/// Tells each circle of resources once, at the first of them.
pub(super) fn check(template: &Json, report: &mut Report) {
    let resources = template.get("Resources").and_then(Json::as_object);
    let ids: Vec<&str> = resources.into_iter().flat_map(Object::names).collect();
    let places: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let needs: Vec<Vec<usize>> = resources
        .into_iter()
        .flat_map(Object::iter)
        .map(|(_, resource)| {
            let mentions = mentions_of_resource(resource);
            let waits = mentions.iter().filter(|mention| waits(resource, mention));
            let mut needs: Vec<usize> = waits
                .filter_map(|mention| places.get(mention.name.as_str()).copied())
                .collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        })
        .collect();
    let mut told = vec![false; ids.len()];
    for start in 0..ids.len() {
        if told[start] {
            continue;
        }
        if let Some(circle) = shortest(start, &needs) {
            for at in &circle {
                told[*at] = true;
            }
            let names = circle.iter().chain([&start]).map(|at| ids[*at]);
            let way = names.collect::<Vec<_>>().join(" → ");
            let what = match circle.len() {
                1 => format!("`{}` needs itself", ids[start]),
                _ => format!("`{}` waits for itself", ids[start]),
            };
            let finding = Finding::new(what)
                .why(format!("each needs the next: {way}"))
                .help("take one of these references out, for example into a resource of its own");
            report.along(&["Resources", ids[start]], |report| {
                report.name(Rule::Reference, finding);
            });
        }
    }
}

/// Whether a resource itself needs what it mentions.
fn waits(resource: &Json, mention: &Mention) -> bool {
    let is_dependency = matches!(
        mention.relation,
        Relation::Ref | Relation::Attribute | Relation::DependsOn
    );
    is_dependency && !is_elsewhere(resource, mention)
}

/// Whether the mention of a serverless resource ends up in another resource.
fn is_elsewhere(resource: &Json, mention: &Mention) -> bool {
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

/// The shortest way from a resource back to it, without its end.
fn shortest(start: usize, needs: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut before: Vec<Option<usize>> = vec![None; needs.len()];
    let mut wave = vec![start];
    while !wave.is_empty() {
        let mut next = Vec::new();
        for at in wave {
            for need in &needs[at] {
                if *need == start {
                    let mut way = vec![at];
                    let mut at = at;
                    while at != start {
                        at = before[at]?;
                        way.push(at);
                    }
                    way.reverse();
                    return Some(way);
                }
                if before[*need].is_none() {
                    before[*need] = Some(at);
                    next.push(*need);
                }
            }
        }
        wave = next;
    }
    None
}
