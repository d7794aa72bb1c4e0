//! Policy statements.

use vsc_spec::Json;

use super::{Subject, items};
use crate::check::lint::{all_resources, public_policy, wildcard_action};
use crate::check::report::Report;

/// Properties with identity-based policies.
const IDENTITY: [&str; 2] = ["PolicyDocument", "Policies"];

/// Types with resource-based policies, and the property of the policy.
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
                    public_policy::check_permission(properties, value, report);
                } else {
                    statements(value, report, public_policy::check);
                }
            });
        }
    }
}

/// Checks the `Allow` statements of a policy.
fn statements(document: &Json, report: &mut Report, check: fn(&Json, &mut Report)) {
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
                report.item(index, |report| check(statement, report));
            } else {
                check(statement, report);
            }
        });
    }
}

/// The permissions of a statement of an identity-based policy.
pub(in crate::check) struct Permissions<'a> {
    pub(in crate::check) actions: Vec<&'a str>,
    /// Whether it has a `Condition`.
    pub(in crate::check) is_conditional: bool,
    /// Whether it applies to all resources.
    pub(in crate::check) is_everywhere: bool,
}

impl<'a> Permissions<'a> {
    fn of(statement: &'a Json) -> Option<Self> {
        let actions = statement.get("Action")?;
        let resources = statement.get("Resource").map(items).unwrap_or_default();
        Some(Self {
            actions: items(actions).iter().filter_map(Json::as_str).collect(),
            is_conditional: statement.get("Condition").is_some(),
            is_everywhere: resources.iter().any(|item| item.as_str() == Some("*")),
        })
    }

    /// Whether all actions of all services are allowed.
    pub(in crate::check) fn are_all(&self) -> bool {
        self.actions.contains(&"*") || self.actions.contains(&"*:*")
    }
}

fn permissions(statement: &Json, report: &mut Report) {
    if let Some(permissions) = Permissions::of(statement) {
        wildcard_action::check(&permissions, report);
        all_resources::check(&permissions, report);
    }
}
