//! Each relation with its message.

use crate::check::{lint, template};
use crate::template::Source;

/// The errors between the resources, a line each.
fn wrong(resources: &str) -> Vec<String> {
    let text = format!("Resources:\n{resources}");
    let source = Source::read(&text).expect("it is a template");
    let found = template(source.json(), source.size()).into_iter();
    found
        .filter(|found| found.lint == lint::RELATED_RESOURCES)
        .map(|found| {
            let path: crate::template::Path = found.location.path.iter().cloned().collect();
            format!("{path}: {}", found.diagnostic.message).replacen("Resources.", "", 1)
        })
        .collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn subnets_share_no_addresses() {
    let subnets = |a: &str, b: &str, more: &str| {
        wrong(&format!(
            "  V: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  A: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref V, CidrBlock: {a}}}}}
  B: {{Type: AWS::EC2::Subnet, {more} Properties: {{VpcId: !Ref V, CidrBlock: {b}}}}}"
        ))
    };
    assert_eq!(subnets("10.0.0.0/24", "10.0.1.0/24", ""), NOTHING);
    assert_eq!(subnets("10.0.0.0/24", "!Ref Range", ""), NOTHING);
    assert_eq!(
        subnets("10.0.0.0/23", "10.0.1.0/24", ""),
        ["B.Properties.CidrBlock: 10.0.1.0/24 overlaps with 10.0.0.0/23 of `A`"]
    );
    assert_eq!(
        subnets("10.0.0.0/24", "10.1.0.0/24", ""),
        ["B.Properties.CidrBlock: 10.1.0.0/24 is not within the VPC `V`"]
    );
}

#[test]
fn unrelated_subnets_are_accepted() {
    let apart = "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  W: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref W, CidrBlock: 10.0.0.0/24}}";
    assert_eq!(wrong(apart), NOTHING);
    let never_together = "  A: {Type: AWS::EC2::Subnet, Condition: C, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Condition: D, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24}}";
    assert_eq!(wrong(never_together), NOTHING);
    let second_range = "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  More: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref V, CidrBlock: 10.1.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !GetAtt V.VpcId, CidrBlock: 10.1.0.0/24}}";
    assert_eq!(wrong(second_range), NOTHING);
}

#[test]
fn a_subnet_has_one_route_table() {
    let tables = "  A: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref S, RouteTableId: !Ref R}}
  B: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref S, RouteTableId: !Ref T}}
  C: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Z, RouteTableId: !Ref T}}";
    assert_eq!(
        wrong(tables),
        ["B.Properties.SubnetId: this subnet already has a route table by `A`"]
    );
}

fn worker(queue: &str, function: &str, mapping: &str) -> Vec<String> {
    wrong(&format!(
        "  Q: {{Type: AWS::SQS::Queue, Properties: {{{queue}}}}}
  F: {{Type: AWS::Lambda::Function, Properties: {{Role: r, Runtime: python3.13, Handler: a.b, Code: {{ZipFile: x}}, {function}}}}}
  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: !Ref F, EventSourceArn: !GetAtt Q.Arn, {mapping}}}}}"
    ))
}

#[test]
fn a_queue_hides_messages_while_its_function_runs() {
    assert_eq!(worker("VisibilityTimeout: 60", "Timeout: 60", ""), NOTHING);
    assert_eq!(worker("QueueName: q", "MemorySize: 128", ""), NOTHING);
    assert_eq!(
        worker("VisibilityTimeout: !Ref V", "Timeout: 60", ""),
        NOTHING
    );
    let short = "hides a message for 30 s, but `F` may run for 60 s";
    assert_eq!(
        worker("QueueName: q", "Timeout: 60", ""),
        [format!("M.Properties.EventSourceArn: `Q` {short}")]
    );
    assert_eq!(
        worker("VisibilityTimeout: 2", "MemorySize: 128", ""),
        ["M.Properties.EventSourceArn: `Q` hides a message for 2 s, but `F` may run for 3 s"]
    );
}

