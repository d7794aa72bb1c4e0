//! Written values are read back unchanged.

use vsc_spec::{Json, Object};

use super::json::document;
use super::scalar::Charset;
use super::yaml;
use crate::Stack;
use crate::stack::Draft;
use crate::template::{Source, Step};

/// Strings that some YAML parser takes for something else.
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

/// All strings of two pieces, alone and around or beside a letter.
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

/// A stack with the text as the last value of every element.
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
fn strings_are_read_back_unchanged() {
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
fn the_pieces_of_a_template_are_the_whole() {
    let lines = ["a\n", "\n", "x: 'y'\n\n"].map(|line| line.repeat(7_000));
    let strings = ["a", "it's ", "#", "é", "\u{1b}"].map(|text| text.repeat(9_000));
    let texts = lines.into_iter().chain(strings).chain(["x\n\n".to_owned()]);
    for text in texts {
        let mut stack = stack(&text);
        for number in 0..300 {
            let draft = Draft::new("AWS::SSM::Parameter", Object::new().with("A", "x\n\n"));
            stack.add(format!("Parameter{number}"), draft);
        }
        stack.output("Three", Json::array(vec![Json::from(text.clone()); 3]));
        let template = stack.template();
        let mut pieces = Vec::new();
        template.write_yaml(&mut |piece| pieces.push(piece.to_owned()));
        assert!(pieces.len() > 3, "{}", pieces.len());
        assert_eq!(pieces.concat(), template.to_yaml_string());
    }
}

#[test]
fn trailing_line_breaks_are_kept() {
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
fn names_of_any_length_are_read_back() {
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

/// Every kind of value, as parsed from JSON and YAML.
const VALUES: &str = r#"{
  "null": null,
  "true": true,
  "false": false,
  "integer": -5,
  "number": 0.5,
  "text": "a",
  "lines": "one\ntwo\n",
  "empty": [{}, [], ""],
  "list": [1, "two", [3, [4, {"five": 6}]], {"seven": [8], "nine": {"ten": {}}}],
  "call": {"Fn::Base64": {"Fn::Sub": "a\nb"}},
  "calls": [{"Ref": "A"}, {"Fn::GetAtt": ["A", "B"]}, {"Fn::Join": ["", ["x", {"Ref": "A"}]]}]
}"#;

#[test]
fn json_is_indented_by_two_spaces() {
    assert_eq!(
        document(&read(VALUES), Charset::Unicode),
        r#"{
  "null": null,
  "true": true,
  "false": false,
  "integer": -5,
  "number": 0.5,
  "text": "a",
  "lines": "one\ntwo\n",
  "empty": [
    {},
    [],
    ""
  ],
  "list": [
    1,
    "two",
    [
      3,
      [
        4,
        {
          "five": 6
        }
      ]
    ],
    {
      "seven": [
        8
      ],
      "nine": {
        "ten": {}
      }
    }
  ],
  "call": {
    "Fn::Base64": {
      "Fn::Sub": "a\nb"
    }
  },
  "calls": [
    {
      "Ref": "A"
    },
    {
      "Fn::GetAtt": [
        "A",
        "B"
      ]
    },
    {
      "Fn::Join": [
        "",
        [
          "x",
          {
            "Ref": "A"
          }
        ]
      ]
    }
  ]
}
"#
    );
}

#[test]
fn yaml_is_readable() {
    const BEGINNING: &str = r"'null': null
'true': true
'false': false
integer: -5
number: 0.5
text: a
lines: |
  one
  two
empty:
  - {}
  - []
  - ''
list:
  - 1
  - two
  - - 3
    - - 4
      - five: 6
  - seven:
      - 8
    nine:
      ten: {}
";
    const SHORT: &str = r"call:
  Fn::Base64: !Sub |-
    a
    b
calls:
  - !Ref A
  - !GetAtt A.B
  - !Join
    - ''
    - - x
      - !Ref A
";
    const PLAIN: &str = r"call:
  Fn::Base64:
    Fn::Sub: |-
      a
      b
calls:
  - Ref: A
  - Fn::GetAtt:
      - A
      - B
  - Fn::Join:
      - ''
      - - x
        - Ref: A
";
    let value = read(VALUES);
    assert_eq!(yaml::short(&value), format!("{BEGINNING}{SHORT}"));
    assert_eq!(yaml::plain(&value), format!("{BEGINNING}{PLAIN}"));
}

#[test]
fn a_document_may_be_any_value() {
    let document = |value: &str| {
        let source = read(&format!("{{\"value\": {value}}}"));
        source.get("value").cloned().unwrap_or(Json::Null)
    };
    for (value, short, plain) in [
        ("{}", " {}\n", " {}\n"),
        ("[]", " []\n", " []\n"),
        ("[1, {}]", "- 1\n- {}\n", "- 1\n- {}\n"),
        ("\"a\"", " a\n", " a\n"),
        ("null", " null\n", " null\n"),
        ("{\"Ref\": \"A\"}", " !Ref A\n", "Ref: A\n"),
        ("{\"a\": {\"Ref\": \"A\"}}", "a: !Ref A\n", "a:\n  Ref: A\n"),
    ] {
        let value = document(value);
        assert_eq!(yaml::short(&value), short);
        assert_eq!(yaml::plain(&value), plain);
    }
}

#[test]
fn templates_have_blank_lines_and_comments() {
    const YAML: &str = r"AWSTemplateFormatVersion: '2010-09-09'
Description: What it is for

Metadata:
  Note: x

Resources:
  # the first
  # of both é	and\x1b
  # third
  First:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
      # whose
      Tags:
        # each
        - Key: a
          # its value
          Value: b

  Second:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
      Tags:
        - Key: a
          Value: !Ref First

Outputs:
  Text:
    Value: |
      one
      two
";
    let queue = |value: Json| {
        let tags = Json::array([Json::object([("Key", Json::from("a")), ("Value", value)])]);
        let properties = Object::new().with("DelaySeconds", Json::Integer(5));
        Draft::new("AWS::SQS::Queue", properties.with("Tags", tags))
    };
    let mut stack = Stack::new("acme");
    stack.describe("What it is for");
    stack.metadata("Note", "x");
    let first = stack.add("First", queue("b".into()));
    stack.comment(&first, [], "the first\nof both \u{e9}\tand\u{1b}  \nthird");
    let key = |name: &'static str| Step::Key(name.into());
    let tags = || vec![key("Properties"), key("Tags")];
    let tag = |name| [tags(), vec![Step::Index(0), key(name)]].concat();
    stack.comment(&first, tags(), "whose");
    stack.comment(&first, [tags(), vec![Step::Index(0)]].concat(), "each");
    // Comments within a line, and those of missing elements, are dropped.
    stack.comment(&first, tag("Key"), "no room");
    stack.comment(&first, tag("Value"), "its value");
    stack.comment(&first, [key("Properties"), key("Other")], "nowhere");
    stack.add("Second", queue(Json::object([("Ref", "First")])));
    stack.output("Text", "one\ntwo\n");
    let template = stack.template();
    assert_eq!(template.to_yaml_string(), YAML);
    assert_eq!(template.to_ascii_yaml_string(), YAML.replace('é', "\\xe9"));
}

#[test]
fn strings_have_the_required_quotes() {
    for (text, written) in [
        ("a", "a"),
        ("a b", "a b"),
        ("a:b", "a:b"),
        ("a#b", "a#b"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("a:", "'a:'"),
        ("a ", "'a '"),
        ("-a", "'-a'"),
        ("yes", "'yes'"),
        ("yesterday", "yesterday"),
        ("0x1f", "'0x1f'"),
        ("1h", "1h"),
        ("12:30", "'12:30'"),
        ("face", "face"),
        ("it's", "it's"),
        ("'it'", "'''it'''"),
        ("a\u{a0}b", "a\u{a0}b"),
        ("a\u{2028}b", "\"a\\u2028b\""),
        ("\u{1f916}", "\u{1f916}"),
        ("a\"\\\tb\rc", "\"a\\\"\\\\\\tb\\rc\""),
        // Several lines are a block scalar if it is equivalent.
        ("a\n", "|\n  a"),
        ("a\nb", "|-\n  a\n  b"),
        ("a\n\n", "|+\n  a\n"),
        ("a\n\nb\n", "|\n  a\n\n  b"),
        ("a\n b\tc\n", "|\n  a\n   b\tc"),
        ("\n", "\"\\n\""),
        (" a\nb", "\" a\\nb\""),
        ("\ta\nb", "\"\\ta\\nb\""),
        (" \na\n", "\" \\na\\n\""),
        ("a\r\nb\n", "\"a\\r\\nb\\n\""),
        ("a\u{1b}\nb", "\"a\\x1b\\nb\""),
    ] {
        let value = Json::object([("k", text.to_owned())]);
        assert_eq!(yaml::plain(&value), format!("k: {written}\n"), "{text:?}");
    }
}

#[test]
fn infinite_numbers_are_null() {
    for (number, written) in [
        (f64::NAN, "null"),
        (f64::INFINITY, "null"),
        (f64::NEG_INFINITY, "null"),
        (0.5, "0.5"),
        (-2.0, "-2.0"),
        (1e300, "1.0e+300"),
        (2.5e-300, "2.5e-300"),
    ] {
        let value = Json::Number(number);
        assert_eq!(document(&value, Charset::Ascii), format!("{written}\n"));
        assert_eq!(yaml::plain(&value), format!(" {written}\n"));
    }
}

#[test]
fn only_long_names_are_on_their_own_line() {
    for (length, alone) in [(1_000, false), (1_001, true)] {
        let name = "a".repeat(length);
        let value = Json::object([("b", Json::object([(name.clone(), "x")]))]);
        let expected = if alone {
            format!("b:\n  ? {name}\n  : x\n")
        } else {
            format!("b:\n  {name}: x\n")
        };
        assert_eq!(yaml::plain(&value), expected);
    }
}

#[test]
fn the_first_key_keeps_its_white_space() {
    for name in texts() {
        let value = Json::object([(name, "x")]);
        let yaml = crate::template::write_template_yaml(&value);
        let source = Source::read(&yaml).unwrap_or_else(|error| panic!("{error}: {yaml:?}"));
        assert_eq!(*source.json(), value, "{yaml:?}");
    }
}
