use super::{Json, boxed, each, held, members, one_of, reported};
use vsc_spec::resource::check::{compiles, matches};
use vsc_spec::resource::{Keyword, Types};

#[test]
fn scalars_are_converted() {
    let all = [
        ("a string", Types::STRING),
        ("an integer", Types::INTEGER),
        ("a number", Types::NUMBER),
        ("a boolean", Types::BOOLEAN),
        ("an object", Types::OBJECT),
        ("a list", Types::ARRAY),
    ];
    // Each value with the types that accept it, by letters in the order above.
    for (value, taken) in [
        ("text", "s"),
        ("''", "s"),
        ("'12'", "sin"),
        ("' -12 '", "sin"),
        ("'+12'", "sin"),
        ("'-'", "s"),
        ("'12a'", "s"),
        ("'1.5'", "sn"),
        ("'1e3'", "sn"),
        ("'18446744073709551616'", "sin"),
        ("'true'", "sb"),
        ("'False'", "sb"),
        ("'TRUE'", "s"),
        ("'{{resolve:ssm:a}}'", "sinb"),
        ("true", "sb"),
        ("12", "sin"),
        ("1.5", "sn"),
        ("12.0", "sin"),
        ("{}", "o"),
        ("{a: b}", "o"),
        ("[]", "a"),
        ("!Rust x", "sinboa"),
    ] {
        for ((words, types), letter) in all.iter().zip("sinboa".chars()) {
            let reported = reported(&[Keyword::Types(*types)], value);
            if taken.contains(letter) {
                assert_eq!(reported, [""; 0], "{value} is {words}");
            } else {
                assert_eq!(reported.len(), 1, "{value} is not {words}: {reported:?}");
                assert!(
                    reported[0].starts_with(&format!("X: `X` takes {words}, not ")),
                    "{reported:?}"
                );
            }
        }
    }
    each(
        &[Keyword::Types(Types::STRING.with(Types::OBJECT))],
        &[
            ("a", &[]),
            ("{a: b}", &[]),
            ("[]", &["X: `X` takes an object or a string, not a list"]),
        ],
    );
    each(
        &[Keyword::Types(Types::default())],
        &[("a", &[]), ("[]", &[]), ("{}", &[])],
    );
}

#[test]
fn the_wrong_type_is_an_error_with_the_given_value() {
    each(
        &[Keyword::Types(Types::INTEGER)],
        &[
            (
                "1.5",
                &["X: `X` takes an integer, not the number 1.5 / = help: write an integer"],
            ),
            ("true", &["X: `X` takes an integer, not the boolean `true`"]),
            ("a", &["X: `X` takes an integer, not the string \"a\""]),
            (
                "[1]",
                &["X: `X` takes an integer, not a list / = help: write the value without brackets"],
            ),
            ("{a: 1}", &["X: `X` takes an integer, not an object"]),
        ],
    );
    each(
        &[Keyword::Types(Types::BOOLEAN)],
        &[
            ("1", &["X: `X` takes a boolean, not the number 1"]),
            ("1.5", &["X: `X` takes a boolean, not the number 1.5"]),
        ],
    );
    let null = "X: `X` cannot be `null` / CloudFormation does not accept `null` in templates / = help: remove it";
    each(&[Keyword::Types(Types::STRING)], &[("null", &[null])]);
    each(&[], &[("null", &[null])]);
}