#[test]
fn batches_fit_the_queue() {
    assert_eq!(
        worker("QueueName: q", "Timeout: 3", "BatchSize: 10"),
        NOTHING
    );
    assert_eq!(
        worker(
            "QueueName: q",
            "Timeout: 3",
            "BatchSize: 100, MaximumBatchingWindowInSeconds: 1"
        ),
        NOTHING
    );
    assert_eq!(
        worker("QueueName: q", "Timeout: 3", "BatchSize: 100"),
        ["M.Properties.BatchSize: `BatchSize: 100` needs a batching window"]
    );
    assert_eq!(
        worker("FifoQueue: true", "Timeout: 3", "BatchSize: 11"),
        ["M.Properties.BatchSize: `BatchSize` cannot be 11"]
    );
}

#[test]
fn dead_letters_go_to_a_queue_of_the_same_kind() {
    let queues = |letters: &str| {
        wrong(&format!(
            "  Q: {{Type: AWS::SQS::Queue, Properties: {{FifoQueue: true, RedrivePolicy: {{deadLetterTargetArn: !GetAtt D.Arn, maxReceiveCount: 3}}}}}}
  D: {{Type: AWS::SQS::Queue, Properties: {{{letters}}}}}"
        ))
    };
    assert_eq!(queues("FifoQueue: true"), NOTHING);
    assert_eq!(
        queues("QueueName: d"),
        [
            "Q.Properties.RedrivePolicy.deadLetterTargetArn: `Q` is a FIFO queue, and `D` is a standard queue"
        ]
    );
}

#[test]
fn services_fit_their_tasks() {
    let service = |task: &str, service: &str| {
        wrong(&format!(
            "  T: {{Type: AWS::ECS::TaskDefinition, Properties: {{{task}, ContainerDefinitions: [{{Name: a, Image: b, Memory: 512, PortMappings: [{{ContainerPort: 80, HostPort: 0}}]}}]}}}}
  G: {{Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {{Port: 80, Protocol: HTTP, VpcId: v, HealthCheckPort: 8080}}}}
  S: {{Type: AWS::ECS::Service, Properties: {{TaskDefinition: !Ref T, {service}}}}}"
        ))
    };
    assert_eq!(service("NetworkMode: bridge", "DesiredCount: 1"), NOTHING);
    assert_eq!(
        service("NetworkMode: awsvpc", "DesiredCount: 1"),
        ["S.Properties: `AWS::ECS::Service` needs `NetworkConfiguration`"]
    );
    assert_eq!(
        service("NetworkMode: bridge", "LaunchType: FARGATE"),
        ["S.Properties.LaunchType: `T` does not run on Fargate"]
    );
    let balanced = "LoadBalancers: [{ContainerName: a, ContainerPort: 80, TargetGroupArn: !Ref G}]";
    assert_eq!(
        service("NetworkMode: bridge", balanced),
        [
            "S.Properties.LoadBalancers[0].TargetGroupArn: `G` checks a port that the container does not have"
        ]
    );
}

#[test]
fn names_are_given_once() {
    let buckets = |a: &str, b: &str| {
        wrong(&format!(
            "  A: {{Type: AWS::S3::Bucket, Properties: {{BucketName: {a}}}}}
  B: {{Type: AWS::S3::Bucket, Properties: {{BucketName: {b}}}}}"
        ))
    };
    assert_eq!(buckets("acme-a", "acme-b"), NOTHING);
    assert_eq!(buckets("acme-a", "!ImportValue x"), NOTHING);
    assert_eq!(
        buckets("acme-a", "acme-a"),
        ["B.Properties.BucketName: `A` has the same name `acme-a`"]
    );
    assert_eq!(
        buckets("!Ref N", "!Ref N"),
        ["B.Properties.BucketName: `A` has the same name"]
    );
    let topics = "  A: {Type: AWS::SNS::Topic, Properties: {DisplayName: x}}
  B: {Type: AWS::SNS::Topic, Properties: {DisplayName: x}}";
    assert_eq!(wrong(topics), NOTHING);
}

#[test]
fn instances_have_an_image() {
    let instance = |data: &str, text: &str| {
        wrong(&format!(
            "  L: {{Type: AWS::EC2::LaunchTemplate, Properties: {{LaunchTemplateData: {{{data}}}}}}}
  I: {{Type: AWS::EC2::Instance, Properties: {{{text}}}}}"
        ))
    };
    let by_template = "LaunchTemplate: {LaunchTemplateId: !Ref L, Version: '1'}";
    assert_eq!(instance("ImageId: ami-12345678", by_template), NOTHING);
    assert_eq!(instance("EbsOptimized: true", "ImageId: !Ref I"), NOTHING);
    let needs = ["I.Properties: `AWS::EC2::Instance` needs `ImageId`"];
    assert_eq!(instance("EbsOptimized: true", by_template), needs);
    assert_eq!(
        instance("EbsOptimized: true", "InstanceType: t3.small"),
        needs
    );
}

