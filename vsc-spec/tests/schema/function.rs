use super::{
    INTEGER, STRING, boxed, each, held, line, members, named, one_of, reported_as, thing, value,
};
use vsc_spec::resource::check::{check_functions, is_variable};
use vsc_spec::resource::{Dialect, Keyword, Types};

fn checked_as(dialect: Dialect, text: &str) -> Vec<String> {
    let violations = check_functions(&value(text), dialect);
    violations.iter().map(line).collect()
}

/// Values with functions, and the errors of each.
fn checked(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(checked_as(Dialect::Rust, text), *expected, "{text}");
    }
}

#[test]
fn the_number_of_arguments_is_checked() {
    let select = "Fn::Select: `Fn::Select` takes an index and a list / = help: for example `{ Fn::Select: [0, [\"a\", \"b\"]] }`";
    let cidr = "Fn::Cidr: `Fn::Cidr` takes a range, a count and the size of a part / = help: for example `{ Fn::Cidr: [\"10.0.0.0/16\", 4, 8] }`";
    checked(&[
        ("{Fn::Select: [0, [a]]}", &[]),
        ("{Fn::Select: [0]}", &[select]),
        ("{Fn::Select: [0, [a], 0]}", &[select]),
        ("{Fn::Select: a}", &[select]),
        ("{Fn::Select: {a: b}}", &[select]),
        ("{Fn::Select: {Ref: A}}", &[select]),
        ("{Fn::Select: {Fn::Transform: {Name: Macro}}}", &[]),
        ("{Fn::Select: !Rust a}", &[]),
        ("{Fn::Cidr: [10.0.0.0/16, 4]}", &[]),
        ("{Fn::Cidr: [10.0.0.0/16, 4, 8]}", &[]),
        ("{Fn::Cidr: [10.0.0.0/16]}", &[cidr]),
        ("{Fn::Cidr: [10.0.0.0/16, 4, 8, 1]}", &[cidr]),
    ]);
}

#[test]
fn examples_of_functions_are_valid() {
    for (name, takes, example) in [
        ("Ref", "the name of a parameter or resource", "\"Name\""),
        (
            "Fn::GetAtt",
            "a resource and one of its attributes",
            "[\"Name\", \"Attribute\"]",
        ),
        (
            "Fn::Sub",
            "a string, or a list of a string and its variables",
            "\"${Name}-backups\"",
        ),
        (
            "Fn::Join",
            "a delimiter and a list",
            "[\"-\", [\"a\", \"b\"]]",
        ),
        ("Fn::Select", "an index and a list", "[0, [\"a\", \"b\"]]"),
        ("Fn::Split", "a delimiter and a string", "[\",\", \"a,b\"]"),
        (
            "Fn::If",
            "a condition, a value and another value",
            "[\"Condition\", \"a\", \"b\"]",
        ),
        (
            "Fn::FindInMap",
            "a mapping, a key and a second key",
            "[\"Mapping\", \"Key\", \"SecondKey\"]",
        ),
        ("Fn::GetAZs", "a region", "\"\""),
        (
            "Fn::Cidr",
            "a range, a count and the size of a part",
            "[\"10.0.0.0/16\", 4, 8]",
        ),
        ("Fn::Base64", "a string", "\"text\""),
        ("Fn::ImportValue", "the name of an export", "\"Export\""),
        ("Fn::Length", "a list", "[\"a\", \"b\"]"),
        (
            "Fn::ToJsonString",
            "an object or a list",
            "{ Name: \"value\" }",
        ),
        (
            "Fn::Transform",
            "a macro's name and its parameters",
            "{ Name: \"Macro\" }",
        ),
        (
            "Fn::GetStackOutput",
            "a stack and one of its outputs",
            "{ StackName: \"name\", OutputName: \"Output\" }",
        ),
    ] {
        assert_eq!(
            checked_as(Dialect::Rust, &format!("{{{name}: {example}}}")),
            [""; 0],
            "{name}"
        );
        // No function accepts a list of seven, or an empty one.
        let reported = checked_as(
            Dialect::Rust,
            &format!("{{{name}: [[], [], [], [], [], [], []]}}"),
        );
        let help = format!(" / = help: for example `{{ {name}: {example} }}`");
        let is_list = ["Fn::Length", "Fn::ToJsonString", "Fn::Transform"].contains(&name);
        assert!(
            reported.iter().any(|reported| reported.ends_with(&help)) || is_list,
            "{reported:?}"
        );
        let takes = format!("{name}: `{name}` takes {takes}");
        let expects = format!("{name}: `{name}` expects ");
        let words =
            |reported: &String| reported.starts_with(&takes) || reported.starts_with(&expects);
        assert!(reported.iter().all(words) || is_list, "{reported:?}");
    }
}

