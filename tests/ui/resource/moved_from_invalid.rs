use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Backups: AWS::S3::Bucket {} with { moved_from: ["Archive"] });
}