#[test]
fn parts_of_an_api_are_of_the_same() {
    let api = |deployment: &str| {
        wrong(&format!(
            "  S: {{Type: AWS::ApiGateway::Stage, Properties: {{RestApiId: !Ref A, DeploymentId: !Ref D, StageName: s}}}}
  D: {{Type: AWS::ApiGateway::Deployment, Properties: {{RestApiId: !Ref {deployment}}}}}"
        ))
    };
    assert_eq!(api("A"), NOTHING);
    assert_eq!(
        api("B"),
        ["S.Properties.DeploymentId: `D` belongs to another API"]
    );
    let method = "  M: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref A, ResourceId: r, HttpMethod: GET, AuthorizationType: CUSTOM, AuthorizerId: !Ref Z}}
  Z: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref A, Name: z, Type: COGNITO_USER_POOLS}}";
    assert_eq!(
        wrong(method),
        ["M.Properties.AuthorizationType: `AuthorizationType` cannot be `CUSTOM`"]
    );
}

#[test]
fn databases_fit_their_cluster() {
    let instance = |text: &str| {
        wrong(&format!(
            "  C: {{Type: AWS::RDS::DBCluster, Properties: {{Engine: aurora-mysql, StorageEncrypted: true}}}}
  I: {{Type: AWS::RDS::DBInstance, Properties: {{DBClusterIdentifier: !Ref C, DBInstanceClass: db.r6g.large, {text}}}}}"
        ))
    };
    assert_eq!(instance("Engine: aurora-mysql"), NOTHING);
    assert_eq!(
        instance("Engine: aurora-postgresql"),
        ["I.Properties.Engine: `Engine` cannot be `aurora-postgresql`"]
    );
    assert_eq!(
        instance("Engine: aurora-mysql, StorageEncrypted: false"),
        ["I.Properties.StorageEncrypted: `StorageEncrypted` cannot be `false`"]
    );
}

#[test]
fn groups_have_room_to_scale() {
    let group = |most: i64| {
        wrong(&format!(
            "  G: {{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {{MinSize: 1, MaxSize: {most}, LaunchConfigurationName: l}}}}
  P: {{Type: AWS::AutoScaling::ScalingPolicy, Properties: {{AutoScalingGroupName: !Ref G, PolicyType: TargetTrackingScaling}}}}"
        ))
    };
    assert_eq!(group(2), NOTHING);
    assert_eq!(
        group(1),
        ["P.Properties.AutoScalingGroupName: `G` has no room to scale"]
    );
}

#[test]
fn a_subscription_names_its_receiver_by_its_arn() {
    let subscription = |protocol: &str, endpoint: &str| {
        wrong(&format!(
            "  T: {{Type: AWS::SNS::Topic}}
  Q: {{Type: AWS::SQS::Queue}}
  S: {{Type: AWS::SNS::Subscription, Properties: {{TopicArn: !Ref T, Protocol: {protocol}, Endpoint: {endpoint}}}}}"
        ))
    };
    assert_eq!(subscription("sqs", "!GetAtt Q.Arn"), NOTHING);
    assert_eq!(subscription("https", "!Ref Q"), NOTHING);
    assert_eq!(
        subscription("sqs", "!Ref Q"),
        [
            "S.Properties.Endpoint: the endpoint of `sqs` is an ARN, but `Ref` returns the URL of the queue"
        ]
    );
}

#[test]
fn resources_without_properties_have_relations_too() {
    let queues = "  D: {Type: AWS::SQS::Queue}
  Q: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, RedrivePolicy: {deadLetterTargetArn: !GetAtt D.Arn, maxReceiveCount: 3}}}";
    assert_eq!(
        wrong(queues),
        [
            "Q.Properties.RedrivePolicy.deadLetterTargetArn: `Q` is a FIFO queue, and `D` is a standard queue"
        ]
    );
}
