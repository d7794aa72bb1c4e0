//! Rules of services over the properties of one resource that schemas cannot express.
//!
//! Each is a function over a [`View`] of the properties, and cites its source: the equivalent rule of
//! cfn-lint, or the AWS documentation. Unknown values are never errors: a rule looks at literals, and at
//! both branches of `Fn::If`.
//!
//! `check` finds what the service rejects, [`advise`] likely mistakes that it accepts.

mod cloudfront;
mod dynamodb;
mod ecs;
mod lambda;
mod numbers;
mod pipeline;
mod policy;
mod route53;
mod schedule;
mod sns;
mod states;
mod view;

pub use lambda::batch;
pub use view::View;

use super::check::Violation;
use crate::json::Json;

/// A rule: reads the properties, and adds its diagnostics.
type ServiceRule = fn(&View<'_>, &mut Vec<Violation>);

/// Rules about what services reject, by resource type.
const RULES: &[(&str, ServiceRule)] = &[
    ("AWS::CloudFront::Distribution", cloudfront::distribution),
    ("AWS::CodePipeline::Pipeline", pipeline::pipeline),
    ("AWS::DynamoDB::GlobalTable", dynamodb::table),
    ("AWS::DynamoDB::Table", dynamodb::table),
    ("AWS::ECS::TaskDefinition", ecs::task_definition),
    ("AWS::Events::Rule", schedule::rule),
    ("AWS::Lambda::EventSourceMapping", lambda::event_source),
    ("AWS::Lambda::Function", lambda::function),
    ("AWS::Route53::RecordSet", route53::record_set),
    ("AWS::Route53::RecordSetGroup", route53::record_set_group),
    ("AWS::SNS::Subscription", sns::subscription),
    ("AWS::SNS::Topic", sns::topic),
    ("AWS::Scheduler::Schedule", schedule::schedule),
    ("AWS::Serverless::Function", lambda::serverless),
    ("AWS::Serverless::StateMachine", states::serverless),
    ("AWS::StepFunctions::StateMachine", states::state_machine),
    ("AWS::AutoScaling::AutoScalingGroup", numbers::group),
    ("AWS::Backup::BackupPlan", numbers::backup_plan),
    ("AWS::CertificateManager::Certificate", numbers::certificate),
    ("AWS::CloudWatch::Alarm", numbers::alarm),
    ("AWS::GuardDuty::Detector", numbers::detector),
    ("AWS::S3::Bucket", numbers::bucket),
];

/// A likely mistake that a service accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A deprecated runtime.
    Runtime,
    /// An unknown action.
    Action,
    /// A function without what a transform requires.
    Incomplete,
}

/// Rules about likely mistakes that services accept, by resource type.
const ADVICE: &[(Advice, &[&str], ServiceRule)] = &[
    (
        Advice::Runtime,
        &["AWS::Lambda::Function", "AWS::Serverless::Function"],
        lambda::old_runtime,
    ),
    (
        Advice::Incomplete,
        &["AWS::Serverless::Function"],
        lambda::incomplete_serverless,
    ),
    (
        Advice::Action,
        &["AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::User"],
        policy::inline,
    ),
    (
        Advice::Action,
        &[
            "AWS::IAM::GroupPolicy",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Policy",
            "AWS::IAM::RolePolicy",
            "AWS::IAM::UserPolicy",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::QueuePolicy",
        ],
        policy::document,
    ),
];

/// The errors in a resource's properties that the service rejects.
pub(super) fn check<E>(type_name: &str, properties: &Json<E>) -> Vec<Violation> {
    let mut found = Vec::new();
    for (known, rule) in RULES {
        if *known == type_name {
            rule(&View::new(&properties.erase()), &mut found);
        }
    }
    found
}

/// The likely mistakes in a resource's properties that the service accepts.
pub fn advise<E>(type_name: &str, properties: &Json<E>) -> Vec<(Advice, Violation)> {
    let mut all = Vec::new();
    for (advice, types, rule) in ADVICE {
        if types.contains(&type_name) {
            let mut found = Vec::new();
            rule(&View::new(&properties.erase()), &mut found);
            all.extend(found.into_iter().map(|violation| (*advice, violation)));
        }
    }
    all
}
