use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Group: AWS::Logs::LogGroup {
        RetentionInDays: 2,
    });
}
