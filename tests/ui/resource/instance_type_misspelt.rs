use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Host: AWS::EC2::Instance {
        ImageId: "ami-0a1b2c3d",
        InstanceType: "t3.lagre",
    });
}
