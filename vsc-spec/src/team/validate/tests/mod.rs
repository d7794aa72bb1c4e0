//! The errors of a declaration as a whole, and their paths.
// The parts of a declaration are optional, and so are those made here.
#![allow(clippy::unnecessary_wraps)]

mod host;
mod ports;
mod users;

use super::*;
use crate::json::Text;
use crate::team::declaration::{UserDeclaration, Users};
use crate::team::path::TlsPart;

fn text(text: &str) -> Option<Text> {
    Some(text.to_owned().into())
}

/// A valid team.
fn team() -> Declaration {
    Declaration {
        type_name: "AcmeIde".into(),
        users: Some(Users::Count(2)),
        domain: text("code.x.com"),
        ..Declaration::default()
    }
}

/// The same over plain HTTP, where each workspace has a port of its own.
fn plain() -> Declaration {
    Declaration {
        domain: None,
        tls: Some(TlsDeclaration::None),
        ..team()
    }
}

fn named(names: &[&str]) -> Option<Users> {
    Some(Users::Names(
        names.iter().map(ToString::to_string).collect(),
    ))
}

/// Users `u0`, `u1` and so on, each with this memory, if any.
fn with_memory(memory: &[&str]) -> Option<Users> {
    let records = memory
        .iter()
        .enumerate()
        .map(|(at, memory)| UserDeclaration {
            name: format!("u{at}").into(),
            memory: text(memory).filter(|memory| !memory.is_empty()),
            ..UserDeclaration::default()
        });
    Some(Users::Records(records.collect()))
}

/// Users `u0`, `u1` and so on, each with this number of CPUs, or none of their own.
fn with_cpus(cpus: &[Option<f64>]) -> Option<Users> {
    let records = cpus.iter().enumerate().map(|(at, cpus)| UserDeclaration {
        name: format!("u{at}").into(),
        cpus: *cpus,
        ..UserDeclaration::default()
    });
    Some(Users::Records(records.collect()))
}

fn all(validation: &Validation) -> Vec<(DeclarationPath, String)> {
    let errors = validation.errors();
    errors
        .map(|error| (error.path, error.diagnostic.message))
        .collect()
}

/// Asserts that a declaration has exactly these errors, by their paths and the beginnings of their messages.
#[track_caller]
fn assert_errors(declaration: &Declaration, expected: &[(DeclarationPath, &str)]) {
    let errors = all(&declaration.validate());
    let as_expected = errors.len() == expected.len()
        && errors
            .iter()
            .zip(expected)
            .all(|((path, message), (at, beginning))| path == at && message.starts_with(beginning));
    assert!(as_expected, "{errors:#?}\nexpected {expected:#?}");
}

#[test]
fn a_team_has_users_and_a_domain() {
    assert_errors(&team(), &[]);
    assert_errors(&plain(), &[]);
    let users = DeclarationPath::Missing(Key::Users);
    let domain = DeclarationPath::Missing(Key::Domain);
    assert_errors(
        &Declaration {
            type_name: "AcmeIde".into(),
            ..Declaration::default()
        },
        &[
            (domain, "the domain is missing"),
            (users, "the users are missing"),
        ],
    );
    assert_errors(
        &Declaration {
            users: None,
            ..plain()
        },
        &[(users, "the users are missing")],
    );
    let zone = |team| Declaration {
        hosted_zone: text("Z0123456789ABC"),
        ..team
    };
    assert_errors(&zone(team()), &[]);
    let path = DeclarationPath::Value(Key::HostedZone);
    assert_errors(
        &zone(plain()),
        &[(path, "`hosted_zone` needs `domain` as well")],
    );
    assert_errors(
        &Declaration {
            hosted_zone: text("zone"),
            ..plain()
        },
        &[(path, "\"zone\" is not a valid hosted zone ID")],
    );
    for count in [0, 181] {
        let users = Some(Users::Count(count));
        let errors = all(&Declaration { users, ..team() }.validate());
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].0, DeclarationPath::Value(Key::Users));
    }
    let errors = all(&Declaration {
        users: named(&[]),
        ..team()
    }
    .validate());
    assert_eq!(errors[0].1, "a team of 0 users has nothing to run");
}

#[test]
fn a_stack_name_is_declared_or_derived() {
    let called = |type_name: &str, stack_name: Option<&str>| Declaration {
        type_name: type_name.to_owned().into(),
        stack_name: stack_name.and_then(text),
        ..team()
    };
    assert_errors(&called("É", Some("acme")), &[]);
    assert_errors(
        &called("É", None),
        &[(DeclarationPath::Declaration, "cannot derive a stack name")],
    );
    assert_errors(
        &called("AcmeIde", Some("1")),
        &[(
            DeclarationPath::Value(Key::StackName),
            "\"1\" is not a valid stack name",
        )],
    );
}

#[test]
fn an_extension_listed_twice_is_an_error() {
    let extensions = |extensions: &[&str]| Declaration {
        extensions: extensions.iter().map(ToString::to_string).collect(),
        ..team()
    };
    assert_errors(&extensions(&["a.b", "a.c", "a.d"]), &[]);
    let item = |at| DeclarationPath::Item(Key::Extensions, at);
    assert_errors(
        &extensions(&["a.b@1.2.3", "b", "c.d", "A.b"]),
        &[
            (item(1), "\"b\" is not a valid extension ID"),
            (item(3), "the extension \"A.b\" is listed twice"),
        ],
    );
    assert_errors(
        &extensions(&["c.d", "a.b", "a.b"]),
        &[(item(2), "the extension \"a.b\" is listed twice")],
    );
}

#[test]
fn the_rest_of_a_declaration_is_validated() {
    let declaration = Declaration {
        vpc: text("vpc-0a1b2c3d"),
        tls: Some(TlsDeclaration::Acme {
            email: None,
            until: text("soon"),
            staging: false,
        }),
        repo: text("x"),
        dotfiles: text("x/y"),
        description: text(" "),
        tags: vec![("Name".into(), "x".into())].into(),
        ..team()
    };
    assert_errors(
        &declaration,
        &[
            (
                DeclarationPath::Value(Key::Vpc),
                "`vpc` needs `subnet` as well",
            ),
            (DeclarationPath::Value(Key::Tls), "`acme` needs an `email`"),
            (
                DeclarationPath::Tls(TlsPart::Until),
                "\"soon\" is not a valid date",
            ),
            (
                DeclarationPath::Value(Key::Repo),
                "\"x\" is not a valid repository URL",
            ),
            (
                DeclarationPath::Value(Key::Dotfiles),
                "\"x/y\" is not a valid repository URL",
            ),
            (
                DeclarationPath::Value(Key::Description),
                "the description is blank",
            ),
            (
                DeclarationPath::TagKey(0),
                "\"Name\" is not a valid tag key",
            ),
        ],
    );
    let errors = declaration.check().expect_err("all of them");
    assert_eq!(errors.len(), 7);
}
