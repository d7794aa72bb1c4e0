//! Who opens the dashboard.

use super::super::declaration::{LoginDeclaration, Texts, UserDeclaration, Users, declared, slice};
use super::super::key::Key;
use super::super::path::DeclarationPath;
use super::super::validation::Validation;
use super::super::{domain, user};
use super::{check_email, same_email};
use crate::const_diagnostic::ConstDiagnostic;
use crate::suggest::Search;
use crate::text;

/// Validates the operators: e-mail addresses of accounts at a provider, or else names or e-mail addresses of
/// users.
pub(in crate::team) const fn check(
    validation: &mut Validation,
    operators: Option<&Texts>,
    login: Option<&LoginDeclaration>,
    users: Option<&Users>,
) {
    let Some(operators) = operators else { return };
    if operators.is_empty() {
        let diagnostic = ConstDiagnostic::new("`operators` lists nobody")
            .note("the dashboard would be closed to all")
            .help("write `operators = [\"op@x.com\"]`, or remove it: every developer opens the dashboard then");
        return validation.reject(DeclarationPath::Value(Key::Operators), diagnostic);
    }
    let provider = match login {
        Some(login) => login.provider(),
        None => None,
    };
    let mut at = 0;
    while at < operators.len() {
        let operator = operators.get(at);
        let path = DeclarationPath::Item(Key::Operators, at);
        let outcome = match provider {
            Some(provider) => check_account(operator, provider, users),
            None => check_user(operator, users),
        };
        if validation.take(path, outcome).is_some() {
            validation.take(path, check_against(operators, at));
        }
        at += 1;
    }
}

/// Validates an operator against those before it.
const fn check_against(operators: &Texts, at: usize) -> Result<(), ConstDiagnostic> {
    let mut before = 0;
    while before < at {
        if same_email(operators.get(before), operators.get(at)) {
            return Err(ConstDiagnostic::new("duplicate operator ")
                .quoted(operators.get(at))
                .help("remove one of them"));
        }
        before += 1;
    }
    Ok(())
}

const fn check_account(
    operator: &str,
    provider: &str,
    users: Option<&Users>,
) -> Result<(), ConstDiagnostic> {
    if text::contains(operator, b'@') {
        return match domain::check_email(operator) {
            Ok(()) => check_email(operator),
            Err(diagnostic) => Err(diagnostic),
        };
    }
    let diagnostic = ConstDiagnostic::new("")
        .quoted(operator)
        .text(" is not an e-mail address")
        .note("`login = ")
        .text(provider)
        .text("` knows operators by the e-mail addresses of their accounts");
    Err(match email_of(operator, users) {
        Some(email) => diagnostic.help("write ").quoted(email),
        None => diagnostic.help("for example \"op@x.com\""),
    })
}

/// The e-mail address of the user of this name.
const fn email_of<'a>(name: &str, users: Option<&'a Users>) -> Option<&'a str> {
    let Some(Users::Records(records)) = users else {
        return None;
    };
    let records = slice(records);
    let mut at = 0;
    while at < records.len() {
        if text::equal(text::of(&records[at].name), name) {
            return match declared(records[at].email.as_ref()) {
                Some(email) if domain::check_email(email).is_ok() => Some(email),
                _ => None,
            };
        }
        at += 1;
    }
    None
}

/// Validates that an operator is a user.
const fn check_user(operator: &str, users: Option<&Users>) -> Result<(), ConstDiagnostic> {
    let mut search = Search::new(operator);
    match users {
        Some(Users::Count(count)) => {
            // Their names are no suggestions: the number is what differs.
            let count = match user::check_count(*count) {
                Ok(count) => count as u64,
                Err(_) => return unknown_unless_text(operator),
            };
            if let Some(number) = text::strip_prefix(operator, "dev-")
                && !text::starts_with(number, "0")
                && let Some(number) = text::number(number)
                && number >= 1
                && number <= count
            {
                return Ok(());
            }
        }
        Some(Users::Names(names)) => {
            let mut at = 0;
            while at < names.len() {
                let name = names.get(at);
                if user::check(name).is_err() {
                    return unknown_unless_text(operator);
                }
                if text::equal(name, operator) {
                    return Ok(());
                }
                search.offer(name);
                at += 1;
            }
        }
        Some(Users::Records(records)) => {
            let records = slice(records);
            let mut at = 0;
            while at < records.len() {
                if !is_known(&records[at]) {
                    return unknown_unless_text(operator);
                }
                let name = text::of(&records[at].name);
                if text::equal(name, operator) {
                    return Ok(());
                }
                search.offer(name);
                if let Some(email) = declared(records[at].email.as_ref()) {
                    if same_email(email, operator) {
                        return Ok(());
                    }
                    search.offer(email);
                }
                at += 1;
            }
        }
        None => return unknown_unless_text(operator),
    }
    let diagnostic = ConstDiagnostic::new("the operator ")
        .quoted(operator)
        .text(" is not a user of the team")
        .note("operators sign in with the password of their workspace");
    Err(search.help(
        diagnostic,
        "write the name of a user; `login = oidc(…)` lets in operators without a workspace",
    ))
}

