//! Whatever the help of a team's error suggests is accepted instead.

use vsc::Declaration;
use vsc::team::{
    Allow, DeclarationDiagnostic, DeclarationPath, Key, LoginDeclaration, TlsDeclaration, TlsPart,
    UserDeclaration, Users,
};

type Set = fn(&mut Declaration, String);

/// Keys with texts, how they are set, and values that have errors.
const TEXTS: &[(Key, Set, &[&str])] = &[
    (
        Key::Domain,
        |team, text| team.domain = Some(text.into()),
        &[
            "Code.X.com",
            "https://code.x.com/a",
            "code.x.com.",
            "code.x.com:443",
            "x",
            "",
            "10.0.0.1",
            "HTTPS://CODE.X.COM",
        ],
    ),
    (
        Key::HostedZone,
        |team, text| team.hosted_zone = Some(text.into()),
        &[
            "z0123456789abcdefghij",
            "/hostedzone/Z0123456789ABCDEFGHIJ",
            "hostedzone/z0123456789",
            "Z",
            "",
        ],
    ),
    (
        Key::Instance,
        |team, text| team.instance = Some(text.into()),
        &[
            "t3.lrage",
            "T3.LARGE",
            "t3.small",
            "t3large",
            "",
            "c7i.small",
        ],
    ),
    (
        Key::Region,
        |team, text| team.region = Some(text.into()),
        &["eu-west1", "EU-WEST-1", "eu-west-1a", "", "frankfurt"],
    ),
    (
        Key::RootVolume,
        |team, text| team.root_volume = Some(text.into()),
        &[
            "30",
            "30 GB",
            "1 GiB",
            "9 GiB",
            "20.5 GiB",
            "17 TiB",
            "0",
            "1,5 TiB",
            "1,024 GB",
            "0.1 TB",
            "20000 MB",
            "9",
            "999999999 TB",
        ],
    ),
    (
        Key::HomeVolume,
        |team, text| team.home_volume = Some(text.into()),
        &[
            "100", "1 GiB", "6", "6,5 GB", "10.1 GiB", "512 MB", "17 TB", "7 gb",
        ],
    ),
    (
        Key::KeyPair,
        |team, text| team.key_pair = Some(text.into()),
        &["", " ops", "ops ", "ö"],
    ),
    (
        Key::Memory,
        |team, text| team.memory = Some(text.into()),
        &[
            "1,5 GiB",
            "1,5",
            "2 GB",
            "512m",
            "512",
            "1",
            "0",
            "0,25 GB",
            "256 MiB",
            "1.3 GiB",
            "1_024 MiB",
            "1,024 MiB",
            "100 TiB",
            "40000 GiB",
            ".5 GiB",
            "2. GB",
            "1024 MB",
        ],
    ),
    (
        Key::Image,
        |team, text| team.image = Some(text.into()),
        &[
            "codercom/code-server",
            "x:latest",
            "X/y:1",
            "https://x/y:1",
            "",
            "x:1 ",
        ],
    ),
    (
        Key::Dotfiles,
        |team, text| team.dotfiles = Some(text.into()),
        &["git@github.com:a/dotfiles", "github.com/a/dotfiles"],
    ),
    (
        Key::Repo,
        |team, text| team.repo = Some(text.into()),
        &[
            "http://x.com/a",
            "git@github.com:a/b",
            "ssh://git@x.com/a/b",
            "github.com/a",
            "https://x.com",
            "https://x.com/a/..",
            "http://x.com/a/..",
            "http://",
            "https://x.com/a b",
        ],
    ),
    (
        Key::StackName,
        |team, text| team.stack_name = Some(text.into()),
        &["1acme", "acme_ide", "", "a b", "1_2", "é"],
    ),
    (
        Key::Users,
        |team, name| team.users = Some(Users::Names([name].into_iter().collect())),
        &[
            "Alice", "alice_b", "Mary Ann", "-a", "a@x.com", "", "a.b", "MONITOR",
        ],
    ),
    (
        Key::Allow,
        |team, range| team.allow = Some(Allow::Ranges([range].into_iter().collect())),
        &[
            "10.0.0.1/8",
            "10.0.0.1",
            "::1",
            "2001:db8::1/32",
            "::ffff:10.0.0.0/104",
            "::ffff:10.0.0.1/104",
            "10.0.0/8",
            "10.0.0.0/33",
            "",
        ],
    ),
    (
        Key::Extensions,
        |team, text| team.extensions = [text].into_iter().collect(),
        &["ab", "a.b@1", "", "a.b.c"],
    ),
    (
        Key::Tls,
        |team, email| {
            team.tls = Some(TlsDeclaration::Acme {
                email: Some(email.into()),
                until: None,
                staging: false,
            });
        },
        &["ops", "ops@", "@x.com", ""],
    ),
    (
        Key::Session,
        |team, text| team.session = Some(text.into()),
        &[
            "12", "8 hours", "45m", "1.5 h", "", "3 weeks", "20 Days", "3 min", "31 d",
        ],
    ),
    (
        Key::Idle,
        |team, text| team.idle = Some(text.into()),
        &["2", "90 minutes", "1 hr", "0 h", "13 h"],
    ),
    (
        Key::Operators,
        |team, text| {
            team.operators = Some([text].into_iter().collect());
            oidc(team, "https://accounts.google.com", "a", "acme/oidc");
        },
        &["alice", "op", "op@", "a$b@x.com"],
    ),
    (
        Key::Login,
        |team, issuer| oidc(team, &issuer, "a", "acme/oidc"),
        &[
            "http://id.x.com",
            "id.x.com/realms/acme",
            "https://id.x.com/.well-known/openid-configuration",
            "https://id.x.com?a",
            "https://10.0.0.1",
            "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490",
            "https://login.microsoftonline.com/common/v2.0",
            "https://login.okta.com",
            "https://login.salesforce.com",
            "https://github.com",
            "",
        ],
    ),
    (
        Key::Login,
        |team, id| oidc(team, "https://accounts.google.com", &id, "acme/oidc"),
        &["", "a b"],
    ),
    (
        Key::Login,
        |team, secret| oidc(team, "https://accounts.google.com", "a", &secret),
        &[
            "",
            "a b",
            "GOCSPX-1ab2cd3ef4",
            "arn:aws:secretsmanager:x",
            "arn:aws:ssm:a:b:c",
        ],
    ),
    (
        Key::Login,
        |team, prefix| {
            oidc(team, "", "", "");
            let domain_prefix = Some(prefix.into());
            team.login = Some(LoginDeclaration::Cognito { domain_prefix });
        },
        &["", "Acme", "acme-aws", "-a"],
    ),
];

