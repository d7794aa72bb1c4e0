use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Topic: AWS::SNS::Topic {
        KmsMasterKeyId: 1,
        DisplayName: ["a"],
    });
}
