//! Constants are allowed wherever literals are.

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

/// Numbers and lists whose type Rust would have to infer, and commas that do not separate keys.
struct Sum<const A: u16, const B: u16>;

impl<const A: u16, const B: u16> Sum<A, B> {
    const PORT: u16 = A + B;
}

const LARGE: bool = false;
const ONE: &[&str; 1] = &["vadimcn.vscode-lldb"];

#[team_ide(
    users = if LARGE { 6 } else { 2 * 2 },
    domain = DOMAIN,
    port = Sum::<8_000, 443>::PORT,
    dashboard_port = 9_000 + 90,
    cpus = match LARGE {
        true => 1.0,
        false => 1.0 / 2.0,
    },
    allow = if LARGE { &["203.0.113.0/24"] } else { &["203.0.113.0/25", "198.51.100.0/24"] },
    extensions = ONE,
)]
struct Guessed;

#[team_ide(users = &["alice", "bob"], domain = DOMAIN, allow = &OFFICE, port = COUNT as u16 + 8_437)]
struct Borrowed {}

const OFFICE: [&str; 1] = ["203.0.113.0/24"];

/// The most users, with long names: const evaluation takes a while.
macro_rules! crowd {
    ($($tens:literal)+) => {
        #[team_ide(domain = DOMAIN, users = [$(
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "0"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "1"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "2"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "3"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "4"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "5"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "6"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "7"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "8"),
            concat!("a-developer-with-a-long-name-that-goes-on-and-on-", $tens, "9"),
        )+])]
        struct Crowd;
    };
}

crowd!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18);

fn main() {
    let constants = <Constants as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(constants.users()[1].fqdn(), "bob.code.x.com");
    assert_eq!(constants.port(), 8_443);
    assert_eq!(constants.users()[0].extensions().len(), 2);
    let counted = <Counted as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(counted.users().len(), 6);
    let variants = <Variants as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(variants.users()[0].name().as_str(), "alice");
    let guessed = <Guessed as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(guessed.users().len(), 4);
    assert_eq!(guessed.port(), 8_443);
    let borrowed = <Borrowed as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(borrowed.users()[1].name().as_str(), "bob");
    assert_eq!(borrowed.port(), 8_443);
    let crowd = <Crowd as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(crowd.users().len(), 180);
}
