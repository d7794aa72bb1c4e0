use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, my_bucket: AWS::S3::Bucket {});
}
