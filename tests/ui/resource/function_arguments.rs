use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, One: AWS::SNS::Topic {
        DisplayName: { Fn::Select: [2, ["x", "y"]] },
        TopicName: { Ref: "AWS::StackNam" },
        KmsMasterKeyId: { Fn::Sub: "alias/${AWS::Regin}" },
    });
    resource!(&mut stack, Two: AWS::EC2::Subnet {
        VpcId: "vpc-0a1b2c3d",
        CidrBlock: { Fn::Select: [0, { Fn::Cidr: ["10.0.0.0/16", 300, 8] }] },
        AvailabilityZone: { Fn::Select: [0, { Fn::GetAZs: { Fn::ImportValue: "x" } }] },
        MapPublicIpOnLaunch: { Fn::Equals: ["a", "b"] },
    });
}
