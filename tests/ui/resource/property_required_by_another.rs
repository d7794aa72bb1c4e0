use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Web: AWS::EC2::SecurityGroup {
        GroupDescription: "web",
        SecurityGroupIngress: [{ IpProtocol: "tcp", CidrIp: "203.0.113.0/24", FromPort: 443 }],
    });
}
