use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Role: AWS::IAM::ManagedPolicy {
        PolicyDocument: "{}",
        Roles: ["host", "host"],
        Description: "",
    });
    resource!(&mut stack, Topic: AWS::ECR::Repository {
        RepositoryName: "a",
    });
}
