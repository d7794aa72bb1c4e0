use super::{
    Json, STRING, each, held, members, named, one_of, reported_as, required, schema, texts, thing,
};
use vsc_spec::resource::{Dialect, Keyword, ResourceType};

const DROPPED: &str = "{Ref: AWS::NoValue}";
/// Present in one branch, and not in the other.
const MAYBE: &str = "{Fn::If: [C, a, {Ref: AWS::NoValue}]}";

fn pairs(pairs: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, others)| ((*name).to_owned(), texts(others)))
        .collect()
}

/// The object with these members: `?` is an optional one, `-` a dropped one.
fn with(names: &[&str]) -> String {
    let members = names.iter().map(|name| {
        if let Some(name) = name.strip_prefix('?') {
            return format!("{name}: {MAYBE}");
        }
        match name.strip_prefix('-') {
            Some(name) => format!("{name}: {DROPPED}"),
            None => format!("{name}: a"),
        }
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

fn presence(rule: &Keyword, cases: &[(&[&str], &[&str])]) {
    for (names, expected) in cases {
        each(std::slice::from_ref(rule), &[(&with(names), expected)]);
    }
}

#[test]
fn required_members_are_present() {
    let (a, b) = (
        "X#: `X` needs `a` / = help: add `a: …`",
        "X#: `X` needs `b` / = help: add `b: …`",
    );
    presence(
        &required(&["a", "b"]),
        &[
            (&["a", "b"], &[]),
            (&["a"], &[b]),
            (&[], &[a, b]),
            (&["-a", "b"], &[a]),
            (&["?a", "b", "c"], &[]),
        ],
    );
    each(
        &[required(&["a"])],
        &[
            ("{a: !Rust x}", &[]),
            ("{a: {Fn::If: [C, b, c]}}", &[]),
            (
                "{a: {Fn::If: [C, {Ref: AWS::NoValue}, {Ref: AWS::NoValue}]}}",
                &[a],
            ),
            ("{a: {Ref: Name}}", &[]),
            ("{a: {Fn::Sub: AWS::NoValue}}", &[]),
            ("{a: {b: AWS::NoValue}}", &[]),
            // The members that a macro adds are unknown.
            ("{b: c, Fn::Transform: {Name: M}}", &[]),
        ],
    );
    held(
        &[required(&["a"])],
        &[
            ("{a: b}", Some(true)),
            ("{b: a}", Some(false)),
            (&format!("{{a: {MAYBE}}}"), None),
            (&format!("{{a: {DROPPED}}}"), Some(false)),
            ("{b: c, Fn::Transform: {Name: M}}", None),
        ],
    );
}

#[test]
fn one_of_several_members_is_present() {
    let none = "X#: `X` needs at least one of `a`, `b` or `c` / = help: for example `a: …`";
    presence(
        &Keyword::RequiredOr(texts(&["a", "b", "c"])),
        &[
            (&["b"], &[]),
            (&["a", "b", "c"], &[]),
            (&["d"], &[none]),
            (&["-a", "-b"], &[none]),
            (&["?a", "-b"], &[]),
        ],
    );
    let either = Keyword::RequiredOr(texts(&["a", "b"]));
    held(
        &[either],
        &[
            (&with(&["?a", "b"]), Some(true)),
            (&with(&["?a"]), None),
            (&with(&["-a"]), Some(false)),
        ],
    );
}

#[test]
fn exactly_one_of_several_members_is_present() {
    let none = "X#: `X` needs one of `a`, `b` or `c` / = help: for example `a: …`";
    let (b, c) = (
        "X/b#: `b` conflicts with `a` / = help: keep one of them",
        "X/c#: `c` conflicts with `a` / = help: keep one of them",
    );
    let rule = Keyword::RequiredXor(texts(&["a", "b", "c"]));
    presence(
        &rule,
        &[
            (&["a"], &[]),
            (&["c", "d"], &[]),
            (&["-a", "b"], &[]),
            (&["-a"], &[none]),
            (&["d"], &[none]),
            (&["a", "b"], &[b]),
            (&["c", "b", "a"], &[b, c]),
            (&["?a", "b"], &[]),
            (&["?a", "?b"], &[]),
            (&["a", "b", "?c"], &[b]),
        ],
    );
    each(
        std::slice::from_ref(&rule),
        &[
            // It may be `None`.
            ("{a: !Rust x, b: y}", &[]),
            ("{a: !Rust x}", &[]),
        ],
    );
    held(
        &[rule],
        &[
            (&with(&["a"]), Some(true)),
            (&with(&["d"]), Some(false)),
            (&with(&["a", "b"]), Some(false)),
            (&with(&["?a"]), None),
            (&with(&["a", "?b"]), None),
        ],
    );
}

#[test]
fn a_member_may_require_others() {
    let rule = Keyword::DependentRequired(pairs(&[("a", &["b", "c"]), ("d", &["a"])]));
    let needs = |name: &str, other: &str| {
        format!(
            "X/{name}#: `{name}` needs `{other}` as well / = help: add `{other}: …`, or remove `{name}`"
        )
    };
    presence(
        &rule,
        &[
            (&[], &[]),
            (&["b"], &[]),
            (&["a", "b", "c"], &[]),
            (&["a", "b"], &[&needs("a", "c")]),
            (&["a", "-b", "-c"], &[&needs("a", "b"), &needs("a", "c")]),
            (&["d"], &[&needs("d", "a")]),
            (&["?d"], &[]),
            (&["-d"], &[]),
            (&["d", "?a", "b", "c"], &[]),
        ],
    );
    held(
        &[rule],
        &[
            (&with(&["a", "b", "c"]), Some(true)),
            (&with(&["a"]), Some(false)),
            (&with(&["?d"]), None),
            (&with(&["a", "?b", "c"]), None),
            (&with(&["?b", "-a"]), Some(true)),
        ],
    );
}

#[test]
fn a_member_may_exclude_others() {
    let excluded = |name: &str, other: &str| {
        format!("X/{other}#: `{other}` conflicts with `{name}` / = help: keep one of them")
    };
    let one_way = Keyword::DependentExcluded(pairs(&[("b", &["a", "c"])]));
    presence(
        &one_way,
        &[
            (&["b"], &[]),
            (&["a", "c"], &[]),
            (&["a", "b"], &[&excluded("b", "a")]),
            (
                &["b", "a", "c"],
                &[&excluded("b", "a"), &excluded("b", "c")],
            ),
            (&["b", "-a", "?c"], &[]),
            (&["-b", "a"], &[]),
        ],
    );
    // Two that exclude each other are one error.
    let mutual = Keyword::DependentExcluded(pairs(&[
        ("c", &["d"]),
        ("e", &["a"]),
        ("b", &["a"]),
        ("a", &["b", "c"]),
    ]));
    presence(
        &mutual,
        &[
            (&["a", "b"], &[&excluded("b", "a")]),
            (&["a", "c"], &[&excluded("a", "c")]),
            (&["c", "d"], &[&excluded("c", "d")]),
        ],
    );
    each(
        std::slice::from_ref(&one_way),
        &[("{b: !Rust x, a: y}", &[])],
    );
    held(
        &[one_way],
        &[
            (&with(&["b"]), Some(true)),
            (&with(&["b", "a"]), Some(false)),
            (&with(&["b", "?a"]), None),
            (&with(&["?b", "-a", "-c"]), Some(true)),
        ],
    );
}

#[test]
fn members_are_counted() {
    each(
        &[Keyword::MinProperties(1), Keyword::MaxProperties(2)],
        &[
            ("{}", &["X#: `X` has 0 members / at least 1"]),
            ("{a: 1}", &[]),
            ("{a: 1, b: 2}", &[]),
            ("{a: 1, b: 2, c: 3}", &["X#: `X` has 3 members / at most 2"]),
        ],
    );
}

#[test]
fn names_are_known() {
    let letter = || members(&[("Letter", &[one_of(&["left"])]), ("Digit", &[])]);
    each(
        &[letter(), Keyword::Closed],
        &[
            ("{Letter: left, Digit: {b: c}}", &[]),
            (
                "{Letter: right}",
                &["X/Letter: `Letter` cannot be `right` / allowed: `left`"],
            ),
            (
                "{Leter: b}",
                &["X/Leter#: `X` has no property `Leter` / = help: did you mean `Letter`?"],
            ),
            (
                "{Sign: b}",
                &["X/Sign#: `X` has no property `Sign` / it has `Digit` and `Letter`"],
            ),
        ],
    );
    // A misspelt name is not also missing; an unknown one is.
    each(
        &[letter(), Keyword::Closed, required(&["Letter"])],
        &[
            (
                "{Leter: a}",
                &["X/Leter#: `X` has no property `Leter` / = help: did you mean `Letter`?"],
            ),
            (
                "{Sign: a}",
                &[
                    "X/Sign#: `X` has no property `Sign` / it has `Digit` and `Letter`",
                    "X#: `X` needs `Letter` / = help: add `Letter: …`",
                ],
            ),
        ],
    );
    // Where anything is allowed, functions are checked, and names are not suggested.
    each(
        &[letter(), required(&["Letter"])],
        &[
            (
                "{Leter: a}",
                &["X#: `X` needs `Letter` / = help: add `Letter: …`"],
            ),
            (
                "{Letter: left, Sign: {Fn::Sbu: b}}",
                &[
                    "X/Sign/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
                ],
            ),
            (
                "{Letter: left, Digit: {Fn::Sbu: b}}",
                &[
                    "X/Digit/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
                ],
            ),
        ],
    );
    let patterns = Keyword::PatternProperties(named(&[("^a", &[one_of(&["right"])]), ("z$", &[])]));
    each(
        &[patterns, letter(), Keyword::Closed],
        &[
            ("{ab: right, yz: c, Letter: left}", &[]),
            (
                "{ab: left}",
                &["X/ab: `ab` cannot be `left` / allowed: `right`"],
            ),
            (
                "{b: c}",
                &["X/b#: `X` has no property `b` / names must match `^a` and `z$`"],
            ),
        ],
    );
    each(
        &[
            letter(),
            Keyword::Closed,
            Keyword::Additional(Box::new(schema(&[STRING]))),
        ],
        &[
            ("{Letter: left, Sign: b}", &[]),
            (
                "{Letter: right}",
                &["X/Letter: `Letter` cannot be `right` / allowed: `left`"],
            ),
            (
                "{Sign: [b]}",
                &[
                    "X/Sign: `Sign` takes a string, not a list / = help: write the value without brackets",
                ],
            ),
        ],
    );
    each(
        &[letter(), Keyword::Types(vsc_spec::resource::Types::OBJECT)],
        &[(
            "a",
            &[
                "X: `X` takes an object, not the string \"a\" / = help: write `{ … }` with `Letter` and `Digit`",
            ],
        )],
    );
}

#[test]
fn an_unknown_name_is_an_error_with_its_owner() {
    let inner = [members(&[("Inner", &[])]), Keyword::Closed];
    let item = [members(&[(
        "List",
        &[Keyword::Items(Box::new(schema(&inner)))],
    )])];
    each(
        &item,
        &[(
            "{List: [{Inner: a}, {Outer: b}]}",
            &["X/List/1/Outer#: `List` has no property `Outer` / it has `Inner`"],
        )],
    );
    let closed = thing(&[members(&[("Name", &[]), ("Arn", &[])]), Keyword::Closed]);
    let closed = ResourceType {
        read_only: texts(&["Arn"]),
        ..closed
    };
    let cases = [
        (
            Dialect::Rust,
            "{Nam: a}",
            "Nam#: `AWS::Test::Thing` has no property `Nam` / = help: did you mean `Name`?",
        ),
        (
            Dialect::Rust,
            "{Arm: a}",
            "Arm#: `AWS::Test::Thing` has no property `Arm` / it has `Name`",
        ),
        (
            Dialect::Rust,
            "{DeletionPolicy: Retain}",
            "DeletionPolicy#: `AWS::Test::Thing` has no property `DeletionPolicy` / = help: `DeletionPolicy` is a resource attribute: write it in a second block, `} with { DeletionPolicy: … }`",
        ),
        (
            Dialect::Template,
            "{DependsOn: A}",
            "DependsOn#: `AWS::Test::Thing` has no property `DependsOn` / = help: `DependsOn` is a resource attribute: write it next to `Properties`",
        ),
        (
            Dialect::Extended,
            "{DependsOn: A}",
            "DependsOn#: `AWS::Test::Thing` has no property `DependsOn` / = help: `DependsOn` is a resource attribute: write it next to `Properties`",
        ),
    ];
    for (dialect, text, expected) in cases {
        assert_eq!(reported_as(&closed, dialect, text), [expected], "{text}");
    }
    // A nested object has no resource attributes, and names of its own.
    let nested = thing(&[members(&[(
        "X",
        &[members(&[("Arn", &[])]), Keyword::Closed],
    )])]);
    let nested = ResourceType {
        read_only: texts(&["Arn"]),
        ..nested
    };
    for (text, expected) in [
        (
            "{X: {DependsOn: A}}",
            "X/DependsOn#: `X` has no property `DependsOn` / it has `Arn`",
        ),
        (
            "{X: {Arm: A}}",
            "X/Arm#: `X` has no property `Arm` / = help: did you mean `Arn`?",
        ),
    ] {
        assert_eq!(
            reported_as(&nested, Dialect::Rust, text),
            [expected],
            "{text}"
        );
    }
}

#[test]
fn read_only_properties_are_errors() {
    let id = [members(&[("Id", &[])]), required(&["Id"])];
    let rules = [
        members(&[
            ("Arn", &[]),
            ("Name", &[]),
            (
                "List",
                &[Keyword::Items(Box::new(schema(&[members(&[("Id", &[])])])))],
            ),
            ("Asked", &id),
        ]),
        required(&["Arn"]),
    ];
    let thing = ResourceType {
        read_only: texts(&["Arn", "List/*/Id", "Asked/Id"]),
        ..thing(&rules)
    };
    let read_only = |path: &str, name: &str, instead: &str| {
        vec![format!(
            "{path}#: `{name}` is read-only / AWS sets it; a template cannot / = help: remove it, and {instead}"
        )]
    };
    let handle = "read it from the resource's handle";
    let function = "read it with `Fn::GetAtt`";
    for (dialect, instead) in [
        (Dialect::Rust, handle),
        (Dialect::Template, function),
        (Dialect::Extended, function),
    ] {
        assert_eq!(
            reported_as(&thing, dialect, "{Arn: a, Name: b}"),
            read_only("Arn", "Arn", instead)
        );
    }
    let mut reported = reported_as(&thing, Dialect::Rust, "{List: [{Name: a}, {Id: b}]}");
    assert_eq!(reported.remove(0), read_only("List/1/Id", "Id", handle)[0]);
    assert_eq!(
        reported,
        ["#: `AWS::Test::Thing` needs `Arn` / = help: add `Arn: …`"]
    );
    // A schema that requires a read-only property contradicts itself.
    let reported = reported_as(&thing, Dialect::Rust, "{Asked: {Id: a}}");
    assert_eq!(
        reported,
        ["#: `AWS::Test::Thing` needs `Arn` / = help: add `Arn: …`"]
    );
}

#[test]
fn resource_attributes_have_their_own_names() {
    let policy = ResourceType {
        name: "#CreationPolicy".to_owned(),
        ..thing(&[required(&["Name"])])
    };
    assert_eq!(policy.check(&Json::<()>::object([("A", "b")])).len(), 1);
    assert_eq!(
        reported_as(&policy, Dialect::Rust, "{}"),
        ["#: `CreationPolicy` needs `Name` / = help: add `Name: …`"]
    );
}
