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

/// A bucket to which the host copies the homes every night. Amazon Linux 2023 has no cron: a timer of
/// systemd starts the copy.
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
    // An upload in parts that breaks is taken back by its client.
    let actions = ["s3:PutObject", "s3:AbortMultipartUpload"];
    ide.allow_host(Statement::allow(actions, [objects]).sid("BackUpHomes"));
    ide.boot_file(
        "/etc/systemd/system/back-up-homes.service",
        "000644",
        sub(include_str!("back-up-homes.service")),
    );
    ide.boot_file(
        "/etc/systemd/system/back-up-homes.timer",
        "000644",
        include_str!("back-up-homes.timer"),
    );
    ide.boot_command(
        "10-back-ups",
        "systemctl daemon-reload && systemctl enable --quiet back-up-homes.timer && systemctl restart back-up-homes.timer",
    );
    stack.output("BackupsName", &backups);
}

vsc::main!(Staging, Production);
