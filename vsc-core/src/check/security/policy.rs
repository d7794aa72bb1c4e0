//! Policies: who may do what.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::{Subject, items};

/// Properties that hold a policy about what a role, user or group may do.
const IDENTITY: [&str; 2] = ["PolicyDocument", "Policies"];

/// Types whose policy says who may use a resource, and the property that it stands in.
const RESOURCE: [(&str, &str); 10] = [
    ("AWS::ECR::Repository", "RepositoryPolicyText"),
    ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
    ("AWS::KMS::Key", "KeyPolicy"),
    ("AWS::Lambda::Permission", "Principal"),
    ("AWS::OpenSearchService::Domain", "AccessPolicies"),
    ("AWS::S3::BucketPolicy", "PolicyDocument"),
    ("AWS::SNS::TopicPolicy", "PolicyDocument"),
    ("AWS::SQS::QueuePolicy", "PolicyDocument"),
    ("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy"),
    ("AWS::Elasticsearch::Domain", "AccessPolicies"),
];

pub(super) fn check(subject: Subject<'_>, report: &mut Report) {
    let properties = subject.properties;
    match subject.type_name {
        "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => {
            let policies = properties.get(IDENTITY[1]).and_then(Json::as_array);
            for (index, policy) in policies.into_iter().flatten().enumerate() {
                if let Some(document) = policy.get(IDENTITY[0]) {
                    report.at(IDENTITY[1], |report| {
                        report.item(index, |report| {
                            report.at(IDENTITY[0], |report| {
                                statements(document, report, permissions);
                            });
                        });
                    });
                }
            }
        }
        "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" => {
            if let Some(document) = properties.get(IDENTITY[0]) {
                report.at(IDENTITY[0], |report| {
                    statements(document, report, permissions);
                });
            }
        }
        _ => {}
    }
    for (type_name, name) in RESOURCE {
        if type_name != subject.type_name {
            continue;
        }
        if let Some(value) = properties.get(name) {
            report.at(name, |report| {
                if type_name == "AWS::Lambda::Permission" {
                    invoker(properties, value, report);
                } else {
                    statements(value, report, principals);
                }
            });
        }
    }
}

/// Judges the statements of a policy that allow something.
fn statements(document: &Json, report: &mut Report, judge: fn(&Json, &mut Report)) {
    let Some(statement) = document.get("Statement") else {
        return;
    };
    let is_list = statement.as_array().is_some();
    for (index, statement) in items(statement).iter().enumerate() {
        if statement.get("Effect").and_then(Json::as_str) != Some("Allow") {
            continue;
        }
        report.at("Statement", |report| {
            if is_list {
                report.item(index, |report| judge(statement, report));
            } else {
                judge(statement, report);
            }
        });
    }
}

/// What a role, user or group may do.
fn permissions(statement: &Json, report: &mut Report) {
    let Some(actions) = statement.get("Action") else {
        return;
    };
    let texts: Vec<&str> = items(actions).iter().filter_map(Json::as_str).collect();
    let narrowed = statement.get("Condition").is_some();
    if texts.contains(&"*") || texts.contains(&"*:*") {
        if !narrowed {
            let finding = Finding::new("all actions of all services are allowed")
                .why("whoever gets hold of it owns the account")
                .help("name the actions that are needed");
            report.at("Action", |report| report.value(Rule::AllActions, finding));
        }
        return;
    }
    let everywhere = statement.get("Resource").is_some_and(|resource| {
        items(resource)
            .iter()
            .any(|item| item.as_str() == Some("*"))
    });
    let wide = texts.iter().find(|action| {
        action.ends_with(":*") || ["iam:PassRole", "sts:AssumeRole"].contains(*action)
    });
    if let Some(action) = wide.filter(|_| everywhere && !narrowed) {
        let why = match *action {
            "iam:PassRole" => "a role with more rights can be handed to a service, and used there",
            "sts:AssumeRole" => "every role that trusts the account can be taken on",
            _ => "it reaches what other stacks and teams keep there",
        };
        let finding = Finding::new(format!("`{action}` is allowed on all resources"))
            .why(why)
            .help("name the resources, or the actions that need no resource");
        report.at("Resource", |report| {
            report.value(Rule::AllResources, finding);
        });
    }
}

/// Who may use a resource.
fn principals(statement: &Json, report: &mut Report) {
    let Some(principal) = statement.get("Principal") else {
        return;
    };
    let anybody = |value: &Json| items(value).iter().any(|item| item.as_str() == Some("*"));
    let is_public = anybody(principal) || principal.get("AWS").is_some_and(anybody);
    if is_public && statement.get("Condition").is_none() {
        let finding = Finding::new("everybody in the world is allowed")
            .why("the principal `*` is every account and everybody without one")
            .help("name the accounts, or narrow it by a `Condition` such as `aws:SourceArn`");
        report.at("Principal", |report| {
            report.value(Rule::PublicPolicy, finding);
        });
    }
}

/// Who may call a function.
fn invoker(properties: &Json, principal: &Json, report: &mut Report) {
    let narrowed = [
        "SourceArn",
        "SourceAccount",
        "PrincipalOrgID",
        "EventSourceToken",
        "FunctionUrlAuthType",
    ]
    .iter()
    .any(|name| properties.get(name).is_some());
    if principal.as_str() == Some("*") && !narrowed {
        let finding = Finding::new("everybody in the world may call the function")
            .why("the principal `*` is every account")
            .help("name the service or the account, and add `SourceArn`");
        report.value(Rule::PublicPolicy, finding);
    }
}
