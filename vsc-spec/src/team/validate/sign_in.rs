//! Validates the login with the users: a provider knows them by their e-mail addresses.

use super::super::declaration::{Declaration, UserDeclaration, Users, declared, slice};
use super::super::key::Key;
use super::super::login::{self, same_email};
use super::super::path::DeclarationPath;
use super::super::user_key::UserField;
use super::super::validation::Validation;
use super::super::{domain, user};
use super::users::Checked;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// The longest e-mail address that is valid: 64 characters, an `@`, and a domain.
const LONGEST_EMAIL: usize = 64 + 1 + 253;

impl Declaration {
    /// Validates the form of the login and what it needs of the users.
    pub(super) const fn validate_login(&self, checked: &Checked<'_>, validation: &mut Validation) {
        login::check(validation, self.login.as_ref());
        let Some(declared) = &self.login else { return };
        login::check_form(validation, declared, self.is_plain(), self.accounts());
        let Some(provider) = declared.provider() else {
            return;
        };
        match &self.users {
            Some(Users::Records(records)) => {
                validate_emails(slice(records), provider, checked, validation);
            }
            Some(users) if users.check().is_ok() => {
                let has_none = match users {
                    Users::Count(_) => "a number of users has none",
                    _ => "a list of names has none",
                };
                let diagnostic = ConstDiagnostic::new("`login = ")
                    .text(provider)
                    .text("` needs the e-mail address of each user")
                    .note("the provider knows them by it, and ")
                    .text(has_none)
                    .help("declare an enum with `#[user(email = \"alice@x.com\")]` on each variant, or write `users = \"team.toml\"`");
                validation.reject(DeclarationPath::Value(Key::Users), diagnostic);
            }
            _ => {}
        }
    }

    /// The number of accounts of users and of operators without a workspace.
    const fn accounts(&self) -> usize {
        let Some(Users::Records(records)) = &self.users else {
            return 0;
        };
        let records = slice(records);
        let mut accounts = records.len();
        // Addresses that are not known yet may be those of operators.
        if let Some(operators) = &self.operators
            && all_are_known(records)
        {
            let mut at = 0;
            while at < operators.len() {
                if !has_email(records, operators.get(at)) {
                    accounts += 1;
                }
                at += 1;
            }
        }
        accounts
    }
}

const fn all_are_known(records: &[UserDeclaration]) -> bool {
    let mut at = 0;
    while at < records.len() {
        match declared(records[at].email.as_ref()) {
            Some(email) if domain::check_email(email).is_ok() => {}
            _ => return false,
        }
        at += 1;
    }
    true
}

const fn has_email(records: &[UserDeclaration], wanted: &str) -> bool {
    let mut at = 0;
    while at < records.len() {
        if let Some(email) = declared(records[at].email.as_ref())
            && same_email(email, wanted)
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Validates the e-mail address of each user, and that no two have the same.
const fn validate_emails(
    records: &[UserDeclaration],
    provider: &str,
    checked: &Checked<'_>,
    validation: &mut Validation,
) {
    let mut fingerprints = [0; user::MAX_USERS];
    let mut at = 0;
    while at < records.len() && at < user::MAX_USERS {
        let Some(email) = declared(records[at].email.as_ref()) else {
            if checked.open[at] {
                let diagnostic = without_email(text::of(&records[at].name), provider);
                validation.reject(DeclarationPath::User(at, UserField::Name), diagnostic);
            }
            at += 1;
            continue;
        };
        let path = DeclarationPath::User(at, UserField::Email);
        if domain::check_email(email).is_ok() {
            let is_right =
                !checked.open[at] || validation.take(path, login::check_email(email)).is_some();
            fingerprints[at] = fingerprint(email);
            if is_right && let Some(other) = same_before(records, at, &fingerprints, checked) {
                let diagnostic = ConstDiagnostic::new("")
                    .quoted(text::of(&records[at].name))
                    .text(" and ")
                    .quoted(other)
                    .text(" have the same e-mail address")
                    .note("the provider knows a developer by it, in upper or lower case")
                    .help("write the address of each");
                validation.reject(path, diagnostic);
            }
        }
        at += 1;
    }
}

const fn without_email(name: &str, provider: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(name)
        .text(" has no e-mail address")
        .note("`login = ")
        .text(provider)
        .text("` lets in the account with that address")
        .help("add `email = \"")
        .text(name)
        .text("@x.com\"`")
}

/// The earlier user with the e-mail address of the user at an index. Fingerprints distinguish most of them.
const fn same_before<'a>(
    records: &'a [UserDeclaration],
    at: usize,
    fingerprints: &[u64; user::MAX_USERS],
    checked: &Checked<'_>,
) -> Option<&'a str> {
    let Some(email) = declared(records[at].email.as_ref()) else {
        return None;
    };
    let others = checked.compared_with(at);
    let mut next = 0;
    while next < others.len() && others[next] < at {
        let before = others[next];
        if fingerprints[before] == fingerprints[at]
            && let Some(earlier) = declared(records[before].email.as_ref())
            && same_email(earlier, email)
        {
            return Some(text::of(&records[before].name));
        }
        next += 1;
    }
    None
}

