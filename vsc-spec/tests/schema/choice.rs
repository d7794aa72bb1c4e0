use super::{
    INTEGER, Json, STRING, boxed, each, held, line, members, one_of, reported_as, required, schema,
    thing, value,
};
use vsc_spec::resource::{Dialect, Keyword, ResourceType, Types};

fn any_of(forms: &[&[Keyword]]) -> Keyword {
    Keyword::AnyOf(forms.iter().map(|rules| schema(rules)).collect())
}

fn exactly_one_of(forms: &[&[Keyword]]) -> Keyword {
    Keyword::OneOf(forms.iter().map(|rules| schema(rules)).collect())
}

fn when(condition: &[Keyword], then: &[Keyword], otherwise: &[Keyword]) -> Keyword {
    Keyword::IfThenElse(boxed(condition), Some(boxed(then)), Some(boxed(otherwise)))
}

fn pattern(pattern: &str) -> Keyword {
    Keyword::Pattern(pattern.to_owned())
}

#[test]
fn all_forms_must_match() {
    each(
        &[Keyword::AllOf(vec![
            schema(&[required(&["a"])]),
            schema(&[required(&["b"])]),
        ])],
        &[
            ("{a: 1, b: 2}", &[]),
            ("{a: 1}", &["X#: `X` needs `b` / = help: add `b: …`"]),
        ],
    );
    // An error of two forms is reported once.
    each(
        &[Keyword::AllOf(vec![
            schema(&[required(&["a"])]),
            schema(&[required(&["a"])]),
        ])],
        &[("{}", &["X#: `X` needs `a` / = help: add `a: …`"])],
    );
}

#[test]
fn one_form_is_enough() {
    for rule in [any_of, exactly_one_of] {
        each(
            &[rule(&[&[required(&["a", "b"])], &[required(&["c"])]])],
            &[
                ("{a: 1, b: 2}", &[]),
                ("{c: 1}", &[]),
                ("{a: 1, c: 1}", &[]),
                ("{a: 1}", &["X#: `X` needs `a` and `b`, or `c`"]),
                ("{}", &["X#: `X` needs `a` and `b`, or `c`"]),
            ],
        );
    }
    // The properties as a whole have the name of their type.
    let thing = thing(&[any_of(&[&[required(&["a"])], &[required(&["b"])]])]);
    assert_eq!(
        reported_as(&thing, Dialect::Rust, "{}"),
        ["#: `AWS::Test::Thing` needs `a`, or `b`"]
    );
    let twice: &[&str] = &["X#: only one of `a` and `b` is allowed / = help: keep one of them"];
    each(
        &[any_of(&[&[required(&["a"])], &[required(&["b"])]])],
        &[("{a: 1, b: 2}", &[])],
    );
    let one = [exactly_one_of(&[&[required(&["a"])], &[required(&["b"])]])];
    each(
        &one,
        &[
            ("{a: 1}", &[]),
            ("{a: 1, b: 2}", twice),
            ("{a: 1, b: !Rust x}", &[]), // It may be an `Option`.
            ("{a: 1, b: {Fn::If: [C, 2, {Ref: AWS::NoValue}]}}", &[]),
        ],
    );
    each(
        &[exactly_one_of(&[&[STRING], &[Keyword::MinLength(2)]])],
        &[
            ("a", &[]),
            (
                "ab",
                &["X#: `X` matches several forms / it must match exactly one of them"],
            ),
            ("!Rust x", &[]),
            ("{Ref: A}", &[]),
        ],
    );
}