#[test]
fn null_is_an_error() {
    let null =
        "cannot be `null` / CloudFormation does not accept `null` in templates / = help: remove it";
    checked(&[
        ("null", &[&format!(": the value {null}")]),
        ("{a: [b, null]}", &[&format!("a/1: item 2 of `a` {null}")]),
        ("[null]", &[&format!("0: item 1 {null}")]),
    ]);
    each(
        &[],
        &[(
            "{Fn::Base64: null}",
            &[&format!("X/Fn::Base64: `X` {null}")],
        )],
    );
}

#[test]
fn properties_are_not_null() {
    assert_eq!(
        reported_as(&thing(&[]), Dialect::Rust, "null"),
        [
            ": `Properties` cannot be `null` / CloudFormation does not accept `null` in templates / = help: remove it"
        ]
    );
}

#[test]
fn strings_are_required() {
    let base64 = |given: &str| {
        format!(
            "Fn::Base64: `Fn::Base64` expects a string, not {given} / = help: for example `{{ Fn::Base64: \"text\" }}`"
        )
    };
    checked(&[
        ("{Fn::Base64: a}", &[]),
        ("{Fn::Base64: 1}", &[]),
        ("{Fn::Base64: 1.5}", &[]),
        ("{Fn::Base64: true}", &[]),
        ("{Fn::Base64: !Rust a}", &[]),
        ("{Fn::Base64: [a]}", &[&base64("a list")]),
        ("{Fn::Base64: {a: b}}", &[&base64("an object")]),
        (
            "{Fn::Base64: null}",
            &[
                "Fn::Base64: the value cannot be `null` / CloudFormation does not accept `null` in templates / = help: remove it",
            ],
        ),
        // A name is not converted.
        ("{Ref: A}", &[]),
        (
            "{Ref: 1}",
            &[
                "Ref: `Ref` expects a string, not the number 1 / = help: for example `{ Ref: \"Name\" }`",
            ],
        ),
        (
            "{Fn::If: [true, a, b]}",
            &[
                "Fn::If/0: `Fn::If` expects a string as the first argument, not the boolean `true` / = help: for example `{ Fn::If: [\"Condition\", \"a\", \"b\"] }`",
            ],
        ),
    ]);
}

#[test]
fn attributes_have_a_dot() {
    let attribute = |given: &str| {
        format!(
            "Fn::GetAtt: `Fn::GetAtt` expects a string such as `Name.Attribute`, not {given} / = help: for example `{{ Fn::GetAtt: [\"Name\", \"Attribute\"] }}`"
        )
    };
    checked(&[
        ("{Fn::GetAtt: A.Arn}", &[]),
        ("{Fn::GetAtt: A1.Endpoint.Port}", &[]),
        ("{Fn::GetAtt: [A, Arn]}", &[]),
        ("{Fn::GetAtt: [A, {Ref: Name}]}", &[]),
        ("{Fn::GetAtt: A.}", &[&attribute("the string \"A.\"")]),
        (
            "{Fn::GetAtt: A-b.Arn}",
            &[&attribute("the string \"A-b.Arn\"")],
        ),
        ("{Fn::GetAtt: 1.5}", &[&attribute("the number 1.5")]),
        ("{Fn::GetAtt: {a: b}}", &[&attribute("an object")]),
    ]);
    for (dialect, expected) in [
        (Dialect::Rust, &[][..]),
        (
            Dialect::Template,
            &[
                "Fn::GetAtt/0/Ref#: `Fn::GetAtt` cannot take `Ref` as the first argument / it must be a literal",
            ],
        ),
        (Dialect::Extended, &[]),
    ] {
        assert_eq!(
            checked_as(dialect, "{Fn::GetAtt: [A, {Ref: Name}]}"),
            [""; 0]
        );
        let nested = "{Fn::GetAtt: [{Ref: Name}, Arn]}";
        assert_eq!(checked_as(dialect, nested), expected, "{dialect:?}");
    }
}

