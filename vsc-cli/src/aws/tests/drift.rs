use vsc_core::template::write_json;

use crate::aws::drift::{Drifted, detect};
use crate::aws::scripted::{Aws, ID, good};

#[test]
fn a_drift_detection_is_awaited_and_read() {
    let state =
        |state: &str, more: &str| good(format!("<DetectionStatus>{state}</DetectionStatus>{more}"));
    let running = || state("DETECTION_IN_PROGRESS", "");
    let reason = "<DetectionStatusReason>why</DetectionStatusReason>";
    for (end, reported) in [
        (state("DETECTION_COMPLETE", reason), None),
        (state("DETECTION_FAILED", reason), Some("why")),
    ] {
        let resource = |id: &str, status: &str, more: &str| {
            format!(
                "<member><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>p-{id}</PhysicalResourceId><ResourceType>T</ResourceType><StackResourceDriftStatus>{status}</StackResourceDriftStatus>{more}</member>"
            )
        };
        let difference = "<PropertyDifferences><member><PropertyPath>/Tags/0</PropertyPath><ExpectedValue>a</ExpectedValue><ActualValue>b</ActualValue></member></PropertyDifferences>";
        let first = format!(
            "<StackResourceDrifts>{}{}</StackResourceDrifts><NextToken>1</NextToken>",
            resource("Same", "IN_SYNC", ""),
            resource("Changed", "MODIFIED", difference)
        );
        let second = format!(
            "<StackResourceDrifts>{}{}</StackResourceDrifts>",
            resource("Gone", "DELETED", ""),
            resource("Other", "NOT_CHECKED", "")
        );
        let aws = Aws::default()
            .answers(
                "DetectStackDrift",
                [good("<StackDriftDetectionId>d-1</StackDriftDetectionId>")],
            )
            .answers(
                "DescribeStackDriftDetectionStatus",
                [
                    running(),
                    running(),
                    running(),
                    running(),
                    running(),
                    running(),
                    end,
                ],
            )
            .answers("DescribeStackResourceDrifts", [good(first), good(second)]);
        let drift = aws
            .run(async |session| detect(session, ID).await)
            .expect("it ends");
        assert_eq!(drift.reason.as_deref(), reported);
        assert_eq!(
            (drift.in_sync, drift.unchecked.as_slice()),
            (1, &["Other".to_owned()][..])
        );
        let drifted = drift.drifted.iter().map(Drifted::to_json);
        let drifted: Vec<String> = drifted
            .map(|json| write_json(&json).split_whitespace().collect())
            .collect();
        assert_eq!(
            drifted,
            [
                r#"{"logicalId":"Changed","physicalId":"p-Changed","type":"T","status":"MODIFIED","properties":[{"path":"/Tags/0","expected":"a","actual":"b"}]}"#,
                r#"{"logicalId":"Gone","physicalId":"p-Gone","type":"T","status":"DELETED","properties":[]}"#,
            ]
        );
        let call = aws.last("DescribeStackDriftDetectionStatus");
        assert_eq!(call.parameter("StackDriftDetectionId"), Some("d-1"));
        assert_eq!(
            aws.last("DescribeStackResourceDrifts")
                .parameter("NextToken"),
            Some("1")
        );
        let times = aws.times("DescribeStackDriftDetectionStatus");
        let pauses: Vec<u128> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (pause, expected) in pauses
            .iter()
            .zip([1_000, 1_500, 2_250, 3_375, 5_000, 5_000])
        {
            assert!(pause.abs_diff(expected) < 20, "{pauses:?}");
        }
    }
}
