//! Resources: registered types, serverless types, many unknown types.

use super::template;
use super::tests::reported;
use crate::template::Source;

#[test]
fn registered_types_and_modules_are_accepted() {
    let text = "
Resources:
  Cluster: {Type: AWSQS::EKS::Cluster, Properties: {RoleArn: arn}}
  Helm: {Type: AWSQS::Kubernetes::Helm, DependsOn: Cluster, Properties: {ClusterID: !Ref Cluster}}
  Monitor: {Type: Datadog::Monitors::Monitor, Properties: {Type: query alert}}
  Mod: {Type: Acme::S3::Bucket::MODULE, Properties: {X: 1}}
Outputs:
  A: {Value: !GetAtt Cluster.OIDCIssuerURL}
  B: {Value: !Ref Mod.Bucket}
  C: {Value: !GetAtt Mod.Bucket.Arn}
  D: {Value: !Ref ModBucket}
";
    assert_eq!(reported(text), [""; 0]);
}

#[test]
fn a_registered_type_is_still_checked_as_a_resource() {
    let text = "
Resources:
  A: {Type: Acme::Thing::Any, DependsOn: B, Properties: {X: {'Fn::Sbu': x}}, Property: x}
  C: {Type: AWSS::S3::Bucket}
  D: {Type: Acme::Thing}
  E: {Type: 'aws::s3::bucket'}
";
    assert_eq!(
        reported(text),
        [
            "reference Resources.A.DependsOn: there is no resource `B`",
            "property Resources.A.Properties.X.Fn::Sbu: there is no intrinsic function `Fn::Sbu`",
            "resource Resources.A.Property: there is no resource attribute `Property`",
            "mistaken-type Resources.C.Type: `AWSS::S3::Bucket` is not a type of AWS",
            "resource-type Resources.D.Type: there is no resource type `Acme::Thing`",
            "resource-type Resources.E.Type: there is no resource type `aws::s3::bucket`",
        ]
    );
}

#[test]
fn generated_resources_of_sam_break_cycles() {
    let function = |properties: &str| {
        format!(
            "
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {{Type: AWS::Serverless::Function, Properties: {{Handler: a.b, Runtime: python3.12, InlineCode: x, {properties}}}}}
  Topic: {{Type: AWS::SNS::Topic, Properties: {{DisplayName: !Ref Fn}}}}
"
        )
    };
    let generated = [
        "AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, Alarms: [!Ref Topic]}",
        "Events: {E: {Type: SNS, Properties: {Topic: !Ref Topic}}}",
        "EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SNS, Destination: !Ref Topic}}}",
        "Role: 'arn:aws:iam::123456789012:role/x', Policies: [{SNSPublishMessagePolicy: {TopicName: !GetAtt Topic.TopicName}}]",
    ];
    for properties in generated {
        assert_eq!(reported(&function(properties)), [""; 0], "{properties}");
    }
    let real = [
        "Environment: {Variables: {TOPIC: !Ref Topic}}",
        "Policies: [{SNSPublishMessagePolicy: {TopicName: !GetAtt Topic.TopicName}}]",
    ];
    for properties in real {
        assert_eq!(reported(&function(properties)).len(), 1, "{properties}");
    }
}

#[test]
fn functions_of_outputs_are_checked() {
    let text = "
Resources:
  Topic: {Type: AWS::SNS::Topic}
Outputs:
  A: {Value: !Select [2, [a, b]]}
  B: {Value: x, Export: {Name: !Join ['-', x]}}
  C: {Value: !Equals [a, b]}
";
    assert_eq!(
        reported(text),
        [
            "output Outputs.A.Value.Fn::Select[0]: there is no item 2: the list has 2 items",
            "output Outputs.B.Export.Name.Fn::Join[1]: `Fn::Join` expects a list as the second argument, not the string \"x\"",
            "output Outputs.C.Value.Fn::Equals: `Fn::Equals` does not return a value",
        ]
    );
}

#[test]
fn all_unknown_types_are_reported_and_a_hundred_get_help() {
    let resources: String = (0..2_000)
        .map(|index| format!("  R{index}: {{Type: 'AWS::S3::Bukket{index}x'}}\n"))
        .collect();
    let source = Source::read(&format!("Resources:\n{resources}")).expect("it is a template");
    let reported = template(source.json(), source.size());
    let unknown = |reported: &&super::LintDiagnostic| reported.lint == super::lint::RESOURCE_TYPE;
    assert_eq!(reported.iter().filter(unknown).count(), 2_000);
    let helped = reported
        .iter()
        .filter(unknown)
        .filter(|reported| reported.diagnostic.help.is_some());
    assert!((1..=100).contains(&helped.count()));
}

