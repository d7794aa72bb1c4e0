use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let bucket = resource!(&mut stack, Backups: AWS::S3::Bucket {});
    resource!(&mut stack, Host: AWS::EC2::Instance { SubnetId: bucket.arn() });
}
