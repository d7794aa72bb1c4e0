//! What AWS asks beyond the schemas, as cfn-lint publishes it: rules over several properties, the
//! language of policy documents, tags, and values that change by region.
//!
//! Only its rules, which are Python, know where each document applies: see [`Dump`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::dump::{Dump, LintRule};
use super::schemas::read;

/// Keywords that the rules of `vsc-spec` can express, and those that say nothing about values.
const KEYWORDS: &[&str] = &[
    "$ref",
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "requiredXor",
    "requiredOr",
    "dependentRequired",
    "dependentExcluded",
    "minProperties",
    "maxProperties",
    "items",
    "prefixItems",
    "uniqueItems",
    "uniqueKeys",
    "minItems",
    "maxItems",
    "enum",
    "enumCaseInsensitive",
    "const",
    "pattern",
    "minLength",
    "maxLength",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "description",
    "definitions",
    "cfnLint",
    "$id",
    "$schema",
];

/// Policies of resources, and those of buckets among them.
const POLICY: &str = "policy_resource";
const BUCKET_POLICY: &str = "policy_bucket";

/// Rules that `vsc-spec/src/resource/service` has in words of its own.
const WRITTEN: &[&str] = &["E3023", "E3615", "E3677", "E3678"];

/// Documents larger than this say for each of many versions what it allows, and are out of date
/// before they are published.
const LARGEST: usize = 100_000;

/// The constraints of all resource types.
pub(super) struct Constraints {
    /// Schemas that begin at the properties, by resource type.
    by_type: BTreeMap<String, Vec<Value>>,
    /// The documents that the schemas refer to, by name.
    documents: Map<String, Value>,
    tags: Value,
    /// The rules of cfn-lint whose documents are used.
    pub(super) rules: Vec<String>,
}

impl Constraints {
    /// Reads the documents of the unpacked cfn-lint package to which its rules lead.
    pub(super) fn read(cfn_lint: &Path, dump: &Dump) -> Result<Self, String> {
        let schemas = cfn_lint.join("cfnlint/data/schemas");
        let mut constraints = Self {
            by_type: BTreeMap::new(),
            documents: Map::new(),
            tags: read(&schemas.join("other/resources/tagging.json"))?,
            rules: Vec::new(),
        };
        for rule in &dump.rules {
            constraints.rule(&schemas, rule)?;
        }
        constraints.rules.sort();
        Ok(constraints)
    }

    /// The schema with the documents that its constraints refer to, and the constraints.
    pub(super) fn of(&self, name: &str, schema: &Value) -> (Value, Vec<Value>) {
        let mut constraints = self.by_type.get(name).cloned().unwrap_or_default();
        if schema["tagging"]["taggable"] == true && !schema["properties"]["Tags"].is_null() {
            constraints.push(self.tags.clone());
        }
        let mut schema = schema.clone();
        schema["documents"] = Value::Object(self.documents.clone());
        (schema, constraints)
    }

    /// One rule of cfn-lint. Warnings are advice, and no reason to reject anything.
    fn rule(&mut self, schemas: &Path, rule: &LintRule) -> Result<(), String> {
        let is_error = rule.id.starts_with('E') && !WRITTEN.contains(&rule.id.as_str());
        let paths = rule.keywords.iter();
        let paths: Vec<&str> = paths
            .filter_map(|keyword| keyword.strip_prefix("Resources/AWS::"))
            .collect();
        let (Some((folder, file)), true, false) =
            (rule.documents.last(), is_error, paths.is_empty())
        else {
            return Ok(());
        };
        let constraint = match folder.strip_prefix("extensions/") {
            Some(extension) => {
                let document = extension_document(&schemas.join(folder).join(file))?;
                document.map(|mut document| {
                    if rule.ignores_case_of_engine {
                        engines_in_any_case(&mut document);
                    }
                    self.shared(extension, document)
                })
            }
            None if file.starts_with("policy_") => Some(self.policy(schemas, file)?),
            None => None,
        };
        let Some(constraint) = constraint else {
            return Ok(());
        };
        self.rules.push(rule.id.clone());
        for path in paths {
            let mut steps = path.split('/');
            let name = format!("AWS::{}", steps.next().unwrap_or_default());
            let steps: Vec<&str> = steps.skip(1).collect();
            let mut constraint = at(&steps, constraint.clone());
            if name == "AWS::S3::BucketPolicy" {
                retarget(&mut constraint, POLICY, BUCKET_POLICY);
            }
            self.by_type.entry(name).or_default().push(constraint);
        }
        Ok(())
    }

