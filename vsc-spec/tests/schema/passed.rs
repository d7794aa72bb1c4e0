use super::value;
use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::resource::check::{ExpectedType, passed_values};
use vsc_spec::resource::{Step, Types};

/// The values that are passed to a function, with paths and expected types.
fn all(function: &str, argument: &str) -> Vec<String> {
    let argument = value(argument);
    let Some(function) = IntrinsicFunction::parse(function) else {
        return Vec::new();
    };
    let passed_values = passed_values(function, &argument).into_iter();
    passed_values
        .map(|one| {
            let steps = one.path.iter().map(|step| match step {
                Step::Key(name) => name.to_string(),
                Step::Index(index) => index.to_string(),
            });
            let path = steps.collect::<Vec<_>>().join("/");
            format!("{path}: {:?}", one.wanted)
        })
        .collect()
}

#[test]
fn arguments_with_known_types_are_listed() {
    for (function, argument, expected) in [
        ("Ref", "A", &[": String"][..]),
        ("Ref", "{Fn::Sub: A}", &[": String"]),
        ("Fn::Base64", "{Ref: A}", &[": String"]),
        ("Fn::Base64", "{Ref: AWS::NoValue}", &[]),
        ("Fn::Base64", "{Fn::GetAZs: ''}", &[]),
        ("Fn::Base64", "{Fn::Length: a}", &[": String"]),
        (
            "Fn::Join",
            "['-', [a, {Ref: B}]]",
            &["0: String", "1/0: String", "1/1: String"],
        ),
        ("Fn::Join", "['-', {Ref: A}]", &["0: String", "1: List"]),
        ("Fn::Join", "['-', a]", &["0: String", "1: List"]),
        (
            "Fn::Join",
            "['-', {Fn::If: [C, [a], {Ref: B}]}]",
            &["0: String", "1/Fn::If/1/0: String", "1/Fn::If/2: List"],
        ),
        (
            "Fn::Join",
            "['-', [{Fn::If: [C, a, {Fn::If: [D, b, c]}]}, d]]",
            &[
                "0: String",
                "1/0/Fn::If/1: String",
                "1/0/Fn::If/2/Fn::If/1: String",
                "1/0/Fn::If/2/Fn::If/2: String",
                "1/1: String",
            ],
        ),
        (
            "Fn::Select",
            "[{Ref: A}, {Ref: B}]",
            &["0: Integer", "1: List"],
        ),
        ("Fn::Select", "[0, [a]]", &["0: Integer"]),
        (
            "Fn::Cidr",
            "[{Ref: A}, 1, {Ref: B}]",
            &["0: String", "1: Integer", "2: Integer"],
        ),
        ("Fn::GetAZs", "{Ref: A}", &[": String"]),
        ("Fn::ToJsonString", "{Ref: A}", &[": Structure"]),
        (
            "Fn::Sub",
            "['${a}', {a: {Ref: B}}]",
            &["0: String", "1/a: String"],
        ),
        ("Fn::Sub", "a", &[": String"]),
        (
            "Fn::GetStackOutput",
            "{OutputName: {Ref: A}, StackName: b, Other: c}",
            &["StackName: String", "OutputName: String"],
        ),
        ("Fn::GetAtt", "A.B", &[]),
        ("Fn::GetAtt", "[A, {Ref: B}]", &["0: String", "1: String"]),
        ("Fn::If", "[C, {Ref: A}, {Ref: B}]", &["0: String"]),
        (
            "Fn::FindInMap",
            "[A, B, C, {DefaultValue: d}]",
            &["0: String", "1: String", "2: String"],
        ),
        ("Fn::Select", "a", &[]),
        ("Fn::Equals", "[a, b]", &[]),
        ("Fn::Unknown", "a", &[]),
    ] {
        assert_eq!(all(function, argument), expected, "{function}: {argument}");
    }
}

#[test]
fn values_of_other_types_are_errors() {
    let expects = |wanted: &str, given: &str, help: &str| {
        Some(format!(
            "`Fn::X` expects {wanted}, but `A` is {given}{help}"
        ))
    };
    let join = "\n= help: join it with `Fn::Join`, or take one item with `Fn::Select`";
    let split = "\n= help: write it as an item: `[…]`, or split it with `Fn::Split`";
    for (wanted, given, expected) in [
        (ExpectedType::String, Types::STRING, None),
        (ExpectedType::String, Types::INTEGER, None),
        (ExpectedType::String, Types::default(), None),
        (
            ExpectedType::String,
            Types::ARRAY,
            expects("a string", "a list", join),
        ),
        (
            ExpectedType::String,
            Types::OBJECT,
            expects("a string", "an object", ""),
        ),
        (ExpectedType::String, Types::ARRAY.with(Types::STRING), None),
        (ExpectedType::Integer, Types::STRING, None),
        (
            ExpectedType::Integer,
            Types::ARRAY,
            expects("an integer", "a list", join),
        ),
        (
            ExpectedType::Integer,
            Types::OBJECT,
            expects("an integer", "an object", ""),
        ),
        (ExpectedType::List, Types::ARRAY, None),
        (
            ExpectedType::List,
            Types::STRING,
            expects("a list", "a string", split),
        ),
        (
            ExpectedType::List,
            Types::OBJECT,
            expects("a list", "an object", ""),
        ),
        (ExpectedType::List, Types::default(), None),
        (ExpectedType::Structure, Types::ARRAY, None),
        (ExpectedType::Structure, Types::OBJECT, None),
        (
            ExpectedType::Structure,
            Types::NUMBER,
            expects("a list or an object", "a string", split),
        ),
    ] {
        let reported = wanted.rejects("`Fn::X`", "A", given);
        let reported = reported.map(|diagnostic| diagnostic.to_string());
        assert_eq!(reported, expected, "{wanted:?} {given:?}");
    }
}
