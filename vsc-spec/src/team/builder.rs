//! A declaration as plain Rust, for teams that are known only when the program runs.

use std::error::Error;
use std::fmt;

use super::declaration::{
    Allow, Declaration, LoginDeclaration, SnapshotsDeclaration, TlsDeclaration, UserDeclaration,
    Users,
};
use super::key::{Key, keys};
use super::path::{DeclarationDiagnostic, DeclarationPath};
use super::team_ide::TeamIde;
use super::user_key::user_keys;
use crate::diagnostic::Diagnostic;
use crate::json::Text;

/// Builds a [`TeamIde`]; the keys are those of `#[team_ide]`, and so are the rules.
///
/// ```
/// use vsc_spec::team::{TeamIde, UserBuilder};
///
/// let ide = TeamIde::builder()
///     .stack_name("acme-ide")
///     .domain("code.x.com")
///     .user("alice")
///     .user(UserBuilder::new("bob").memory("4 GiB"))
///     .build()?;
/// assert_eq!(ide.users().len(), 2);
///
/// let rejected = TeamIde::builder().user("Alice").build().unwrap_err();
/// assert!(rejected.to_string().contains("the domain is missing"));
/// # Ok::<(), vsc_spec::team::DeclarationError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct TeamIdeBuilder {
    declaration: Declaration,
    count: Option<i128>,
    records: Vec<UserDeclaration>,
}

/// Everything that is wrong with a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeclarationError {
    /// The errors, in the order in which they were found; there is at least one.
    pub errors: Vec<DeclarationDiagnostic>,
}

impl fmt::Display for DeclarationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.errors.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{}", error.diagnostic)?;
        }
        Ok(())
    }
}

impl Error for DeclarationError {}

impl TeamIde {
    /// Begins the declaration of a team that is known only when the program runs.
    pub fn builder() -> TeamIdeBuilder {
        TeamIdeBuilder::default()
    }
}

