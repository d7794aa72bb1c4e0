//! Parameters files in JSON, in the formats of the AWS CLI and CodePipeline.

use std::collections::{BTreeMap, BTreeSet};

use vsc_spec::document::{
    DocumentNode, DocumentValue, Entry, Mistake, ReadOptions, YamlSchema, json,
};
use vsc_spec::{Diagnostic, suggest};

const READ_OPTIONS: ReadOptions = ReadOptions {
    subject: "parameters file",
    deepest: 8,
    schema: YamlSchema::Core,
    repeated: None,
};

/// The values of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) values: BTreeMap<String, String>,
    /// The parameters with `UsePreviousValue`.
    pub(crate) previous: BTreeSet<String>,
}

impl Given {
    fn add(
        &mut self,
        node: &DocumentNode,
        name: &str,
        value: Option<String>,
    ) -> Result<(), Mistake> {
        if self.values.contains_key(name) || self.previous.contains(name) {
            return Err(Mistake {
                position: node.span.start,
                diagnostic: Diagnostic::new(format!("`{name}` is given twice")),
            });
        }
        match value {
            Some(value) => _ = self.values.insert(name.to_owned(), value),
            None => _ = self.previous.insert(name.to_owned()),
        }
        Ok(())
    }
}

/// Reads the formats of the AWS CLI: `[{"ParameterKey": …, "ParameterValue": …}]`, `["VpcId=…"]`; that of
/// CodePipeline: `{"Parameters": {…}}`; and `{"VpcId": …}`.
///
/// # Errors
///
/// When it is in none of these formats.
pub(super) fn read(text: &str) -> Result<Given, Mistake> {
    let root = json::read(text, &READ_OPTIONS)?;
    let mut given = Given::default();
    match &root.value {
        DocumentValue::List(items) => {
            for item in items {
                match &item.value {
                    DocumentValue::Text(text) => assignment(&mut given, item, text)?,
                    DocumentValue::Table(entries) => pair(&mut given, item, entries)?,
                    _ => return Err(wrong(item)),
                }
            }
        }
        DocumentValue::Table(entries) => {
            let inner = entries.iter().find_map(|entry| match &entry.value.value {
                DocumentValue::Table(inner) if entry.name == "Parameters" => Some(inner),
                _ => None,
            });
            for entry in inner.unwrap_or(entries) {
                let value = flat(&entry.value)?;
                given.add(&entry.value, &entry.name, Some(value))?;
            }
        }
        _ => return Err(wrong(&root)),
    }
    Ok(given)
}

/// Reads `"VpcId=vpc-…"`, as in `aws cloudformation deploy --parameter-overrides`.
fn assignment(given: &mut Given, item: &DocumentNode, text: &str) -> Result<(), Mistake> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            given.add(item, name.trim(), Some(value.to_owned()))
        }
        _ => Err(wrong(item)),
    }
}

/// The members of an item of the AWS CLI's list (AWS CloudFormation API Reference, "Parameter").
const MEMBERS: [&str; 4] = [
    "ParameterKey",
    "ParameterValue",
    "UsePreviousValue",
    "ResolvedValue",
];

/// Reads an item of the AWS CLI's list.
fn pair(given: &mut Given, item: &DocumentNode, entries: &[Entry]) -> Result<(), Mistake> {
    let find = |name: &str| entries.iter().find(|entry| entry.name == name);
    let unknown = entries
        .iter()
        .find(|entry| !MEMBERS.contains(&entry.name.as_str()));
    if let Some(entry) = unknown {
        let help = suggest::did_you_mean(&entry.name, MEMBERS);
        let diagnostic = Diagnostic::new(format!("unknown member `{}`", entry.name));
        return Err(Mistake {
            position: entry.span.start,
            diagnostic: diagnostic.help(
                help.unwrap_or_else(|| format!("the members are {}", suggest::list(MEMBERS))),
            ),
        });
    }
    let Some(DocumentValue::Text(name)) = find("ParameterKey").map(|entry| &entry.value.value)
    else {
        return Err(wrong(item));
    };
    let is_previous = match find("UsePreviousValue") {
        None => false,
        Some(Entry { value, .. }) => match value.value {
            DocumentValue::Bool(is_previous) => is_previous,
            _ => return Err(not_a_boolean(value)),
        },
    };
    match (find("ParameterValue"), is_previous) {
        (None, true) => given.add(item, name, None),
        (Some(entry), false) => given.add(item, name, Some(flat(&entry.value)?)),
        (Some(_), true) => Err(Mistake {
            position: item.span.start,
            diagnostic: Diagnostic::new(format!(
                "`{name}` has both a value and `UsePreviousValue`"
            ))
            .help("remove either `ParameterValue` or `UsePreviousValue`"),
        }),
        (None, false) => Err(wrong(item)),
    }
}

