use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Group: AWS::EC2::SecurityGroup {
        GroupDescription: "web",
        SecurityGroupIngress: [{
            IpProtocol: "tcp",
            FromPort: 443,
            ToPort: 443,
            CidrIp: "203.0.113.0/24",
            CidrIpv6: "2001:db8::/32",
        }],
    });
}