const fn fingerprint(email: &str) -> u64 {
    user::fingerprint(text::lower::<LONGEST_EMAIL>(email).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{DeclarationDiagnostic, LoginDeclaration, Texts, TlsDeclaration};

    fn oidc() -> LoginDeclaration {
        LoginDeclaration::Oidc {
            issuer: Some("https://accounts.google.com".into()),
            client_id: Some("a".into()),
            client_secret: Some("acme/oidc".into()),
        }
    }

    fn cognito() -> LoginDeclaration {
        LoginDeclaration::Cognito {
            domain_prefix: Some("acme-ide".into()),
        }
    }

    /// Users of these names and e-mail addresses, of which `-` is none.
    fn users(users: &[(&str, &str)]) -> Users {
        let users = users.iter().map(|(name, email)| UserDeclaration {
            name: (*name).to_owned().into(),
            email: (*email != "-").then(|| (*email).to_owned().into()),
            ..UserDeclaration::default()
        });
        Users::Records(users.collect())
    }

    fn team(login: LoginDeclaration, users: Users) -> Declaration {
        Declaration {
            type_name: "AcmeIde".into(),
            users: Some(users),
            domain: Some("code.x.com".into()),
            login: Some(login),
            ..Declaration::default()
        }
    }

    fn errors(team: &Declaration) -> Vec<(DeclarationPath, String)> {
        let error = |it: DeclarationDiagnostic| (it.path, it.diagnostic.to_string());
        team.check()
            .err()
            .into_iter()
            .flatten()
            .map(error)
            .collect()
    }

    #[test]
    fn each_user_of_a_provider_has_an_address() {
        let three = users(&[("alice", "-"), ("bob", "bob@x.com"), ("carol", "-")]);
        let expected = |at, name: &str| {
            let error = format!(
                "{name:?} has no e-mail address\n`login = oidc` lets in the account with that address\n= help: add `email = \"{name}@x.com\"`"
            );
            (DeclarationPath::User(at, UserField::Name), error)
        };
        assert_eq!(
            errors(&team(oidc(), three.clone())),
            [expected(0, "alice"), expected(2, "carol")]
        );
        assert_eq!(errors(&team(LoginDeclaration::Shared, three)), []);
        for (users, note) in [
            (Users::Count(2), "a number of users has none"),
            (
                Users::Names(["alice", "bob"].into_iter().collect()),
                "a list of names has none",
            ),
        ] {
            let found = errors(&team(cognito(), users));
            let [(path, error)] = &found[..] else {
                panic!("{found:?}");
            };
            assert_eq!(path, &DeclarationPath::Value(Key::Users));
            assert!(
                error.starts_with("`login = cognito` needs the e-mail address of each user")
                    && error.contains(note),
                "{error}"
            );
        }
    }

    #[test]
    fn two_users_of_a_provider_have_two_addresses() {
        let two = users(&[
            ("alice", "Dev@X.com"),
            ("bob", "bob@x.com"),
            ("carol", "dev@x.com"),
        ]);
        let error = "\"carol\" and \"alice\" have the same e-mail address\nthe provider knows a developer by it, in upper or lower case\n= help: write the address of each";
        let path = DeclarationPath::User(2, UserField::Email);
        assert_eq!(
            errors(&team(oidc(), two.clone())),
            [(path, error.to_owned())]
        );
        assert_eq!(errors(&team(LoginDeclaration::Generated, two)), []);
        let odd = users(&[("alice", "a$b@x.com")]);
        let found = errors(&team(oidc(), odd.clone()));
        assert_eq!(found.len(), 1);
        assert!(found[0].1.contains("cannot sign in"), "{found:?}");
        assert_eq!(errors(&team(LoginDeclaration::Generated, odd)), []);
    }

    #[test]
    fn a_provider_needs_https() {
        let alice = || users(&[("alice", "alice@x.com")]);
        for (login, plain) in [(oidc(), true), (oidc(), false), (cognito(), true)] {
            let team = Declaration {
                tls: plain.then_some(TlsDeclaration::None),
                ..team(login, alice())
            };
            let found = errors(&team);
            assert_eq!(found.len(), usize::from(plain), "{found:?}");
            let needs = found.iter().all(|(path, error)| {
                *path == DeclarationPath::Value(Key::Login) && error.contains("needs HTTPS")
            });
            assert!(needs, "{found:?}");
        }
    }

    #[test]
    fn a_pool_holds_fifty_accounts() {
        let users = |count: usize| {
            let names: Vec<(String, String)> = (0..count)
                .map(|at| (format!("d{at}"), format!("d{at}@x.com")))
                .collect();
            let names: Vec<(&str, &str)> = names.iter().map(|(a, b)| (&**a, &**b)).collect();
            self::users(&names)
        };
        for (count, operators, accounts) in [
            (50, &[][..], None),
            (51, &[], Some(51)),
            (49, &["op@x.com"], None),
            (50, &["D7@x.com"], None),
            (50, &["op@x.com", "D7@x.com", "op2@x.com"], Some(52)),
        ] {
            let operators: Texts = operators.iter().map(|it| (*it).to_owned()).collect();
            let team = Declaration {
                operators: (!operators.is_empty()).then_some(operators),
                ..team(cognito(), users(count))
            };
            let expected = accounts.map(|accounts| {
                format!("{accounts} accounts do not fit into a user pool of the stack")
            });
            let found = errors(&team);
            assert_eq!(found.len(), usize::from(expected.is_some()), "{found:?}");
            let fits = found.iter().zip(&expected);
            for ((path, error), expected) in fits {
                assert_eq!(*path, DeclarationPath::Value(Key::Login));
                assert!(error.starts_with(expected.as_str()), "{error}");
            }
            let oidc = Declaration {
                login: Some(oidc()),
                ..team
            };
            assert_eq!(errors(&oidc), []);
        }
    }
}
