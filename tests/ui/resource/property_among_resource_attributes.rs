use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Backups: AWS::S3::Bucket {} with { BucketName: "acme-backups" });
}
