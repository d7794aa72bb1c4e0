use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Volume: AWS::EC2::Volume {
        AvailabilityZone: "eu-west-1a",
        Size: "large",
    });
}
