use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let n = vec![1];
    let bucket = resource!(&mut stack, Backups: AWS::S3::Bucket {});
    let queue = resource!(&mut stack, Dead: AWS::SQS::Queue {});
    resource!(&mut stack, Stored: AWS::SSM::Parameter { Type: "String", Value: n.len() });
    resource!(&mut stack, Jobs: AWS::SQS::Queue {
        QueueName: n.iter().map(|n| n + 1).max(),
        RedrivePolicy: { deadLetterTargetArn: &queue, maxReceiveCount: 3 },
    });
    resource!(&mut stack, Host: AWS::EC2::Instance {
        SubnetId: bucket.arn(),
        SecurityGroupIds: [&bucket],
        BlockDeviceMappings: n.clone(),
    });
    resource!(&mut stack, Group: AWS::EC2::SecurityGroup { GroupDescription: Some("web") });
}