#[test]
fn forms_of_strings_are_listed() {
    let none =
        |forms: &str| format!("X: `X` matches none of its possible forms / expected {forms}");
    let format = |name: &str| Keyword::Format(name.to_owned());
    each(
        &[any_of(&[
            &[format("AWS::EC2::VPC.Id")],
            &[format("AWS::EC2::Subnet.Id")],
        ])],
        &[
            ("vpc-0a1b2c3d", &[]),
            ("subnet-0a1b2c3d", &[]),
            (
                "a",
                &[&format!(
                    "{} / = help: for example `vpc-0a1b2c3d4e5f67890`, `subnet-0a1b2c3d4e5f67890`",
                    none("the VPC ID, or the subnet ID")
                )],
            ),
        ],
    );
    each(
        &[any_of(&[
            &[one_of(&["a", "b"])],
            &[Keyword::Const(Json::Integer(1))],
            &[pattern("^c+$")],
        ])],
        &[
            ("a", &[]),
            ("1", &[]),
            ("cc", &[]),
            ("d", &[&none("`a` and `b`, or `1`, or a match of ^c+$")]),
        ],
    );
}

#[test]
fn the_nearest_form_is_reported() {
    let first: &[Keyword] = &[
        Keyword::Types(Types::OBJECT),
        members(&[("Kind", &[one_of(&["first"])]), ("Size", &[INTEGER])]),
        Keyword::Closed,
    ];
    let second: &[Keyword] = &[
        members(&[("Kind", &[one_of(&["second"])]), ("Name", &[STRING])]),
        Keyword::Closed,
    ];
    each(
        &[any_of(&[first, second])],
        &[
            ("{Kind: first, Size: 1}", &[]),
            ("{Kind: second, Name: a}", &[]),
            // By its names, rather than by its type or the number of errors.
            (
                "{Kind: third, Name: a}",
                &["X/Kind: `Kind` cannot be `third` / allowed: `second`"],
            ),
            (
                "{Kind: third, Size: 1}",
                &["X/Kind: `Kind` cannot be `third` / allowed: `first`"],
            ),
            (
                "{Kind: second, Name: [a]}",
                &[
                    "X/Name: `Name` takes a string, not a list / = help: write the value without brackets",
                ],
            ),
        ],
    );
    // A form of another type is the farthest.
    let texts: &[Keyword] = &[STRING];
    each(
        &[any_of(&[texts, first])],
        &[
            ("a", &[]),
            (
                "{Kind: a, Size: b}",
                &[
                    "X/Kind: `Kind` cannot be `a` / allowed: `first`",
                    "X/Size: `Size` takes an integer, not the string \"b\"",
                ],
            ),
            (
                "[a]",
                &["X: `X` takes a string, not a list / = help: write the value without brackets"],
            ),
        ],
    );
    // With the same names, the fewest errors decide.
    let strict: &[Keyword] = &[
        members(&[("a", &[INTEGER]), ("b", &[INTEGER])]),
        required(&["a"]),
        Keyword::Closed,
    ];
    let loose: &[Keyword] = &[
        members(&[("a", &[STRING]), ("b", &[INTEGER])]),
        required(&["c"]),
        Keyword::Closed,
    ];
    each(
        &[any_of(&[loose, strict])],
        &[(
            "{a: x, b: y}",
            &[
                "X/a: `a` takes an integer, not the string \"x\"",
                "X/b: `b` takes an integer, not the string \"y\"",
            ],
        )],
    );
}

#[test]
fn a_form_of_another_type_is_the_farthest() {
    let object: &[Keyword] = &[
        Keyword::Types(Types::OBJECT),
        required(&["a"]),
        Keyword::Closed,
    ];
    let named: &[Keyword] = &[members(&[("a", &[]), ("b", &[])])];
    each(
        &[any_of(&[&[STRING], &[object, named].concat()])],
        &[("{b: 1}", &["X#: `X` needs `a` / = help: add `a: …`"])],
    );
}

#[test]
fn functions_are_reported_once_whichever_form_fits() {
    let forms = any_of(&[
        &[members(&[("V", &[STRING])])],
        &[members(&[("V", &[INTEGER])])],
    ]);
    each(
        std::slice::from_ref(&forms),
        &[(
            "{V: {Fn::Base64: [a]}}",
            &[
                "X/V/Fn::Base64: `Fn::Base64` expects a string, not a list / = help: for example `{ Fn::Base64: \"text\" }`",
            ],
        )],
    );
}

