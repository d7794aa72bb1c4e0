//! Registered types, modules, and literals in all their forms.

use vsc::Json;
use vsc::prelude::*;

macro_rules! topic {
    ($stack:ident, $id:ident, $name:literal, $label:expr) => {
        resource!(&mut $stack, $id: AWS::SNS::Topic { TopicName: $name, DisplayName: $label })
    };
}

fn main() {
    let mut stack = Stack::new("registered");
    let cluster = resource!(&mut stack, Cluster: AWSQS::EKS::Cluster {
        RoleArn: "arn:aws:iam::123456789012:role/x",
    });
    resource!(&mut stack, Helm: AWSQS::Kubernetes::Helm {
        ClusterID: &cluster,
        Chart: "x",
        Values: [1, { a: true }],
    } with { DependsOn: [&cluster], DeletionPolicy: "Retain" });
    let module = resource!(&mut stack, Mod: Acme::S3::Bucket::MODULE { X: 1 });
    stack.output("Issuer", cluster.attribute::<String>("OIDCIssuerURL"));
    stack.output("Module", module.attribute::<String>("Bucket.Arn"));
    resource!(&mut stack, Jobs: AWS::SQS::Queue {
        QueueName: ("jobs"),
        VisibilityTimeout: 300u32,
        DelaySeconds: (0x1F),
        ReceiveMessageWaitTimeSeconds: 2e1,
        Tags: (vec!["a", "b"]).into_iter().map(tag).collect::<Vec<Json>>(),
    });
    let label = String::from("Label");
    topic!(stack, One, "one", "One");
    topic!(stack, Two, "two", { label.clone() });
    resource!(&mut stack, ("Three"): AWS::SNS::Topic { TopicName: concat!("three", '-', 3) });
    let template = stack.finish().expect("nothing is wrong with it").to_json_string();
    assert!(template.contains("\"three-3\"") && template.contains("\"VisibilityTimeout\": 300"));
}

fn tag(key: &str) -> Json {
    Json::object([("Key", Json::from(key.to_owned())), ("Value", Json::from("x"))])
}
