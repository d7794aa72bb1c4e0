//! What the Serverless Application Model takes where the published schemas say otherwise: they name
//! what its properties become, and not what is written.

use serde_json::{Value, json};

/// Puts right what the schema of a serverless type says of its events.
pub(super) fn mend(schema: &mut Value) {
    if schema["typeName"] != "AWS::Serverless::Function" {
        return;
    }
    let definitions = &mut schema["definitions"];
    triggers(&mut definitions["CognitoEventProperties"]["properties"]["Trigger"]);
    for event in ["MSKEventProperties", "SelfManagedKafkaEventProperties"] {
        registry(&mut definitions[event]["properties"]["SchemaRegistryConfig"]);
    }
    // AWS SAM Developer Guide, "OnFailure" of an event source: what the destination is decides what
    // the role may do.
    destination(&mut definitions["AWS::Lambda::EventSourceMapping.OnFailure"]);
    for event in ["KinesisEventProperties", "DynamoDBEventProperties"] {
        let config = &mut definitions[event]["properties"]["DestinationConfig"];
        destination(&mut config["properties"]["OnFailure"]);
    }
}

fn destination(on_failure: &mut Value) {
    if let Some(members) = on_failure["properties"].as_object_mut() {
        members.insert("Type".to_owned(), json!({ "type": "string" }));
    }
}

/// AWS SAM Developer Guide, "Cognito": the name of a trigger, or several of them.
fn triggers(trigger: &mut Value) {
    let names: Vec<&String> = trigger["properties"]
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
        .collect();
    let name = json!({ "type": "string", "enum": names });
    *trigger = json!({
        "type": ["string", "array"],
        "if": { "type": "array" },
        "then": { "items": name },
        "else": name,
    });
}

/// AWS SAM Developer Guide, "MSK" and "SelfManagedKafka": `SchemaRegistryConfig` is that of Lambda's
/// event source mapping, without the object around it.
fn registry(config: &mut Value) {
    let inner = config["properties"]["SchemaRegistryConfig"].clone();
    if let (Some(members), Some(inner)) = (
        config["properties"].as_object_mut(),
        inner["properties"].as_object(),
    ) {
        members.extend(inner.clone());
    }
}