#[test]
fn one_error_about_a_string_is_enough() {
    let short = Keyword::Not(boxed(&[Keyword::MinLength(5)]));
    each(
        &[one_of(&["left"]), short],
        &[
            ("left", &[]),
            ("right", &["X: `X` cannot be `right` / allowed: `left`"]),
        ],
    );
}

#[test]
fn a_misspelt_name_is_not_another_form() {
    let rules = [
        members(&[("Name", &[]), ("Size", &[])]),
        Keyword::Closed,
        any_of(&[&[required(&["Name"])], &[required(&["Size"])]]),
    ];
    each(
        &rules,
        &[
            ("{Name: a}", &[]),
            ("{}", &["X#: `X` needs `Name`, or `Size`"]),
            (
                "{Nmae: a}",
                &["X/Nmae#: `X` has no property `Nmae` / = help: did you mean `Name`?"],
            ),
        ],
    );
}

#[test]
fn forms_are_forbidden() {
    each(
        &[Keyword::Not(boxed(&[required(&["a", "b"])]))],
        &[
            ("{a: 1}", &[]),
            (
                "{a: 1, b: 2}",
                &["X#: `a` and `b` cannot be combined with the rest"],
            ),
            ("{a: 1, b: {Fn::If: [C, 2, {Ref: AWS::NoValue}]}}", &[]),
        ],
    );
    each(
        &[Keyword::Not(boxed(&[one_of(&["a"])]))],
        &[
            ("a", &["X#: `X` has a value that is not allowed"]),
            ("b", &[]),
        ],
    );
    held(
        &[Keyword::Never],
        &[
            ("a", Some(false)),
            ("{Ref: A}", Some(false)),
            ("!Rust a", Some(false)),
        ],
    );
    each(
        &[Keyword::Never],
        &[("a", &["X#: `X` is not allowed here"])],
    );
}

#[test]
fn a_value_may_depend_on_another() {
    let kind = |name: &'static str| members(&[("Kind", &[one_of(&[name])])]);
    let rule = when(
        &[kind("large"), required(&["Kind"])],
        &[required(&["Size"])],
        &[required(&["Name"])],
    );
    each(
        &[rule],
        &[
            ("{Kind: large, Size: 1}", &[]),
            ("{Kind: small, Name: a}", &[]),
            (
                "{Kind: large}",
                &["X#: `X` needs `Size` / since `Kind` is `large` / = help: add `Size: …`"],
            ),
            (
                "{Kind: small}",
                &["X#: `X` needs `Name` / = help: add `Name: …`"],
            ),
            ("{}", &["X#: `X` needs `Name` / = help: add `Name: …`"]),
            ("{Kind: {Ref: Kind}}", &[]),
            ("{Kind: !Rust kind}", &[]),
            // Both branches of `Fn::If` require the same, or not.
            (
                "{Kind: {Fn::If: [C, small, tiny]}}",
                &["X#: `X` needs `Name` / = help: add `Name: …`"],
            ),
            ("{Kind: {Fn::If: [C, large, small]}}", &[]),
            ("{Kind: {Fn::If: [C, large, {Ref: Kind}]}}", &[]),
            (
                "{Kind: {Fn::If: [C, large, large]}}",
                &["X#: `X` needs `Size` / since `Kind` is given / = help: add `Size: …`"],
            ),
        ],
    );
    // What depends on a rejected member is unknown.
    let typed = members(&[("Kind", &[STRING])]);
    each(
        &[
            typed,
            when(
                &[kind("large")],
                &[required(&["Size"])],
                &[required(&["Name"])],
            ),
        ],
        &[(
            "{Kind: [large]}",
            &[
                "X/Kind: `Kind` takes a string, not a list / = help: write the value without brackets",
            ],
        )],
    );
    // Either branch is optional.
    let then = Keyword::IfThenElse(
        boxed(&[required(&["a"])]),
        Some(boxed(&[required(&["b"])])),
        None,
    );
    each(
        &[then],
        &[
            ("{}", &[]),
            (
                "{a: 1}",
                &["X#: `X` needs `b` / since `a` is given / = help: add `b: …`"],
            ),
        ],
    );
}

