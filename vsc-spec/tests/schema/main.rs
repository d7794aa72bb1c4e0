//! What each rule of a schema says of a value: rules, values in YAML, and what a user reads.

mod choice;
mod format;
mod function;
mod handed;
mod list;
mod object;
mod scalar;

use vsc_spec::document::{self, Node, Notation, Value, yaml};
use vsc_spec::json::Json;
use vsc_spec::resource::{Dialect, Refusal, ResourceType, Rule, Schema, Step, Target, Types};

/// A value in YAML with braces. What has the tag `!Rust` is an expression.
fn value(text: &str) -> Json<()> {
    let notation = Notation {
        subject: "a test",
        deepest: 64,
        schema: document::Schema::Core,
        repeated: None,
    };
    json(&yaml::read(text, &notation).expect("it is YAML"))
}

fn json(node: &Node) -> Json<()> {
    if node.tag.is_some() {
        return Json::Expression(());
    }
    match &node.value {
        Value::Null | Value::Other(_) => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Integer(value) => Json::Integer(*value),
        Value::Number(value) => Json::Number(*value),
        Value::Text(text) => Json::from(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Table(entries) => Json::object(
            entries
                .iter()
                .map(|entry| (entry.name.clone(), json(&entry.value))),
        ),
    }
}

fn schema(rules: &[Rule]) -> Schema {
    Schema {
        rules: rules.to_vec(),
    }
}

fn boxed(rules: &[Rule]) -> Box<Schema> {
    Box::new(schema(rules))
}

fn named(members: &[(&str, &[Rule])]) -> Vec<(String, Schema)> {
    let members = members.iter();
    members
        .map(|(name, rules)| ((*name).to_owned(), schema(rules)))
        .collect()
}

fn members(members: &[(&str, &[Rule])]) -> Rule {
    Rule::Properties(named(members))
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn required(names: &[&str]) -> Rule {
    Rule::Required(texts(names))
}

fn one_of(values: &[&'static str]) -> Rule {
    Rule::Enum(values.iter().copied().map(Json::from).collect())
}

const STRING: Rule = Rule::Types(Types::STRING);
const INTEGER: Rule = Rule::Types(Types::INTEGER);

/// A type whose properties keep these rules.
fn thing(rules: &[Rule]) -> ResourceType {
    ResourceType {
        name: "AWS::Test::Thing".to_owned(),
        properties: schema(rules),
        ..ResourceType::default()
    }
}

/// A refusal with its path; that of a name has a `#` behind it.
fn line(refusal: &Refusal) -> String {
    let steps = refusal.place.path.iter().map(|step| match step {
        Step::Key(name) => name.to_string(),
        Step::Index(index) => index.to_string(),
    });
    let path = steps.collect::<Vec<_>>().join("/");
    let mark = match refusal.place.target {
        Target::Key => "#",
        Target::Value => "",
    };
    let words = refusal.finding.to_string().replace('\n', " / ");
    format!("{path}{mark}: {words}")
}

fn told_as(resource: &ResourceType, dialect: Dialect, text: &str) -> Vec<String> {
    let refusals = resource.check_as(&value(text), dialect);
    refusals.iter().map(line).collect()
}

/// What is wrong with the property `X`, which keeps these rules.
fn told(rules: &[Rule], text: &str) -> Vec<String> {
    let thing = thing(&[members(&[("X", rules)])]);
    told_as(&thing, Dialect::Rust, &format!("{{X: {text}}}"))
}

/// Values of the property `X`, and what is wrong with each.
fn each(rules: &[Rule], cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(told(rules, text), *expected, "{text}");
    }
}

/// Whether a value keeps the rules, where that is known: a condition asks nothing of what is not.
fn holds(rules: &[Rule], text: &str) -> Option<bool> {
    let asked = |then, otherwise| {
        let condition = boxed(&[members(&[("V", rules)])]);
        let rule = Rule::IfThenElse(condition, then, otherwise);
        !told(&[rule], &format!("{{V: {text}}}")).is_empty()
    };
    let never = || Some(boxed(&[Rule::Never]));
    match (asked(never(), None), asked(None, never())) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
        (true, true) => panic!("{text} keeps the rules, and does not"),
    }
}

/// Values, and whether each keeps the rules.
fn held(rules: &[Rule], cases: &[(&str, Option<bool>)]) {
    for (text, expected) in cases {
        assert_eq!(holds(rules, text), *expected, "{text}");
    }
}
