use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Topic: AWS::SNS::Topic {
        TopicName: { Fn::Join: ["-", "alerts"] },
    });
}
