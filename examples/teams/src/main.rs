//! Two teams in one config crate: one in a file of its own, one as an enum.
//!
//! `cargo run -p teams -- list --long` shows both stacks, and
//! `cargo run -p teams -- synth --all --output templates` writes their templates.

use vsc::prelude::*;

const OFFICES: &[&str] = &["203.0.113.0/24", "198.51.100.0/25"];
const ZONE: &str = "Z0123456789ABCDEFGHIJ";

#[team_ide(
    users = "team.toml",
    domain = "code.x.com",
    hosted_zone = ZONE,
    allow = OFFICES,
    region = "eu-west-1",
    home_volume = "200 GiB",
    tls = acme(email = "ops@x.com", until = "2031-12-31"),
    extensions = ["rust-lang.rust-analyzer"],
    tags(CostCenter = "1234"),
    extend = add_backups,
)]
struct Production;

#[team_ide(
    domain = "staging.x.com",
    hosted_zone = ZONE,
    allow = OFFICES,
    login = shared,
    memory = "2 GiB"
)]
enum Staging {
    #[user(memory = "4 GiB")]
    Alice,
    Bob,
}

/// A bucket to which the host copies the homes every night.
fn add_backups(stack: &mut Stack, ide: &mut TeamStack<'_>) {
    let backups = resource!(stack, Backups: AWS::S3::Bucket {
        PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
            Rules: [{ Id: "expire", Status: "Enabled", ExpirationInDays: 30 }],
        },
    } with {
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
    });
    let objects = sub("${Backups.Arn}/homes/*");
    ide.allow_host(Statement::allow(["s3:PutObject"], [objects]).sid("BackUpHomes"));
    ide.boot_file(
        "/etc/cron.daily/back-up-homes",
        "000755",
        sub("#!/bin/sh\ntar -C /home/vsc -cz . | aws s3 cp - s3://${Backups}/homes/$(date +%a).tar.gz\n"),
    );
    stack.output("BackupsName", &backups);
}

vsc::main!(Staging, Production);
