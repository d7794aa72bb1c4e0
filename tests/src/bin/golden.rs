//! The golden declarations: every key of `#[team_ide]`, in every form. `tests/golden.rs` tests their
//! templates.

use vsc::prelude::*;

/// The base of comparison: the quickstart, with fewer users.
#[team_ide(users = 2, domain = "code.x.com")]
struct GoldenLeast;

#[team_ide(
    users = ["alice", "bob"],
    domain = "ide.x.com",
    hosted_zone = "Z0123456789ABCDEFGHIJ",
    vpc = "vpc-0a1b2c3d4e5f67890",
    subnet = "subnet-0a1b2c3d4e5f67890",
    allow = ["203.0.113.0/24", "2001:db8::/32"],
    reach = ["10.0.5.0/24", "172.30.0.0/24"],
    port = 8443,
    dashboard_port = 9000,
    instance = "m7g.large",
    region = "eu-west-1",
    root_volume = "50 GiB",
    home_volume = "100 GiB",
    snapshots = daily(keep = 14),
    key_pair = "ops",
    tls = ssm(certificate = "/a/certificate", private_key = "/a/key"),
    login = generated,
    session = "8 h",
    idle = "30 min",
    operators = ["alice"],
    previews = subdomains,
    memory = "1.5 GiB",
    cpus = 0.5,
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.0-arm64",
    proxy_image = "x.com/proxy:2.0-arm64",
    repo = "https://github.com/rust-lang/book",
    dotfiles = "https://github.com/alice/dotfiles",
    extensions = ["rust-lang.rust-analyzer"],
    timezone = "Europe/Rome",
    stack_name = "Golden-Literals-1",
    description = "The IDEs of Acme",
    tags(CostCenter = "1234", Team = "a b"),
)]
struct Literals;

const USERS: &[&str] = &["alice", "bob"];
const DOMAIN: &str = "ide.x.com";
const ZONE: &str = "Z0123456789ABCDEFGHIJ";
const VPC: &str = "vpc-0a1b2c3d4e5f67890";
const SUBNET: &str = "subnet-0a1b2c3d4e5f67890";
const OFFICES: [&str; 2] = ["203.0.113.0/24", "2001:db8::/32"];
const PEERS: [&str; 2] = ["10.0.5.0/24", "172.30.0.0/24"];
const PORT: u16 = 8_443;
const INSTANCE: &str = "m7g.large";
const REGION: &str = "eu-west-1";
const DISK: &str = "50 GiB";
const HOMES: &str = "100 GiB";
const KEPT: u16 = 14;
const KEY_PAIR: &str = "ops";
const CERTIFICATE: &str = "/a/certificate";
const PRIVATE_KEY: &str = "/a/key";
const SESSION: &str = "8 h";
const IDLE: &str = "30 min";
const OPERATORS: &[&str] = &["alice"];
const MEMORY: &str = "1.5 GiB";
const CPUS: f64 = 0.5;
const IMAGE: &str = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.0-arm64";
const PROXY_IMAGE: &str = "x.com/proxy:2.0-arm64";
const REPO: &str = "https://github.com/rust-lang/book";
const DOTFILES: &str = "https://github.com/alice/dotfiles";
const EXTENSION: &str = "rust-lang.rust-analyzer";
const TIMEZONE: &str = "Europe/Rome";
const NAME: &str = "Golden-Constants-1";
const DESCRIPTION: &str = "The IDEs of Acme";
const COST_CENTER: &str = "1234";

