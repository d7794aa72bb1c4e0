//! Rules of services over the properties of one resource that schemas cannot say.
//!
//! Each is a function over a [`View`] of the properties, and names its source: the rule of cfn-lint
//! that says the same, or the page of AWS. What is known only later is never wrong: a rule looks at
//! what is written out, and at both branches of `Fn::If`.
//!
//! [`check`] finds what the service rejects, [`advise`] what it accepts and what is a mistake nearly
//! always.

mod cloudfront;
mod dynamodb;
mod ecs;
mod lambda;
mod numbers;
mod policy;
mod route53;
mod schedule;
mod states;
mod view;

pub use view::View;

use super::check::Refusal;
use crate::json::Json;

/// A rule: the properties, and where its diagnostics go.
type Rule = fn(&View<'_>, &mut Vec<Refusal>);

/// What services reject, by resource type.
const RULES: &[(&str, Rule)] = &[
    ("AWS::CloudFront::Distribution", cloudfront::distribution),
    ("AWS::DynamoDB::GlobalTable", dynamodb::table),
    ("AWS::DynamoDB::Table", dynamodb::table),
    ("AWS::ECS::TaskDefinition", ecs::task_definition),
    ("AWS::Events::Rule", schedule::rule),
    ("AWS::Lambda::EventSourceMapping", lambda::event_source),
    ("AWS::Lambda::Function", lambda::function),
    ("AWS::Route53::RecordSet", route53::record_set),
    ("AWS::Route53::RecordSetGroup", route53::record_set_group),
    ("AWS::Scheduler::Schedule", schedule::schedule),
    ("AWS::Serverless::Function", lambda::serverless),
    ("AWS::Serverless::StateMachine", states::state_machine),
    ("AWS::StepFunctions::StateMachine", states::state_machine),
    ("AWS::AutoScaling::AutoScalingGroup", numbers::group),
    ("AWS::Backup::BackupPlan", numbers::backup_plan),
    ("AWS::CertificateManager::Certificate", numbers::certificate),
    ("AWS::CloudWatch::Alarm", numbers::alarm),
    ("AWS::GuardDuty::Detector", numbers::detector),
    ("AWS::S3::Bucket", numbers::bucket),
];

/// What is a mistake nearly always, by resource type.
const ADVICE: &[(&str, Rule)] = &[
    ("AWS::Lambda::Function", lambda::old_runtime),
    ("AWS::Serverless::Function", lambda::old_runtime),
    ("AWS::IAM::Group", policy::inline),
    ("AWS::IAM::ManagedPolicy", policy::document),
    ("AWS::IAM::Policy", policy::document),
    ("AWS::IAM::Role", policy::inline),
    ("AWS::IAM::User", policy::inline),
    ("AWS::S3::BucketPolicy", policy::document),
    ("AWS::SNS::TopicPolicy", policy::document),
    ("AWS::SQS::QueuePolicy", policy::document),
];

/// What the service rejects of a resource's properties.
pub(super) fn check<E>(type_name: &str, properties: &Json<E>) -> Vec<Refusal> {
    run(RULES, type_name, properties)
}

/// What the service accepts of a resource's properties although it is a mistake nearly always.
pub fn advise<E>(type_name: &str, properties: &Json<E>) -> Vec<Refusal> {
    run(ADVICE, type_name, properties)
}

fn run<E>(rules: &[(&str, Rule)], type_name: &str, properties: &Json<E>) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (known, rule) in rules {
        if *known == type_name {
            rule(&View::new(&properties.erase()), &mut found);
        }
    }
    found
}