#[test]
fn rejected_values_decide_nothing() {
    let kind = |name: &'static str| members(&[("Kind", &[one_of(&[name])])]);
    let decided = when(&[kind("large")], &[required(&["Size"])], &[]);
    let size = "X/B#: `B` needs `Size` / since `Kind` is `large` / = help: add `Size: …`";
    let wrong = |path: &str, name: &str| {
        format!(
            "X/{path}: `{name}` takes a string, not a list / = help: write the value without brackets"
        )
    };
    each(
        &[members(&[
            ("A", &[members(&[("C", &[STRING])])]),
            (
                "B",
                &[members(&[("D", &[members(&[("E", &[STRING])])])]), decided],
            ),
        ])],
        &[
            (
                "{A: {C: [x]}, B: {Kind: large}}",
                &[&wrong("A/C", "C"), size],
            ),
            (
                "{B: {Kind: large, D: {E: [x]}}}",
                &[&wrong("B/D/E", "E"), size],
            ),
        ],
    );
    // Nor does the form of a function that the condition does not require.
    each(
        &[when(&[kind("large")], &[required(&["Size"])], &[])],
        &[(
            "{Kind: large, Other: {Fn::Sbu: a}}",
            &[
                "X/Other/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
                "X#: `X` needs `Size` / since `Kind` is `large` / = help: add `Size: …`",
            ],
        )],
    );
}

#[test]
fn reasons_are_reported_once_and_are_not_errors() {
    let condition = [members(&[
        ("Kind", &[one_of(&["large"])]),
        ("Name", &[pattern("^a")]),
        ("Other", &[STRING]),
        (
            "Inner",
            &[members(&[("Deep", &[Keyword::Const("x".into())])])],
        ),
    ])];
    let then = [
        required(&["Size"]),
        members(&[
            ("Kind", &[one_of(&["small"])]),
            ("Count", &[Keyword::Maximum(1.0)]),
        ]),
    ];
    let rule = when(&condition, &then, &[]);
    each(
        std::slice::from_ref(&rule),
        &[
            (
                "{Kind: large, Name: abc, Other: b, Inner: {Deep: x}}",
                &[
                    "X/Kind: `Kind` cannot be `large` / allowed: `small`, since `Name` is `abc` and `Deep` is `x`",
                    "X#: `X` needs `Size` / since `Kind` is `large` and `Name` is `abc` and `Deep` is `x` / = help: add `Size: …`",
                ],
            ),
            (
                "{Kind: large, Count: 2, Size: 1}",
                &[
                    "X/Kind: `Kind` cannot be `large` / allowed: `small`",
                    "X/Count: `Count` cannot be 2 / at most 1, since `Kind` is `large`",
                ],
            ),
            // Without one of them, the other branch applies.
            ("{Kind: tiny}", &[]),
        ],
    );
    // A nested error, and one in a list.
    let listed = when(
        &[members(&[("Kind", &[one_of(&["large"])])])],
        &[members(&[(
            "List",
            &[Keyword::Items(boxed(&[one_of(&["left"])]))],
        )])],
        &[],
    );
    each(
        &[listed],
        &[(
            "{Kind: large, List: [right]}",
            &[
                "X/List/0: item 1 of `List` cannot be `right` / allowed: `left`, since `Kind` is `large`",
            ],
        )],
    );
    // A condition within a condition: each reason once.
    let nested = when(
        &[members(&[("Kind", &[one_of(&["large"])])])],
        &[when(
            &[members(&[
                ("Kind", &[pattern("^l")]),
                ("Name", &[Keyword::Not(boxed(&[one_of(&["b"])]))]),
            ])],
            &[required(&["Size"])],
            &[],
        )],
        &[],
    );
    each(
        &[nested],
        &[(
            "{Kind: large, Name: a}",
            &[
                "X#: `X` needs `Size` / since `Kind` is `large` and `Name` is `a` / = help: add `Size: …`",
            ],
        )],
    );
}