fn not_a_boolean(node: &DocumentNode) -> Mistake {
    Mistake {
        position: node.span.start,
        diagnostic: Diagnostic::new(format!("expected a boolean, found {}", node.value))
            .help("write `\"UsePreviousValue\": true`"),
    }
}

/// A value in CloudFormation's form: lists are joined by commas.
fn flat(node: &DocumentNode) -> Result<String, Mistake> {
    Ok(match &node.value {
        DocumentValue::Text(text) => text.clone(),
        DocumentValue::Integer(number) => number.to_string(),
        DocumentValue::Number(number) => number.to_string(),
        DocumentValue::Bool(value) => value.to_string(),
        DocumentValue::List(items) => {
            let items: Vec<String> = items.iter().map(flat).collect::<Result<_, _>>()?;
            items.join(",")
        }
        _ => return Err(wrong(node)),
    })
}

fn wrong(node: &DocumentNode) -> Mistake {
    Mistake {
        position: node.span.start,
        diagnostic: Diagnostic::new(format!("{} is not a valid parameter value", node.value)).help(
            "write {\"VpcId\": \"vpc-…\"}, or [{\"ParameterKey\": \"VpcId\", \"ParameterValue\": \"vpc-…\"}] as for the AWS CLI",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        let given = read(text).expect("it is read");
        given.values.into_iter().collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn the_formats_of_other_tools_are_read() {
        let expected = pairs(&[("Count", "3"), ("Zones", "a,b")]);
        let cli = r#"[{"ParameterKey": "Count", "ParameterValue": "3"}, {"ParameterKey": "Zones", "ParameterValue": "a,b"}]"#;
        assert_eq!(values(cli), expected);
        let pipeline = r#"{"Parameters": {"Count": 3, "Zones": ["a", "b"]}, "Tags": {}}"#;
        assert_eq!(values(pipeline), expected);
        assert_eq!(values(r#"{"Count": "3", "Zones": "a,b"}"#), expected);
        assert_eq!(values(r#"["Count=3", "Zones=a,b"]"#), expected);
        assert_eq!(
            values(r#"["Rule=a=b", "Empty="]"#),
            pairs(&[("Empty", ""), ("Rule", "a=b")])
        );
        assert_eq!(values("[]"), []);
    }

    #[test]
    fn use_previous_value_is_read_as_in_the_aws_cli() {
        let given = read(
            r#"[{"ParameterKey": "L", "UsePreviousValue": true}, {"ParameterKey": "M", "ParameterValue": "m", "UsePreviousValue": false}]"#,
        );
        let given = given.expect("it is read");
        assert_eq!(given.previous, BTreeSet::from(["L".to_owned()]));
        assert_eq!(given.values.get("M").map(String::as_str), Some("m"));
        for (text, reported) in [
            (
                r#"[{"ParameterKey": "L", "UsePreviousValue": true, "ParameterValue": "x"}]"#,
                "has both a value and `UsePreviousValue`",
            ),
            (
                r#"[{"ParameterKey": "L", "UsePreviousValue": "true"}]"#,
                "expected a boolean, found a string",
            ),
            (
                r#"[{"ParameterKey": "L", "UsePreviousValue": false}]"#,
                "is not a valid parameter value",
            ),
            (
                r#"[{"ParameterKey": "L"}]"#,
                "is not a valid parameter value",
            ),
            (
                r#"[{"ParameterKey": "L", "Value": "x"}]"#,
                "unknown member `Value`",
            ),
            (r#"["L=1", "L=2"]"#, "`L` is given twice"),
            (r#"["L"]"#, "is not a valid parameter value"),
            (r#"["=1"]"#, "is not a valid parameter value"),
        ] {
            let mistake = read(text).expect_err(text);
            assert!(
                mistake.diagnostic.message.contains(reported),
                "{}",
                mistake.diagnostic.message
            );
        }
    }

    #[test]
    fn an_invalid_value_is_reported_with_its_position() {
        let reported = read("{\n  \"VpcId\": {}\n}").expect_err("it is no value");
        assert_eq!(reported.position.line, 2);
        assert_eq!(
            reported.diagnostic.message,
            "a table is not a valid parameter value"
        );
        assert!(read("[1]").is_err());
        assert!(read("\"VpcId\"").is_err());
    }
}