/// Whether nothing is wrong with the name and the e-mail address of a user: else an operator may be meant by
/// what is corrected, or by what a constant says.
const fn is_known(record: &UserDeclaration) -> bool {
    let email_is_valid = match declared(record.email.as_ref()) {
        Some(email) => domain::check_email(email).is_ok(),
        None => true,
    };
    email_is_valid && user::check(text::of(&record.name)).is_ok()
}

/// What can be said of an operator of users that are not known: it has a letter or a digit first.
const fn unknown_unless_text(operator: &str) -> Result<(), ConstDiagnostic> {
    match operator.as_bytes() {
        [first, ..] if first.is_ascii_alphanumeric() => Ok(()),
        _ => Err(ConstDiagnostic::new("the operator ")
            .quoted(operator)
            .text(" is not a user of the team")
            .help("write the name of a user")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{Declaration, TeamIde, TeamIdeBuilder, UserBuilder};

    fn team() -> TeamIdeBuilder {
        TeamIde::builder()
            .domain("code.x.com")
            .user(UserBuilder::new("alice").email("alice@x.com"))
            .user(UserBuilder::new("bob").email("bob@x.com"))
    }

    fn oidc() -> TeamIdeBuilder {
        team().login_oidc("https://accounts.google.com", "a", "acme/oidc")
    }

    fn errors(team: TeamIdeBuilder) -> Vec<(DeclarationPath, String)> {
        let errors = team.build().err().map(|error| error.errors);
        let errors = errors.into_iter().flatten();
        errors
            .map(|error| (error.path, error.diagnostic.to_string()))
            .collect()
    }

    #[test]
    fn operators_are_users_or_accounts() {
        for (team, expected) in [
            (team().operators(["alice"]), &["alice"][..]),
            (team().operators(["Bob@X.com"]), &["bob"]),
            (team().operators(["bob", "alice"]), &["alice", "bob"]),
            (oidc().operators(["op@x.com"]), &["op@x.com"]),
        ] {
            let ide = team.build().expect("it is right");
            let operators = ide.operators().expect("they are declared");
            assert_eq!(operators, expected);
        }
        let counted = |operator: &'static str| {
            let team = TeamIde::builder().domain("code.x.com").users(3);
            errors(team.operators([operator])).len()
        };
        assert_eq!(["dev-1", "dev-3"].map(counted), [0, 0]);
        assert_eq!(
            ["dev-0", "dev-4", "dev-03", "dev-", "x"].map(counted),
            [1; 5]
        );
    }

    #[test]
    fn an_operator_that_nobody_is_is_an_error() {
        let item = |at| DeclarationPath::Item(Key::Operators, at);
        for (team, path, expected) in [
            (
                team().operators(["alise"]),
                item(0),
                "the operator \"alise\" is not a user of the team\noperators sign in with the password of their workspace\n= help: did you mean `alice`?",
            ),
            (
                team().operators(["alice", "op@y.com"]),
                item(1),
                "the operator \"op@y.com\" is not a user of the team\noperators sign in with the password of their workspace\n= help: write the name of a user; `login = oidc(…)` lets in operators without a workspace",
            ),
            (
                team().operators(["alice", "alice"]),
                item(1),
                "duplicate operator \"alice\"\n= help: remove one of them",
            ),
            (
                oidc().operators(["op@x.com", "OP@x.com"]),
                item(1),
                "duplicate operator \"OP@x.com\"\n= help: remove one of them",
            ),
            (
                oidc().operators(["alice"]),
                item(0),
                "\"alice\" is not an e-mail address\n`login = oidc` knows operators by the e-mail addresses of their accounts\n= help: write \"alice@x.com\"",
            ),
            (
                oidc().operators(["op"]),
                item(0),
                "\"op\" is not an e-mail address\n`login = oidc` knows operators by the e-mail addresses of their accounts\n= help: for example \"op@x.com\"",
            ),
            (
                oidc().operators(["a$b@x.com"]),
                item(0),
                "\"a$b@x.com\" cannot sign in\nan address that a provider signs in has letters, digits and `.`, `_`, `+`, `-`, `'`, not `$`\n= help: write another address of the account",
            ),
            (
                team().operators(Vec::<String>::new()),
                DeclarationPath::Value(Key::Operators),
                "`operators` lists nobody\nthe dashboard would be closed to all\n= help: write `operators = [\"op@x.com\"]`, or remove it: every developer opens the dashboard then",
            ),
        ] {
            assert_eq!(errors(team), [(path, expected.to_owned())]);
        }
    }

    #[test]
    fn operators_of_invalid_users_are_not_reported() {
        let invalid = |name: &str, email: &str| {
            let user = UserBuilder::new(name.to_owned()).email(email.to_owned());
            let team = TeamIde::builder().domain("code.x.com").user(user);
            errors(team.operators(["carol"])).len()
        };
        assert_eq!(invalid("Alice", "a@x.com"), 1);
        assert_eq!(invalid("alice", "a"), 1);
        let names = Declaration {
            type_name: "A".into(),
            users: Some(Users::Names(["Carol"].into_iter().collect())),
            domain: Some("code.x.com".into()),
            operators: Some(["carol"].into_iter().collect()),
            ..Declaration::default()
        };
        assert_eq!(names.validate().count(), 1);
    }
}
