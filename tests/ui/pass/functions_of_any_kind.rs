//! Intrinsic functions, wherever a value is expected.

use vsc::prelude::*;
use vsc::template::intrinsic::{find_in_map, find_in_map_or};

fn main() {
    let mut stack = Stack::new("functions");
    let group = resource!(&mut stack, Group: AWS::EC2::SecurityGroup {
        GroupDescription: import_value("group-description"),
        VpcId: import_value("network-vpc"),
    });
    resource!(&mut stack, Rule: AWS::EC2::SecurityGroupIngress {
        GroupId: &group,
        IpProtocol: "tcp",
        FromPort: import_value(sub("${AWS::StackName}-port")),
        ToPort: find_in_map("Ports", "Web", "To"),
        CidrIp: find_in_map("Ports", pseudo::region(), "Range"),
    });
    resource!(&mut stack, Host: AWS::EC2::Instance {
        SubnetId: Some(import_value("network-subnet")),
        SecurityGroupIds: [import_value("network-group")],
        BlockDeviceMappings: find_in_map_or("Disks", "Web", "All", json!([])),
        EbsOptimized: import_value("fast"),
        UserData: base64(import_value("boot")),
        Tags: [{ Key: "Zone", Value: join("-", [import_value("a"), import_value("b")]) }],
    });
    stack.output("Network", import_value("network-vpc"));
    stack.transform("AWS::LanguageExtensions");
    let template = stack.template().to_json_string();
    assert!(template.contains("\"Fn::ImportValue\": \"network-vpc\""));
}
