use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Rule: AWS::EC2::SecurityGroup {
        GroupDescription: "web",
        SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443 }],
    });
}
