//! Whatever the text, reading a template ends with a template or a mistake, and with places in it.

use proptest::prelude::*;
use vsc::Json;
use vsc::template::{Source, write_ascii_json, write_json, write_template_yaml, write_yaml};

/// Pieces that templates are made of, whole and broken.
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

fn judged(text: &str) {
    match Source::read(text) {
        Ok(source) => {
            let lines = text.lines().count().max(1);
            for diagnostic in vsc::check::template(source.json(), source.size()) {
                let place = &diagnostic.place;
                let position = source.locate(&place.path, place.target);
                assert!(
                    (1..=lines + 1).contains(&position.line),
                    "{position:?} in {text:?}"
                );
                assert!(position.column >= 1);
            }
        }
        Err(error) => assert!(!error.finding.what.is_empty()),
    }
}

fn value() -> impl Strategy<Value = Json> {
    let text = prop_oneof![
        "[a-zA-Z0-9:/.*_-]{0,12}",
        "\\PC{0,8}",
        "[a .:#'\"\\n\\r\\t\\\\{}\u{85}\u{2028}\u{feff}\u{1b}é\u{1f916}-]{0,8}",
        "(yes|010|1:30|~|.5|2010-09-09)"
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
        let member = (text.clone(), inner.clone());
        prop_oneof![
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reading_ends(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        judged(&pieces.concat());
    }

    #[test]
    fn reading_anything_ends(text in "\\PC{0,40}") {
        judged(&text);
    }

    #[test]
    fn what_is_written_is_read_again(value in value()) {
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
