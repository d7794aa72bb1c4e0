//! An alarm for what the host cannot mend itself: a certificate or a password that it cannot renew.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::statement::Statement;
use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::intrinsic::sub;

/// The namespace of the host's metrics. Its role writes into no other.
pub(super) const NAMESPACE: &str = "vsc";

/// How many of the host's daily tasks failed.
pub(super) const METRIC: &str = "Failures";

/// The dimension by which stacks differ, whose value is the name of the stack.
pub(super) const DIMENSION: &str = "Stack";

/// The alarm goes off where a daily task of the host has failed. Whoever is to hear of it is added by
/// an extension of the stack; a host that is stopped alarms nobody.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde) {
    let dimension = Json::object([
        ("Name", Json::from(DIMENSION)),
        ("Value", sub("${AWS::StackName}").into_json()),
    ]);
    resource!(stack, HostAlarm: AWS::CloudWatch::Alarm {
        AlarmDescription: format!(
            "The host of {} cannot renew its certificate or a password: `status` says why",
            ide.stack_name().as_str()
        ),
        Namespace: NAMESPACE,
        MetricName: METRIC,
        Dimensions: [dimension],
        Statistic: "Maximum",
        // A task runs once a day.
        Period: 86_400,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
        Tags: tags::name_alone(ide, "host"),
    });
}

/// What the role of the host needs for it. `PutMetricData` has no resources, only the namespace:
/// Amazon CloudWatch User Guide, "Using condition keys to limit access to CloudWatch namespaces".
pub(super) fn statement() -> Statement {
    Statement::allow(["cloudwatch:PutMetricData"], ["*"])
        .sid("CountFailures")
        .when("StringEquals", "cloudwatch:namespace", NAMESPACE)
}
