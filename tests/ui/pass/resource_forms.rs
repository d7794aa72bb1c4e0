//! Valid forms of `resource!`.

use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("forms");
    resource!(&mut stack, Lookup: "Custom::look-up@1" {
        ServiceToken: "arn:aws:lambda:eu-west-1:123456789012:function:lookup",
        Anything: [{ "a-b": { Fn::Sub: "${AWS::Region}-${Topic.TopicName}" } }, 1, true],
    } with { Version: "1.0" });
    resource!(&mut stack, Topic: AWS::SNS::Topic {
        TopicName: { Fn::Join: ["-", [{ Ref: "AWS::StackName" }, "alerts"]] },
        Tags: [{ Key: "Zone", Value: { Fn::Select: [0, { Fn::GetAZs: "" }] } }],
    });
    resource!(&mut stack, Role: AWS::IAM::Role {
        AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: {
                Effect: "Allow",
                Principal: { Service: { Fn::Sub: "ec2.${AWS::URLSuffix}" } },
                Action: ["sts:AssumeRole"],
                Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
            },
        },
    });
    resource!(&mut stack, Settings: AWS::SSM::Parameter {
        Type: "String",
        Value: { Fn::ToJsonString: { Name: "a", Zones: [{ Ref: "AWS::Region" }] } },
    });
    stack.transform("AWS::LanguageExtensions");
    let template = stack.finish().expect("nothing is wrong with it");
    let json = template.to_json_string();
    assert!(json.contains("\"Version\": \"1.0\"") && json.contains("Custom::look-up@1"));
}