/// The same as `Literals`.
#[team_ide(
    users = USERS,
    domain = DOMAIN,
    hosted_zone = ZONE,
    vpc = VPC,
    subnet = SUBNET,
    allow = OFFICES,
    reach = PEERS,
    port = PORT,
    dashboard_port = PORT + 557,
    instance = INSTANCE,
    region = REGION,
    root_volume = DISK,
    home_volume = HOMES,
    snapshots = daily(keep = KEPT),
    key_pair = KEY_PAIR,
    tls = ssm(certificate = CERTIFICATE, private_key = PRIVATE_KEY),
    login = generated,
    session = SESSION,
    idle = IDLE,
    operators = OPERATORS,
    memory = MEMORY,
    cpus = CPUS,
    image = IMAGE,
    proxy_image = PROXY_IMAGE,
    repo = REPO,
    dotfiles = DOTFILES,
    extensions = [EXTENSION],
    timezone = TIMEZONE,
    stack_name = NAME,
    description = DESCRIPTION,
    tags(CostCenter = COST_CENTER, Team = "a b"),
)]
struct Constants;

/// The remaining forms of keys.
#[team_ide(
    crate = ::vsc,
    users = 3,
    domain = "code.x.com",
    allow = anywhere,
    instance = "c7i",
    tls = ssm,
    login = shared,
)]
struct GoldenWords;

#[team_ide(
    users = 2,
    domain = "code.x.com",
    credits = standard,
    snapshots = none,
    tls = acme(email = "ops@x.com", until = "2031-12-31", staging = true),
)]
struct GoldenIssued;

#[team_ide(
    users = 2,
    home_volume = none,
    tls = none,
)]
struct GoldenPlain;

#[team_ide(
    users = 2,
    domain = "code.x.com",
    extend = add_topic,
)]
struct GoldenExtended;

fn add_topic(stack: &mut Stack, ide: &mut TeamStack<'_>) {
    let topic = resource!(stack, Topic: AWS::SNS::Topic {
        DisplayName: format!("News of {}", ide.name()),
    });
    ide.allow_host(Statement::allow(["sns:Publish"], [&topic]).sid("PublishNews"));
    ide.boot_file("/etc/news", "000644", sub("${Topic.TopicName}\n"));
    ide.boot_command("10-news", "true");
    stack.output("NewsArn", &topic);
}

/// Users with records: of variants, and of a file in each of the formats.
#[team_ide(domain = "code.x.com")]
enum GoldenVariants {
    #[user(
        name = "alice",
        email = "alice@x.com",
        memory = "2 GiB",
        cpus = 0.5,
        repo = "https://github.com/rust-lang/book",
        extensions = ["rust-lang.rust-analyzer", "vadimcn.vscode-lldb"],
    )]
    First,
    Bob,
}

const CLIENT: &str = "1234-abc.apps.googleusercontent.com";

/// Accounts at a provider.
#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = "https://accounts.google.com",
        client_id = CLIENT,
        client_secret = "acme/oidc",
    ),
    operators = ["alice@x.com", "op@x.com"],
)]
enum GoldenAccounts {
    #[user(email = "alice@x.com")]
    Alice,
    #[user(email = "bob@x.com")]
    Bob,
}

/// Accounts in a pool of the stack.
#[team_ide(
    domain = "code.x.com",
    tls = acme(email = "ops@x.com"),
    login = cognito(domain_prefix = "acme-ide"),
    operators = ["op@x.com"],
    previews = paths,
    tags(Team = "web"),
)]
enum GoldenPool {
    #[user(email = "alice@x.com")]
    Alice,
}

#[team_ide(users = "golden/team.toml", domain = "code.x.com")]
struct GoldenToml;

#[team_ide(users = "golden/team.yaml", domain = "code.x.com")]
struct GoldenYaml;

#[team_ide(users = "golden/team.json", domain = "code.x.com")]
struct GoldenJson;

#[team_ide(users = "golden/team.csv", domain = "code.x.com")]
struct GoldenCsv;

vsc::main!(
    GoldenLeast,
    Literals,
    Constants,
    GoldenWords,
    GoldenIssued,
    GoldenPlain,
    GoldenExtended,
    GoldenVariants,
    GoldenAccounts,
    GoldenPool,
    GoldenToml,
    GoldenYaml,
    GoldenJson,
    GoldenCsv,
);