#[test]
fn integers_have_ranges() {
    checked(&[
        ("{Fn::Cidr: [10.0.0.0/16, 1, 1]}", &[]),
        ("{Fn::Cidr: [10.0.0.0/16, '256', ' 128 ']}", &[]),
        (
            "{Fn::Cidr: ['2001:db8::/32', {Ref: Count}, !Rust bits]}",
            &[],
        ),
        (
            "{Fn::Cidr: ['{{resolve:ssm:range}}', '{{resolve:ssm:count}}']}",
            &[],
        ),
        (
            "{Fn::Cidr: [10.0.0.0/16, 0]}",
            &["Fn::Cidr/1: 0 is out of range / from 1 to 256"],
        ),
        (
            "{Fn::Cidr: [10.0.0.0/16, 257]}",
            &["Fn::Cidr/1: 257 is out of range / from 1 to 256"],
        ),
        (
            "{Fn::Cidr: [10.0.0.0/16, many]}",
            &[
                "Fn::Cidr/1: `Fn::Cidr` expects an integer from 1 to 256 as the second argument, not the string \"many\" / = help: for example `{ Fn::Cidr: [\"10.0.0.0/16\", 4, 8] }`",
            ],
        ),
        (
            "{Fn::Cidr: [10.0.0.0/16, 1.5]}",
            &[
                "Fn::Cidr/1: `Fn::Cidr` expects an integer from 1 to 256 as the second argument, not the number 1.5 / = help: for example `{ Fn::Cidr: [\"10.0.0.0/16\", 4, 8] }`",
            ],
        ),
        (
            "{Fn::Cidr: [10.0.0.0/33, 1]}",
            &[
                "Fn::Cidr/0: \"10.0.0.0/33\" is not an IP address range / expected an address, `/` and a prefix length / = help: for example `10.0.0.0/16`",
            ],
        ),
        (
            "{Fn::Cidr: [10, 1]}",
            &[
                "Fn::Cidr/0: `Fn::Cidr` expects a range such as `10.0.0.0/16` as the first argument, not the number 10 / = help: for example `{ Fn::Cidr: [\"10.0.0.0/16\", 4, 8] }`",
            ],
        ),
        (
            "{Fn::Select: [-1, [a]]}",
            &["Fn::Select/0: -1 is out of range / at least 0"],
        ),
        (
            "{Fn::Select: [first, [a]]}",
            &[
                "Fn::Select/0: `Fn::Select` expects an index from 0 as the first argument, not the string \"first\" / = help: for example `{ Fn::Select: [0, [\"a\", \"b\"]] }`",
            ],
        ),
    ]);
}

#[test]
fn regions_are_known() {
    checked(&[
        ("{Fn::GetAZs: ''}", &[]),
        ("{Fn::GetAZs: eu-west-1}", &[]),
        ("{Fn::GetAZs: {Ref: AWS::Region}}", &[]),
        ("{Fn::GetAZs: '{{resolve:ssm:region}}'}", &[]),
        (
            "{Fn::GetAZs: eu-wset-1}",
            &[
                "Fn::GetAZs: there is no region `eu-wset-1` / an empty string is the region of the stack / = help: did you mean `eu-west-1`?",
            ],
        ),
        (
            "{Fn::GetAZs: 1}",
            &[
                "Fn::GetAZs: `Fn::GetAZs` expects a string, not the number 1 / = help: for example `{ Fn::GetAZs: \"\" }`",
            ],
        ),
    ]);
}

#[test]
fn selected_items_exist() {
    let missing = |index: usize, words: &str| {
        format!("Fn::Select/0: there is no item {index}: the list has {words}")
    };
    let two = &missing(2, "2 items / = help: indexes begin at 0: write 0 to 1");
    checked(&[
        ("{Fn::Select: [1, [a, b]]}", &[]),
        ("{Fn::Select: [2, [a, b]]}", &[two]),
        ("{Fn::Select: ['2', [a, b]]}", &[two]),
        (
            "{Fn::Select: [3, [a]]}",
            &[&missing(
                3,
                "1 item / = help: indexes begin at 0: write 0 to 0",
            )],
        ),
        ("{Fn::Select: [0, []]}", &[&missing(0, "0 items")]),
        ("{Fn::Select: [2, [a, {Ref: B}]]}", &[two]),
        ("{Fn::Select: [2, [a, {b: c}]]}", &[two]),
        // The number of items is unknown.
        ("{Fn::Select: [2, [a, !Rust b]]}", &[]),
        ("{Fn::Select: [2, [a, {Fn::If: [C, b, c]}]]}", &[]),
        ("{Fn::Select: [2, [a, {Fn::Transform: {Name: B}}]]}", &[]),
        ("{Fn::Select: [2, [a, {Ref: AWS::NoValue}]]}", &[]),
        ("{Fn::Select: [{Ref: Index}, [a]]}", &[]),
        ("{Fn::Select: [9, {Ref: List}]}", &[]),
        ("{Fn::Select: [9, {Fn::GetAZs: ''}]}", &[]),
        ("{Fn::Select: [2, {Fn::Split: [',', 'a,b']}]}", &[two]),
        ("{Fn::Select: [1, {Fn::Split: [',', 'a,b']}]}", &[]),
        ("{Fn::Select: [2, {Fn::Split: [',', {Ref: Text}]}]}", &[]),
        ("{Fn::Select: [2, {Fn::Cidr: [10.0.0.0/16, 2]}]}", &[two]),
        ("{Fn::Select: [1, {Fn::Cidr: [10.0.0.0/16, 2]}]}", &[]),
        (
            "{Fn::Select: [9, {Fn::Cidr: [10.0.0.0/16, {Ref: Count}]}]}",
            &[],
        ),
    ]);
}

