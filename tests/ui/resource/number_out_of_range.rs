use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Function: AWS::Lambda::EventInvokeConfig {
        FunctionName: "f",
        Qualifier: "$LATEST",
        MaximumRetryAttempts: 3,
    });
}
