use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(Backups: AWS::S3::Bucket {});
    let _ = &mut stack;
}