#[test]
fn lists_and_objects_are_checked_within() {
    let sbu = "there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?";
    checked(&[
        ("{Fn::Join: ['', [a, 1, true, {Ref: A}]]}", &[]),
        (
            "{Fn::Join: ['', [a, [b]]]}",
            &[
                "Fn::Join/1/1: `Fn::Join` expects a string as an item, not a list / = help: for example `{ Fn::Join: [\"-\", [\"a\", \"b\"]] }`",
            ],
        ),
        (
            "{Fn::Join: ['', [a, {Fn::Sbu: b}]]}",
            &[&format!("Fn::Join/1/1/Fn::Sbu#: {sbu}")],
        ),
        (
            "{Fn::Join: [{Ref: A}, [a]]}",
            &[
                "Fn::Join/0/Ref#: `Fn::Join` cannot take `Ref` as the first argument / it must be a literal",
            ],
        ),
        (
            "{Fn::Select: [0, [[a], {b: {Fn::Sbu: c}}]]}",
            &[&format!("Fn::Select/1/1/b/Fn::Sbu#: {sbu}")],
        ),
        ("{Fn::Sub: ['${a}', {a: {Ref: B}, c: 1}]}", &[]),
        (
            "{Fn::Sub: ['${a}', {a: [b]}]}",
            &[
                "Fn::Sub/1/a: `Fn::Sub` expects a string as a variable, not a list / = help: for example `{ Fn::Sub: \"${Name}-backups\" }`",
            ],
        ),
        (
            "{Fn::Sub: ['${a}', [a]]}",
            &[
                "Fn::Sub/1: `Fn::Sub` expects an object with the variables as the second argument, not a list / = help: for example `{ Fn::Sub: \"${Name}-backups\" }`",
            ],
        ),
        ("{Fn::ToJsonString: [a]}", &[]),
        ("{Fn::ToJsonString: {a: {b: c}, d: e}}", &[]),
        (
            "{Fn::ToJsonString: {a: {Fn::Sbu: b}, c: d}}",
            &[&format!("Fn::ToJsonString/a/Fn::Sbu#: {sbu}")],
        ),
        (
            "{Fn::ToJsonString: [{Fn::Sbu: b}]}",
            &[&format!("Fn::ToJsonString/0/Fn::Sbu#: {sbu}")],
        ),
        (
            "{Fn::ToJsonString: []}",
            &[
                "Fn::ToJsonString: `Fn::ToJsonString` expects a non-empty list or object, not a list / = help: for example `{ Fn::ToJsonString: { Name: \"value\" } }`",
            ],
        ),
        (
            "{Fn::ToJsonString: {}}",
            &[
                "Fn::ToJsonString: `Fn::ToJsonString` expects a non-empty list or object, not an object / = help: for example `{ Fn::ToJsonString: { Name: \"value\" } }`",
            ],
        ),
        ("{Fn::Length: [a, [b], {c: d, e: f}]}", &[]),
        (
            "{Fn::Length: a}",
            &[
                "Fn::Length: `Fn::Length` expects a list, not the string \"a\" / = help: for example `{ Fn::Length: [\"a\", \"b\"] }`",
            ],
        ),
    ]);
}

#[test]
fn unknown_arguments_are_errors() {
    checked(&[
        ("{Fn::Transform: {Name: Macro}}", &[]),
        ("{Fn::Transform: {Name: Macro, Parameters: {A: [b]}}}", &[]),
        (
            "{Fn::Transform: {Nmae: Macro}}",
            &["Fn::Transform/Nmae#: `Fn::Transform` has no `Nmae` / = help: did you mean `Name`?"],
        ),
        (
            "{Fn::Transform: {Macro: Name}}",
            &[
                "Fn::Transform/Macro#: `Fn::Transform` has no `Macro` / = help: it has `Name` and `Parameters`",
                "Fn::Transform: `Fn::Transform` needs `Name` / = help: add `Name: …`",
            ],
        ),
        (
            "{Fn::Transform: {Name: 1}}",
            &[
                "Fn::Transform/Name: `Fn::Transform` expects a string as `Name`, not the number 1 / = help: for example `{ Fn::Transform: { Name: \"Macro\" } }`",
            ],
        ),
        (
            "{Fn::Transform: Macro}",
            &[
                "Fn::Transform: `Fn::Transform` expects an object with `Name` and `Parameters`, not the string \"Macro\" / = help: for example `{ Fn::Transform: { Name: \"Macro\" } }`",
            ],
        ),
        // Each macro of a list is checked.
        ("{Fn::Transform: [{Name: A}, {Name: B}]}", &[]),
        (
            "{Fn::Transform: [{Fn::Sbu: A}]}",
            &[
                "Fn::Transform/0/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
            ],
        ),
        (
            "{Fn::GetStackOutput: {StackName: a, OutputName: {Ref: B}, Region: eu-west-1}}",
            &[],
        ),
        (
            "{Fn::GetStackOutput: {Region: a}}",
            &[
                "Fn::GetStackOutput: `Fn::GetStackOutput` needs `StackName` / = help: add `StackName: …`",
                "Fn::GetStackOutput: `Fn::GetStackOutput` needs `OutputName` / = help: add `OutputName: …`",
            ],
        ),
        ("{Fn::FindInMap: [A, B, C, {DefaultValue: [d]}]}", &[]),
        ("{Fn::FindInMap: [A, B, 1]}", &[]),
        (
            "{Fn::FindInMap: [A, B, C, {Default: d}]}",
            &[
                "Fn::FindInMap/3/Default#: `Fn::FindInMap` has no `Default` / = help: it has `DefaultValue`",
                "Fn::FindInMap/3: `Fn::FindInMap` needs `DefaultValue` / = help: add `DefaultValue: …`",
            ],
        ),
    ]);
}

