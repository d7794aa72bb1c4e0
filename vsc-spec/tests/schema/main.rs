//! Each rule of a schema: rules, values in YAML, and the errors.

mod choice;
mod format;
mod function;
mod list;
mod object;
mod passed;
mod scalar;

use vsc_spec::document::{self, DocumentNode, DocumentValue, ReadOptions};
use vsc_spec::json::Json;
use vsc_spec::resource::{Dialect, Keyword, ResourceType, Schema, Step, Target, Types, Violation};

/// A value in YAML with braces. A value with the tag `!Rust` is an expression.
fn value(text: &str) -> Json<()> {
    let format = ReadOptions {
        subject: "test",
        deepest: 64,
        schema: document::YamlSchema::Core,
        repeated: None,
    };
    json(&vsc_yaml::read(text, &format).expect("it is YAML"))
}

fn json(node: &DocumentNode) -> Json<()> {
    if node.tag.is_some() {
        return Json::Expression(());
    }
    match &node.value {
        DocumentValue::Null | DocumentValue::Other(_) => Json::Null,
        DocumentValue::Bool(value) => Json::Bool(*value),
        DocumentValue::Integer(value) => Json::Integer(*value),
        DocumentValue::Number(value) => Json::Number(*value),
        DocumentValue::Text(text) => Json::from(text.clone()),
        DocumentValue::List(items) => Json::Array(items.iter().map(json).collect()),
        DocumentValue::Table(entries) => Json::object(
            entries
                .iter()
                .map(|entry| (entry.name.clone(), json(&entry.value))),
        ),
    }
}

fn schema(rules: &[Keyword]) -> Schema {
    Schema {
        rules: rules.to_vec(),
    }
}

fn boxed(rules: &[Keyword]) -> Box<Schema> {
    Box::new(schema(rules))
}

fn named(members: &[(&str, &[Keyword])]) -> Vec<(String, Schema)> {
    let members = members.iter();
    members
        .map(|(name, rules)| ((*name).to_owned(), schema(rules)))
        .collect()
}

fn members(members: &[(&str, &[Keyword])]) -> Keyword {
    Keyword::Properties(named(members))
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn required(names: &[&str]) -> Keyword {
    Keyword::Required(texts(names))
}

fn one_of(values: &[&'static str]) -> Keyword {
    Keyword::Enum(values.iter().copied().map(Json::from).collect())
}

const STRING: Keyword = Keyword::Types(Types::STRING);
const INTEGER: Keyword = Keyword::Types(Types::INTEGER);

/// A type whose properties have these rules.
fn thing(rules: &[Keyword]) -> ResourceType {
    ResourceType {
        name: "AWS::Test::Thing".to_owned(),
        properties: schema(rules),
        ..ResourceType::default()
    }
}

/// An error with its path; that of a name ends with `#`.
fn line(violation: &Violation) -> String {
    let steps = violation.location.path.iter().map(|step| match step {
        Step::Key(name) => name.to_string(),
        Step::Index(index) => index.to_string(),
    });
    let path = steps.collect::<Vec<_>>().join("/");
    let mark = match violation.location.target {
        Target::Key => "#",
        Target::Value => "",
    };
    let words = violation.diagnostic.to_string().replace('\n', " / ");
    format!("{path}{mark}: {words}")
}

fn reported_as(resource: &ResourceType, dialect: Dialect, text: &str) -> Vec<String> {
    let violations = resource.check_as(&value(text), dialect);
    violations.iter().map(line).collect()
}

/// The errors about the property `X`, which has these rules.
fn reported(rules: &[Keyword], text: &str) -> Vec<String> {
    let thing = thing(&[members(&[("X", rules)])]);
    reported_as(&thing, Dialect::Rust, &format!("{{X: {text}}}"))
}

/// Checks values of the property `X`, with the errors of each.
fn each(rules: &[Keyword], cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(reported(rules, text), *expected, "{text}");
    }
}

/// Whether a value satisfies the rules, if that is known: a condition requires nothing of unknown values.
fn holds(rules: &[Keyword], text: &str) -> Option<bool> {
    let asked = |then, otherwise| {
        let condition = boxed(&[members(&[("V", rules)])]);
        let rule = Keyword::IfThenElse(condition, then, otherwise);
        !reported(&[rule], &format!("{{V: {text}}}")).is_empty()
    };
    let never = || Some(boxed(&[Keyword::Never]));
    match (asked(never(), None), asked(None, never())) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
        (true, true) => panic!("{text} keeps the rules, and does not"),
    }
}

/// Checks whether values satisfy the rules.
fn held(rules: &[Keyword], cases: &[(&str, Option<bool>)]) {
    for (text, expected) in cases {
        assert_eq!(holds(rules, text), *expected, "{text}");
    }
}
