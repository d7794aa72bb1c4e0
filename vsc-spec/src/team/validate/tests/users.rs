//! Users: their names and settings.

use super::*;
use crate::team::UserField;

#[test]
fn users_have_names_that_differ() {
    let name = |at| DeclarationPath::User(at, UserField::Name);
    let long = "a".repeat(63);
    let domain = format!("{0}.{0}.{0}.{1}", long, "b".repeat(41));
    assert_eq!(domain.len(), 233);
    for (users, expected) in [
        (&["alice", "bob"][..], &[][..]),
        (
            &["alice", "Bob", "carol", "Dave"],
            &[
                (name(1), "\"Bob\" is not a valid user name"),
                (name(3), "\"Dave\" is not a valid user name"),
            ],
        ),
        (
            &["dev-1", "bob", "dev1", "bob"],
            &[
                (
                    name(2),
                    "the users \"dev-1\" and \"dev1\" have the same logical ID",
                ),
                (name(3), "duplicate user name \"bob\""),
            ],
        ),
        // An invalid name has no other error.
        (
            &["Bob", "Bob"],
            &[
                (name(0), "\"Bob\" is not a valid user name"),
                (name(1), "\"Bob\" is not a valid user name"),
            ],
        ),
    ] {
        let users = named(users);
        assert_errors(&Declaration { users, ..team() }, expected);
    }
    // A host name has at most 253 characters.
    let below = |user: &str| Declaration {
        users: named(&["al", user]),
        domain: text(&domain),
        previews: Some(crate::team::Previews::Paths),
        ..team()
    };
    assert_errors(&below(&"c".repeat(19)), &[]);
    let message = format!("the host name of \"{}\" is too long", "c".repeat(20));
    assert_errors(&below(&"c".repeat(20)), &[(name(1), &message)]);
    // So has that of a preview, `65535.` and the name below the domain.
    let previewed = |user: &str| Declaration {
        previews: None,
        ..below(user)
    };
    assert_errors(&previewed(&"c".repeat(13)), &[]);
    let message = format!(
        "the host names of the previews of \"{}\" are too long",
        "c".repeat(14)
    );
    assert_errors(&previewed(&"c".repeat(14)), &[(name(1), &message)]);
    // The last of the most users that a stack holds is validated like the first.
    let mut many: Vec<String> = (0..180).map(|at| format!("u{at}")).collect();
    many[179] = "u-0".to_owned();
    let users = Some(Users::Names(many.into_iter().collect()));
    let message = "the users \"u0\" and \"u-0\" have the same logical ID";
    assert_errors(&Declaration { users, ..team() }, &[(name(179), message)]);
    let users = Some(Users::Names((0..181).map(|_| "u".to_owned()).collect()));
    let errors = all(&Declaration { users, ..team() }.validate());
    assert_eq!(errors[0].1, "too many users for one stack: 181");
    assert_eq!(errors[1].0, name(1));
}

#[test]
fn every_part_of_a_user_is_validated() {
    let record =
        |email: &str, memory: &str, cpus, repo: &str, extensions: &[&str]| UserDeclaration {
            name: "alice".into(),
            email: text(email),
            memory: text(memory),
            cpus: Some(cpus),
            repo: text(repo),
            dotfiles: text(repo),
            extensions: extensions.iter().map(ToString::to_string).collect(),
        };
    let right = record("a@x.com", "2 GiB", 0.5, "https://x.com/a", &["a.b", "a.c"]);
    let wrong = record("a", "2 GB", -1.0, "x", &["a.b", "ab", "A.B@1.2.3"]);
    let wrong = UserDeclaration {
        name: "bob".into(),
        ..wrong
    };
    let team = Declaration {
        users: Some(Users::Records(vec![right, wrong].into())),
        ..team()
    };
    let bob = |field| DeclarationPath::User(1, field);
    assert_errors(
        &team,
        &[
            (bob(UserField::Email), "\"a\" is not a valid e-mail address"),
            (bob(UserField::Memory), "\"2 GB\" is not a valid size"),
            (bob(UserField::Cpus), "a workspace cannot have fewer than 0"),
            (bob(UserField::Repo), "\"x\" is not a valid repository URL"),
            (
                bob(UserField::Dotfiles),
                "\"x\" is not a valid repository URL",
            ),
            (
                bob(UserField::Extension(1)),
                "\"ab\" is not a valid extension ID",
            ),
            (
                bob(UserField::Extension(2)),
                "the extension \"A.B\" is listed twice",
            ),
        ],
    );
}

#[test]
fn constants_are_validated_against_values_validated_before() {
    let name = |at| DeclarationPath::User(at, UserField::Name);
    let twice = "the users \"dev1\" and \"dev-1\" have the same logical ID";
    let wrong = "\"Bob\" is not a valid user name";
    for (users, open, expected) in [
        (&["Bob", "Bob"][..], &[][..], &[][..]),
        (&["Bob", "Bob"], &[1], &[(name(1), wrong)]),
        (&["dev1", "dev-1"], &[], &[]),
        (&["dev1", "dev-1"], &[0], &[(name(1), twice)]),
        (&["dev1", "dev-1"], &[1], &[(name(1), twice)]),
        (&["dev1", "dev-1"], &[0, 1], &[(name(1), twice)]),
        (&["dev1", "x", "dev-1"], &[1], &[]),
        // Indexes beyond the team have no users.
        (&["dev1", "dev-1"], &[2, 999], &[]),
    ] {
        let users = named(users);
        let errors = all(&Declaration { users, ..team() }.validate_constants(open));
        let expected: Vec<_> = expected
            .iter()
            .map(|(path, message)| (*path, (*message).to_owned()))
            .collect();
        assert_eq!(errors, expected, "{open:?}");
    }
    let records = Declaration {
        users: with_memory(&["1 GB", "1 GB"]),
        ..team()
    };
    let paths = |open: &[usize]| -> Vec<DeclarationPath> {
        let errors = all(&records.validate_constants(open));
        errors.iter().map(|(path, _)| *path).collect()
    };
    let memory = |at| DeclarationPath::User(at, UserField::Memory);
    assert_eq!(paths(&[]), []);
    assert_eq!(paths(&[1]), [memory(1)]);
    assert_eq!(paths(&[0, 1]), [memory(0), memory(1)]);
    // The domain may be a constant when the names are not.
    let domain = format!("{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(41));
    let long = "c".repeat(20);
    let below = Declaration {
        users: named(&[&long]),
        domain: text(&domain),
        ..team()
    };
    let message = format!("the host name of \"{long}\" is too long");
    assert_eq!(all(&below.validate_constants(&[])), [(name(0), message)]);
}
