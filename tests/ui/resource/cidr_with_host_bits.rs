use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Vpc: AWS::EC2::VPC { CidrBlock: "10.0.0.1/16" });
}
