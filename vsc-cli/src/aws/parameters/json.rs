//! Files of parameter values in JSON, as the AWS CLI and CodePipeline have them.

use std::collections::BTreeMap;

use vsc_spec::Finding;
use vsc_spec::document::{Entry, Mistake, Node, Notation, Schema, Value, json};

const NOTATION: Notation = Notation {
    subject: "a file of parameters",
    deepest: 8,
    schema: Schema::Core,
    repeated: None,
};

/// Reads `[{"ParameterKey": …, "ParameterValue": …}]`, `{"Parameters": {…}}` or `{"VpcId": …}`.
///
/// # Errors
///
/// When it is none of the three.
pub(super) fn read(text: &str) -> Result<BTreeMap<String, String>, Mistake> {
    let root = json::read(text, &NOTATION)?;
    match &root.value {
        Value::List(items) => items.iter().map(pair).collect(),
        Value::Table(entries) => match entries.iter().find(|entry| entry.name == "Parameters") {
            Some(Entry {
                value:
                    Node {
                        value: Value::Table(entries),
                        ..
                    },
                ..
            }) => entries.iter().map(member).collect(),
            _ => entries.iter().map(member).collect(),
        },
        _ => Err(wrong(&root)),
    }
}

/// An item of the AWS CLI's list.
fn pair(item: &Node) -> Result<(String, String), Mistake> {
    let Value::Table(entries) = &item.value else {
        return Err(wrong(item));
    };
    let find = |name: &str| entries.iter().find(|entry| entry.name == name);
    match (find("ParameterKey"), find("ParameterValue")) {
        (Some(key), Some(entry)) => match &key.value.value {
            Value::Text(name) => Ok((name.clone(), flat(&entry.value)?)),
            _ => Err(wrong(&key.value)),
        },
        _ => Err(wrong(item)),
    }
}

fn member(entry: &Entry) -> Result<(String, String), Mistake> {
    Ok((entry.name.clone(), flat(&entry.value)?))
}

/// A value as CloudFormation takes it: lists are separated by commas.
fn flat(node: &Node) -> Result<String, Mistake> {
    Ok(match &node.value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flat).collect::<Result<_, _>>()?;
            items.join(",")
        }
        _ => return Err(wrong(node)),
    })
}

fn wrong(node: &Node) -> Mistake {
    Mistake {
        position: node.span.start,
        finding: Finding::new(format!("{} is not the value of a parameter", node.value)).help(
            "write {\"VpcId\": \"vpc-…\"}, or [{\"ParameterKey\": \"VpcId\", \"ParameterValue\": \"vpc-…\"}] as for the AWS CLI",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        read(text).expect("it is read").into_iter().collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn the_forms_of_other_tools_are_read() {
        let expected = pairs(&[("Count", "3"), ("Zones", "a,b")]);
        let cli = r#"[{"ParameterKey": "Count", "ParameterValue": "3"}, {"ParameterKey": "Zones", "ParameterValue": "a,b"}]"#;
        assert_eq!(values(cli), expected);
        let pipeline = r#"{"Parameters": {"Count": 3, "Zones": ["a", "b"]}, "Tags": {}}"#;
        assert_eq!(values(pipeline), expected);
        assert_eq!(values(r#"{"Count": "3", "Zones": "a,b"}"#), expected);
    }

    #[test]
    fn what_is_no_value_is_told_with_its_place() {
        let told = read("{\n  \"VpcId\": {}\n}").expect_err("it is no value");
        assert_eq!(told.position.line, 2);
        assert_eq!(told.finding.what, "a table is not the value of a parameter");
        assert!(read("[1]").is_err());
        assert!(read("\"VpcId\"").is_err());
    }
}
