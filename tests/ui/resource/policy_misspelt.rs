use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Role: AWS::IAM::Role {
        AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [{
                Efect: "Allow",
                Principal: { Service: { Fn::Sub: "ec2.${AWS::URLSuffix}" } },
                Action: "sts:AssumeRole",
            }],
        },
    });
}