#[test]
fn values_are_listed() {
    each(
        &[one_of(&["Enabled", "Disabled"])],
        &[
            ("Enabled", &[]),
            ("!Rust x", &[]),
            ("{Ref: Name}", &[]),
            ("'{{resolve:ssm:a}}'", &[]),
            (
                "Enabld",
                &[
                    "X: `X` cannot be `Enabld` / allowed: `Enabled` and `Disabled` / = help: did you mean `Enabled`?",
                ],
            ),
            (
                "Maybe",
                &["X: `X` cannot be `Maybe` / allowed: `Enabled` and `Disabled`"],
            ),
            (
                "enabled",
                &[
                    "X: `X` cannot be `enabled` / allowed: `Enabled` and `Disabled` / = help: did you mean `Enabled`?",
                ],
            ),
        ],
    );
    each(
        &[Keyword::EnumAnyCase(vec!["MySQL".into(), "oracle".into()])],
        &[
            ("mysql", &[]),
            ("ORACLE", &[]),
            (
                "mysqll",
                &[
                    "X: `X` cannot be `mysqll` / allowed: `MySQL` and `oracle` / = help: did you mean `MySQL`?",
                ],
            ),
        ],
    );
    each(
        &[Keyword::Const(Json::Bool(true))],
        &[
            ("true", &[]),
            ("'true'", &[]),
            ("false", &["X: `X` cannot be `false` / allowed: `true`"]),
        ],
    );
    // A number may be listed as a string as well; similar numbers are not typos.
    each(
        &[Keyword::Enum(vec![
            Json::Integer(100),
            "100".into(),
            Json::Number(1.5),
        ])],
        &[
            ("100", &[]),
            ("'100'", &[]),
            ("1.5", &[]),
            (
                "101",
                &["X: `X` cannot be `101` / allowed: `100` and `1.5`"],
            ),
        ],
    );
}

#[test]
fn of_many_values_the_nearest_are_shown() {
    let many = |count: usize| {
        let names =
            (0..count).map(|at| Json::from(format!("{}{at}", if at % 2 == 0 { "m" } else { "t" })));
        Keyword::Enum(names.collect())
    };
    each(
        &[many(16)],
        &[(
            "xyz",
            &[
                "X: `X` cannot be `xyz` / allowed: `m0`, `t1`, `m2`, `t3`, `m4`, `t5`, `m6`, `t7`, `m8`, `t9`, `m10`, `t11`, `m12`, `t13`, `m14` and `t15`",
            ],
        )],
    );
    each(
        &[many(17)],
        &[(
            "t1-large",
            &[
                "X: `X` cannot be `t1-large` / 17 values are allowed, including `t1`, `t11`, `t13`, `t15`, `t3`, `t5`, `t7` and `t9`",
            ],
        )],
    );
    let numbers = Keyword::Enum((0..20).map(|at| Json::Integer(at * 10)).collect());
    each(
        &[numbers],
        &[(
            "101",
            &[
                "X: `X` cannot be `101` / 20 values are allowed, including `100`, `110`, `90`, `120`, `80`, `130`, `70` and `140`",
            ],
        )],
    );
}

#[test]
fn strings_have_lengths() {
    each(
        &[Keyword::MinLength(2), Keyword::MaxLength(3)],
        &[
            ("''", &["X: `X` is empty / at least 2 characters"]),
            (
                "ä",
                &["X: \"ä\" is too short for `X` / at least 2 characters"],
            ),
            ("ää", &[]),
            ("äää", &[]),
            ("12", &[]),
            (
                "ääää",
                &["X: `X` is too long: 4 characters / at most 3 characters"],
            ),
            ("'{{resolve:ssm:a}}'", &[]),
        ],
    );
    each(
        &[Keyword::MinLength(1)],
        &[("''", &["X: `X` is empty / at least 1 character"])],
    );
}

#[test]
fn numbers_have_limits() {
    each(
        &[Keyword::Minimum(1.0), Keyword::Maximum(10.0)],
        &[
            ("0", &["X: `X` cannot be 0 / at least 1"]),
            ("1", &[]),
            ("10", &[]),
            ("10.5", &["X: `X` cannot be 10.5 / at most 10"]),
            ("' 11 '", &["X: `X` cannot be 11 / at most 10"]),
            ("eleven", &[]),
            ("true", &[]),
            ("!Rust x", &[]),
        ],
    );
    each(
        &[
            Keyword::ExclusiveMinimum(1.0),
            Keyword::ExclusiveMaximum(10.0),
        ],
        &[
            ("0", &["X: `X` cannot be 0 / more than 1"]),
            ("1", &["X: `X` cannot be 1 / more than 1"]),
            ("2", &[]),
            ("9.5", &[]),
            ("10", &["X: `X` cannot be 10 / less than 10"]),
            ("11", &["X: `X` cannot be 11 / less than 10"]),
        ],
    );
    each(
        &[Keyword::MultipleOf(4.0)],
        &[
            ("0", &[]),
            ("8", &[]),
            ("2", &["X: `X` cannot be 2 / a multiple of 4"]),
            ("9", &["X: `X` cannot be 9 / a multiple of 4"]),
            ("6.5", &["X: `X` cannot be 6.5 / a multiple of 4"]),
        ],
    );
    each(
        &[Keyword::MultipleOf(0.5)],
        &[
            ("1.5", &[]),
            ("1.25", &["X: `X` cannot be 1.25 / a multiple of 0.5"]),
        ],
    );
}