#[test]
fn functions_are_not_shown_as_reasons() {
    let inner = when(
        &[
            members(&[("Inner", &[required(&["Deep"])])]),
            required(&["Inner"]),
        ],
        &[required(&["Size"])],
        &[],
    );
    each(
        &[inner],
        &[
            (
                "{Inner: {Deep: a, More: b}}",
                &["X#: `X` needs `Size` / since `Deep` is given / = help: add `Size: …`"],
            ),
            (
                "{Inner: {Fn::If: [C, {Deep: a}, {Deep: b}]}}",
                &["X#: `X` needs `Size` / since `Inner` is given / = help: add `Size: …`"],
            ),
        ],
    );
    // The value of a function is not shown.
    let given = when(
        &[
            members(&[("Kind", &[Keyword::MinLength(1)])]),
            required(&["Kind"]),
        ],
        &[required(&["Size"])],
        &[],
    );
    each(
        &[given],
        &[
            (
                "{Kind: a}",
                &["X#: `X` needs `Size` / since `Kind` is given / = help: add `Size: …`"],
            ),
            (
                "{Kind: {Fn::Sub: a}}",
                &["X#: `X` needs `Size` / since `Kind` is given / = help: add `Size: …`"],
            ),
        ],
    );
}

#[test]
fn rejected_values_are_reported_once() {
    let constrained = |constraint: &[Keyword]| ResourceType {
        constraints: vec![schema(constraint)],
        ..thing(&[members(&[
            ("A", &[STRING]),
            ("B", &[members(&[("C", &[INTEGER])]), Keyword::Closed]),
        ])])
    };
    let reported = |constraint: &[Keyword], text: &str| {
        reported_as(&constrained(constraint), Dialect::Rust, text)
    };
    let listed = [members(&[("A", &[one_of(&["left"])])])];
    assert_eq!(reported(&listed, "{A: left}"), [""; 0]);
    assert_eq!(
        reported(&listed, "{A: right}"),
        ["A: `A` cannot be `right` / allowed: `left`"]
    );
    let type_of_a = "A: `A` takes a string, not a list / = help: write the value without brackets";
    assert_eq!(reported(&listed, "{A: [y]}"), [type_of_a]);
    let items = [members(&[(
        "A",
        &[Keyword::Items(boxed(&[one_of(&["left"])]))],
    )])];
    assert_eq!(reported(&items, "{A: [y]}"), [type_of_a]);
    // An object with a wrong name.
    let needs = [members(&[("B", &[required(&["C"])])])];
    assert_eq!(
        reported(&needs, "{B: {}}"),
        ["B#: `B` needs `C` / = help: add `C: …`"]
    );
    let misspelt = "B/Other#: `B` has no property `Other` / it has `C`";
    assert_eq!(reported(&needs, "{B: {Other: 1}}"), [misspelt]);
    // A wrong value says nothing about other names.
    let wrong = "B/C: `C` takes an integer, not the string \"x\"";
    let size = [members(&[("B", &[required(&["E"])])])];
    assert_eq!(
        reported(&size, "{B: {C: x}}"),
        [wrong, "B#: `B` needs `E` / = help: add `E: …`"]
    );
    // Two errors about a name may differ.
    let never = [members(&[(
        "B",
        &[members(&[("Other", &[Keyword::Never])])],
    )])];
    assert_eq!(
        reported(&never, "{B: {Other: 1}}"),
        [misspelt, "B/Other#: `Other` is not allowed here"]
    );
    assert_eq!(
        reported(&[members(&[("A", &[Keyword::Never])])], "{A: [y]}"),
        [type_of_a, "A#: `A` is not allowed here"]
    );
    // Each error is independent.
    assert_eq!(
        reported(&needs, "{A: [y], B: {}}"),
        [type_of_a, "B#: `B` needs `C` / = help: add `C: …`"]
    );
    // A rejected value decides nothing.
    let decided = [members(&[(
        "B",
        &[when(
            &[members(&[("C", &[one_of(&["1"])])])],
            &[required(&["E"])],
            &[required(&["F"])],
        )],
    )])];
    assert_eq!(reported(&decided, "{B: {C: x}}"), [wrong]);
    assert_eq!(
        reported(&decided, "{B: {C: 1}}"),
        ["B#: `B` needs `E` / since `C` is `1` / = help: add `E: …`"]
    );
    // Functions are checked once.
    assert_eq!(
        reported(&[members(&[("B", &[])])], "{B: {C: {Fn::Sbu: x}}}"),
        [
            "B/C/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?"
        ]
    );
}

