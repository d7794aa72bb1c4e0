//! An alarm for failures that the host cannot fix itself: a certificate or password that it cannot renew.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::statement::Statement;
use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::intrinsic::sub;

/// The namespace of the host's metrics. Its role may write only to this one.
pub(super) const NAMESPACE: &str = "vsc";

/// The number of failed daily tasks.
pub(super) const METRIC: &str = "Failures";

/// The dimension that distinguishes stacks; its value is the stack name.
pub(super) const DIMENSION: &str = "Stack";

/// Adds an alarm for failed daily tasks of the host. An extension of the stack may add actions; a
/// stopped host raises no alarm.
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

/// The permission for the metrics. `PutMetricData` supports no resources, only a namespace condition:
/// Amazon CloudWatch User Guide, "Using condition keys to limit access to CloudWatch namespaces".
pub(super) fn statement() -> Statement {
    Statement::allow(["cloudwatch:PutMetricData"], ["*"])
        .sid("CountFailures")
        .when("StringEquals", "cloudwatch:namespace", NAMESPACE)
}
