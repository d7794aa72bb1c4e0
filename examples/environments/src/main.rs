//! Stacks without a team: a queue and the function that reads it, for two environments.
//!
//! `cargo run -p environments -- diff --template old.yaml staging-orders` and every other command
//! work on them as on the stack of a team.

use std::process::ExitCode;

use vsc::cli::{self, Entry};
use vsc::prelude::*;

/// What differs between the environments.
struct Environment {
    name: &'static str,
    keep_days: u32,
    alarm_topic: Option<&'static str>,
}

const STAGING: Environment = Environment {
    name: "staging",
    keep_days: 1,
    alarm_topic: None,
};
const PRODUCTION: Environment = Environment {
    name: "production",
    keep_days: 14,
    alarm_topic: Some("arn:aws:sns:eu-west-1:123456789012:on-call"),
};

fn orders(stack: &mut Stack, environment: &Environment) {
    let queue = resource!(stack, Orders: AWS::SQS::Queue {
        QueueName: format!("{}-orders", environment.name),
        MessageRetentionPeriod: environment.keep_days * 24 * 60 * 60,
        VisibilityTimeout: 60,
    });
    if let Some(topic) = environment.alarm_topic {
        resource!(stack, TooOld: AWS::CloudWatch::Alarm {
            Namespace: "AWS/SQS",
            MetricName: "ApproximateAgeOfOldestMessage",
            Dimensions: [{ Name: "QueueName", Value: queue.queue_name() }],
            Statistic: "Maximum",
            Period: 300,
            EvaluationPeriods: 1,
            ComparisonOperator: "GreaterThanThreshold",
            Threshold: 3600,
            AlarmActions: [topic],
        });
    }
    stack.output("OrdersUrl", &queue);
}

fn main() -> ExitCode {
    let entry = |environment: &'static Environment| {
        Entry::of_stack(format!("{}-orders", environment.name), |stack| {
            orders(stack, environment);
        })
    };
    cli::run(&[entry(&STAGING), entry(&PRODUCTION)])
}
