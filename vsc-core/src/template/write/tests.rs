//! What is written is read back as it was, wherever it stands.

use vsc_spec::{Json, Object};

use super::json::document;
use super::scalar::Charset;
use super::yaml;
use crate::Stack;
use crate::stack::Draft;
use crate::template::{Source, Step};

/// Pieces of text that some reader of YAML takes for something else.
const PIECES: [&str; 27] = [
    "",
    "a",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "\u{1b}",
    "\u{7f}",
    "é",
    "\u{1f916}",
    "'",
    "\"",
    "\\",
    "#",
    ": ",
    "- ",
    "|",
    "%",
    "${A}",
];

/// All texts of two pieces, alone and around or beside a letter.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for one in PIECES {
        for two in PIECES {
            texts.push(format!("{one}{two}"));
            texts.push(format!("{one}a{two}"));
            texts.push(format!("a\n{one}{two}"));
        }
    }
    texts.sort();
    texts.dedup();
    texts
}

/// A stack in which the text is the last value of everything that has one.
fn stack(text: &str) -> Stack {
    let value = || Json::from(text.to_owned());
    let call = |name: &'static str| Json::object([(name, value())]);
    let mut stack = Stack::new("texts");
    stack.describe(text.to_owned());
    stack.metadata("Names", Json::object([(text.to_owned(), value())]));
    for (id, last) in [
        ("Plain", value()),
        ("Sub", call("Fn::Sub")),
        ("Base", Json::object([("Fn::Base64", call("Fn::Sub"))])),
        ("List", Json::array([value(), value()])),
        (
            "Join",
            Json::object([("Fn::Join", Json::array([value(), Json::array([value()])]))]),
        ),
        (
            "Names",
            Json::array([Json::object([
                (text.to_owned(), value()),
                ("b".to_owned(), value()),
            ])]),
        ),
    ] {
        let properties = Object::new().with("Value", last);
        let handle = stack.add(id, Draft::new("AWS::SSM::Parameter", properties));
        stack.comment(&handle, [], text.to_owned());
        let steps = ["Properties", "Value"].map(|name| Step::Key(name.into()));
        stack.comment(&handle, steps, text.to_owned());
    }
    stack.output("One", value());
    stack.output("Two", value());
    stack
}

fn read(text: &str) -> Json {
    match Source::read(text) {
        Ok(source) => source.json().clone(),
        Err(error) => panic!("{error}\n{text:?}"),
    }
}

#[test]
fn a_text_reads_back_wherever_it_stands() {
    for text in texts() {
        let stack = stack(&text);
        let template = stack.template();
        let json = template.to_json();
        for yaml in [template.to_yaml_string(), template.to_ascii_yaml_string()] {
            assert_eq!(read(&yaml), json, "{text:?}\n{yaml}");
        }
        assert!(template.to_ascii_yaml_string().is_ascii());
        for charset in [Charset::Unicode, Charset::Ascii] {
            assert_eq!(read(&document(&json, charset)), json, "{text:?}");
        }
        assert_eq!(read(&yaml::plain(&json)), json, "{text:?}");
        assert_eq!(read(&yaml::short(&json)), json, "{text:?}");
    }
}

#[test]
fn line_breaks_at_the_end_stay_as_many() {
    let yaml = stack("x\n\n").template().to_yaml_string();
    assert!(
        yaml.contains("      Value: !Sub |+\n        x\n\n  # x\n"),
        "{yaml}"
    );
    assert!(
        yaml.ends_with("  Two:\n    Value: |+\n      x\n\n"),
        "{yaml}"
    );
}

#[test]
fn a_name_of_any_length_is_read() {
    for length in [998, 1_000, 1_001, 1_023, 1_024, 1_025, 5_000] {
        for letter in ["a", "é", "\u{1b}", "'"] {
            let name = letter.repeat(length);
            let json = Json::object([
                (name.clone(), Json::from("x")),
                (
                    "b".to_owned(),
                    Json::array([
                        Json::object([
                            (name.clone(), Json::from("two\nlines\n")),
                            ("c".to_owned(), Json::Null),
                        ]),
                        Json::object([
                            ("c".to_owned(), Json::Null),
                            (name, Json::array([Json::Null])),
                        ]),
                    ]),
                ),
            ]);
            for charset in [Charset::Unicode, Charset::Ascii] {
                assert_eq!(read(&document(&json, charset)), json);
            }
            assert_eq!(read(&yaml::plain(&json)), json, "{length} × {letter:?}");
            assert_eq!(read(&yaml::short(&json)), json, "{length} × {letter:?}");
        }
    }
}