#[test]
fn serverless_events_are_accepted_as_by_sam() {
    let events = [
        "{Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: PreSignUp}}",
        "{Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: [PreSignUp, CustomMessage]}}",
        "{Type: Kinesis, Properties: {Stream: 'arn:aws:kinesis:eu-west-1:123456789012:stream/a', StartingPosition: LATEST, DestinationConfig: {OnFailure: {Type: SQS, Destination: 'arn:aws:sqs:eu-west-1:123456789012:a'}}}}",
        "{Type: MSK, Properties: {Stream: 'arn:aws:kinesis:eu-west-1:123456789012:stream/a', Topics: [orders], SchemaRegistryConfig: {SchemaRegistryURI: 'https://registry.example.com', EventRecordFormat: JSON}}}",
    ];
    for event in events {
        let text = format!(
            "
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {{Type: AWS::Serverless::Function, Properties: {{Handler: a.b, Runtime: python3.12, InlineCode: x, Events: {{E: {event}}}}}}}
  Pool: {{Type: AWS::Cognito::UserPool}}
"
        );
        assert_eq!(reported(&text), [""; 0], "{event}");
        let misspelt = text
            .replace("Trigger:", "Triger:")
            .replace("Topics:", "Topcs:");
        assert_eq!(reported(&misspelt).is_empty(), misspelt == text, "{event}");
    }
}

#[test]
fn connectors_need_only_the_transform() {
    let text = "
Resources:
  Q: {Type: AWS::SQS::Queue}
  Rule:
    Type: AWS::Events::Rule
    Connectors: {ToQ: {Properties: {Destination: {Id: Q}, Permissions: [Write]}}}
    Properties: {EventPattern: {source: [aws.ec2]}, Targets: [{Id: q, Arn: !GetAtt Q.Arn}]}
";
    assert_eq!(reported(text).len(), 1);
    let serverless = format!("Transform: AWS::Serverless-2016-10-31{text}");
    assert_eq!(reported(&serverless), [""; 0]);
}

#[test]
fn values_beyond_a_format_are_accepted_where_the_service_does() {
    let about = |type_name: &str, properties: &str| {
        reported(&format!(
            "Resources: {{X: {{Type: '{type_name}', Properties: {{{properties}}}}}}}"
        ))
    };
    let launch = |image: &str| {
        let properties = format!(
            "LaunchTemplateData: {{ImageId: '{image}', MetadataOptions: {{HttpTokens: required}}}}"
        );
        about("AWS::EC2::LaunchTemplate", &properties)
    };
    for image in [
        "resolve:ssm:/golden/ami",
        "resolve:ssm:/golden/ami:3",
        "resolve:ssm:golden-ami:prod",
        "resolve:ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/golden",
        "ami-0123456789abcdef0",
    ] {
        assert_eq!(launch(image), [""; 0], "{image}");
    }
    for image in ["resolve:ssm:", "resolve:sm:/golden/ami", "/golden/ami"] {
        assert_eq!(launch(image).len(), 1, "{image}");
    }
    let rule = "TopicRulePayload: {Sql: x, Actions: [{CloudwatchLogs: {LogGroupName: 'a/${topic(1)}', RoleArn: 'arn:aws:iam::123456789012:role/x'}}]}";
    assert_eq!(about("AWS::IoT::TopicRule", rule), [""; 0]);
}

#[test]
fn a_loop_needs_its_transform() {
    let text = "
Resources:
  'Fn::ForEach::Topics':
    - Name
    - [A, B]
    - 'Topic${Name}': {Type: AWS::SNS::Topic}
";
    assert_eq!(
        reported(text),
        ["section Resources.Fn::ForEach::Topics: `Fn::ForEach` needs a transform"]
    );
    let extended = format!("Transform: AWS::LanguageExtensions{text}");
    assert_eq!(reported(&extended), [""; 0]);
}

#[test]
fn sam_accepts_literal_conditions() {
    let text = "
Conditions: {IsProd: true}
Resources: {T: {Type: AWS::SNS::Topic, Condition: IsProd}}
";
    assert_eq!(reported(text).len(), 1);
    let serverless = format!("Transform: AWS::Serverless-2016-10-31{text}");
    assert_eq!(reported(&serverless), [""; 0]);
}

#[test]
fn serverless_functions_without_a_handler_are_a_warning() {
    let function = |globals: &str, properties: &str| {
        let text = format!(
            "Transform: AWS::Serverless-2016-10-31\n{globals}\nResources:\n  \
             F: {{Type: AWS::Serverless::Function, Properties: {{InlineCode: x{properties}}}}}\n"
        );
        let source = Source::read(&text).expect("it is a template");
        let found = template(source.json(), source.size()).into_iter();
        let shown = found.map(|one| format!("{}: {}", one.lint.id(), one.diagnostic.message));
        shown.collect::<Vec<_>>()
    };
    assert_eq!(
        function("", ", Runtime: python3.13"),
        ["incomplete-function: `AWS::Serverless::Function` needs `Handler`"]
    );
    assert_eq!(
        function("", ", Handler: a.b"),
        ["incomplete-function: `AWS::Serverless::Function` needs `Runtime`"]
    );
    let globals = "Globals: {Function: {Runtime: python3.13, Handler: a.b}}";
    assert_eq!(function(globals, ""), [""; 0]);
    assert_eq!(function("", ", PackageType: Image"), [""; 0]);
}
