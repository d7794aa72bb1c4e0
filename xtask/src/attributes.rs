//! What `Ref` and `Fn::GetAtt` give for each resource type.

use serde_json::{Map, Value};
use vsc_spec::resource::{AttributeType, Types};

/// Types of which every property can be asked for, not just those that AWS sets: found by asking,
/// as cfn-lint records it (`cfnlint/schema/_getatts.py`).
const EVERY_PROPERTY: &[&str] = &[
    "AWS::Amplify::Branch",
    "AWS::Amplify::Domain",
    "AWS::AppSync::DomainName",
    "AWS::AppSync::FunctionConfiguration",
    "AWS::AppSync::Resolver",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::Backup::BackupSelection",
    "AWS::Backup::BackupVault",
    "AWS::Backup::LogicallyAirGappedBackupVault",
    "AWS::CodeArtifact::Domain",
    "AWS::CodeArtifact::Repository",
    "AWS::EC2::CapacityReservation",
    "AWS::EC2::Instance",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::Subnet",
    "AWS::EC2::VPC",
    "AWS::EFS::MountTarget",
    "AWS::EKS::Nodegroup",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::Events::EventBus",
    "AWS::EventSchemas::Discoverer",
    "AWS::EventSchemas::Registry",
    "AWS::EventSchemas::Schema",
    "AWS::GameLift::GameSessionQueue",
    "AWS::GameLift::MatchmakingConfiguration",
    "AWS::GameLift::MatchmakingRuleSet",
    "AWS::Grafana::Workspace",
    "AWS::Greengrass::ConnectorDefinition",
    "AWS::Greengrass::CoreDefinition",
    "AWS::Greengrass::DeviceDefinition",
    "AWS::Greengrass::FunctionDefinition",
    "AWS::Greengrass::Group",
    "AWS::Greengrass::LoggerDefinition",
    "AWS::Greengrass::ResourceDefinition",
    "AWS::Greengrass::SubscriptionDefinition",
    "AWS::ImageBuilder::Component",
    "AWS::ImageBuilder::ContainerRecipe",
    "AWS::ImageBuilder::DistributionConfiguration",
    "AWS::ImageBuilder::ImagePipeline",
    "AWS::ImageBuilder::ImageRecipe",
    "AWS::ImageBuilder::InfrastructureConfiguration",
    "AWS::ManagedBlockchain::Node",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBParameterGroup",
    "AWS::RedshiftServerless::Workgroup",
    "AWS::RoboMaker::RobotApplication",
    "AWS::RoboMaker::SimulationApplication",
    "AWS::Route53Resolver::ResolverRule",
    "AWS::Route53Resolver::ResolverRuleAssociation",
    "AWS::S3::AccessPoint",
    "AWS::SageMaker::DataQualityJobDefinition",
    "AWS::SageMaker::ModelBiasJobDefinition",
    "AWS::SageMaker::ModelExplainabilityJobDefinition",
    "AWS::SageMaker::ModelQualityJobDefinition",
    "AWS::SageMaker::MonitoringSchedule",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SSM::Parameter",
    "AWS::StepFunctions::Activity",
];

