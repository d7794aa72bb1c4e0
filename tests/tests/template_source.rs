//! Reading any text ends with a template or an error, with positions in the text.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use vsc::Json;
use vsc::template::{Source, write_ascii_json, write_json, write_template_yaml, write_yaml};

/// Pieces of templates, valid and broken.
const PIECES: [&str; 48] = [
    "Resources",
    "Type",
    "AWS::S3::Bucket",
    "a",
    "é",
    ":",
    ": ",
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "-",
    "{",
    "}",
    "[",
    "]",
    ",",
    ", ",
    "\"",
    "'",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "!Ref",
    "!Ref ",
    "!Sub ",
    "!GetAtt ",
    "!If ",
    "!",
    "!!str ",
    "!!binary ",
    "&a ",
    "*a",
    "<<: ",
    "|",
    "|\n  ",
    ">-\n  ",
    "#",
    " #",
    "010",
    "1e3",
    "0x",
    "on",
    "~",
    "\t",
    "\u{feff}",
    "\0",
    "---\n",
];

const FUNCTIONS: [&str; 8] = [
    "Ref",
    "Condition",
    "Fn::GetAtt",
    "Fn::Sub",
    "Fn::If",
    "Fn::Join",
    "Fn::Base64",
    "Fn::ImportValue",
];

fn checked(text: &str) {
    match Source::read(text) {
        Ok(source) => {
            let lines = text.lines().count().max(1);
            for diagnostic in vsc::check::template(source.json(), source.size()) {
                let location = &diagnostic.location;
                let position = source.locate(&location.path, location.target);
                assert!(
                    (1..=lines + 1).contains(&position.line),
                    "{position:?} in {text:?}"
                );
                assert!(position.column >= 1);
            }
        }
        Err(error) => assert!(!error.diagnostic.message.is_empty()),
    }
}

fn value() -> impl Strategy<Value = Json> {
    let text = prop_oneof![
        "[a-zA-Z0-9:/.*_-]{0,12}",
        "\\PC{0,8}",
        "[a .:#'\"\\n\\r\\t\\\\{}\u{85}\u{2028}\u{feff}\u{1b}é\u{1f916}-]{0,8}",
        "(yes|010|1:30|~|.5|2010-09-09)",
        // Lines, the first of which may begin with blanks, and the last of which may be empty.
        "( {0,2}[a-z:#' -]{0,6}\\n){1,4}[a-z]{0,3}"
    ];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::Integer),
        any::<f64>()
            .prop_filter("JSON has no others", |number| number.is_finite())
            .prop_map(Json::Number),
        Just(Json::Null),
        text.clone().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        // Functions are written in their short forms, where these are allowed.
        let function = prop::sample::select(&FUNCTIONS[..]).prop_map(str::to_owned);
        let name = prop_oneof![3 => text.clone(), 1 => function.clone()];
        let member = (name, inner.clone());
        let call = (function, inner.clone()).prop_map(|call| Json::object([call]));
        prop_oneof![
            call,
            prop::collection::vec(inner, 0..4).prop_map(Json::Array),
            prop::collection::vec(member, 0..4).prop_map(|members| {
                let mut object = vsc::Object::new();
                members
                    .into_iter()
                    .for_each(|(name, value)| object.insert(name, value));
                Json::Object(object)
            }),
        ]
    })
}

/// The round trip proves something only if every form is written.
#[test]
fn values_are_written_in_every_form() {
    let mut runner = TestRunner::deterministic();
    let texts: Vec<String> = (0..2_000)
        .map(|_| {
            let value = value()
                .new_tree(&mut runner)
                .expect("there is one")
                .current();
            write_template_yaml(&Json::object([("Metadata", value)]))
        })
        .collect();
    for form in [
        "!Ref ", "!GetAtt ", "!Sub ", "Fn::", "null", "'", "\"", "\\x", ": |", "- ", "{}", "[]",
        "e+",
    ] {
        let found = texts.iter().filter(|text| text.contains(form)).count();
        assert!(found > 5, "{form:?} is in {found} of 2,000");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reading_ends(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        checked(&pieces.concat());
    }

    #[test]
    fn reading_anything_ends(text in "\\PC{0,40}") {
        checked(&text);
    }

    #[test]
    fn written_values_are_read_back(value in value()) {
        let template = Json::object([("Metadata", value)]);
        let json = Source::read(&write_json(&template)).expect("it is JSON");
        prop_assert_eq!(json.json(), &template);
        let ascii = write_ascii_json(&template);
        prop_assert!(ascii.is_ascii());
        for text in [ascii, write_yaml(&template), write_template_yaml(&template)] {
            let read = Source::read(&text).expect("it is a template");
            prop_assert_eq!(read.json(), &template);
        }
    }
}
