use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let bucket = resource!(&mut stack, Backups: AWS::S3::Bucket {});
    stack.output("Arn", bucket.anr());
}