#[test]
fn patterns_are_reported_last() {
    let pattern = |pattern: &str| Keyword::Pattern(pattern.to_owned());
    each(
        &[pattern("^[a-z]+$"), Keyword::MaxLength(2)],
        &[
            ("ab", &[]),
            ("A", &["X: `X` cannot be \"A\" / use a–z"]),
            (
                "abc",
                &["X: `X` is too long: 3 characters / at most 2 characters"],
            ),
            // One error is enough.
            (
                "ABC",
                &["X: `X` is too long: 3 characters / at most 2 characters"],
            ),
        ],
    );
    each(
        &[pattern("^a"), pattern("b$")],
        &[
            ("ab", &[]),
            (
                "cc",
                &["X: `X` cannot be \"cc\" / it must match the pattern ^a"],
            ),
            (
                "ac",
                &["X: `X` cannot be \"ac\" / it must match the pattern b$"],
            ),
        ],
    );
    each(
        &[pattern(r"^.*\.fifo$")],
        &[(
            "orders",
            &[
                "X: `X` cannot be \"orders\" / names of FIFO queues and topics end in `.fifo` / = help: write \"orders.fifo\"",
            ],
        )],
    );
    let own = "^(?!aws:)[a-z:]*$";
    each(
        &[pattern(own)],
        &[
            ("a:b", &[]),
            (
                "aws:a",
                &["X: `X` cannot be \"aws:a\" / values that begin with `aws:` are reserved by AWS"],
            ),
            (
                "A",
                &["X: `X` cannot be \"A\" / it must match the pattern ^(?!aws:)[a-z:]*$"],
            ),
        ],
    );
    each(
        &[pattern("^[a-z]*$")],
        &[("aws:a", &["X: `X` cannot be \"aws:a\" / use a–z"])],
    );
    // An invalid pattern matches everything.
    each(&[pattern("^(a")], &[("b", &[])]);
}

#[test]
fn patterns_are_those_of_ecma_262() {
    assert!(compiles(r"^[\p{L}\p{Z}]+$"));
    assert!(compiles(r"^\P{L}+$"));
    assert!(!compiles("^(a"));
    for (pattern, right, wrong) in [
        ("^[a-z]+$", "abc", "aBc"),
        ("b", "abc", "ac"),
        (r"^[\p{L}\p{Z}]+$", "ä b", "1"),
        (r"^\P{L}+$", "12", "ä"),
        (r"^(?!a).+$", "b", "a"),
        // Escapes are strict only with Unicode properties: `\-` would be invalid.
        (r"^[\w\-]+$", "a-b", "a b"),
        (r"^[\p{L}\-]+$", "a-b", "a b"),
        (r"^\_\p{L}$", "_pL".get(..0).unwrap_or_default(), "a"),
    ] {
        assert!(right.is_empty() || matches(pattern, right), "{pattern}");
        assert!(!matches(pattern, wrong), "{pattern}");
        // The second time, the cache answers.
        assert!(!matches(pattern, wrong), "{pattern}");
    }
    assert!(matches("^(a", "anything"));
}

#[test]
fn dynamic_references_are_unknown() {
    held(
        &[one_of(&["a"])],
        &[
            ("a", Some(true)),
            ("b", Some(false)),
            ("'{{resolve:ssm:a}}'", None),
            ("!Rust x", None),
            ("{Ref: A}", None),
        ],
    );
    each(
        &[members(&[("a", &[Keyword::Not(boxed(&[one_of(&["b"])]))])])],
        &[
            ("{a: b}", &["X/a#: `a` has a value that is not allowed"]),
            ("{a: c}", &[]),
            ("{a: !Rust b}", &[]),
        ],
    );
}