#[test]
fn functions_are_allowed_in_some_arguments() {
    checked(&[
        (
            "{Fn::GetAZs: {Fn::ImportValue: a}}",
            &[
                "Fn::GetAZs/Fn::ImportValue#: `Fn::GetAZs` cannot take `Fn::ImportValue` / allowed: `Ref`, `Fn::GetAtt`, `Fn::If`, `Fn::Join`, `Fn::Select` and `Fn::Sub`",
            ],
        ),
        (
            "{Fn::Join: ['', {Fn::Base64: a}]}",
            &[
                "Fn::Join/1/Fn::Base64#: `Fn::Join` cannot take `Fn::Base64` as the second argument / allowed: `Ref`, `Fn::Cidr`, `Fn::FindInMap`, `Fn::GetAtt`, `Fn::GetAZs`, `Fn::If` and `Fn::Split`",
            ],
        ),
        // A macro may return anything.
        ("{Fn::GetAZs: {Fn::Transform: {Name: A}}}", &[]),
        (
            "{Fn::GetAZs: {Fn::Sbu: a}}",
            &[
                "Fn::GetAZs/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
            ],
        ),
        (
            "{Fn::GetAZs: {Fn::Sub: '${a-b}'}}",
            &[
                "Fn::GetAZs/Fn::Sub: `${a-b}` is not a valid variable / the name of a variable has letters, digits, `_`, `.` and `:` / = help: write `${!a-b}` for the literal text",
            ],
        ),
        // Each branch is in the position of the function.
        ("{Fn::Base64: {Fn::If: [C, a, {Ref: B}]}}", &[]),
        (
            "{Fn::Base64: {Fn::If: [C, a, [b]]}}",
            &[
                "Fn::Base64/Fn::If/2: `Fn::Base64` expects a string, not a list / = help: for example `{ Fn::Base64: \"text\" }`",
            ],
        ),
        (
            "{Fn::Base64: {Fn::If: [C, {Fn::GetAZs: ''}, b]}}",
            &[
                "Fn::Base64/Fn::If/1/Fn::GetAZs#: `Fn::Base64` cannot take `Fn::GetAZs` / allowed: `Ref`, `Fn::Base64`, `Fn::FindInMap`, `Fn::GetAtt`, `Fn::GetStackOutput`, `Fn::If`, `Fn::ImportValue`, `Fn::Join`, `Fn::Length`, `Fn::Select`, `Fn::Sub` and `Fn::ToJsonString`",
            ],
        ),
        (
            "{Fn::Base64: {Fn::If: [C, a]}}",
            &[
                "Fn::Base64/Fn::If: `Fn::If` takes a condition, a value and another value / = help: for example `{ Fn::If: [\"Condition\", \"a\", \"b\"] }`",
            ],
        ),
        // A free value is checked once, in any position.
        (
            "{Fn::Select: [0, [{Fn::Sbu: a}]]}",
            &[
                "Fn::Select/1/0/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
            ],
        ),
        (
            "{Fn::If: [C, {Fn::Sbu: a}, b]}",
            &[
                "Fn::If/1/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
            ],
        ),
        (
            "{Fn::If: [C, [{Fn::Sbu: a}], null]}",
            &[
                "Fn::If/1/0/Fn::Sbu#: there is no intrinsic function `Fn::Sbu` / = help: did you mean `Fn::Sub`?",
                "Fn::If/2: the value cannot be `null` / CloudFormation does not accept `null` in templates / = help: remove it",
            ],
        ),
        (
            "{Fn::Length: [{Fn::GetAtt: A.B}]}",
            &[
                "Fn::Length/0/Fn::GetAtt#: `Fn::Length` cannot take `Fn::GetAtt` as an item / allowed: `Ref`, `Fn::Base64`, `Fn::FindInMap`, `Fn::GetAZs`, `Fn::If`, `Fn::Join`, `Fn::Select`, `Fn::Split`, `Fn::Sub` and `Fn::ToJsonString`",
            ],
        ),
    ]);
}

