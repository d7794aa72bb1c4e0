//! Templates in YAML, read by `serde_yaml`: a reader that shares no code with ours.

use serde_json::{Map, Value};
use serde_yaml::Value as Yaml;

/// The value of a template in YAML, with intrinsic functions in their long forms.
///
/// # Errors
///
/// When it cannot be read, or JSON has no such value.
pub fn value(text: &str) -> Result<Value, String> {
    let yaml: Yaml = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    json(yaml)
}

fn json(yaml: Yaml) -> Result<Value, String> {
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => {
            serde_json::to_value(number).map_err(|error| format!("a number: {error}"))?
        }
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => {
            Value::Array(items.into_iter().map(json).collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(members) => {
            let mut object = Map::new();
            for (name, member) in members {
                let Yaml::String(name) = name else {
                    return Err(format!("a key that is not a string: {name:?}"));
                };
                object.insert(name, json(member)?);
            }
            Value::Object(object)
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            function(tag.trim_start_matches('!'), json(tagged.value)?)
        }
    })
}

/// An intrinsic function in its short form: AWS CloudFormation User Guide, "Intrinsic function
/// reference".
fn function(tag: &str, argument: Value) -> Value {
    let (name, argument) = match (tag, argument) {
        ("Ref" | "Condition", argument) => (tag.to_owned(), argument),
        ("GetAtt", Value::String(text)) => {
            let parts = text.splitn(2, '.').map(Value::from);
            ("Fn::GetAtt".to_owned(), Value::Array(parts.collect()))
        }
        (_, argument) => (format!("Fn::{tag}"), argument),
    };
    Value::Object(Map::from_iter([(name, argument)]))
}
