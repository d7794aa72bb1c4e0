//! Constants stand wherever literals do.

use vsc::prelude::*;

const TEAM: [&str; 2] = ["alice", "bob"];
const OFFICES: &[&str] = &["203.0.113.0/24", "2001:db8::/32"];
const DOMAIN: &str = "code.x.com";
const PORT: u16 = 8_000;

mod names {
    pub(crate) const SMALL: &str = "1 GiB";
}

const fn twice(cpus: f64) -> f64 {
    cpus * 2.0
}

#[team_ide(
    users = TEAM,
    domain = DOMAIN,
    allow = OFFICES,
    port = PORT + 443,
    memory = names::SMALL,
    cpus = twice(0.5),
    region = concat!("eu-", "west-1"),
    extensions = ["rust-lang.rust-analyzer", EXTENSION],
    tls = ssm(certificate = CERTIFICATE, private_key = "/vsc/private-key"),
    tags(Team = DOMAIN),
)]
struct Constants;

const EXTENSION: &str = "vadimcn.vscode-lldb";
const CERTIFICATE: &str = "/vsc/certificate";

const COUNT: usize = 2 * 3;

#[team_ide(users = COUNT, domain = DOMAIN)]
struct Counted;

#[team_ide(domain = DOMAIN)]
enum Variants {
    #[user(name = TEAM[0], memory = names::SMALL, cpus = 1, extensions = [EXTENSION])]
    First,
    #[user(name = TEAM[1])]
    Second,
}

fn main() {
    let constants = <Constants as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(constants.users()[1].fqdn(), "bob.code.x.com");
    assert_eq!(constants.port(), 8_443);
    assert_eq!(constants.users()[0].extensions().len(), 2);
    let counted = <Counted as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(counted.users().len(), 6);
    let variants = <Variants as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(variants.users()[0].name().as_str(), "alice");
}
