use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Lookup: Custom::Lookup {
        ServiceToken: "arn:aws:lambda:eu-west-1:123456789012:function:lookup",
        Name: null,
    });
}
