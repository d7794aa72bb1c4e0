use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let trust = json!({ Version: "2012-10-17", Statement: [] });
    let role = resource!(&mut stack, Role: AWS::IAM::Role { AssumeRolePolicyDocument: trust });
    let queue = resource!(&mut stack, Jobs: AWS::SQS::Queue {});
    let bucket = resource!(&mut stack, Backups: AWS::S3::Bucket {});
    resource!(&mut stack, Reader: AWS::Lambda::Function {
        Code: { ZipFile: "x" },
        Handler: "index.handler",
        Runtime: "python3.13",
        Role: &role,
    });
    resource!(&mut stack, Mapping: AWS::Lambda::EventSourceMapping {
        FunctionName: "reader",
        EventSourceArn: &queue,
    });
    resource!(&mut stack, Alarm: AWS::CloudWatch::Alarm {
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
        MetricName: "Errors",
        Namespace: "AWS/Lambda",
        Period: 60,
        Statistic: "Sum",
        Threshold: 1,
        AlarmActions: [&bucket],
    });
    resource!(&mut stack, Policy: AWS::SQS::QueuePolicy {
        Queues: [queue.arn()],
        PolicyDocument: trust_of(&queue),
    });
}

fn trust_of<T>(_: T) -> vsc::Json {
    json!({})
}