/// Properties that can be asked for although AWS does not set them, from the same source.
const MORE: &[(&str, &[&str])] = &[
    (
        "AWS::AppMesh::GatewayRoute",
        &[
            "GatewayRouteName",
            "MeshName",
            "MeshOwner",
            "VirtualGatewayName",
        ],
    ),
    ("AWS::AppMesh::Mesh", &["MeshName"]),
    (
        "AWS::AppMesh::Route",
        &["MeshName", "MeshOwner", "RouteName", "VirtualRouterName"],
    ),
    (
        "AWS::AppMesh::VirtualGateway",
        &["MeshName", "MeshOwner", "VirtualGatewayName"],
    ),
    (
        "AWS::AppMesh::VirtualNode",
        &["MeshName", "MeshOwner", "VirtualNodeName"],
    ),
    (
        "AWS::AppMesh::VirtualRouter",
        &["MeshName", "MeshOwner", "VirtualRouterName"],
    ),
    (
        "AWS::AppMesh::VirtualService",
        &["MeshName", "MeshOwner", "VirtualServiceName"],
    ),
    ("AWS::AppSync::DataSource", &["Name"]),
    ("AWS::Cloud9::EnvironmentEC2", &["Name"]),
    ("AWS::CloudWatch::InsightRule", &["RuleName"]),
    ("AWS::DocDB::DBCluster", &["Port"]),
    ("AWS::IoT1Click::Device", &["Enabled"]),
    (
        "AWS::IoT1Click::Placement",
        &["PlacementName", "ProjectName"],
    ),
    ("AWS::IoT1Click::Project", &["ProjectName"]),
    (
        "AWS::Kinesis::StreamConsumer",
        &["ConsumerName", "StreamARN"],
    ),
    ("AWS::ManagedBlockchain::Member", &["NetworkId"]),
    ("AWS::MediaConvert::JobTemplate", &["Name"]),
    ("AWS::MediaConvert::Preset", &["Name"]),
    ("AWS::MediaConvert::Queue", &["Name"]),
    ("AWS::MediaLive::Input", &["Destinations", "Sources"]),
    ("AWS::OpsWorks::Instance", &["AvailabilityZone"]),
    ("AWS::OpsWorks::UserProfile", &["SshUsername"]),
    (
        "AWS::Route53Resolver::ResolverEndpoint",
        &["Direction", "Name"],
    ),
    ("AWS::SageMaker::CodeRepository", &["CodeRepositoryName"]),
    ("AWS::SageMaker::Endpoint", &["EndpointName"]),
    ("AWS::SageMaker::EndpointConfig", &["EndpointConfigName"]),
    ("AWS::SageMaker::Model", &["ModelName"]),
    (
        "AWS::SageMaker::NotebookInstance",
        &["NotebookInstanceName"],
    ),
    (
        "AWS::SageMaker::NotebookInstanceLifecycleConfig",
        &["NotebookInstanceLifecycleConfigName"],
    ),
    ("AWS::SageMaker::Workteam", &["WorkteamName"]),
    ("AWS::ServiceDiscovery::Service", &["Name"]),
    ("AWS::Transfer::User", &["ServerId", "UserName"]),
];

/// What `Ref` gives: the primary identifier, joined to one string where it has several parts.
pub(crate) fn reference(schema: &Value) -> AttributeType {
    match schema["primaryIdentifier"].as_array().map(Vec::as_slice) {
        Some([only]) => only
            .as_str()
            .and_then(|pointer| resolve(schema, pointer))
            .map(|property| kind(schema, property))
            .unwrap_or_default(),
        _ => AttributeType {
            types: Types::STRING,
            ..AttributeType::default()
        },
    }
}

/// What `Fn::GetAtt` gives, by attribute.
pub(crate) fn all(name: &str, schema: &Value) -> Vec<(String, AttributeType)> {
    let mut attributes = Vec::new();
    if EVERY_PROPERTY.contains(&name) {
        for (property, inner) in schema["properties"].as_object().into_iter().flatten() {
            collect(schema, inner, property, &mut attributes);
        }
        return attributes;
    }
    let more = MORE
        .iter()
        .filter(|(known, _)| *known == name)
        .flat_map(|(_, names)| *names);
    let more = more.map(|property| format!("/properties/{property}"));
    let read_only = schema["readOnlyProperties"]
        .as_array()
        .into_iter()
        .flatten();
    for pointer in more.chain(read_only.filter_map(Value::as_str).map(str::to_owned)) {
        if let Some(property) = resolve(schema, &pointer) {
            let attribute = pointer.trim_start_matches("/properties/").replace('/', ".");
            attributes.push((attribute, kind(schema, property)));
        }
    }
    attributes
}

/// The leaves below a property. `Fn::GetAtt` does not reach into lists of objects.
fn collect(schema: &Value, inner: &Value, path: &str, into: &mut Vec<(String, AttributeType)>) {
    let inner = follow(schema, inner);
    let properties = inner["properties"].as_object();
    if inner["type"] == "object" && path.matches('.').count() < 8 {
        for (property, inner) in properties.into_iter().flat_map(Map::iter) {
            collect(schema, inner, &format!("{path}.{property}"), into);
        }
        return;
    }
    let items = follow(schema, &inner["items"]);
    if inner["type"] == "array" && (items["type"] == "object" || items["type"] == "array") {
        return;
    }
    into.push((path.to_owned(), kind(schema, inner)));
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
    }
}
