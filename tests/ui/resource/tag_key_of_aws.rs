use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Topic: AWS::SNS::Topic {
        Tags: [{ Key: "aws:owner", Value: "me" }],
    });
}