    /// A document that refers to itself is kept where its references lead.
    fn shared(&mut self, folder: &str, mut document: Value) -> Value {
        if document.get("definitions").is_none() {
            return document;
        }
        rename(&mut document, folder);
        self.documents.insert(folder.to_owned(), document);
        json!({ "$ref": format!("#/documents/{folder}") })
    }

    /// A policy document. It may be a string as well, whose JSON is not validated.
    fn policy(&mut self, schemas: &Path, file: &str) -> Result<Value, String> {
        let folder = schemas.join("other/iam");
        for file in ["policy.json", file] {
            let name = file.trim_end_matches(".json");
            if !self.documents.contains_key(name) {
                let mut document = read(&folder.join(file))?;
                if name == POLICY {
                    // cfn-lint validates these ARNs in a rule of its own.
                    let arn = json!({ "$ref": "policy#/definitions/AwsArn" });
                    document["definitions"]["Resource"]["allOf"] = json!([arn]);
                    document["definitions"]["Resource"]["items"]["allOf"] = json!([arn]);
                }
                rename(&mut document, name);
                if name == POLICY {
                    // S3 does not mind two statements of one name.
                    let mut bucket = document.clone();
                    retarget(&mut bucket, POLICY, BUCKET_POLICY);
                    if let Some(statement) = bucket["properties"]["Statement"].as_object_mut() {
                        statement.remove("uniqueKeys");
                    }
                    self.documents.insert(BUCKET_POLICY.to_owned(), bucket);
                }
                self.documents.insert(name.to_owned(), document);
            }
        }
        let name = file.trim_end_matches(".json");
        Ok(json!({
            "if": { "type": "object" },
            "then": { "$ref": format!("#/documents/{name}") },
        }))
    }
}

/// A document of the extensions, unless there are no rules for what it says.
fn extension_document(path: &Path) -> Result<Option<Value>, String> {
    let document = read(path)?;
    let document = match document.get("us-east-1") {
        Some(_) => all_regions(&document),
        None => Some(document),
    };
    Ok(document
        .filter(|document| is_expressible(document) && document.to_string().len() <= LARGEST))
}

/// The schema that applies another one at a path below the properties.
fn at(steps: &[&str], schema: Value) -> Value {
    steps.iter().rev().fold(schema, |schema, step| match *step {
        "*" => json!({ "items": schema }),
        name => json!({ "properties": { name: schema } }),
    })
}

/// What any region allows, since a template is for all of them.
fn all_regions(document: &Value) -> Option<Value> {
    let regions = document.as_object()?;
    let mut values = BTreeSet::new();
    if regions.values().any(|region| region["enum"].is_array()) {
        for region in regions.values() {
            texts(&region["enum"], &mut values);
        }
        return Some(json!({ "enum": values }));
    }
    // "Where the engine is X, the class is one of these": each case with what any region allows.
    let mut cases = BTreeMap::new();
    for case in regions
        .values()
        .filter_map(|region| region["allOf"].as_array())
        .flatten()
    {
        let condition = &case["if"];
        let (_, by_property) = cases
            .entry(condition.to_string())
            .or_insert_with(|| (condition, BTreeMap::new()));
        for (name, property) in case["then"]["properties"].as_object()? {
            texts(&property["enum"], by_property.entry(name).or_default());
        }
    }
    let cases = cases.into_values().map(|(condition, by_property)| {
        let properties: Map<String, Value> = by_property
            .into_iter()
            .map(|(name, values): (&String, BTreeSet<&str>)| {
                (name.clone(), json!({ "enum": values }))
            })
            .collect();
        json!({ "if": condition, "then": { "properties": properties } })
    });
    Some(json!({ "allOf": cases.collect::<Vec<_>>() }))
}

fn texts<'a>(list: &'a Value, into: &mut BTreeSet<&'a str>) {
    into.extend(
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str),
    );
}

/// References within a document, and to others, as references within the resource's schema.
fn rename(schema: &mut Value, name: &str) {
    visit(schema, &mut |members| {
        if let Some(Value::String(target)) = members.get_mut("$ref") {
            let (document, path) = target.split_once('#').unwrap_or((target, ""));
            let document = if document.is_empty() { name } else { document };
            *target = format!("#/documents/{document}{path}");
        }
    });
}

/// References to one document as references to another.
fn retarget(schema: &mut Value, from: &str, to: &str) {
    visit(schema, &mut |members| {
        if let Some(Value::String(target)) = members.get_mut("$ref") {
            *target = target.replace(&format!("/{from}"), &format!("/{to}"));
        }
    });
}

