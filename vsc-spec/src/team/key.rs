//! The keys of a declaration.

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::suggest;

/// The table of keys. It passes its rows to the macro of the given name.
///
/// A row has the name of the key's variant and its documentation, which rustdoc, the README and editors
/// show. Its columns:
///
/// - `name`: the key as it is written, which is also its field of `Declaration`
/// - `kind`: the kind of its value:
///   - `text()`: a string
///   - `checked(Type)`: a string, which is of this type in a `TeamIde`
///   - `integer(u16)`: an integer, which is of this type in the builder
///   - `number()`: a number that may have a fraction
///   - `texts("ranges")`: a list of strings, with the noun for them
///   - `choice(Field, Type)`: one of a few keywords of this type (`words!`); the field's type is the same, or an
///     `Option` of it
///   - `own(Type, setter)`: a kind of its own: the field's type, and a call of the builder that sets it
/// - `rule`: the function that validates it:
///   - `alone(path)`: a function of a string, which code made from the table calls
///   - `with_others(path)`: a function that validates it together with other keys
///   - `any()`: every value is valid
/// - `example`: the key with a value
/// - `default`: the default, for the README
///
/// Paths are absolute, since several modules use the table. The rows of `elsewhere` have no field: the
/// macro reads them itself.
macro_rules! keys {
    ($with:ident) => {
        $with! {
            declaration {
                /// The developers: a number of them, their names (`["alice", "bob"]`), a file
                /// (`"team.toml"`), or the variants of an enum.
                Users {
                    name: users,
                    kind: own(Option<Users>, |team| team.users(6)),
                    rule: with_others(crate::team::Declaration::validate_users),
                    example: "users = 6",
                    default: "required",
                }
                /// The domain of the workspaces: each user's is a subdomain.
                Domain {
                    name: domain,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_domain),
                    example: "domain = \"code.x.com\"",
                    default: "required, unless `tls = none`",
                }
                /// The Route 53 hosted zone of the domain.
                HostedZone {
                    name: hosted_zone,
                    kind: checked(crate::team::HostedZoneId),
                    rule: with_others(crate::team::Declaration::validate_domain),
                    example: "hosted_zone = \"Z0123456789ABCDEFGHIJ\"",
                    default: "parameter `HostedZoneId`",
                }
                /// The VPC of the host, together with `subnet`.
                Vpc {
                    name: vpc,
                    kind: text(),
                    rule: with_others(crate::team::network_id::check),
                    example: "vpc = \"vpc-0a1b2c3d4e5f67890\"",
                    default: "parameter `VpcId`",
                }
                /// The public subnet of the host, together with `vpc`.
                Subnet {
                    name: subnet,
                    kind: text(),
                    rule: with_others(crate::team::network_id::check),
                    example: "subnet = \"subnet-0a1b2c3d4e5f67890\"",
                    default: "parameter `SubnetId`",
                }
                /// The addresses that may reach the host: ranges, or `anywhere`.
                Allow {
                    name: allow,
                    kind: own(Option<Allow>, |team| team.allow_anywhere()),
                    rule: with_others(crate::team::allow::check),
                    example: "allow = [\"203.0.113.0/24\"]",
                    default: "parameter `SourceIP`, without a default",
                }
                /// The private addresses that workspaces reach.
                Reach {
                    name: reach,
                    kind: texts("ranges"),
                    rule: with_others(crate::team::reach::check),
                    example: "reach = [\"10.0.5.0/24\"]",
                    default: "none: only the internet is reachable",
                }
                /// The port of the workspaces.
                Port {
                    name: port,
                    kind: integer(u16),
                    rule: with_others(crate::team::Declaration::validate_ports),
                    example: "port = 443",
                    default: "443",
                }
                /// The port of the proxy's dashboard.
                DashboardPort {
                    name: dashboard_port,
                    kind: integer(u16),
                    rule: with_others(crate::team::Declaration::validate_ports),
                    example: "dashboard_port = 8090",
                    default: "8090",
                }
                /// The instance type of the host, or a family (`c7i`) of which the smallest type
                /// that fits is chosen.
                Instance {
                    name: instance,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_instance),
                    example: "instance = \"t3.large\"",
                    default: "the smallest current type that [fits the team](docs/capacity.md)",
                }
                /// What a burstable host does when it has spent its CPU credits: `standard` or
                /// `unlimited`.
                Credits {
                    name: credits,
                    kind: choice(Option<crate::team::Credits>, crate::team::Credits),
                    rule: with_others(crate::team::Declaration::validate_credits),
                    example: "credits = standard",
                    default: "the default of AWS: [unlimited for t3](docs/capacity.md#cpu-credits)",
                }
                /// The region in which the stack will be.
                Region {
                    name: region,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_all),
                    example: "region = \"eu-west-1\"",
                    default: "any region",
                }
                /// The size of the host's root volume, such as `30 GiB`.
                RootVolume {
                    name: root_volume,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_disks),
                    example: "root_volume = \"30 GiB\"",
                    default: "30 GiB; with `home_volume = none` the first of 30, 50, 100 and 200 GiB that [holds the homes](docs/capacity.md)",
                }
                /// The size of the volume for the homes, such as `100 GiB`, or `none` for a team whose
                /// homes may be lost: they are on the root volume, and deleted with the host.
                HomeVolume {
                    name: home_volume,
                    kind: text_or("none"),
                    rule: with_others(crate::team::Declaration::validate_disks),
                    example: "home_volume = \"100 GiB\"",
                    default: "[10 GiB for each developer](docs/capacity.md)",
                }
                /// The snapshots of the homes: `daily`, `daily(keep = 7)` or `none`.
                Snapshots {
                    name: snapshots,
                    kind: own(Option<SnapshotsDeclaration>, |team| team.snapshots_none()),
                    rule: with_others(crate::team::snapshots::check),
                    example: "snapshots = daily(keep = 7)",
                    default: "`daily(keep = 7)`",
                }
                /// The key pair that opens the host to SSH.
                KeyPair {
                    name: key_pair,
                    kind: checked(crate::team::KeyPair),
                    rule: with_others(crate::team::allow::check_ssh),
                    example: "key_pair = \"ops\"",
                    default: "none: SSH is closed, Session Manager is open",
                }
                /// The source of the certificate: `ssm` or `ssm(…)`, parameters of Parameter
                /// Store; `acme(email = "…", until = "2027-01-31", staging = true)`, Let's
                /// Encrypt; `none`.
                Tls {
                    name: tls,
                    kind: own(Option<TlsDeclaration>, |team| team.tls_none()),
                    rule: with_others(crate::team::tls::check),
                    example: "tls = ssm(certificate = \"/vsc/certificate\", private_key = \"/vsc/private-key\")",
                    default: "`ssm`: two parameters ask for the names",
                }
                /// How developers sign in: `generated`, a password for each; `shared`, one that the
                /// operator sets; `oidc(issuer = "…", client_id = "…", client_secret = "…")`, accounts at a
                /// provider, with the client's secret in Secrets Manager; `cognito(domain_prefix = "…")`,
                /// accounts in a user pool of the stack.
                Login {
                    name: login,
                    kind: own(Option<LoginDeclaration>, |team| team.login_shared()),
                    rule: with_others(crate::team::Declaration::validate_login),
                    example: "login = generated",
                    default: "`generated`",
                }
                /// The time after which developers sign in again, such as `12 h`.
                Session {
                    name: session,
                    kind: text(),
                    rule: with_others(crate::team::session::check),
                    example: "session = \"12 h\"",
                    default: "12 h",
                }
                /// The time without a request after which a session ends, such as `2 h`.
                Idle {
                    name: idle,
                    kind: text(),
                    rule: with_others(crate::team::session::check),
                    example: "idle = \"2 h\"",
                    default: "2 h, or the session if that is shorter",
                }
                /// Who opens the dashboard: e-mail addresses of accounts, or with `generated` and `shared` names
                /// of users.
                Operators {
                    name: operators,
                    kind: own(Option<Texts>, |team| team.operators(["op@x.com"])),
                    rule: with_others(crate::team::login::check_operators),
                    example: "operators = [\"op@x.com\"]",
                    default: "every developer",
                }
                /// Where previews of ports are: `subdomains` or `paths`.
                Previews {
                    name: previews,
                    kind: choice(Option<crate::team::Previews>, crate::team::Previews),
                    rule: with_others(crate::team::previews::check),
                    example: "previews = subdomains",
                    default: "`subdomains`, unless `tls = none`",
                }
                /// The memory that is promised to each workspace, such as `2 GiB`.
                Memory {
                    name: memory,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_users),
                    example: "memory = \"1 GiB\"",
                    default: "1 GiB",
                }
                /// The most CPUs that each workspace may use.
                Cpus {
                    name: cpus,
                    kind: number(),
                    rule: with_others(crate::team::Declaration::validate_cpus),
                    example: "cpus = 0.5",
                    default: "all share the host's",
                }
                /// The image of the workspaces, pinned; also in ECR.
                Image {
                    name: image,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_images),
                    example: "image = \"codercom/code-server:4.139.1\"",
                    default: "[ours](docs/boot.md#the-images), pinned",
                }
                /// The image of the proxy, pinned; also in ECR.
                ProxyImage {
                    name: proxy_image,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_images),
                    example: "proxy_image = \"traefik:v3.7.15\"",
                    default: "[ours](docs/boot.md#the-images), pinned",
                }
                /// The repository that is cloned into each workspace at its first start.
                Repo {
                    name: repo,
                    kind: text(),
                    rule: alone(crate::team::equipment::check_repo),
                    example: "repo = \"https://github.com/rust-lang/rust-analyzer\"",
                    default: "none",
                }
                /// The dotfiles repository that is installed into each home.
                Dotfiles {
                    name: dotfiles,
                    kind: text(),
                    rule: alone(crate::team::equipment::check_repo),
                    example: "dotfiles = \"https://github.com/alice/dotfiles\"",
                    default: "[none](docs/users.md#dotfiles)",
                }
                /// The extensions that are installed into each workspace at its first start.
                Extensions {
                    name: extensions,
                    kind: texts("extensions"),
                    rule: with_others(crate::team::Declaration::validate_extensions),
                    example: "extensions = [\"rust-lang.rust-analyzer\"]",
                    default: "none",
                }
                /// The time zone of each workspace, by its name in the IANA database.
                Timezone {
                    name: timezone,
                    kind: checked(crate::team::Timezone),
                    rule: alone(crate::team::timezone::check),
                    example: "timezone = \"Europe/Rome\"",
                    default: "that of the image: UTC in ours",
                }
                /// The name of the stack.
                StackName {
                    name: stack_name,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_names),
                    example: "stack_name = \"acme-ide\"",
                    default: "from the type's name",
                }
                /// The description of the stack.
                Description {
                    name: description,
                    kind: text(),
                    rule: with_others(crate::team::Declaration::validate_names),
                    example: "description = \"The IDEs of the Acme team\"",
                    default: "the size of the team and of its host",
                }
                /// Tags of every resource of the stack.
                Tags {
                    name: tags,
                    kind: own(List<(Text, Text)>, |team| team.tag("CostCenter", "1234")),
                    rule: with_others(crate::team::tag::check),
                    example: "tags(CostCenter = \"1234\")",
                    default: "none",
                }
            }
            elsewhere {
                /// A function that adds to the stack.
                Extend {
                    name: extend,
                    example: "extend = add_backups",
                    default: "nothing",
                }
            }
        }
    };
}

