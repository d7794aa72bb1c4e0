use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let bucket = resource!(&mut stack, Backups: AWS::S3::Bucker {});
    stack.output("Arn", bucket.arn());
    resource!(&mut stack, Other: AWS::S3::Bucket {} with { DependsOn: [&bucket] });
}
