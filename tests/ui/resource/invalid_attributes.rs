use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, One: AWS::SNS::Topic {} with {
        Metadata: { Note: { Fn::Sbu: "x" } },
        DeletionPolicy: { Fn::If: ["IsLarge", "Retain", "Delet"] },
        UpdateReplacePolicy: { Fn::ImportValue: "x" },
    });
    resource!(&mut stack, Host: AWS::EC2::Instance {
        ImageId: "ami-0123456789abcdef0",
    } with {
        Metadata: {
            "AWS::CloudFormation::Init": {
                config: { services: { sysvinit: { nginx: { enabled: [true] } } } },
            },
        },
        CreationPolicy: { ResourceSignal: { Count: "two" } },
        DependsOn: [1],
        Condition: ["x"],
    });
}
