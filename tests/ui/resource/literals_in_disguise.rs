use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Name: AWS::SSM::Parameter {
        Type: ("Strin"),
        Value: "x",
    });
    resource!(&mut stack, Jobs: AWS::SQS::Queue {
        VisibilityTimeout: 300_000u32,
        DelaySeconds: -1i64,
        MaximumMessageSize: (5_000_000),
        MessageRetentionPeriod: 0x1,
        ReceiveMessageWaitTimeSeconds: 1e3,
    });
    resource!(&mut stack, Logs: AWS::S3::Bucket {
        BucketName: concat!("My", "_", "Bucket"),
        VersioningConfiguration: { Status: ({ "On" }) },
        AccessControl: r#"Private?"#,
    });
    resource!(&mut stack, ("No-Name"): AWS::SNS::Topic {
        TopicName: '?',
    });
    resource!(&mut stack, Server: AWS::EC2::Instance {
        ImageId: "ami-0123456789abcdef0",
        SecurityGroupIds: (vec!["sg-0123456789abcdef0", "web"]),
    });
}
