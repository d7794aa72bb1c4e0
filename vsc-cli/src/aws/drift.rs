//! Drift: changes made outside of CloudFormation.

use std::time::Duration;

use aws_sdk_cloudformation::types::{StackDriftDetectionStatus, StackResourceDriftStatus};
use vsc_spec::{Json, Object};

use super::session::{Session, Stopped};
use crate::Failure;

/// A drifted resource.
#[derive(Clone, Debug)]
pub(crate) struct Drifted {
    pub(crate) logical_id: String,
    pub(crate) physical_id: String,
    pub(crate) resource_type: String,
    pub(crate) is_deleted: bool,
    pub(crate) properties: Vec<PropertyDifference>,
}

/// A property whose value differs from the stack's.
#[derive(Clone, Debug)]
pub(crate) struct PropertyDifference {
    /// The path: `/Tags/0/Value`.
    pub(crate) path: String,
    pub(crate) expected: String,
    pub(crate) actual: String,
}

/// The result of a drift detection.
#[derive(Clone, Debug)]
pub(crate) struct Drift {
    pub(crate) drifted: Vec<Drifted>,
    /// The number of resources that are in sync.
    pub(crate) in_sync: usize,
    /// Resources of types without drift detection.
    pub(crate) unchecked: Vec<String>,
    /// The reason why some resources could not be checked.
    pub(crate) reason: Option<String>,
}

/// Detects the drift of a stack, and waits for the result.
pub(crate) async fn detect(session: &Session, stack: &str) -> Result<Drift, Failure> {
    let call = session
        .cloudformation
        .detect_stack_drift()
        .stack_name(stack);
    let started = session.call("DetectStackDrift", call.send()).await?;
    let id = started.stack_drift_detection_id().unwrap_or_default();
    let mut pause = Duration::from_secs(1);
    let reason = loop {
        let call = session
            .cloudformation
            .describe_stack_drift_detection_status()
            .stack_drift_detection_id(id);
        let answer = session
            .call("DescribeStackDriftDetectionStatus", call.send())
            .await?;
        let reason = answer.detection_status_reason().map(str::to_owned);
        match answer
            .detection_status()
            .map(StackDriftDetectionStatus::as_str)
        {
            Some("DETECTION_IN_PROGRESS") => {
                session.pause(pause).await?;
                pause = (pause * 3 / 2).min(Duration::from_secs(5));
            }
            // The detection fails if one resource cannot be checked; the others are reported.
            Some("DETECTION_FAILED") => break reason,
            _ => break None,
        }
    };
    let mut drift = drifts(session, stack).await?;
    drift.reason = reason;
    Ok(drift)
}

async fn drifts(session: &Session, stack: &str) -> Result<Drift, Stopped> {
    let mut drift = Drift {
        drifted: Vec::new(),
        in_sync: 0,
        unchecked: Vec::new(),
        reason: None,
    };
    let mut next: Option<String> = None;
    loop {
        let call = session
            .cloudformation
            .describe_stack_resource_drifts()
            .stack_name(stack)
            .set_next_token(next);
        let answer = session
            .call("DescribeStackResourceDrifts", call.send())
            .await?;
        for resource in answer.stack_resource_drifts() {
            let logical_id = resource
                .logical_resource_id()
                .unwrap_or_default()
                .to_owned();
            let status = resource.stack_resource_drift_status();
            let is_deleted = status == Some(&StackResourceDriftStatus::Deleted);
            match status {
                Some(StackResourceDriftStatus::InSync) => drift.in_sync += 1,
                Some(StackResourceDriftStatus::Modified | StackResourceDriftStatus::Deleted) => {
                    drift.drifted.push(Drifted {
                        logical_id,
                        physical_id: resource
                            .physical_resource_id()
                            .unwrap_or_default()
                            .to_owned(),
                        resource_type: resource.resource_type().unwrap_or_default().to_owned(),
                        is_deleted,
                        properties: resource
                            .property_differences()
                            .iter()
                            .map(|property| PropertyDifference {
                                path: property.property_path().unwrap_or_default().to_owned(),
                                expected: property.expected_value().unwrap_or_default().to_owned(),
                                actual: property.actual_value().unwrap_or_default().to_owned(),
                            })
                            .collect(),
                    });
                }
                _ => drift.unchecked.push(logical_id),
            }
        }
        next = answer.next_token().map(str::to_owned);
        if next.is_none() {
            return Ok(drift);
        }
    }
}

impl Drifted {
    pub(crate) fn to_json(&self) -> Json {
        let properties = self.properties.iter().map(|property| {
            Json::Object(
                Object::new()
                    .with("path", property.path.clone())
                    .with("expected", property.expected.clone())
                    .with("actual", property.actual.clone()),
            )
        });
        Json::Object(
            Object::new()
                .with("logicalId", self.logical_id.clone())
                .with("physicalId", self.physical_id.clone())
                .with("type", self.resource_type.clone())
                .with(
                    "status",
                    if self.is_deleted {
                        "DELETED"
                    } else {
                        "MODIFIED"
                    },
                )
                .with("properties", Json::array(properties)),
        )
    }
}
