//! The attributes of resources that have a form of their own: creation and update policies, metadata.
//!
//! They are packed like resource types, under names that no type can have.

use std::path::Path;

use serde_json::{Value, json};
use vsc_spec::resource::{AttributeType, ResourceType};

use super::convert::Converter;
use super::schemas::read;

/// The names of what [`all`] gives.
pub(super) const NAMES: [&str; 3] = ["#CreationPolicy", "#Metadata", "#UpdatePolicy"];

/// `#CreationPolicy` and `#UpdatePolicy`: objects with a member for each resource type that has
/// the option; `#Metadata`, which is that of any type.
pub(super) fn all(converter: &mut Converter, schemas: &Path) -> Result<Vec<ResourceType>, String> {
    let metadata = metadata(&read(&schemas.join("other/resources/cfn_init.json"))?);
    let update = update_policies(&read(&schemas.join("other/resources/update_policy.json"))?);
    let schemas = [creation_policies(), metadata, update];
    NAMES
        .into_iter()
        .zip(schemas)
        .map(|(name, schema)| {
            converter.start(&schema);
            Ok(ResourceType {
                name: name.to_owned(),
                properties: converter.schema(&schema)?,
                constraints: Vec::new(),
                definitions: converter.definitions()?,
                reference: AttributeType::default(),
                attributes: Vec::new(),
                read_only: Vec::new(),
                create_only: Vec::new(),
                conditional_create_only: Vec::new(),
                write_only: Vec::new(),
                deprecated: Vec::new(),
                identifier: Vec::new(),
                shut_down: None,
            })
        })
        .collect()
}

/// What `cfn-init` reads; anything else may be beside it.
fn metadata(init: &Value) -> Value {
    json!({
        "type": "object",
        "properties": { "AWS::CloudFormation::Init": init },
        "definitions": init["definitions"],
    })
}

/// AWS CloudFormation User Guide, "`CreationPolicy` attribute".
fn creation_policies() -> Value {
    let signal = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "Count": { "type": "integer", "minimum": 1 },
            "Timeout": { "type": "string", "pattern": "^P(?!$)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$" },
        },
    });
    let signalled = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": { "ResourceSignal": signal },
        "required": ["ResourceSignal"],
    });
    let group = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "AutoScalingCreationPolicy": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "MinSuccessfulInstancesPercent": { "type": "integer", "minimum": 0, "maximum": 100 },
                },
            },
            "ResourceSignal": signal,
        },
    });
    let fleet = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "StartFleet": { "type": "boolean" },
        },
    });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "AWS::AppStream::Fleet": fleet,
            "AWS::AutoScaling::AutoScalingGroup": group,
            "AWS::CloudFormation::WaitCondition": signalled,
            "AWS::EC2::Instance": signalled,
        },
    })
}

/// cfn-lint says "if the type is X, then its update policy is Y" in a list.
fn update_policies(source: &Value) -> Value {
    let mut properties = serde_json::Map::new();
    for case in source["allOf"].as_array().into_iter().flatten() {
        let condition = &case["if"]["properties"]["Type"];
        let policy = &case["then"]["properties"]["UpdatePolicy"];
        let types = condition["enum"].as_array().cloned();
        for name in types.unwrap_or_else(|| vec![condition["const"].clone()]) {
            if let (Some(name), false) = (name.as_str(), policy.is_null()) {
                properties.insert(name.to_owned(), policy.clone());
            }
        }
    }
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "definitions": source["definitions"],
    })
}
