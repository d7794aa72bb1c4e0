//! The readers of YAML and JSON: values, spans and errors.

use vsc_spec::document::{
    self, DocumentNode, DocumentValue, Mistake, Position, ReadOptions, Span, YamlSchema, json,
};

const FILE: ReadOptions = ReadOptions {
    subject: "file",
    deepest: 3,
    schema: YamlSchema::Core,
    repeated: None,
};
const TEMPLATE: ReadOptions = ReadOptions {
    subject: "template",
    deepest: 3,
    schema: YamlSchema::CloudFormation,
    repeated: Some(6),
};

/// A value as JSON, with tags before it and values that JSON does not have in angle brackets.
fn shown(node: &DocumentNode) -> String {
    let value = match &node.value {
        DocumentValue::Null => "null".to_owned(),
        DocumentValue::Bool(value) => value.to_string(),
        DocumentValue::Integer(number) => number.to_string(),
        DocumentValue::Number(number) => format!("{number:?}"),
        DocumentValue::Text(text) => format!("{text:?}"),
        DocumentValue::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        DocumentValue::Table(entries) => {
            let entries = entries.iter();
            let entries: Vec<String> = entries
                .map(|entry| format!("{}: {}", entry.name, shown(&entry.value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        DocumentValue::Other(message) => format!("<{message}>"),
    };
    match &node.tag {
        Some(tag) => format!("!{} {value}", tag.name),
        None => value,
    }
}

fn reported(
    Mistake {
        position,
        diagnostic,
    }: &Mistake,
) -> String {
    let Position { line, column } = position;
    format!("{line}:{column}: {diagnostic}").replace('\n', " / ")
}

fn outcome(read: Result<DocumentNode, Mistake>) -> String {
    match read {
        Ok(node) => shown(&node),
        Err(mistake) => reported(&mistake),
    }
}

fn in_json(text: &str) -> String {
    outcome(json::read(text, &FILE))
}

fn in_yaml(text: &str) -> String {
    outcome(vsc_yaml::read(text, &TEMPLATE))
}

fn span(Span { start, end }: Span) -> String {
    format!(
        "{}:{}-{}:{}",
        start.line, start.column, end.line, end.column
    )
}

/// The spans of all names, tags and values, in order.
fn locations(node: &DocumentNode, locations: &mut Vec<String>) {
    if let Some(tag) = &node.tag {
        locations.push(format!("!{} {}", tag.name, span(tag.span)));
    }
    locations.push(format!("{} {}", node.value, span(node.span)));
    match &node.value {
        DocumentValue::List(items) => items
            .iter()
            .for_each(|item| self::locations(item, locations)),
        DocumentValue::Table(entries) => {
            for entry in entries {
                locations.push(format!("{} {}", entry.name, span(entry.span)));
                self::locations(&entry.value, locations);
            }
        }
        _ => {}
    }
}

fn all_locations(read: Result<DocumentNode, Mistake>) -> Vec<String> {
    let mut all = Vec::new();
    locations(&read.expect("it can be read"), &mut all);
    all
}

#[test]
fn json_has_its_values() {
    for (text, value) in [
        ("", "null"),
        (" \t\r\n", "null"),
        ("null", "null"),
        (" true ", "true"),
        ("false", "false"),
        ("[]", "[]"),
        ("{ }", "{}"),
        ("[1, -2, 0.5, -1e2]", "[1, -2, 0.5, -100.0]"),
        (
            "[9223372036854775807, 9223372036854775808]",
            "[9223372036854775807, \"9223372036854775808\"]",
        ),
        ("[1e999]", "[<a number that is too large>]"),
        ("{\"a\": {\"b\": [null]}}", "{a: {b: [null]}}"),
        ("{\"b\":1,\"a\":\"\"}", "{b: 1, a: \"\"}"),
        (
            r#""\"\\\/\b\f\n\r\t\u0041\uD83D\uDE00ä""#,
            "\"\\\"\\\\/\\u{8}\\u{c}\\n\\r\\tA😀ä\"",
        ),
        (r#""\u0000\u0001\uffFF""#, "\"\\0\\u{1}\\u{ffff}\""),
    ] {
        assert_eq!(in_json(text), value, "{text}");
    }
}

#[test]
fn mistakes_in_json_have_their_locations() {
    let json = |location: &str, note: &str| format!("{location}: invalid JSON / {note}");
    for (text, reported) in [
        (
            "[",
            json("1:2", "expected a value, found the end of the file"),
        ),
        ("[1 2]", json("1:4", "expected `,` or `]`, found `2`")),
        (
            "{\"a\": 1 \"b\"}",
            json("1:9", "expected `,` or `}`, found `\"`"),
        ),
        ("[,]", json("1:2", "expected a value, found `,`")),
        ("{\"a\"}", json("1:5", "expected `:`, found `}`")),
        ("{\"a\":}", json("1:6", "expected a value, found `}`")),
        (
            "{\"a\": 1,}",
            json("1:9", "expected a field name in double quotes, found `}`"),
        ),
        (
            "{'a': 1}",
            json("1:2", "expected a field name in double quotes, found `'`"),
        ),
        ("nul", json("1:1", "expected a value, found `n`")),
        ("True", json("1:1", "expected a value, found `T`")),
        ("+1", json("1:1", "expected a value, found `+`")),
        ("[\n  01]", json("2:3", "expected a number, found `0`")),
        ("[\"ä\", -]", json("1:7", "expected a number, found `-`")),
        (
            "{} {}",
            json("1:4", "expected the end of the file, found `{`"),
        ),
        ("\"a", json("1:1", "unterminated string")),
        ("[\"a\nb\"]", json("1:2", "unterminated string")),
        (
            "[\"a\tb\"]",
            json("1:4", "control characters must be written as `\\u0009`"),
        ),
        ("[\"a\\qb\"]", json("1:4", "unknown escape sequence")),
        (
            "{\"a\": 1,\n\"b\": 2, \"a\": 3}",
            "2:9: `a` is declared twice / = help: remove one of them".to_owned(),
        ),
    ] {
        assert_eq!(in_json(text), reported, "{text}");
    }
}

#[test]
fn deep_documents_are_errors() {
    let deep = |location: &str| {
        format!("{location}: invalid file / its lists and objects are nested too deeply")
    };
    for (text, reported) in [
        ("[[[1], 2], 3, [[4]]]", "[[[1], 2], 3, [[4]]]".to_owned()),
        ("[[[[]]]]", "[[[[]]]]".to_owned()),
        ("[[[], [[1]]]]", deep("1:9")),
        (
            "{\"a\": {\"b\": {\"c\": 1}}}",
            "{a: {b: {c: 1}}}".to_owned(),
        ),
        ("{\"a\": {\"b\": {\"c\": [1]}}}", deep("1:20")),
        ("[{\"a\": [{\"b\": 1}]}]", deep("1:15")),
    ] {
        let read = |text: &str| {
            let (json, yaml) = (in_json(text), outcome(vsc_yaml::read(text, &FILE)));
            assert_eq!(json, yaml, "{text}");
            json
        };
        assert_eq!(read(text), reported, "{text}");
    }
}

#[test]
fn everything_in_json_has_a_location() {
    let text = "\r\n{ \"ä\": [1,\n\"b\" ],\r\"c\": {\"d\": true}, \"e\":-1.5}";
    assert_eq!(
        all_locations(json::read(text, &FILE)),
        [
            "a table 2:1-2:1",
            "ä 2:3-2:6",
            "a list 2:8-2:8",
            "a number 2:9-2:10",
            "a string 3:1-3:4",
            "c 4:1-4:4",
            "a table 4:6-4:6",
            "d 4:7-4:10",
            "a boolean 4:12-4:16",
            "e 4:19-4:22",
            "a number 4:23-4:27",
        ]
    );
}

#[test]
fn everything_in_yaml_has_a_location() {
    let text = "\
# A comment
ä: 'é'
list:
- 12
-   - !Sub  a
    - !Ref
      b
map: {c: !If [d, ''], e: !X}
f: !Sub |
  g
h: !GetAZs
i: !Select
- 0
j: &k  !Sub l
m: &n !If [o]
";
    assert_eq!(
        all_locations(vsc_yaml::read(text, &TEMPLATE)),
        [
            "a table 2:1-2:1",
            "ä 2:1-2:2",
            "a string 2:4-2:7",
            "list 3:1-3:5",
            "a list 4:3-4:3",
            "a number 4:3-4:5",
            "a list 5:5-5:5",
            "!Sub 5:7-5:11",
            "a string 5:13-5:14",
            "!Ref 6:7-6:11",
            "a string 6:7-7:8",
            "map 8:1-8:4",
            "a table 8:6-8:6",
            "c 8:7-8:8",
            "!If 8:10-8:13",
            "a list 8:10-8:10",
            "a string 8:15-8:16",
            "a string 8:18-8:20",
            "e 8:23-8:24",
            "!X 8:26-8:28",
            "a string 8:26-8:28",
            "f 9:1-9:2",
            "!Sub 9:4-9:8",
            "a string 9:9-11:1",
            "h 11:1-11:2",
            "!GetAZs 11:4-11:11",
            "a string 11:4-11:11",
            "i 12:1-12:2",
            "!Select 12:4-12:11",
            "a list 12:4-12:4",
            "a number 13:3-13:4",
            "j 14:1-14:2",
            "!Sub 14:8-14:12",
            "a string 14:13-14:14",
            "m 15:1-15:2",
            "!If 15:7-15:10",
            "a list 15:7-15:7",
            "a string 15:12-15:13",
        ]
    );
    // In a file of one long line, positions are of no use.
    let long = format!("{{a: !Sub b, c: '{}'}}", "x".repeat(10_000));
    let long = all_locations(vsc_yaml::read(&long, &TEMPLATE));
    assert_eq!(long[2], "!Sub 1:5-1:11");
    assert_eq!(long[3], "a string 1:5-1:11");
}

#[test]
fn yaml_has_its_values() {
    for (text, value) in [
        ("", "null"),
        ("# only a comment", "null"),
        ("---\na: 1\n...\n", "{a: 1}"),
        (
            "[a, 'b', \"c\\u0041\", 1, true, ~, ]",
            "[\"a\", \"b\", \"cA\", 1, true, null]",
        ),
        ("a:\nb: ''\n", "{a: null, b: \"\"}"),
        (
            "a: |\n  b\n  c\nd: >-\n  e\n  f\n",
            "{a: \"b\\nc\\n\", d: \"e f\"}",
        ),
        (
            "a: '12'\nb: \"true\"\nc: |-\n  12\n",
            "{a: \"12\", b: \"true\", c: \"12\"}",
        ),
        // Standard tags, and those of functions, whose arguments are not converted.
        (
            "[!!str 12, !!str '12', ! 12, !!int '12', !!float 1, !!float '1.5', !!bool 'true', !!null '']",
            "[\"12\", \"12\", \"12\", 12, 1, 1.5, true, null]",
        ),
        ("[!!seq [a], !!map {a: b}]", "[[\"a\"], {a: \"b\"}]"),
        (
            "[!Sub 12, !Sub 'a', !Ref true, !X ~]",
            "[!Sub \"12\", !Sub \"a\", !Ref \"true\", !X \"~\"]",
        ),
        (
            "[!If [a, 12], !Transform {Name: 1}]",
            "[!If [\"a\", 12], !Transform {Name: 1}]",
        ),
        (
            "[!Rain::Embed a, !<!Sub> 12, !<tag:yaml.org,2002:str> 12]",
            "[!Rain::Embed \"a\", !Sub \"12\", \"12\"]",
        ),
        ("%TAG !y! tag:yaml.org,2002:\n---\n[!y!int '12']", "[12]"),
        ("[! [a], ! {b: c}]", "[[\"a\"], {b: \"c\"}]"),
    ] {
        assert_eq!(in_yaml(text), value, "{text}");
    }
}

#[test]
fn mistakes_in_yaml_have_their_locations() {
    let template = |location: &str, note: &str| format!("{location}: invalid template / {note}");
    for (text, reported) in [
        (
            "a: 1\nb: 2\na: 3\n",
            "3:1: `a` is declared twice / = help: remove one of them".to_owned(),
        ),
        (
            "a: 1\n---\nb: 2\n",
            template("3:1", "a second document begins"),
        ),
        (
            "a: \0",
            "1:4: invalid YAML / it contains a NUL character".to_owned(),
        ),
        (
            "a: [1\n",
            "2:1: invalid YAML / while parsing a flow sequence, expected ',' or ']'".to_owned(),
        ),
        (
            "? [a]\n: b\n",
            template("1:3", "field names must be strings"),
        ),
        ("a: !!int b", template("1:4", "`!!int` is not allowed here")),
        (
            "a: !!float b",
            template("1:4", "`!!float` is not allowed here"),
        ),
        (
            "a: !!bool 1",
            template("1:4", "`!!bool` is not allowed here"),
        ),
        (
            "a: !!null b",
            template("1:4", "`!!null` is not allowed here"),
        ),
        (
            "a: !!map [b]",
            template("1:4", "`!!map` is not allowed here"),
        ),
        (
            "a: !!seq {b: c}",
            template("1:4", "`!!seq` is not allowed here"),
        ),
        (
            "a: !!str [b]",
            template("1:4", "`!!str` is not allowed here"),
        ),
        (
            "a: !!binary b",
            template("1:4", "`!!binary` is not allowed here"),
        ),
    ] {
        assert_eq!(in_yaml(text), reported, "{text}");
    }
}

#[test]
fn aliases_repeat_their_anchors() {
    let template = |location: &str, note: &str| format!("{location}: invalid template / {note}");
    let too_much = |location: &str| template(location, "its aliases expand to too many values");
    let too_deep =
        |location: &str| template(location, "its lists and objects are nested too deeply");
    for (text, reported) in [
        ("a: &x b\nc: *x\n", "{a: \"b\", c: \"b\"}".to_owned()),
        ("a: &x [b]\nc: *x\n", "{a: [\"b\"], c: [\"b\"]}".to_owned()),
        (
            "a: &x {b: c}\nc: *x\n",
            "{a: {b: \"c\"}, c: {b: \"c\"}}".to_owned(),
        ),
        (
            "a: &x !Sub b\nc: *x\n",
            "{a: !Sub \"b\", c: !Sub \"b\"}".to_owned(),
        ),
        (
            "a: &x b\nb: &x c\nc: *x\n",
            "{a: \"b\", b: \"c\", c: \"c\"}".to_owned(),
        ),
        (
            "a: &x [*x]\n",
            template("1:8", "an alias is inside its own anchor"),
        ),
        // Aliases may expand to six values: a list of five items is six.
        (
            "a: &x [1, 2, 3, 4, 5]\nb: *x\n",
            "{a: [1, 2, 3, 4, 5], b: [1, 2, 3, 4, 5]}".to_owned(),
        ),
        ("a: &x [1, 2, 3, 4, 5, 6]\nb: *x\n", too_much("2:4")),
        (
            "a: &x {b: 1, c: {d: 2, e: 3}, f: 4}\nb: *x\n",
            "{a: {b: 1, c: {d: 2, e: 3}, f: 4}, b: {b: 1, c: {d: 2, e: 3}, f: 4}}".to_owned(),
        ),
        (
            "a: &x {b: 1, c: {d: 2, e: 3}, f: 4, g: 5}\nb: *x\n",
            too_much("2:4"),
        ),
        (
            "a: &x [1, 2]\nb: [*x, *x]\n",
            "{a: [1, 2], b: [[1, 2], [1, 2]]}".to_owned(),
        ),
        ("a: &x [1, 2]\nb: [*x, *x, *x]\n", too_much("2:13")),
        (
            "a: &x b\nb: [*x, *x, *x]\nc: [*x, *x, *x]\n",
            "{a: \"b\", b: [\"b\", \"b\", \"b\"], c: [\"b\", \"b\", \"b\"]}".to_owned(),
        ),
        // An alias is deeper than its anchor.
        ("a: &x [[1]]\nb: *x\n", "{a: [[1]], b: [[1]]}".to_owned()),
        ("a: &x [[1]]\nb: [*x]\n", too_deep("2:5")),
        ("a: &x {b: {c: d}}\nb: [*x]\n", too_deep("2:5")),
        ("a: &x [1, [2], 3]\nb: [*x]\n", too_deep("2:5")),
        ("a: &x [1]\nb: [[*x]]\n", too_deep("2:6")),
        ("a: &x [1]\nb: [*x]\n", "{a: [1], b: [[1]]}".to_owned()),
    ] {
        assert_eq!(in_yaml(text), reported, "{text}");
    }
    assert_eq!(
        outcome(vsc_yaml::read("a: &x b\nc: *x\n", &FILE)),
        "2:4: invalid file / aliases are not supported"
    );
    // An anchor without a value.
    assert_eq!(outcome(vsc_yaml::read("a: &x b\n", &FILE)), "{a: \"b\"}");
}

#[test]
fn tables_are_merged() {
    let merges = "4:9: invalid template / `<<` takes a table, or a list of tables";
    for (text, reported) in [
        (
            "a: &x {b: 1, c: 2}\nd: {<<: *x}\n",
            "{a: {b: 1, c: 2}, d: {b: 1, c: 2}}",
        ),
        // The table's own entries win, in any order.
        (
            "a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\n",
            "{a: {b: 1, c: 2}, d: {c: 2, b: 3}}",
        ),
        (
            "a: &x {b: 1, c: 2}\nd: {b: 3, <<: *x}\n",
            "{a: {b: 1, c: 2}, d: {c: 2, b: 3}}",
        ),
        // Of several tables, the first wins.
        ("<<: [{b: 1, c: 2}, {b: 3, d: 4}]\n", "{b: 1, c: 2, d: 4}"),
        ("a: {<<: {}, b: 1}\n", "{a: {b: 1}}"),
        ("a: 1\nb: 2\n\nc: {<<: 3}\n", merges),
        ("a: 1\nb: 2\n\nc: {<<: ~}\n", merges),
        // In quotes it is a plain name.
        ("a: {'<<': {b: 1}}\n", "{a: {<<: {b: 1}}}"),
    ] {
        assert_eq!(in_yaml(text), reported, "{text}");
    }
    // In YAML 1.2 it is a plain name, too.
    assert_eq!(
        outcome(vsc_yaml::read("a: {<<: {b: 1}}\n", &FILE)),
        "{a: {<<: {b: 1}}}"
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn plain_scalars_depend_on_the_schema() {
    let text = |text: &str| format!("{text:?}");
    for (written, core, template) in [
        ("true", "true".to_owned(), "true".to_owned()),
        ("FALSE", "false".to_owned(), "false".to_owned()),
        ("tRUE", text("tRUE"), text("tRUE")),
        ("Null", "null".to_owned(), "null".to_owned()),
        ("yes", text("yes"), "true".to_owned()),
        ("Off", text("Off"), "false".to_owned()),
        ("y", text("y"), text("y")),
        ("12", "12".to_owned(), "12".to_owned()),
        ("-12", "-12".to_owned(), "-12".to_owned()),
        ("+12", "12".to_owned(), "12".to_owned()),
        ("010", "10".to_owned(), "8".to_owned()),
        ("-010", "-10".to_owned(), "-8".to_owned()),
        ("08", "8".to_owned(), text("08")),
        ("0", "0".to_owned(), "0".to_owned()),
        ("1_000", text("1_000"), "1000".to_owned()),
        ("_1", text("_1"), text("_1")),
        ("0x1F", text("0x1F"), "31".to_owned()),
        ("-0x1f", text("-0x1f"), "-31".to_owned()),
        ("0x", text("0x"), text("0x")),
        ("0x_1", text("0x_1"), text("0x_1")),
        ("0x1g", text("0x1g"), text("0x1g")),
        ("0b101", text("0b101"), "5".to_owned()),
        ("0b2", text("0b2"), text("0b2")),
        ("0o17", text("0o17"), text("0o17")),
        ("1:30", text("1:30"), "90".to_owned()),
        ("-1:30", text("-1:30"), "-90".to_owned()),
        ("1:30:15", text("1:30:15"), "5415".to_owned()),
        ("1:5", text("1:5"), "65".to_owned()),
        ("22:60", text("22:60"), text("22:60")),
        ("1:030", text("1:030"), text("1:030")),
        ("0:30", text("0:30"), text("0:30")),
        ("1a:30", text("1a:30"), text("1a:30")),
        (":30", text(":30"), text(":30")),
        (
            "9223372036854775807:59",
            text("9223372036854775807:59"),
            text("9223372036854775807:59"),
        ),
        ("1.5", "1.5".to_owned(), "1.5".to_owned()),
        ("-1.5", "-1.5".to_owned(), "-1.5".to_owned()),
        (".5", "0.5".to_owned(), "0.5".to_owned()),
        ("1.", "1.0".to_owned(), "1.0".to_owned()),
        ("1_0.5_0", text("1_0.5_0"), "10.5".to_owned()),
        ("._5", text("._5"), text("._5")),
        ("_1.5", text("_1.5"), text("_1.5")),
        ("1.x", text("1.x"), text("1.x")),
        ("x.1", text("x.1"), text("x.1")),
        ("-x.1", text("-x.1"), text("-x.1")),
        ("1.5e+1_0", text("1.5e+1_0"), text("1.5e+1_0")),
        ("inf", text("inf"), text("inf")),
        ("-inf", text("-inf"), text("-inf")),
        ("+NaN", text("+NaN"), text("+NaN")),
        ("infinity", text("infinity"), text("infinity")),
        ("1e3", "1000.0".to_owned(), text("1e3")),
        ("1.5e3", "1500.0".to_owned(), text("1.5e3")),
        ("1.5e+3", "1500.0".to_owned(), "1500.0".to_owned()),
        ("1.5E-1", "0.15".to_owned(), "0.15".to_owned()),
        ("1.5e+", text("1.5e+"), text("1.5e+")),
        ("1.5e+x", text("1.5e+x"), text("1.5e+x")),
        (
            "1.0e+400",
            "<a number that is too large>".to_owned(),
            "<a number that is too large>".to_owned(),
        ),
        (".inf", text(".inf"), "<an infinite number>".to_owned()),
        ("-.INF", text("-.INF"), "<an infinite number>".to_owned()),
        (".NaN", text(".NaN"), "<not a number>".to_owned()),
        (".", text("."), text(".")),
        ("-", text("-"), text("-")),
        ("+", text("+"), text("+")),
        ("2010-09-09", text("2010-09-09"), text("2010-09-09")),
        ("10.0.0.0/16", text("10.0.0.0/16"), text("10.0.0.0/16")),
        (
            "123456789012",
            "123456789012".to_owned(),
            "123456789012".to_owned(),
        ),
        (
            "99999999999999999999",
            text("99999999999999999999"),
            text("99999999999999999999"),
        ),
        (
            "9999_9999_9999_9999_9999",
            text("9999_9999_9999_9999_9999"),
            text("99999999999999999999"),
        ),
        (
            "-99999999999999999999",
            text("-99999999999999999999"),
            text("-99999999999999999999"),
        ),
        (
            "0xffffffffffffffffff",
            text("0xffffffffffffffffff"),
            "<a number that is too large>".to_owned(),
        ),
    ] {
        let read = |format| {
            let text = format!("a: {written}");
            let read = outcome(vsc_yaml::read(&text, format));
            read.trim_start_matches("{a: ")
                .trim_end_matches('}')
                .to_owned()
        };
        // A bare dash begins a list.
        if written != "-" {
            assert_eq!(read(&FILE), core, "{written}");
            assert_eq!(read(&TEMPLATE), template, "{written}");
        }
    }
}

#[test]
fn values_have_names_and_numbers() {
    let node = vsc_yaml::read("\na: 12\nb: 1.5\nc: d\ne:\n  - f\n", &FILE).expect("it is YAML");
    let DocumentValue::Table(entries) = &node.value else {
        panic!("it is a table");
    };
    let numbers: Vec<_> = entries
        .iter()
        .map(|entry| entry.value.value.as_number())
        .collect();
    assert_eq!(numbers, [Some(12.0), Some(1.5), None, None]);
    let lines: Vec<_> = entries
        .iter()
        .map(|entry| (entry.line(), entry.value.line()))
        .collect();
    assert_eq!(lines, [(2, 2), (3, 3), (4, 4), (5, 6)]);
    for (value, words) in [
        (DocumentValue::Null, "nothing"),
        (DocumentValue::Bool(true), "a boolean"),
        (DocumentValue::Integer(1), "a number"),
        (DocumentValue::Number(1.5), "a number"),
        (DocumentValue::Text(String::new()), "a string"),
        (DocumentValue::List(Vec::new()), "a list"),
        (DocumentValue::Table(Vec::new()), "a table"),
        (DocumentValue::Other("a date"), "a date"),
    ] {
        assert_eq!(value.to_string(), words);
    }
}

#[test]
fn a_byte_has_its_position() {
    let text = "ä\nb\r\nc\rd";
    let location = |byte| {
        let Position { line, column } = document::position_of(text, byte);
        (line, column)
    };
    for (byte, expected) in [
        (0, (1, 1)),
        (2, (1, 2)),
        (3, (2, 1)),
        (4, (2, 2)),
        (5, (2, 3)),
        (6, (3, 1)),
        (7, (3, 2)),
        (8, (4, 1)),
        (9, (4, 2)),
    ] {
        assert_eq!(location(byte), expected, "{byte}");
    }
}
