//! What `Ref` and `Fn::GetAtt` give for each resource type.

use serde_json::{Map, Value};
use vsc_spec::resource::{AttributeType, Form, Types, intersects};

use super::dump::Dump;

/// Types whose `Ref` is a name or an ID although the primary identifier does not say so: AWS
/// CloudFormation Template Reference, "Return values" of each type, as the AWS CDK records it
/// (`cfnRefIdentifier` in the npm package `@aws-cdk/aws-service-spec` 0.1.216).
const NAMED: &[&str] = &[
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::Deployment",
    "AWS::ApiGateway::DocumentationPart",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::Resource",
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Stage",
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Deployment",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::IntegrationResponse",
    "AWS::ApiGatewayV2::Model",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::RouteResponse",
    "AWS::ApiGatewayV2::Stage",
    "AWS::AppConfig::ConfigurationProfile",
    "AWS::AppConfig::Environment",
    "AWS::AppConfig::HostedConfigurationVersion",
    "AWS::CloudFront::CloudFrontOriginAccessIdentity",
    "AWS::CloudFront::Distribution",
    "AWS::CodeBuild::Project",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::CodePipeline::Webhook",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Cognito::UserPoolIdentityProvider",
    "AWS::Cognito::UserPoolUser",
    "AWS::DAX::Cluster",
    "AWS::DAX::SubnetGroup",
    "AWS::EC2::EIP",
    "AWS::Elasticsearch::Domain",
    "AWS::Events::Rule",
    "AWS::Glue::DevEndpoint",
    "AWS::IoT::Policy",
    "AWS::Logs::LogStream",
    "AWS::Logs::SubscriptionFilter",
    "AWS::Route53::HostedZone",
    "AWS::Route53::RecordSet",
    "AWS::SSM::MaintenanceWindowTarget",
    "AWS::SSM::MaintenanceWindowTask",
];

/// Types whose `Ref` is an ARN although the primary identifier does not say so, from the same
/// sources.
const ARNS: &[&str] = &[
    "AWS::AppMesh::GatewayRoute",
    "AWS::AppMesh::Mesh",
    "AWS::AppMesh::Route",
    "AWS::AppMesh::VirtualGateway",
    "AWS::AppMesh::VirtualNode",
    "AWS::AppMesh::VirtualRouter",
    "AWS::AppMesh::VirtualService",
    "AWS::AppSync::ApiKey",
    "AWS::Batch::JobDefinition",
    "AWS::CertificateManager::Certificate",
    "AWS::CloudFormation::Stack",
    "AWS::CodeBuild::ReportGroup",
    "AWS::DMS::Endpoint",
    "AWS::DMS::ReplicationInstance",
    "AWS::DMS::ReplicationTask",
    "AWS::ECS::Service",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::SecretsManager::Secret",
    "AWS::SecretsManager::SecretTargetAttachment",
];

/// Types whose `Ref` is of no form that the primary identifier would say.
const OTHERWISE: &[(&str, Form)] = &[
    ("AWS::CloudFormation::WaitConditionHandle", Form::Url),
    ("AWS::CloudFormation::CustomResource", Form::Unknown),
    ("AWS::CloudFormation::Macro", Form::Name),
    ("AWS::ElastiCache::User", Form::Name),
];

/// What `Ref` gives: the primary identifier, joined to one string where it has several parts.
pub(super) fn reference(name: &str, schema: &Value) -> AttributeType {
    let mut reference = match schema["primaryIdentifier"].as_array().map(Vec::as_slice) {
        Some([only]) => only
            .as_str()
            .and_then(|pointer| {
                resolve(schema, pointer).map(|property| typed(name, schema, pointer, property))
            })
            .unwrap_or_default(),
        _ => AttributeType {
            types: Types::STRING,
            ..AttributeType::default()
        },
    };
    reference.form = match reference.form {
        _ if NAMED.contains(&name) => Form::Name,
        _ if ARNS.contains(&name) => Form::OwnArn,
        Form::Arn => Form::OwnArn,
        form => {
            let known = OTHERWISE.iter().find(|(known, _)| *known == name);
            known.map_or(form, |(_, form)| *form)
        }
    };
    // The format is that of the identifier, which the table above puts right.
    if NAMED.contains(&name) {
        reference.formats.retain(|format| !format.ends_with(".Arn"));
    }
    reference
}

