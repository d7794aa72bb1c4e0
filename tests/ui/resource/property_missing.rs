use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Home: AWS::EC2::SecurityGroup {});
}