macro_rules! setters {
    (
        declaration { $(
            $(#[doc = $about:literal])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        elsewhere $others:tt
    ) => {
        impl TeamIdeBuilder {
            $(setter! { $kind $of [$($about)+] $name })+
        }

        $(set_by_hand! { $kind $of })+
    };
}

/// The setter of a plain value.
macro_rules! setter {
    (text() [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name(mut self, $name: impl Into<Text>) -> Self {
            self.declaration.$name = Some($name.into());
            self
        }
    };
    (text_or($word:literal) $about:tt $name:ident) => {
        setter! { text() $about $name }
    };
    (checked($type:ty) $about:tt $name:ident) => {
        setter! { text() $about $name }
    };
    (integer($type:ty) [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name(mut self, $name: $type) -> Self {
            self.declaration.$name = Some($name.into());
            self
        }
    };
    (number() [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name(mut self, $name: f64) -> Self {
            self.declaration.$name = Some($name);
            self
        }
    };
    (texts($items:literal) [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name<T: Into<Text>>(mut self, $name: impl IntoIterator<Item = T>) -> Self {
            self.declaration.$name = $name.into_iter().collect();
            self
        }
    };
    (choice($type:ty, $words:ty) [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name(mut self, $name: $words) -> Self {
            self.declaration.$name = $name.into();
            self
        }
    };
    (own $of:tt $about:tt $name:ident) => {};
}

/// Calls the hand-written setter of a key of its own kind.
macro_rules! set_by_hand {
    (own($type:ty, $set:expr)) => {
        const _: fn(TeamIdeBuilder) -> TeamIdeBuilder = $set;
    };
    ($kind:ident $of:tt) => {};
}

keys!(setters);

impl TeamIdeBuilder {
    /// A number of users, called `dev-1`, `dev-2` and so on.
    pub fn users(mut self, count: u32) -> Self {
        self.count = Some(count.into());
        self
    }

    /// Adds a user: a name, or a [`UserBuilder`].
    pub fn user(mut self, user: impl Into<UserBuilder>) -> Self {
        self.records.push(user.into().record);
        self
    }

    /// The ranges that may reach the host.
    pub fn allow<T: Into<Text>>(mut self, ranges: impl IntoIterator<Item = T>) -> Self {
        self.declaration.allow = Some(Allow::Ranges(ranges.into_iter().collect()));
        self
    }

    /// Lets everybody reach the host.
    pub fn allow_anywhere(mut self) -> Self {
        self.declaration.allow = Some(Allow::Anywhere);
        self
    }

    /// Takes the certificate and its key from these parameters of Parameter Store.
    pub fn tls_ssm(mut self, certificate: impl Into<Text>, private_key: impl Into<Text>) -> Self {
        self.declaration.tls = Some(TlsDeclaration::Ssm {
            certificate: Some(certificate.into()),
            private_key: Some(private_key.into()),
        });
        self
    }

    /// Gets the certificate from Let's Encrypt, which sends notices to this e-mail address.
    pub fn tls_acme(self, email: impl Into<Text>) -> Self {
        self.issued(email.into(), false)
    }

    /// Gets the certificate from the staging environment of Let's Encrypt: for trials, since browsers do
    /// not trust it.
    pub fn tls_acme_staging(self, email: impl Into<Text>) -> Self {
        self.issued(email.into(), true)
    }

    fn issued(mut self, email: Text, staging: bool) -> Self {
        self.declaration.tls = Some(TlsDeclaration::Acme {
            email: Some(email),
            until: None,
            staging,
        });
        self
    }

    /// Serves plain HTTP without a certificate, for trials inside a network.
    pub fn tls_none(mut self) -> Self {
        self.declaration.tls = Some(TlsDeclaration::None);
        self
    }

    /// Lets each developer in with a password, which CloudFormation generates.
    pub fn login_generated(mut self) -> Self {
        self.declaration.login = Some(LoginDeclaration::Generated);
        self
    }

    /// Lets all developers in with one password, which the operator sets when the stack is deployed.
    pub fn login_shared(mut self) -> Self {
        self.declaration.login = Some(LoginDeclaration::Shared);
        self
    }

    /// Lets developers in with their accounts at the OpenID Connect provider of this issuer. The secret of the
    /// client is in the secret of this name or ARN in Secrets Manager.
    pub fn login_oidc(
        mut self,
        issuer: impl Into<Text>,
        client_id: impl Into<Text>,
        client_secret: impl Into<Text>,
    ) -> Self {
        self.declaration.login = Some(LoginDeclaration::Oidc {
            issuer: Some(issuer.into()),
            client_id: Some(client_id.into()),
            client_secret: Some(client_secret.into()),
        });
        self
    }

    /// Lets developers in with accounts in a user pool of Amazon Cognito, which the stack makes, with its pages
    /// below this prefix.
    pub fn login_cognito(mut self, domain_prefix: impl Into<Text>) -> Self {
        self.declaration.login = Some(LoginDeclaration::Cognito {
            domain_prefix: Some(domain_prefix.into()),
        });
        self
    }

    /// Opens the dashboard to these accounts or users alone.
    pub fn operators<T: Into<Text>>(mut self, operators: impl IntoIterator<Item = T>) -> Self {
        self.declaration.operators = Some(operators.into_iter().collect());
        self
    }

    /// Takes a snapshot of the homes each day, and keeps this number of them.
    pub fn snapshots_daily(mut self, keep: u16) -> Self {
        self.declaration.snapshots = Some(SnapshotsDeclaration::Daily {
            keep: Some(keep.into()),
        });
        self
    }

    /// Takes no snapshots of the homes, but that which is made when their volume is deleted.
    pub fn snapshots_none(mut self) -> Self {
        self.declaration.snapshots = Some(SnapshotsDeclaration::None);
        self
    }

    /// Adds a tag to every resource of the stack.
    pub fn tag(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        self.declaration
            .tags
            .to_mut()
            .push((key.into(), value.into()));
        self
    }

    /// The declaration, unchecked.
    pub fn declaration(self) -> Declaration {
        let mut declaration = self.declaration;
        if declaration.type_name.is_empty() {
            declaration.type_name = Text::Borrowed("TeamIde");
        }
        declaration.users = match self.count {
            _ if !self.records.is_empty() => Some(Users::Records(self.records.into())),
            count => count.map(Users::Count),
        };
        declaration
    }

    /// The team IDE.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the declaration, with the messages of the macro.
    pub fn build(self) -> Result<TeamIde, DeclarationError> {
        let twice = self.count.is_some() && !self.records.is_empty();
        let twice = twice.then(|| DeclarationDiagnostic {
            path: DeclarationPath::Value(Key::Users),
            diagnostic: Diagnostic::new("the users are declared twice")
                .note("by `users` and by `user`")
                .help("remove `users`"),
        });
        let checked = self.declaration().check();
        match twice {
            None => checked.map_err(|errors| DeclarationError { errors }),
            Some(twice) => {
                let others = checked.err().unwrap_or_default();
                let errors = std::iter::once(twice).chain(others).collect();
                Err(DeclarationError { errors })
            }
        }
    }
}

/// A user and the settings of this user alone.
#[derive(Clone, Debug, Default)]
#[must_use = "a user joins a team only through `TeamIdeBuilder::user`"]
pub struct UserBuilder {
    record: UserDeclaration,
}

impl UserBuilder {
    /// A user of this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self {
            record: UserDeclaration {
                name: name.into(),
                ..UserDeclaration::default()
            },
        }
    }
}

macro_rules! user_setters {
    (
        values { $(
            $(#[doc = $about:literal])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        lists { $(
            $(#[doc = $about_list:literal])+
            $list:ident of $item:ident {
                name: $list_name:ident,
                kind: texts($items:literal),
                rule: each($each:path),
                example: $list_example:literal,
                default: $list_default:literal,
            }
        )+ }
    ) => {
        impl UserBuilder {
            $(user_setter! { $kind [$($about)+] $name })+
            $(
                $(#[doc = $about_list])+
                pub fn $list_name<T: Into<Text>>(
                    mut self,
                    $list_name: impl IntoIterator<Item = T>,
                ) -> Self {
                    self.record.$list_name = $list_name.into_iter().collect();
                    self
                }
            )+
        }
    };
}

macro_rules! user_setter {
    // A builder begins with the name.
    (name $about:tt $name:ident) => {};
    (text [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name(mut self, $name: impl Into<Text>) -> Self {
            self.record.$name = Some($name.into());
            self
        }
    };
    (number [$($about:literal)+] $name:ident) => {
        $(#[doc = $about])+
        pub fn $name(mut self, $name: f64) -> Self {
            self.record.$name = Some($name);
            self
        }
    };
}

user_keys!(user_setters);

impl<T: Into<Text>> From<T> for UserBuilder {
    fn from(name: T) -> Self {
        Self::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{AllowedSources, Credits, Login, Previews, Size, Tls};

    /// A team that sets every part.
    fn whole() -> TeamIdeBuilder {
        TeamIde::builder()
            .stack_name("acme-ide")
            .description("What it is for")
            .user(UserBuilder::new("alice").email("alice@x.com").cpus(0.5))
            .user(
                UserBuilder::new("bob")
                    .memory("3 GiB")
                    .repo("https://x.com/b")
                    .dotfiles("https://x.com/bob"),
            )
            .user(UserBuilder::new("carol").extensions(["a.b"]))
            .domain("code.x.com")
            .hosted_zone("Z0123456789ABCDEFGHIJ")
            .vpc("vpc-0a1b2c3d")
            .subnet("subnet-0a1b2c3d")
            .instance("t3.xlarge")
            .region("eu-west-1")
            .root_volume("40 GiB")
            .home_volume("100 GiB")
            .key_pair("ops")
            .memory("2 GiB")
            .image("x/ide:1")
            .proxy_image("traefik:v3.7.13")
            .repo("https://x.com/team")
            .dotfiles("https://x.com/dotfiles")
            .allow(["203.0.113.0/24", "198.51.100.7/32"])
            .reach(["10.0.5.0/24"])
            .credits(Credits::Standard)
            .tls_ssm("/acme/certificate", "/acme/key")
            .login_shared()
            .session("8 h")
            .idle("30 min")
            .operators(["alice@x.com", "bob"])
            .previews(Previews::Paths)
            .cpus(1.5)
            .extensions(["c.d"])
            .tag("team", "web")
            .tag("stage", "test")
            // Later setters keep the values of earlier ones.
            .port(8443)
            .dashboard_port(9000)
    }

    #[test]
    fn every_part_is_in_the_team() {
        let ide = whole().build().expect("it is right");
        assert_eq!(ide.stack_name().as_str(), "acme-ide");
        assert_eq!(ide.description(), "What it is for");
        let zone = ide.hosted_zone().map(|zone| zone.as_str().to_owned());
        assert_eq!(zone.as_deref(), Some("Z0123456789ABCDEFGHIJ"));
        let network = ide.network().expect("it is declared");
        assert_eq!(
            (network.vpc(), network.subnet()),
            ("vpc-0a1b2c3d", "subnet-0a1b2c3d")
        );
        assert_eq!(ide.instance().name(), "t3.xlarge");
        assert_eq!(
            ide.region()
                .map(|region| region.name().to_owned())
                .as_deref(),
            Some("eu-west-1")
        );
        assert_eq!(ide.root_volume().gib(), 40);
        assert_eq!(ide.home_volume().map(Size::gib), Some(100));
        assert_eq!(
            ide.key_pair()
                .map(|pair| pair.as_str().to_owned())
                .as_deref(),
            Some("ops")
        );
        assert_eq!(
            (ide.image().as_str(), ide.proxy_image().as_str()),
            ("x/ide:1", "traefik:v3.7.13")
        );
        assert!(matches!(ide.allow(), AllowedSources::Ranges(ranges) if ranges.len() == 2));
        let reach: Vec<String> = ide.reach().iter().map(ToString::to_string).collect();
        assert_eq!(reach, ["10.0.5.0/24"]);
        assert_eq!(ide.credits(), Some(Credits::Standard));
        assert!(matches!(ide.tls(), Tls::Ssm { .. }));
        assert_eq!(ide.login(), &Login::Shared);
        let durations = (ide.session().to_string(), ide.idle().to_string());
        assert_eq!(durations, ("8 h".to_owned(), "30 min".to_owned()));
        let operators = ["alice", "bob"].map(str::to_owned);
        assert_eq!(ide.operators(), Some(&operators[..]));
        assert_eq!(ide.previews(), Previews::Paths);
        assert_eq!((ide.port(), ide.dashboard_port()), (8443, 9000));
        let tags: Vec<_> = ide
            .tags()
            .iter()
            .map(|tag| (tag.key(), tag.value()))
            .collect();
        assert_eq!(tags, [("team", "web"), ("stage", "test")]);
        let [alice, bob, carol] = ide.users() else {
            panic!("three users");
        };
        assert_eq!(
            alice
                .email()
                .map(|email| email.as_str().to_owned())
                .as_deref(),
            Some("alice@x.com")
        );
        assert_eq!((alice.memory().gib(), bob.memory().gib()), (2, 3));
        assert_ne!(alice.cpus(), bob.cpus());
        assert_eq!(bob.cpus(), carol.cpus());
        assert_ne!(alice.repo(), bob.repo());
        assert_eq!(alice.repo(), carol.repo());
        assert_ne!(alice.dotfiles(), bob.dotfiles());
        assert_eq!(alice.dotfiles(), carol.dotfiles());
        assert_eq!((alice.extensions().len(), carol.extensions().len()), (1, 2));
        assert_eq!(bob.fqdn(), "bob.code.x.com");
    }

    #[test]
    fn the_other_ways_to_be_reached() {
        let team = || TeamIde::builder().users(2);
        let plain = team().tls_none().build().expect("it is right");
        assert!(matches!(plain.tls(), Tls::None) && !plain.is_https());
        let issued = team()
            .domain("code.x.com")
            .tls_acme("ops@x.com")
            .allow_anywhere();
        let issued = issued.build().expect("it is right");
        assert!(matches!(issued.tls(), Tls::Acme { until: None, .. }) && issued.is_https());
        assert_eq!(issued.tls().untrusted(), None);
        let trial = team().domain("code.x.com").tls_acme_staging("ops@x.com");
        let trial = trial.build().expect("it is right");
        let diagnostic = trial.tls().untrusted().expect("browsers warn");
        assert!(
            diagnostic.to_string().contains("`staging = true`"),
            "{diagnostic}"
        );
        assert!(matches!(issued.allow(), AllowedSources::Anywhere));
    }

    #[test]
    fn users_are_counted_or_named() {
        let both = TeamIde::builder().domain("code.x.com").users(6);
        let rejected = both.clone().user("alice").build().unwrap_err();
        assert!(
            rejected
                .to_string()
                .starts_with("the users are declared twice")
        );
        assert_eq!(rejected.errors.len(), 1);
        assert_eq!(both.build().unwrap().users().len(), 6);
    }
}