#[test]
fn a_type_of_a_service_that_was_shut_down_is_an_error() {
    let gone = ResourceType {
        shut_down: Some("2027-01-31".to_owned()),
        ..thing(&[])
    };
    assert_eq!(
        reported_as(&gone, Dialect::Template, "{}"),
        [
            "#: `AWS::Test::Thing` can no longer be created / AWS shut the service down on 2027-01-31"
        ]
    );
}

#[test]
fn the_serverless_application_model_accepts_more() {
    let forms = any_of(&[
        &[
            Keyword::Types(Types::OBJECT),
            members(&[("Name", &[STRING]), ("Size", &[INTEGER])]),
            required(&["Name"]),
            Keyword::Closed,
        ],
        &[Keyword::Types(Types::ARRAY)],
    ]);
    let serverless = ResourceType {
        name: "AWS::Serverless::Thing".to_owned(),
        ..thing(&[members(&[
            ("X", std::slice::from_ref(&forms)),
            ("Text", &[STRING]),
        ])])
    };
    let plain = thing(&[members(&[("X", &[forms]), ("Text", &[STRING])])]);
    let needs = "X#: `X` needs `Name` / = help: add `Name: …`";
    let base64 = "X/Name/Fn::Base64/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?";
    let no_name = "X/Nam#: `X` has no property `Nam` / = help: did you mean `Name`?";
    for (text, of_plain, of_serverless) in [
        ("{X: {Name: a}}", &[][..], &[][..]),
        ("{X: {Size: 1}}", &[needs], &[needs]),
        // It resolves functions before it checks the form.
        ("{X: {Size: {Ref: Size}}}", &[needs], &[]),
        ("{X: {Nam: {Ref: Size}}}", &[no_name], &[no_name]),
        // The functions in it are checked.
        (
            "{X: {Name: {Fn::Base64: {Fn::Sbu: a}}}}",
            &[base64],
            &[base64],
        ),
        // It drops `null`.
        (
            "{Text: null}",
            &[
                "Text: `Text` cannot be `null` / CloudFormation does not accept `null` in templates / = help: remove it",
            ],
            &[],
        ),
    ] {
        assert_eq!(
            reported_as(&plain, Dialect::Template, text),
            of_plain,
            "{text}"
        );
        assert_eq!(
            reported_as(&serverless, Dialect::Template, text),
            of_serverless,
            "{text}"
        );
    }
    let null: Vec<String> = serverless.check(&value("null")).iter().map(line).collect();
    assert_eq!(null.len(), 1, "{null:?}");
}

#[test]
fn functions_are_checked_where_anything_is_allowed() {
    let choice = || {
        any_of(&[
            &[Keyword::Types(Types::OBJECT)],
            &[Keyword::Types(Types::ARRAY)],
        ])
    };
    let text = "{X: {a: {Fn::Base64: [c]}, d: {Fn::Base64: [e]}}}";
    let wrong = |name: &str| {
        format!(
            "X/{name}/Fn::Base64: `Fn::Base64` expects a string, not a list / = help: for example `{{ Fn::Base64: \"text\" }}`"
        )
    };
    let both = [wrong("a"), wrong("d")];
    for (name, rules) in [
        ("AWS::Test::Thing", vec![choice()]),
        ("AWS::Test::Thing", Vec::new()),
        ("AWS::Serverless::Thing", Vec::new()),
        ("AWS::Serverless::Thing", vec![choice()]),
    ] {
        let resource = ResourceType {
            name: name.to_owned(),
            ..thing(&[members(&[("X", &rules)])])
        };
        assert_eq!(
            reported_as(&resource, Dialect::Template, text),
            both,
            "{name}"
        );
    }
}