#[test]
fn functions_of_other_sections_are_not_values() {
    for name in ["Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"] {
        assert_eq!(
            checked_as(Dialect::Template, &format!("{{{name}: [a, b]}}")),
            [format!(
                "{name}#: `{name}` does not return a value / it returns a condition, and is only allowed in `Conditions` / = help: define a condition there, and write `{{ Fn::If: [\"Name\", true, false] }}`"
            )]
        );
    }
    for name in [
        "Fn::Contains",
        "Fn::EachMemberEquals",
        "Fn::EachMemberIn",
        "Fn::RefAll",
        "Fn::ValueOf",
        "Fn::ValueOfAll",
    ] {
        assert_eq!(
            checked_as(Dialect::Template, &format!("{{{name}: [a, b]}}")),
            [format!(
                "{name}#: `{name}` does not return a value / it is only allowed in `Rules`"
            )]
        );
    }
}

#[test]
fn some_functions_need_a_transform() {
    let needs = |name: &str, how: &str| {
        format!(
            "{name}#: `{name}`{how} needs a transform / = help: add `Transform: AWS::LanguageExtensions` to the template"
        )
    };
    for (text, expected) in [
        ("{Fn::Length: [a]}", needs("Fn::Length", "")),
        ("{Fn::ToJsonString: [a]}", needs("Fn::ToJsonString", "")),
        (
            "{Fn::FindInMap: [A, B, C, {DefaultValue: d}]}",
            needs("Fn::FindInMap", " with a default"),
        ),
    ] {
        assert_eq!(checked_as(Dialect::Template, text), [expected], "{text}");
        for dialect in [Dialect::Rust, Dialect::Extended] {
            assert_eq!(checked_as(dialect, text), [""; 0], "{text}");
        }
    }
    assert_eq!(
        checked_as(Dialect::Template, "{Fn::FindInMap: [A, B, C]}"),
        [""; 0]
    );
    // `Fn::ForEach` is expanded before values are known.
    assert_eq!(
        checked_as(Dialect::Extended, "{Fn::ForEach::Each: [A, [b], {c: d}]}"),
        [""; 0]
    );
}

#[test]
fn pseudo_parameters_are_known() {
    let there_is_no = |path: &str, name: &str, help: &str| {
        format!("{path}: there is no pseudo parameter `{name}` / = help: {help}")
    };
    checked(&[
        ("{Ref: AWS::AccountId}", &[]),
        ("{Ref: AWSAccount}", &[]),
        (
            "{Ref: AWS::Acountid}",
            &[&there_is_no(
                "Ref",
                "AWS::Acountid",
                "did you mean `AWS::AccountId`?",
            )],
        ),
        (
            "{Ref: AWS::S3::Bucket}",
            &[&there_is_no(
                "Ref",
                "AWS::S3::Bucket",
                "the pseudo parameters are `AWS::AccountId`, `AWS::NoValue`, `AWS::NotificationARNs`, `AWS::Partition`, `AWS::Region`, `AWS::StackId`, `AWS::StackName` and `AWS::URLSuffix`",
            )],
        ),
        (
            "{Fn::Sub: '${AWS::Regoin}'}",
            &[&there_is_no(
                "Fn::Sub",
                "AWS::Regoin",
                "did you mean `AWS::Region`?",
            )],
        ),
        (
            "{Fn::Sub: ['${AWS::Regoin}', {a: b}]}",
            &[&there_is_no(
                "Fn::Sub/0",
                "AWS::Regoin",
                "did you mean `AWS::Region`?",
            )],
        ),
        ("{Fn::Sub: ['${AWS::Regoin}', {AWS::Regoin: b}]}", &[]),
    ]);
    // In a template all names are looked up, these among them.
    assert_eq!(
        checked_as(Dialect::Template, "{Ref: AWS::Acountid}"),
        [""; 0]
    );
    assert_eq!(
        checked_as(Dialect::Extended, "{Ref: AWS::Acountid}").len(),
        1
    );
}

