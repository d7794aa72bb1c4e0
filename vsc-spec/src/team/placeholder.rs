//! Placeholders of constants while the macro runs.
//!
//! The macro does not know the value of a constant. It validates the declaration with a placeholder
//! that every rule rejects, and drops that error: so nothing that depends on the constant is
//! accepted or rejected before const evaluation knows its value.

/// The placeholder of a string: no rule admits a control character.
pub const TEXT: &str = "\0";

/// The placeholder of an integer: ports and numbers of users are not negative.
pub const INTEGER: i128 = -1;

/// The placeholder of a number of CPUs.
pub const NUMBER: f64 = f64::NAN;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Text;
    use crate::team::{
        Allow, Declaration, DeclarationPath, Key, Texts, TlsDeclaration, TlsPart, UserDeclaration,
        UserField, Users,
    };

    const STRING: Text = Text::Borrowed(TEXT);
    const STRINGS: Texts = Texts::Constant(&[TEXT]);

    /// A valid declaration.
    fn valid() -> Declaration {
        Declaration {
            type_name: Text::Borrowed("AcmeIde"),
            users: Some(Users::Count(2)),
            domain: Some(Text::Borrowed("code.x.com")),
            ..Declaration::default()
        }
    }

    /// The placeholders of a key, each with the path of its error. Words, as of `login`, and functions
    /// are never constants, and either value of `staging` is valid.
    fn of_key(key: Key) -> Vec<(Declaration, DeclarationPath)> {
        let mut team = valid();
        let value = DeclarationPath::Value(key);
        let path = match key {
            Key::Users => {
                team.users = Some(Users::Count(INTEGER));
                value
            }
            Key::Domain => set(&mut team.domain, value),
            Key::HostedZone => set(&mut team.hosted_zone, value),
            Key::Vpc => {
                team.subnet = Some(Text::Borrowed("subnet-0a1b2c3d4e5f67890"));
                set(&mut team.vpc, value)
            }
            Key::Subnet => {
                team.vpc = Some(Text::Borrowed("vpc-0a1b2c3d4e5f67890"));
                set(&mut team.subnet, value)
            }
            Key::Allow => {
                team.allow = Some(Allow::Ranges(STRINGS));
                DeclarationPath::Item(key, 0)
            }
            Key::Reach => {
                team.reach = STRINGS;
                DeclarationPath::Item(key, 0)
            }
            Key::Port => {
                team.port = Some(INTEGER);
                value
            }
            Key::DashboardPort => {
                team.dashboard_port = Some(INTEGER);
                value
            }
            Key::Instance => set(&mut team.instance, value),
            Key::Region => set(&mut team.region, value),
            Key::RootVolume => set(&mut team.root_volume, value),
            Key::HomeVolume => set(&mut team.home_volume, value),
            Key::KeyPair => set(&mut team.key_pair, value),
            Key::Memory => set(&mut team.memory, value),
            Key::Cpus => {
                team.cpus = Some(NUMBER);
                value
            }
            Key::Image => set(&mut team.image, value),
            Key::ProxyImage => set(&mut team.proxy_image, value),
            Key::Repo => set(&mut team.repo, value),
            Key::Timezone => set(&mut team.timezone, value),
            Key::Dotfiles => set(&mut team.dotfiles, value),
            Key::Extensions => {
                team.extensions = STRINGS;
                DeclarationPath::Item(key, 0)
            }
            Key::StackName => set(&mut team.stack_name, value),
            Key::Description => set(&mut team.description, value),
            Key::Tls => return of_tls(),
            Key::Tags => {
                team.tags = vec![(STRING, STRING)].into();
                let value = DeclarationPath::TagValue(0);
                return vec![(team.clone(), DeclarationPath::TagKey(0)), (team, value)];
            }
            Key::Credits | Key::Login | Key::Extend => return Vec::new(),
        };
        vec![(team, path)]
    }

    fn set(field: &mut Option<Text>, path: DeclarationPath) -> DeclarationPath {
        *field = Some(STRING);
        path
    }

    fn of_tls() -> Vec<(Declaration, DeclarationPath)> {
        let with = |tls, part| {
            let tls = Some(tls);
            (Declaration { tls, ..valid() }, DeclarationPath::Tls(part))
        };
        let ssm = || TlsDeclaration::Ssm {
            certificate: Some(STRING),
            private_key: Some(STRING),
        };
        let acme = || TlsDeclaration::Acme {
            email: Some(STRING),
            until: Some(STRING),
            staging: false,
        };
        vec![
            with(ssm(), TlsPart::Certificate),
            with(ssm(), TlsPart::PrivateKey),
            with(acme(), TlsPart::Email),
            with(acme(), TlsPart::Until),
        ]
    }

    /// A user with a placeholder for every part, and the paths of their errors.
    fn of_user() -> (Declaration, [UserField; 7]) {
        let user = UserDeclaration {
            name: STRING,
            email: Some(STRING),
            memory: Some(STRING),
            cpus: Some(NUMBER),
            repo: Some(STRING),
            dotfiles: Some(STRING),
            extensions: STRINGS,
        };
        let team = Declaration {
            users: Some(Users::Records(vec![user].into())),
            ..valid()
        };
        let fields = [
            UserField::Name,
            UserField::Email,
            UserField::Memory,
            UserField::Cpus,
            UserField::Repo,
            UserField::Dotfiles,
            UserField::Extension(0),
        ];
        (team, fields)
    }

    fn rejects(team: &Declaration, path: DeclarationPath) -> bool {
        team.validate().errors().any(|error| error.path == path)
    }

    #[test]
    fn every_rule_rejects_the_placeholder_of_a_constant() {
        assert_eq!(valid().validate().count(), 0);
        let mut count = 0;
        for key in Key::ALL {
            for (team, path) in of_key(*key) {
                assert!(rejects(&team, path), "{path:?}");
                count += 1;
            }
        }
        let (team, fields) = of_user();
        for field in fields {
            assert!(rejects(&team, DeclarationPath::User(0, field)), "{field:?}");
        }
        let names = Declaration {
            users: Some(Users::Names(STRINGS)),
            ..valid()
        };
        assert!(rejects(&names, DeclarationPath::User(0, UserField::Name)));
        assert_eq!(count, 30);
    }
}
