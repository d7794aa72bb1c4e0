use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    let bucket = resource!(&mut stack, Backups: AWS::S3::Bucket {});
    resource!(&mut stack, Function: AWS::Lambda::Function {
        Role: bucket.arn(),
        Code: { ZipFile: "exports.handler = () => {}" },
        Handler: "index.handler",
        Runtime: "nodejs22.x",
    });
}