#[test]
fn variables_have_names() {
    for (name, right) in [
        ("a", true),
        ("A1", true),
        ("a_b", true),
        ("A.b", true),
        ("AWS::Region", true),
        ("", false),
        ("a-b", false),
        ("a b", false),
        ("ä", false),
    ] {
        assert_eq!(is_variable(name), right, "{name}");
    }
    let wrong = |name: &str| {
        format!(
            "Fn::Sub: `${{{name}}}` is not a valid variable / the name of a variable has letters, digits, `_`, `.` and `:` / = help: write `${{!{name}}}` for the literal text"
        )
    };
    checked(&[
        ("{Fn::Sub: '${A}-${ B.Arn }'}", &[]),
        ("{Fn::Sub: '${!a-b} $a {b} ${c'}", &[]),
        ("{Fn::Sub: '${a}${b-c}'}", &[&wrong("b-c")]),
        ("{Fn::Sub: '${}'}", &[&wrong("")]),
        ("{Fn::Sub: '${a-b}${c d}'}", &[&wrong("a-b"), &wrong("c d")]),
        (
            "{Fn::Split: [',', '{{resolve:ssm:a}}']}",
            &[
                "Fn::Split/1: `Fn::Split` cannot split a dynamic reference / CloudFormation splits the string before it resolves the reference",
            ],
        ),
        ("{Fn::Split: ['{{resolve:ssm:a}}', a]}", &[]),
    ]);
}

#[test]
fn directives_of_rain_are_left_to_it() {
    for text in [
        "{Rain::Embed: a}",
        "{Fn::Rain::Embed: a}",
        "{a: {Fn::Rain::S3: {Path: b}}}",
    ] {
        assert_eq!(checked_as(Dialect::Template, text), [""; 0], "{text}");
        assert_eq!(checked_as(Dialect::Extended, text), [""; 0], "{text}");
    }
    assert_eq!(
        checked_as(Dialect::Rust, "{Fn::Rain::Embed: a}"),
        ["Fn::Rain::Embed#: there is no intrinsic function `Fn::Rain::Embed`"]
    );
}

#[test]
fn results_of_functions_have_types() {
    let takes = |wanted: &str, name: &str, given: &str| {
        format!("X/{name}#: `X` takes {wanted}, but `{name}` returns {given}")
    };
    let cases = [
        ("{Ref: A}", &[][..], &[][..], &[][..]),
        ("{Ref: AWS::NoValue}", &[], &[], &[]),
        ("{Fn::GetAtt: A.B}", &[], &[], &[]),
        (
            "{Ref: AWS::Region}",
            &[],
            &["Ref", "a string"],
            &["Ref", "a string"],
        ),
        (
            "{Ref: AWS::NotificationARNs}",
            &["Ref", "a list"],
            &[],
            &["Ref", "a list"],
        ),
        (
            "{Fn::Sub: '${A}'}",
            &[],
            &["Fn::Sub", "a string"],
            &["Fn::Sub", "a string"],
        ),
        (
            "{Fn::GetAZs: ''}",
            &["Fn::GetAZs", "a list"],
            &[],
            &["Fn::GetAZs", "a list"],
        ),
        (
            "{Fn::Length: {Ref: A}}",
            &[],
            &["Fn::Length", "an integer"],
            &["Fn::Length", "an integer"],
        ),
        (
            "{Fn::FindInMap: [A, B, C]}",
            &[],
            &[],
            &[
                "Fn::FindInMap",
                "a list or a string or an integer or a number or a boolean",
            ],
        ),
    ];
    for (text, of_string, of_list, of_object) in cases {
        for (types, words, wrong) in [
            (Types::STRING, "a string", of_string),
            (Types::ARRAY, "a list", of_list),
            (Types::OBJECT, "an object", of_object),
            (Types::default(), "", &[]),
            // Scalars are converted.
            (Types::BOOLEAN, "a boolean", of_string),
        ] {
            let expected: Vec<String> = match wrong {
                [name, given] => vec![takes(words, name, given)],
                _ => Vec::new(),
            };
            assert_eq!(
                super::reported(&[Keyword::Types(types)], text),
                expected,
                "{text} as {words}"
            );
        }
    }
}

