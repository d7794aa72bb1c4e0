use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Vpc: AWS::EC2::Subnet {
        VpcId: "vpc-0a1b2c3d",
        CidrBlock: "10.0.0.0/33",
    });
}