/// Endings of the names of attributes that are never an ARN or a URL.
const PLAIN: &[&str] = &[
    "Name",
    "Ip",
    "IpAddress",
    "Address",
    "Addresses",
    "Port",
    "Zone",
    "Status",
    "State",
    "Version",
    "Type",
    "Domain",
    "RepositoryUri",
    "CidrBlock",
];

/// The form of what a property holds, by its pattern and its name.
fn form(name: &str, schema: &Value, pointer: &str, property: &Value) -> Form {
    let attribute = pointer.rsplit('/').next().unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|ending| attribute.ends_with(ending));
    let short = name.rsplit("::").next().unwrap_or_default();
    let may_be = |form: Form| {
        property["pattern"]
            .as_str()
            .is_none_or(|pattern| intersects(pattern, &format!("^(?:{})$", form.language(name))))
    };
    if ends(&["Arn", "ARN", "Arns", "ARNs"]) || (!may_be(Form::Name) && may_be(Form::Arn)) {
        let own = attribute.eq_ignore_ascii_case("Arn")
            || attribute.eq_ignore_ascii_case(&format!("{short}Arn"));
        return if own { Form::OwnArn } else { Form::Arn };
    }
    if ends(&["Url", "URL"]) {
        return Form::Url;
    }
    let has_arn = ["Arn", &format!("{short}Arn"), &format!("{short}ARN")]
        .iter()
        .any(|arn| !schema["properties"][*arn].is_null());
    let is_id = ends(&["Id", "ID", "Identifier", "Ids"])
        && (has_arn || !may_be(Form::Arn) || name.starts_with("AWS::EC2::"));
    if ends(PLAIN) || is_id {
        return Form::Name;
    }
    Form::Unknown
}

fn typed(name: &str, schema: &Value, pointer: &str, property: &Value) -> AttributeType {
    let property = follow(schema, property);
    let form = form(name, schema, pointer, property);
    let mut typed = kind(schema, property);
    // Versions and aliases stand wherever their function does: AWS Lambda Developer Guide,
    // "Using versions and aliases in an ARN".
    let is_function = ["AWS::Lambda::Alias", "AWS::Lambda::Version"].contains(&name);
    if is_function && matches!(form, Form::Arn | Form::OwnArn) && typed.formats.is_empty() {
        typed.formats.push("AWS::Lambda::Function.Arn".to_owned());
    }
    AttributeType { form, ..typed }
}

/// What `Fn::GetAtt` gives, by attribute.
pub(super) fn all(dump: &Dump, name: &str, schema: &Value) -> Vec<(String, AttributeType)> {
    let mut attributes = Vec::new();
    if dump.every_property.iter().any(|known| known == name) {
        for (property, inner) in schema["properties"].as_object().into_iter().flatten() {
            collect((name, schema), inner, property, &mut attributes);
        }
        return attributes;
    }
    let more = dump
        .more_properties
        .iter()
        .filter(|(known, _)| known == name)
        .flat_map(|(_, names)| names);
    let more = more.map(|property| format!("/properties/{property}"));
    let read_only = schema["readOnlyProperties"]
        .as_array()
        .into_iter()
        .flatten();
    for pointer in more.chain(read_only.filter_map(Value::as_str).map(str::to_owned)) {
        if let Some(property) = resolve(schema, &pointer) {
            let attribute = pointer.trim_start_matches("/properties/").replace('/', ".");
            attributes.push((attribute, typed(name, schema, &pointer, property)));
        }
    }
    attributes
}