#[test]
fn known_results_are_checked() {
    let wrong =
        |name: &str, given: &str| format!("X/{name}: `X` cannot be `{given}` / allowed: `wanted`");
    let cases = [
        ("{Fn::Sub: wanted}", None),
        ("{Fn::Sub: other}", Some(wrong("Fn::Sub", "other"))),
        ("{Fn::Sub: '${A}'}", None),
        ("{Fn::Join: ['', [wan, ted]]}", None),
        ("{Fn::Join: ['+', [a, b]]}", Some(wrong("Fn::Join", "a+b"))),
        (
            "{Fn::Join: ['+', [1, true, {Fn::Sub: c}]]}",
            Some(wrong("Fn::Join", "1+true+c")),
        ),
        ("{Fn::Join: ['+', [a, {Ref: B}]]}", None),
        (
            "{Fn::Join: ['+', {Fn::Split: ['.', a.b]}]}",
            Some(wrong("Fn::Join", "a+b")),
        ),
        ("{Fn::Join: ['+', [a, 1.5]]}", None),
        (
            "{Fn::Select: [0, [other, wanted]]}",
            Some(wrong("Fn::Select", "other")),
        ),
        ("{Fn::Select: ['1', [other, wanted]]}", None),
        (
            "{Fn::Select: [0, {Fn::Split: [',', 'other,a']}]}",
            Some(wrong("Fn::Select", "other")),
        ),
        ("{Fn::Select: [0, [other, {Ref: A}]]}", None),
        ("{Fn::Select: [{Ref: A}, [other]]}", None),
        ("{Fn::Select: [0, {Ref: A}]}", None),
        ("{Fn::Select: [0, {Fn::Split: ['', other]}]}", None),
        ("{Fn::Base64: other}", None),
    ];
    for (text, expected) in &cases {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        each(&[STRING, one_of(&["wanted"])], &[(text, &expected)]);
    }
    // A known list is checked.
    each(
        &[Keyword::Types(Types::ARRAY), Keyword::MaxItems(1)],
        &[
            ("{Fn::Split: [',', a]}", &[]),
            (
                "{Fn::Split: [',', 'a,b']}",
                &["X/Fn::Split: `X` has 2 items / at most 1 item"],
            ),
            (
                "{Fn::Split: [',', {Fn::Sub: 'a,b'}]}",
                &["X/Fn::Split: `X` has 2 items / at most 1 item"],
            ),
            ("{Fn::Split: [',', {Ref: A}]}", &[]),
        ],
    );
    each(
        &[STRING],
        &[(
            "{Fn::Split: [',', 'a,b']}",
            &["X/Fn::Split: `X` takes a string, not a list"],
        )],
    );
}

#[test]
fn both_branches_are_checked() {
    let wrong =
        |path: &str, name: &str| format!("X/{path}: {name} cannot be `right` / allowed: `left`");
    each(
        &[one_of(&["left"])],
        &[
            ("{Fn::If: [C, left, left]}", &[]),
            ("{Fn::If: [C, right, left]}", &[&wrong("Fn::If/1", "`X`")]),
            ("{Fn::If: [C, left, right]}", &[&wrong("Fn::If/2", "`X`")]),
            (
                "{Fn::If: [C, left, {Fn::If: [D, right, {Ref: AWS::NoValue}]}]}",
                &[&wrong("Fn::If/2/Fn::If/1", "`X`")],
            ),
        ],
    );
    each(
        &[Keyword::Items(boxed(&[one_of(&["left"])]))],
        &[(
            "[left, {Fn::If: [C, right, left]}]",
            &[&wrong("1/Fn::If/1", "item 2 of `X`")],
        )],
    );
    held(
        &[one_of(&["left"])],
        &[
            ("{Fn::If: [C, left, left]}", Some(true)),
            ("{Fn::If: [C, right, up]}", Some(false)),
            ("{Fn::If: [C, left, right]}", None),
            ("{Fn::If: [C, right, left]}", None),
            ("{Fn::If: [C, left, {Ref: A}]}", None),
            ("{Fn::Sub: left}", Some(true)),
            ("{Fn::Sub: right}", Some(false)),
            ("{Fn::Sub: '${A}'}", None),
        ],
    );
}

#[test]
fn a_member_may_have_the_name_of_a_function() {
    let reference = [members(&[("Ref", &[one_of(&["left"])])]), Keyword::Closed];
    each(
        &reference,
        &[
            ("{Ref: left}", &[]),
            (
                "{Ref: right}",
                &["X/Ref: `X` cannot be `right` / allowed: `left`"],
            ),
        ],
    );
    each(
        &[members(&[("Other", &[])]), Keyword::Types(Types::OBJECT)],
        &[
            ("{Ref: right}", &[]),
            ("{Fn: a}", &[]),
            ("{fn::Sub: a}", &[]),
        ],
    );
    each(
        &[Keyword::PatternProperties(named(&[(
            "^R",
            &[one_of(&["left"])],
        )]))],
        &[
            ("{Ref: right}", &[]),
            (
                "{Rex: right}",
                &["X/Rex: `Rex` cannot be `right` / allowed: `left`"],
            ),
        ],
    );
    each(
        &[Keyword::Items(boxed(&[members(&[("Ref", &[INTEGER])])]))],
        &[
            ("[{Ref: 1}]", &[]),
            ("{Fn::If: [C, [{Ref: 1}], [{Ref: 2}]]}", &[]),
        ],
    );
    // Among other members it is not a function.
    let thing = thing(&[members(&[(
        "X",
        &[members(&[("Ref", &[STRING]), ("A", &[STRING])])],
    )])]);
    assert_eq!(
        reported_as(&thing, Dialect::Rust, "{X: {Ref: [a], A: b}}"),
        ["X/Ref: `X` takes a string, not a list / = help: write the value without brackets"]
    );
}
