//! No expansion triggers a lint, or allows one.
#![forbid(dead_code, unused, unsafe_code, nonstandard_style)]
#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    rust_2018_idioms
)]

use vsc::Declared;
use vsc::prelude::*;

const MEMORY: &str = "1 GiB";
const PORT: u16 = 8443;
const ALLOW: &[&str] = &["203.0.113.0/24"];

#[team_ide(
    users = 3,
    domain = "code.x.com",
    memory = MEMORY,
    port = PORT,
    allow = ALLOW,
    extend = add,
)]
struct AcmeIde;

#[team_ide(domain = "code.x.com")]
enum Other {
    #[user(memory = MEMORY, extensions = ["rust-lang.rust-analyzer"])]
    Alice,
    Bob,
}

fn add(stack: &mut Stack, ide: &mut TeamStack<'_>) {
    let i = 1;
    let backups = resource!((stack), Backups: AWS::S3::Bucket {
        BucketName: (format!("{}-backups", ide.name())),
        Tags: [{ Key: "b", Value: ({ let x = i + 1; x.to_string() }) }],
    });
    resource!(stack, ("More"): AWS::S3::Bucket {
        BucketName: ({ format!("{}-more", ide.name()) }),
    } with {
        DependsOn: [(&backups)],
    });
    stack.output("Backups", json!({ Fn::Join: ["", [(backups.arn())]] }));
}

fn main() {
    let teams = [AcmeIde::DECLARATION, Other::DECLARATION];
    assert!(teams.iter().all(|team| team.check().is_ok()));
}