pub(super) use keys;

macro_rules! key {
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
        elsewhere { $(
            $(#[doc = $about_other:literal])+
            $other:ident { name: $other_name:ident, example: $other_example:literal, default: $other_default:literal, }
        )+ }
    ) => {
        key! {
            $($key $name [$($about)+] $example $default;)+
            $($other $other_name [$($about_other)+] $other_example $other_default;)+
        }
    };
    ($($key:ident $name:ident [$($about:literal)+] $example:literal $default:literal;)+) => {
        /// A key of `#[team_ide]`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key {
            $($(#[doc = $about])+ #[doc = concat!("\n\n`", $example, "`")] $key,)+
        }

        impl Key {
            /// All keys.
            pub const ALL: &[Self] = &[$(Self::$key),+];

            /// The key as it is written.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$key => stringify!($name)),+ }
            }

            /// Its documentation, in Markdown.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$key => concat!($($about),+).trim_ascii_start()),+ }
            }

            /// The key with a value, as one would write it.
            pub const fn example(self) -> &'static str {
                match self { $(Self::$key => $example),+ }
            }

            /// Its default, in Markdown; links begin at the root of the repository.
            pub const fn default_value(self) -> &'static str {
                match self { $(Self::$key => $default),+ }
            }
        }
    };
}

keys!(key);

impl Key {
    /// The key of this name.
    ///
    /// # Errors
    ///
    /// When there is no such key.
    pub fn find(name: &str) -> Result<Self, Diagnostic> {
        Self::ALL
            .iter()
            .find(|key| key.name() == name)
            .copied()
            .ok_or_else(|| {
                let names = || Self::ALL.iter().map(|key| key.name());
                let diagnostic = Diagnostic::new(format!("`team_ide` has no key `{name}`"));
                match suggest::did_you_mean(name, names()) {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic.note(format!(
                        "its keys are {}",
                        names()
                            .map(|name| format!("`{name}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    )),
                }
            })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_its_name() {
        for key in Key::ALL {
            assert_eq!(Key::find(key.name()), Ok(*key));
            assert_eq!(key.to_string(), key.name());
            assert!(key.example().starts_with(key.name()), "{key}");
        }
        let message = |name| Key::find(name).expect_err("no key").to_string();
        assert_eq!(
            message("user"),
            "`team_ide` has no key `user`\n= help: did you mean `users`?"
        );
        assert!(
            message("colour")
                .starts_with("`team_ide` has no key `colour`\nits keys are `users`, `domain`, ")
        );
    }
}