/// Lets a user with an e-mail address sign in at a provider.
fn oidc(team: &mut Declaration, issuer: &str, client_id: &str, client_secret: &str) {
    let text = |text: &str| Some(text.to_owned().into());
    let alice = UserDeclaration {
        name: "alice".into(),
        email: text("alice@x.com"),
        ..UserDeclaration::default()
    };
    team.users = Some(Users::Records(vec![alice].into()));
    team.login = Some(LoginDeclaration::Oidc {
        issuer: text(issuer),
        client_id: text(client_id),
        client_secret: text(client_secret),
    });
}

fn team() -> Declaration {
    Declaration {
        type_name: "Team".into(),
        users: Some(Users::Count(6)),
        domain: Some("code.x.com".into()),
        ..Declaration::default()
    }
}

fn errors(declaration: &Declaration) -> Vec<DeclarationDiagnostic> {
    declaration.check().err().unwrap_or_default()
}

/// The quoted suggestion of a help.
fn written(help: &str) -> Option<String> {
    let starts = ["write \"", "write at most \"", "for example \""];
    let (_, rest) = starts.iter().find_map(|start| help.split_once(start))?;
    let end = rest.find(['"', '`'])?;
    Some(rest[..end].to_owned())
}

#[test]
fn the_suggestion_of_a_help_is_accepted() {
    let mut offered = 0;
    for (key, set, values) in TEXTS {
        for value in *values {
            let mut declaration = team();
            set(&mut declaration, (*value).to_owned());
            let found = errors(&declaration);
            assert_eq!(found.len(), 1, "{key} = {value:?}: {found:?}");
            let help = found[0].diagnostic.help.clone().unwrap_or_default();
            if let Some(written) = written(&help) {
                offered += 1;
                set(&mut declaration, written.clone());
                let found = errors(&declaration);
                assert!(
                    found.is_empty(),
                    "{key} = {value:?}, then {written:?}: {found:?}"
                );
            }
        }
    }
    assert!(offered > 50, "{offered}");
}

#[test]
fn suggested_ports_are_accepted() {
    for port in [0, -1, 22, 80, 8_082, 20_000, 65_536] {
        let mut declaration = team();
        declaration.port = Some(port);
        let help = errors(&declaration)
            .remove(0)
            .diagnostic
            .help
            .unwrap_or_default();
        let number = help.trim_matches(|letter: char| !letter.is_ascii_digit());
        declaration.port = number.parse().ok();
        assert!(
            declaration.port.is_some() && errors(&declaration).is_empty(),
            "{help}"
        );
    }
}

#[test]
fn an_excess_is_reported_at_its_path() {
    let mut declaration = team();
    declaration.memory = Some("100 TiB".into());
    assert_eq!(
        errors(&declaration)[0].path,
        DeclarationPath::Value(Key::Memory)
    );
    declaration.memory = Some("5000 GiB".into());
    assert_eq!(
        errors(&declaration)[0].path,
        DeclarationPath::Value(Key::Memory)
    );
    declaration.memory = None;
    declaration.cpus = Some(1_000.0);
    assert_eq!(
        errors(&declaration)[0].path,
        DeclarationPath::Value(Key::Cpus)
    );
    declaration.cpus = None;
    declaration.tls = Some(TlsDeclaration::Acme {
        email: Some("ops@x.com".into()),
        until: Some("2027-02-30".into()),
        staging: false,
    });
    assert_eq!(
        errors(&declaration)[0].path,
        DeclarationPath::Tls(TlsPart::Until)
    );
}
