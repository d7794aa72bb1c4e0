use vsc::prelude::*;
use vsc::template::identifier;

fn main() {
    let mut stack = Stack::new("acme");
    let subnet: Value<identifier::SubnetId> =
        stack.parameter("SubnetId", Parameter::new(ParameterType::Subnet));
    resource!(&mut stack, Group: AWS::EC2::SecurityGroup {
        GroupDescription: "web",
        VpcId: &subnet,
    });
}
