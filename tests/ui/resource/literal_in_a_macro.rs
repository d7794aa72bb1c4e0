use vsc::prelude::*;

macro_rules! queue {
    ($stack:ident, $id:ident, $seconds:literal, $delay:expr) => {
        resource!(&mut $stack, $id: AWS::SQS::Queue {
            VisibilityTimeout: $seconds,
            DelaySeconds: $delay,
        })
    };
}

fn main() {
    let mut stack = Stack::new("test");
    queue!(stack, Right, 300, 5);
    queue!(stack, Wrong, 300000, -5);
    queue!(stack, Longer, 1_000_000, (1 + 1));
}
