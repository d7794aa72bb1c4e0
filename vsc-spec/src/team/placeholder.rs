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
        Allow, Declaration, DeclarationPath, FieldMut, Key, LoginDeclaration, LoginPart,
        SnapshotsDeclaration, Texts, TlsDeclaration, TlsPart, UserDeclaration, UserField, Users,
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

    /// The placeholders of a key, each with the path of its error. Choices and functions are never
    /// constants, and both values of `staging` are valid.
    fn of_key(key: Key) -> Vec<(Declaration, DeclarationPath)> {
        let mut team = valid();
        // Neither is valid without the other.
        match key {
            Key::Vpc => team.subnet = Some(Text::Borrowed("subnet-0a1b2c3d4e5f67890")),
            Key::Subnet => team.vpc = Some(Text::Borrowed("vpc-0a1b2c3d4e5f67890")),
            _ => {}
        }
        let value = DeclarationPath::Value(key);
        let first = DeclarationPath::Item(key, 0);
        let path = match team.field_mut(key) {
            FieldMut::Text(field) => {
                *field = Some(STRING);
                value
            }
            FieldMut::Integer(field) => {
                *field = Some(INTEGER);
                value
            }
            FieldMut::Number(field) => {
                *field = Some(NUMBER);
                value
            }
            FieldMut::Texts(_, field) => {
                *field = STRINGS;
                first
            }
            FieldMut::Users(field) => {
                *field = Some(Users::Count(INTEGER));
                value
            }
            FieldMut::Allow(field) => {
                *field = Some(Allow::Ranges(STRINGS));
                first
            }
            FieldMut::Snapshots(field) => {
                *field = Some(SnapshotsDeclaration::Daily {
                    keep: Some(INTEGER),
                });
                value
            }
            FieldMut::Tls(_) => return of_tls(),
            FieldMut::Login(_) => return of_login(),
            FieldMut::Operators(field) => {
                *field = Some(STRINGS);
                first
            }
            FieldMut::Tags(field) => {
                *field = vec![(STRING, STRING)].into();
                let value = DeclarationPath::TagValue(0);
                return vec![(team.clone(), DeclarationPath::TagKey(0)), (team, value)];
            }
            FieldMut::Choice(_) | FieldMut::Elsewhere => return Vec::new(),
        };
        vec![(team, path)]
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

    fn of_login() -> Vec<(Declaration, DeclarationPath)> {
        let with = |login, part| {
            let login = Some(login);
            (
                Declaration { login, ..valid() },
                DeclarationPath::Login(part),
            )
        };
        let oidc = || LoginDeclaration::Oidc {
            issuer: Some(STRING),
            client_id: Some(STRING),
            client_secret: Some(STRING),
        };
        let cognito = LoginDeclaration::Cognito {
            domain_prefix: Some(STRING),
        };
        vec![
            with(oidc(), LoginPart::Issuer),
            with(oidc(), LoginPart::ClientId),
            with(oidc(), LoginPart::ClientSecret),
            with(cognito, LoginPart::DomainPrefix),
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
        assert!(count >= 30, "{count}");
    }
}
