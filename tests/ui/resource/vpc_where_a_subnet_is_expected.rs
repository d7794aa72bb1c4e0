use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let vpc = resource!(&mut stack, Vpc: AWS::EC2::VPC { CidrBlock: "10.0.0.0/16" });
    resource!(&mut stack, Host: AWS::EC2::Instance { SubnetId: &vpc });
}
