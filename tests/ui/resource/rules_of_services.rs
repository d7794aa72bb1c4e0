use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("jobs");
    resource!(stack, Record: AWS::Route53::RecordSet {
        Name: "a.example.com.",
        HostedZoneId: "Z0123456789ABCDEFGHIJ",
        Type: "A",
        TTL: "60",
        ResourceRecords: ["a.example.org", "192.0.2.1"],
    });
    resource!(stack, Worker: AWS::Lambda::Function {
        Role: "arn:aws:iam::123456789012:role/worker",
        Runtime: "python3.6",
        Code: { ZipFile: "def handler(event, context): pass" },
        Environment: { Variables: { "AWS_REGION": "eu-west-1" } },
    });
    resource!(stack, Table: AWS::DynamoDB::Table {
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
    });
    resource!(stack, Hourly: AWS::Events::Rule {
        ScheduleExpression: "rate(1 hours)",
    });
    resource!(stack, Task: AWS::ECS::TaskDefinition {
        RequiresCompatibilities: ["FARGATE"],
        NetworkMode: "awsvpc",
        Cpu: "256",
        Memory: "4096",
        ContainerDefinitions: [{ Name: "app", Image: "nginx" }],
    });
    resource!(stack, Machine: AWS::StepFunctions::StateMachine {
        RoleArn: "arn:aws:iam::123456789012:role/machine",
        Definition: {
            StartAt: "Begin",
            States: { Begin: { Type: "Pass", Next: "Ende" }, End: { Type: "Succeed" } },
        },
    });
    resource!(stack, Late: AWS::CloudWatch::Alarm {
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
        MetricName: "Errors",
        Namespace: "AWS/Lambda",
        Statistic: "Sum",
        Threshold: 0,
        Period: 45,
    });
}
