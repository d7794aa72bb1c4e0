//! A team is declared where names of the standard library are shadowed.

#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, non_camel_case_types)]

mod std {}
mod core {}
mod vsc {}

struct Option;
struct Some;
struct Cow;
struct Declaration;
struct str;
struct u8;
struct i128;
struct f64;

const NAMES: [&::core::primitive::str; 2] = ["alice", "bob"];
const HALF: ::core::primitive::f32 = 0.5;

#[::vsc::team_ide(
    users = NAMES,
    domain = "code.x.com",
    cpus = HALF * 2.0,
    port = 8_000 + 443,
    allow = ["203.0.113.0/24"],
    tags(Team = NAMES[0]),
    tls = ssm(certificate = "/a", private_key = "/b"),
    extend = extend,
)]
struct Acme;

#[::vsc::team_ide(users = "teams/team.toml", domain = "code.x.com", login = shared)]
struct Filed;

#[::vsc::team_ide(domain = "code.x.com")]
enum Variants {
    #[user(memory = "2 GiB", cpus = HALF)]
    Alice,
}

fn extend(stack: &mut ::vsc::Stack, ide: &mut ::vsc::TeamStack<'_>) {
    let backups = ::vsc::resource!(stack, Backups: AWS::S3::Bucket {
        BucketName: "acme-backups",
        VersioningConfiguration: { Status: "Enabled" },
    });
    stack.output("Backups", backups.arn());
    ide.boot_command("10-note", "true");
}

fn main() {
    let declarations = [
        <Acme as ::vsc::Declared>::DECLARATION,
        <Filed as ::vsc::Declared>::DECLARATION,
        <Variants as ::vsc::Declared>::DECLARATION,
    ];
    for declaration in declarations {
        ::std::assert!(declaration.check().is_ok());
    }
}