/// RDS takes the names of engines in any case.
fn engines_in_any_case(schema: &mut Value) {
    visit(schema, &mut |members| {
        if let Some(Value::Object(engine)) = members.get_mut("Engine") {
            let values = match (engine.remove("enum"), engine.remove("const")) {
                (Some(values), _) => values,
                (None, Some(only)) => json!([only]),
                (None, None) => return,
            };
            engine.insert("enumCaseInsensitive".to_owned(), values);
        }
    });
}

/// Calls a function with every object in a value.
fn visit(value: &mut Value, call: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            call(members);
            members.values_mut().for_each(|value| visit(value, call));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, call)),
        _ => {}
    }
}

/// Whether the rules of `vsc-spec` can express every keyword of the schema.
fn is_expressible(schema: &Value) -> bool {
    let Value::Object(members) = schema else {
        return true;
    };
    members.iter().all(|(keyword, value)| {
        KEYWORDS.contains(&keyword.as_str())
            && match keyword.as_str() {
                "properties" | "patternProperties" | "definitions" => value
                    .as_object()
                    .is_none_or(|members| members.values().all(is_expressible)),
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => value
                    .as_array()
                    .is_none_or(|schemas| schemas.iter().all(is_expressible)),
                "items" | "additionalProperties" | "not" | "if" | "then" | "else" => {
                    is_expressible(value)
                }
                _ => true,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_may_use_what_any_region_offers() {
        let lists = json!({
            "eu-west-1": { "enum": ["t3.large", "t2.large"] },
            "us-east-1": { "enum": ["t3.large", "m5.large"] },
        });
        assert_eq!(
            all_regions(&lists),
            Some(json!({ "enum": ["m5.large", "t2.large", "t3.large"] }))
        );
        let case = |class: &str| {
            let then = json!({ "properties": { "Class": { "enum": [class] } } });
            json!({ "allOf": [{ "if": { "required": ["Engine"] }, "then": then }] })
        };
        let cases = json!({ "eu-west-1": case("a"), "us-east-1": case("b") });
        let then = json!({ "properties": { "Class": { "enum": ["a", "b"] } } });
        assert_eq!(
            all_regions(&cases),
            Some(json!({ "allOf": [{ "if": { "required": ["Engine"] }, "then": then }] }))
        );
    }

    #[test]
    fn engines_are_accepted_in_any_case_wherever_they_are() {
        let mut schema = json!({
            "if": { "properties": { "Engine": { "const": "mysql" } } },
            "then": { "properties": { "Engine": { "type": "string" }, "Other": { "enum": ["a"] } } },
            "else": { "properties": { "Engine": { "enum": ["aurora"], "type": "string" } } },
        });
        engines_in_any_case(&mut schema);
        assert_eq!(
            schema,
            json!({
                "if": { "properties": { "Engine": { "enumCaseInsensitive": ["mysql"] } } },
                "then": { "properties": { "Engine": { "type": "string" }, "Other": { "enum": ["a"] } } },
                "else": { "properties": {
                    "Engine": { "type": "string", "enumCaseInsensitive": ["aurora"] },
                } },
            })
        );
    }

    #[test]
    fn a_keyword_without_a_rule_makes_a_document_inexpressible() {
        let within = |schema: Value| json!({ "allOf": [{ "properties": { "If": schema } }] });
        assert!(is_expressible(&within(json!({ "maxItems": 1 }))));
        assert!(is_expressible(
            &json!({ "properties": { "anything": true } })
        ));
        for schema in [
            within(json!({ "contains": {} })),
            json!({ "not": within(json!({ "dynamicValidation": {} })) }),
            json!({ "definitions": { "a": { "propertyNames": {} } } }),
        ] {
            assert!(!is_expressible(&schema), "{schema}");
        }
    }

    #[test]
    fn references_lead_to_documents_of_the_type() {
        let mut schema =
            json!({ "items": { "$ref": "#/definitions/A" }, "$ref": "policy#/definitions/B" });
        rename(&mut schema, "own");
        assert_eq!(
            schema,
            json!({
                "items": { "$ref": "#/documents/own/definitions/A" },
                "$ref": "#/documents/policy/definitions/B",
            })
        );
    }

    #[test]
    fn a_schema_is_applied_at_its_path() {
        let schema = json!({ "type": "object" });
        assert_eq!(at(&[], schema.clone()), schema);
        assert_eq!(
            at(&["Policies", "*", "Document"], schema.clone()),
            json!({ "properties": { "Policies": { "items": { "properties": { "Document": schema } } } } })
        );
    }
}
