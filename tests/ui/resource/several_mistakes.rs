use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Backups: AWS::S3::Bucket {
        BuketName: "acme",
        VersioningConfiguration: { Status: "on" },
        Tags: [{ Key: "Team", Valeu: "acme" }],
    } with { DeletionPolicy: "Keep" });
}