/// The leaves below a property. `Fn::GetAtt` does not reach into lists of objects.
fn collect(
    (name, schema): (&str, &Value),
    inner: &Value,
    path: &str,
    into: &mut Vec<(String, AttributeType)>,
) {
    let inner = follow(schema, inner);
    let properties = inner["properties"].as_object();
    if inner["type"] == "object" && path.matches('.').count() < 8 {
        for (property, inner) in properties.into_iter().flat_map(Map::iter) {
            collect((name, schema), inner, &format!("{path}.{property}"), into);
        }
        return;
    }
    let items = follow(schema, &inner["items"]);
    if inner["type"] == "array" && (items["type"] == "object" || items["type"] == "array") {
        return;
    }
    let pointer = path.replace('.', "/");
    into.push((path.to_owned(), typed(name, schema, &pointer, inner)));
}

fn follow<'a>(schema: &'a Value, inner: &'a Value) -> &'a Value {
    match inner["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix("#/definitions/"))
    {
        Some(name) => &schema["definitions"][name],
        None => inner,
    }
}

fn resolve<'a>(schema: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut inner = schema;
    for step in pointer.trim_start_matches("/properties/").split('/') {
        inner = match step {
            "*" => &inner["items"],
            "properties" => continue,
            step => &inner["properties"][step],
        };
        inner = follow(schema, inner);
        if inner.is_null() {
            return None;
        }
    }
    Some(inner)
}

fn kind(schema: &Value, property: &Value) -> AttributeType {
    let property = follow(schema, property);
    let types = |value: &Value| match value {
        Value::Array(all) => all
            .iter()
            .filter_map(|value| value.as_str().and_then(Types::named))
            .fold(Types::default(), Types::with),
        value => value.as_str().and_then(Types::named).unwrap_or_default(),
    };
    let alternatives = property["anyOf"].as_array().into_iter().flatten();
    let formats = std::iter::once(property)
        .chain(alternatives)
        .chain(std::iter::once(follow(schema, &property["items"])))
        .filter_map(|schema| schema["format"].as_str())
        .filter(|format| format.starts_with("AWS::"))
        .map(str::to_owned)
        .collect();
    AttributeType {
        types: types(&property["type"]),
        item_types: types(&follow(schema, &property["items"])["type"]),
        formats,
        form: Form::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn attributes_are_those_that_aws_sets_and_those_of_the_dump() {
        let schema = json!({
            "properties": {
                "Name": { "type": "string" },
                "Arn": { "type": "string" },
                "Endpoint": { "$ref": "#/definitions/Endpoint" },
                "Rules": { "type": "array", "items": { "type": "object" } },
            },
            "definitions": {
                "Endpoint": { "type": "object", "properties": { "Port": { "type": "integer" } } },
            },
            "readOnlyProperties": ["/properties/Arn", "/properties/Endpoint/Port", "/properties/Gone"],
        });
        let names = |dump: &Dump| -> Vec<String> {
            let attributes = all(dump, "AWS::A::B", &schema).into_iter();
            attributes.map(|(name, _)| name).collect()
        };
        let mut dump = Dump {
            rules: Vec::new(),
            every_property: Vec::new(),
            more_properties: Vec::new(),
        };
        assert_eq!(names(&dump), ["Arn", "Endpoint.Port"]);
        dump.more_properties = vec![
            ("AWS::A::C".to_owned(), vec!["Arn".to_owned()]),
            ("AWS::A::B".to_owned(), vec!["Name".to_owned()]),
        ];
        assert_eq!(names(&dump), ["Name", "Arn", "Endpoint.Port"]);
        dump.more_properties.clear();
        dump.every_property = vec!["AWS::A::B".to_owned()];
        // A list of objects is nothing that `Fn::GetAtt` gives.
        assert_eq!(names(&dump), ["Name", "Arn", "Endpoint.Port"]);
    }
}
