use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Host: AWS::EC2::Instance {} with {
        CreationPolicy: { ResourceSignal: { Timeout: "5 minutes", Cuont: 1 } },
    });
}
