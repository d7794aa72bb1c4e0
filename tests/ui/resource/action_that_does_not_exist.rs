#![deny(deprecated)]

use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("jobs");
    resource!(&mut stack, Access: AWS::IAM::Policy {
        PolicyName: "access",
        Roles: ["worker"],
        PolicyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: ["sqs:RecieveMessage", "s3:Get*"], Resource: "*" }],
        },
    });
    resource!(&mut stack, Worker: AWS::Lambda::Function {
        Role: "arn:aws:iam::123456789012:role/worker",
        Handler: "index.handler",
        Runtime: "python3.8",
        Code: { S3Bucket: "acme-code", S3Key: "worker.zip" },
    });
}
