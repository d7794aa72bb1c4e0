use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    let text = String::from("Retain");
    let days = 3;
    resource!(&mut stack, One: AWS::SNS::Topic {} with {
        Metadata: text,
        DeletionPolicy: days,
    });
}
