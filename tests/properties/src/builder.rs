//! A team that the builder accepts is synthesized, passes `check`, and reads back equal.

use arbitrary::Unstructured;
use vsc::TeamIde;
use vsc::check::{self, Severity};
use vsc::pattern;
use vsc::team::{Credits, Previews, TeamIdeBuilder, UserBuilder};
use vsc::template::{Source, write_template_yaml};

use crate::generate::{any_text, choice};

/// Sets one part of a team.
type Part = fn(TeamIdeBuilder, &mut Unstructured<'_>) -> TeamIdeBuilder;

const PARTS: [Part; 33] = [
    |b, u| b.users(choice(u, &[1, 2, 3, 6, 20, 0, 200])),
    |b, u| {
        let user = user(u);
        b.user(user)
    },
    |b, u| {
        let user = user(u);
        b.user(user)
    },
    |b, u| {
        b.domain(text(
            u,
            &["code.example.com", "a.b.c.example.org", "x", "EXAMPLE.com"],
        ))
    },
    |b, u| b.hosted_zone(text(u, &["Z0123456789ABCDEFGHIJ", "z", "Z1"])),
    |b, u| {
        let vpc = text(
            u,
            &["vpc-0123456789abcdef0", "vpc-12345678", "subnet-12345678"],
        );
        b.vpc(vpc)
            .subnet(text(u, &["subnet-0123456789abcdef0", "subnet-1"]))
    },
    |b, u| {
        b.instance(text(
            u,
            &[
                "t3.large",
                "m7g.xlarge",
                "r5.4xlarge",
                "t3.micro",
                "x9.none",
            ],
        ))
    },
    |b, u| {
        b.region(text(
            u,
            &["eu-west-1", "us-east-1", "eu-central-2", "nowhere"],
        ))
    },
    |b, u| {
        let credits = choice(u, &[Credits::Standard, Credits::Unlimited]);
        b.credits(credits)
    },
    |b, u| {
        let ranges = [
            "10.0.5.0/24",
            "172.30.0.0/16",
            "192.168.0.0/16",
            "8.0.0.0/8",
        ];
        b.reach([text(u, &ranges)])
    },
    |b, u| b.root_volume(text(u, &["30 GiB", "100 GiB", "1 TiB", "1 GiB", "30"])),
    |b, u| b.home_volume(text(u, &["100 GiB", "500 GiB", "0 GiB", "16 TiB", "none"])),
    |b, u| b.snapshots_daily(u.int_in_range(0..=1_001).unwrap_or(1)),
    |b, _| b.snapshots_none(),
    |b, u| b.key_pair(text(u, &["admin", "a key", ""])),
    |b, u| b.memory(text(u, &["1 GiB", "2 GiB", "512 MiB", "1 TiB"])),
    |b, u| {
        b.image(text(
            u,
            &[
                "codercom/code-server:4.139.1",
                "ghcr.io/a/b@sha256:x",
                "a b",
            ],
        ))
    },
    |b, u| {
        b.proxy_image(text(
            u,
            &["traefik:v3.7.15", "traefik:v3", "traefik:v2", "x"],
        ))
    },
    |b, u| {
        b.repo(text(
            u,
            &[
                "https://github.com/acme/code.git",
                "git@github.com:a/b",
                "x",
            ],
        ))
    },
    |b, u| {
        let urls = ["https://github.com/alice/dotfiles", "dotfiles"];
        b.dotfiles(text(u, &urls))
    },
    |b, u| b.timezone(text(u, &["Europe/Rome", "UTC", "Rome", "${Zone}"])),
    |b, u| b.stack_name(text(u, &["acme-ide", "a", "1a"])),
    |b, u| b.description(text(u, &["What it is for", "ö", "two\nlines"])),
    |b, u| b.port(choice(u, &[443, 8443, 80, 0, 22])),
    |b, u| b.dashboard_port(choice(u, &[8443, 9000, 443, 0])),
    |b, u| match choice(u, &[0, 1, 2, 3, 4]) {
        0 => b.tls_none(),
        1 => b.tls_acme(text(u, &["ops@example.com", "ops"])),
        4 => b.tls_acme_staging(text(u, &["ops@example.com", "ops"])),
        _ => {
            let name = text(u, &["/acme/tls/cert", "cert"]);
            b.tls_ssm(name, text(u, &["/acme/tls/key", "key"]))
        }
    },
    |b, u| {
        b.cpus(choice(
            u,
            &[0.5, 1.0, 2.0, 0.0, -1.0, f64::NAN, f64::INFINITY],
        ))
    },
    |b, u| {
        let issuer = text(
            u,
            &["https://accounts.google.com", "https://github.com", "x"],
        );
        b.login_oidc(
            issuer,
            text(u, &["id", ""]),
            text(u, &["acme/oidc", "arn:x"]),
        )
    },
    |b, u| b.login_cognito(text(u, &["acme-ide", "aws"])),
    |b, u| {
        let session = text(u, &["8 h", "1 min", "40 d"]);
        b.session(session)
            .idle(text(u, &["1 h", "30 min", "9 h", "x"]))
    },
    |b, u| {
        b.operators([text(
            u,
            &["alice", "dev-1", "alice@example.com", "op@example.com"],
        )])
    },
    |b, u| b.previews(choice(u, &[Previews::Subdomains, Previews::Paths])),
    |b, u| {
        let key = text(u, &["team", "cost-center", "aws:x"]);
        b.tag(key, text(u, &["web", "4711", "a&b <c>"]))
    },
];

/// A string for a key: mostly the first, which is always valid; sometimes any.
fn text(u: &mut Unstructured<'_>, known: &[&str]) -> String {
    match choice(u, &[0, 0, 0, 0, 0, 0, 1, 1, 2]) {
        0 => known[0].to_owned(),
        1 => choice(u, known).to_owned(),
        _ => any_text(u),
    }
}

fn user(u: &mut Unstructured<'_>) -> UserBuilder {
    let mut user = UserBuilder::new(text(
        u,
        &["alice", "bob", "carol", "zoe-1", "dashboard", "A"],
    ));
    for _ in 0..choice(u, &[0, 0, 1, 3]) {
        user = match choice(u, &[0, 1, 2, 3, 4]) {
            0 => user.email(text(u, &["alice@example.com", "bob@example.com", "x"])),
            1 => user.memory(text(u, &["1 GiB", "4 GiB"])),
            2 => user.cpus(choice(u, &[0.5, 1.0, 2.0])),
            3 => user.repo(text(u, &["https://github.com/acme/code.git"])),
            _ => user.extensions([text(u, &["rust-lang.rust-analyzer", "x"])]),
        };
    }
    user
}

fn builder(data: &[u8]) -> TeamIdeBuilder {
    let u = &mut Unstructured::new(data);
    let mut builder = TeamIde::builder().allow(["10.0.0.0/8"]);
    builder = match choice(u, &[0, 1, 2, 3]) {
        0 => builder.users(2).domain("code.example.com"),
        1 => builder.user("alice").domain("code.example.com"),
        2 => builder.users(3),
        _ => builder.allow_anywhere().login_shared(),
    };
    for _ in 0..choice(u, &[1, 2, 3, 5, 8]) {
        let part = choice(u, &PARTS);
        builder = part(builder, u);
    }
    if u.ratio(1, 4).unwrap_or(false) {
        let ranges = [
            "203.0.113.0/24",
            "192.0.2.1",
            "pl-0123456789abcdef0",
            "0.0.0.0/0",
            "x",
        ];
        builder = builder.allow([text(u, &ranges), text(u, &ranges)]);
    }
    if u.ratio(1, 4).unwrap_or(false) {
        builder = builder.extensions([text(u, &["rust-lang.rust-analyzer", "x"])]);
    }
    builder
}

pub(crate) fn holds(data: &[u8]) {
    _ = is_accepted(data);
}

/// Checks the property for a team made from bytes, and returns whether the builder accepts that team.
pub fn is_accepted(data: &[u8]) -> bool {
    let ide = match builder(data).build() {
        Ok(ide) => ide,
        Err(error) => {
            assert!(!error.errors.is_empty());
            assert!(
                error
                    .errors
                    .iter()
                    .all(|error| !error.diagnostic.message.is_empty())
            );
            return false;
        }
    };
    let template = match pattern::synthesize(&ide) {
        Ok(template) => template,
        Err(error) => panic!("{error}: {ide:?}"),
    };
    let value = template.to_json();
    for text in [
        template.to_yaml_string(),
        template.to_json_string(),
        write_template_yaml(&value),
    ] {
        let source = Source::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(*source.json(), value, "{text}");
        let found = check::template(source.json(), source.size());
        let mut errors = found.iter().filter(|one| one.severity() == Severity::Error);
        assert_eq!(errors.next(), None, "{text}");
    }
    let again = pattern::synthesize(&ide).map(|template| template.to_json());
    assert_eq!(again, Ok(value));
    true
}
