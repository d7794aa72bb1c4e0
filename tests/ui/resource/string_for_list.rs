use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Group: AWS::EC2::SecurityGroup {
        GroupDescription: "web",
        SecurityGroupIngress: "tcp/443",
    });
}
