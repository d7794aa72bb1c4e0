use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Topic: AWS::SNS::Topic {
        KmsMasterKeyId: "my key",
    });
}
