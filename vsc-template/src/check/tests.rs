//! Diagnostics of whole templates.

use super::{Severity, lint, template};
use crate::template::{Source, Template};

/// Each diagnostic as `lint path: message`.
pub(super) fn reported(text: &str) -> Vec<String> {
    let source = Source::read(text).expect("it is a template");
    let reported = template(source.json(), source.size());
    reported
        .iter()
        .map(|reported| {
            let path: crate::template::Path = reported.location.path.iter().cloned().collect();
            format!(
                "{} {path}: {}",
                reported.lint.id(),
                reported.diagnostic.message
            )
        })
        .collect()
}

/// The diagnostics of a resource with these properties, in flow style.
fn about(type_name: &str, properties: &str) -> Vec<String> {
    reported(&format!(
        "Resources: {{X: {{Type: '{type_name}', Properties: {{{properties}}}}}}}"
    ))
}

/// The lints that are reported about a resource with these properties.
fn broken(type_name: &str, properties: &str) -> Vec<String> {
    let reported = about(type_name, properties).into_iter();
    reported
        .map(|reported| reported.split(' ').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_valid_template_has_no_diagnostics() {
    let text = "
AWSTemplateFormatVersion: 2010-09-09
Description: A bucket
Parameters:
  Stage: {Type: String, AllowedValues: [test, production], Default: test}
Mappings:
  Days: {test: {Keep: 7}, production: {Keep: 90}}
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Logs:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketName: !If [IsProduction, !Sub '${AWS::StackName}-logs', !Ref AWS::NoValue]
      LifecycleConfiguration:
        Rules: [{Status: Enabled, ExpirationInDays: !FindInMap [Days, !Ref Stage, Keep]}]
Outputs:
  Arn: {Value: !GetAtt Logs.Arn, Export: {Name: !Sub '${AWS::StackName}-logs'}}
";
    assert_eq!(reported(text), [""; 0]);
}

#[test]
fn sections_and_their_members_are_checked() {
    let text = "
AWSTemplateFormatVersion: 2011-01-01
Resorces: {}
Parameters:
  A-B: {Type: Sting}
  Port: {Type: Number, Default: 80, MinValue: 1024}
  Name: {Type: String, Default: ab, AllowedPattern: '[a-z]', Descripton: x}
  Open: {Default: x}
Conditions:
  A: !Ref Port
  B: !And [!Condition A]
Mappings:
  M: {a: b}
Resources:
  A: {Properties: {}}
  B: {Type: AWS::S3::Buckets}
  C: {Type: AWS::S3::Bucket, BucketName: logs, DependsOn: [D]}
  E: {Type: AWS::Serverless::Function}
Outputs:
  O: {Valu: 1}
  P: {Value: [1]}
";
    assert_eq!(
        reported(text),
        [
            "section AWSTemplateFormatVersion: unknown template format version",
            "section Resorces: a template has no section `Resorces`",
            "logical-id Parameters.A-B: `A-B` is not a valid logical ID",
            "parameter Parameters.A-B.Type: unknown parameter type `Sting`",
            "parameter Parameters.Port.Default: the default \"80\" violates `MinValue`",
            "parameter Parameters.Name.Default: the default cannot be \"ab\"",
            "parameter Parameters.Name.Descripton: a parameter has no `Descripton`",
            "parameter Parameters.Open: the parameter `Open` has no `Type`",
            "condition Conditions.A.Ref: `Ref` is not a condition function",
            "condition Conditions.B.Fn::And: `Fn::And` takes a list of two to ten conditions",
            "mapping Mappings.M.a: the mapping `M` has too few levels",
            "resource Resources.A: the resource `A` has no `Type`",
            "resource-type Resources.B.Type: there is no resource type `AWS::S3::Buckets`",
            "resource Resources.C.BucketName: there is no resource attribute `BucketName`",
            "reference Resources.C.DependsOn[0]: there is no resource `D`",
            "resource-type Resources.E.Type: `AWS::Serverless::Function` needs the transform `AWS::Serverless-2016-10-31`",
            "output Outputs.O: the output `O` has no `Value`",
            "output Outputs.O.Valu: an output has no `Valu`",
            "output Outputs.P.Value: the value of an output is a string, not a list",
        ]
    );
}

#[test]
fn references_have_existing_targets() {
    let text = "
Mappings: {M: {a: {b: c}}}
Conditions: {C: !Equals [a, b]}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: Missing
    Properties:
      TopicName: !Sub ['${a}-${Nobody}-${!Literal}', {a: !FindInMap [M, a, x]}]
      DisplayName: !GetAtt Topics.Arn
  Other:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !GetAtt Topic.Name
      TopicName: !If [D, !FindInMap [N, a, b], x]
";
    assert_eq!(
        reported(text),
        [
            "reference Resources.Topic.Condition: there is no condition `Missing`",
            "reference Resources.Topic.Properties.TopicName.Fn::Sub[0]: there is no parameter or resource `Nobody`",
            "mapping Resources.Topic.Properties.TopicName.Fn::Sub[1].a.Fn::FindInMap[2]: the mapping `M` has no key `x`",
            "reference Resources.Topic.Properties.DisplayName.Fn::GetAtt[0]: there is no resource `Topics`",
            "reference Resources.Other.Properties.DisplayName.Fn::GetAtt[1]: `AWS::SNS::Topic` has no attribute `Name`",
            "reference Resources.Other.Properties.TopicName.Fn::If[0]: there is no condition `D`",
            "reference Resources.Other.Properties.TopicName.Fn::If[1].Fn::FindInMap[0]: there is no mapping `N`",
        ]
    );
}

#[test]
fn a_circular_dependency_is_reported_once() {
    let text = "
Resources:
  A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref B}}
  B: {Type: AWS::SNS::Topic, DependsOn: C}
  C: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt A.TopicName}}
";
    assert_eq!(
        reported(text),
        ["reference Resources.A: circular dependency: `A → B → C → A`"]
    );
}

#[test]
fn a_transform_names_macros() {
    let topic = "Resources: {T: {Type: AWS::SNS::Topic}}";
    let reported = |transform: &str| reported(&format!("Transform: {transform}\n{topic}"));
    for valid in [
        "Count",
        "[Count, AWS::Include]",
        "{Name: Count, Parameters: {A: 1}}",
        "[{Name: Count}]",
    ] {
        assert_eq!(reported(valid), [""; 0], "{valid}");
    }
    for invalid in ["7", "true", "[]", "[Count, 7]", "{Nam: Count}", "{Name: 7}"] {
        assert_eq!(
            reported(invalid),
            ["section Transform: `Transform` names no macro"],
            "{invalid}"
        );
    }
}

#[test]
fn macros_may_add_names_but_resources_are_checked() {
    let bucket = "Resources: {B: {Type: AWS::S3::Bucket, Count: 2, Properties: {X: !Ref Y}}}";
    for transform in ["[Count]", "{Name: Count}"] {
        assert_eq!(
            reported(&format!("Transform: {transform}\n{bucket}")),
            [
                "resource Resources.B.Count: there is no resource attribute `Count`",
                "property Resources.B.Properties.X: `AWS::S3::Bucket` has no property `X`",
            ]
        );
    }
    let serverless = "
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.13, Handler: app.handler}}
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {CodeUri: src}}
  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt FRole.Arn}}
";
    assert_eq!(reported(serverless), [""; 0]);
    let repeated = "
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
  - Name
  - [a, b]
  - 'Topic${Name}': {Type: AWS::SNS::Topic, Properties: {TopicNam: !Ref Name}}
";
    assert_eq!(
        reported(repeated),
        [
            "property Resources.Fn::ForEach::Topics[2][\"Topic${Name}\"].Properties.TopicNam: `AWS::SNS::Topic` has no property `TopicNam`"
        ]
    );
    assert_eq!(
        reported(
            "Resources: {M: {Type: 'Org::Team::Thing::MODULE'}, R: {Type: 'Org::Team::Thing'}}"
        ),
        [""; 0]
    );
}

#[test]
fn values_under_exclusive_conditions_do_not_conflict() {
    let reported = |properties: &str, type_name: &str| {
        reported(&format!(
            "Parameters: {{A: {{Type: String}}}}\nConditions: {{C: !Equals [!Ref A, x]}}\nResources: {{X: {{Type: '{type_name}', Properties: {{{properties}}}}}}}"
        ))
    };
    let ingress = "GroupId: sg-0a1b2c3d4e5f67890, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !If [C, 10.0.0.0/8, !Ref AWS::NoValue], SourceSecurityGroupId:";
    let other = "!If [C, !Ref AWS::NoValue, sg-0a1b2c3d4e5f67890]";
    let ingress_type = "AWS::EC2::SecurityGroupIngress";
    assert_eq!(
        reported(&format!("{ingress} {other}"), ingress_type),
        [""; 0]
    );
    let both = "GroupId: sg-0a1b2c3d4e5f67890, IpProtocol: tcp, CidrIp: 10.0.0.0/8, SourceSecurityGroupId: !If [C, sg-0a1b2c3d4e5f67890, sg-0a1b2c3d4e5f67891]";
    assert_eq!(reported(both, ingress_type).len(), 1);
    let database = "DBInstanceClass: db.t4g.micro, Engine: postgres, AllocatedStorage: '20', ManageMasterUserPassword: true, MasterUsername: admins, KmsKeyId: !If [C, !Ref A, !Ref AWS::NoValue], StorageEncrypted: !If [C, true, false]";
    assert_eq!(reported(database, "AWS::RDS::DBInstance"), [""; 0]);
}

#[test]
fn an_unpackaged_local_path_is_a_warning() {
    let role =
        "Role: 'arn:aws:iam::123456789012:role/name', Runtime: python3.13, Handler: app.handler";
    let function = |code: &str| broken("AWS::Lambda::Function", &format!("{role}, Code: {code}"));
    assert_eq!(function("./src"), ["unpackaged-local-path"]);
    assert_eq!(function("[./src]"), ["property"]);
}

#[test]
fn open_ports_are_reported() {
    let group = |rule: &str| {
        broken(
            "AWS::EC2::SecurityGroup",
            &format!("GroupDescription: x, SecurityGroupIngress: [{{{rule}}}]"),
        )
    };
    let open = ["open-port"];
    assert_eq!(
        group("IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0"),
        open
    );
    assert_eq!(
        group("IpProtocol: tcp, FromPort: 443, ToPort: 8443, CidrIpv6: '::/0'"),
        open
    );
    assert_eq!(group("IpProtocol: '-1', CidrIp: 0.0.0.0/0"), open);
    let closed = [""; 0];
    assert_eq!(
        group("IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0"),
        closed
    );
    assert_eq!(
        group("IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8"),
        closed
    );
    assert_eq!(
        group("IpProtocol: icmp, FromPort: -1, ToPort: -1, CidrIp: 0.0.0.0/0"),
        closed
    );
}

#[test]
fn storage_is_encrypted_and_private() {
    let volume = "AvailabilityZone: eu-west-1a, Size: 8";
    assert_eq!(broken("AWS::EC2::Volume", volume), ["unencrypted-storage"]);
    let encrypted = format!("{volume}, Encrypted: true");
    assert_eq!(broken("AWS::EC2::Volume", &encrypted), [""; 0]);
    assert_eq!(
        broken("AWS::EFS::FileSystem", "Encrypted: false"),
        ["unencrypted-storage"]
    );
    let bucket =
        "PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false}";
    assert_eq!(broken("AWS::S3::Bucket", bucket), ["public-bucket"]);
    assert_eq!(
        broken(
            "AWS::S3::Bucket",
            "AccessControl: PublicRead, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}"
        ),
        ["public-bucket"]
    );
    assert_eq!(
        broken(
            "AWS::S3::Bucket",
            "AccessControl: Private, OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}"
        ),
        [""; 0]
    );
    let database = "DBInstanceClass: db.t4g.micro, Engine: postgres, AllocatedStorage: '20', ManageMasterUserPassword: true, MasterUsername: admins, StorageEncrypted: true";
    assert_eq!(broken("AWS::RDS::DBInstance", database), [""; 0]);
    let public = format!("{database}, PubliclyAccessible: true");
    assert_eq!(broken("AWS::RDS::DBInstance", &public), ["public-database"]);
}

#[test]
fn instances_require_version_2() {
    let image = "ImageId: ami-0a1b2c3d4e5f67890, InstanceType: t3.micro";
    let v1 = ["instance-metadata-v1"];
    assert_eq!(broken("AWS::EC2::Instance", image), v1);
    let optional = format!("{image}, MetadataOptions: {{HttpTokens: optional}}");
    assert_eq!(broken("AWS::EC2::Instance", &optional), v1);
    let required = format!("{image}, MetadataOptions: {{HttpTokens: required}}");
    assert_eq!(broken("AWS::EC2::Instance", &required), [""; 0]);
    let asking = "ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}', InstanceType: t3.micro";
    assert_eq!(broken("AWS::EC2::Instance", asking), [""; 0]);
}

#[test]
fn wide_policies_are_reported() {
    let policy = |statement: &str| {
        broken(
            "AWS::IAM::ManagedPolicy",
            &format!("PolicyDocument: {{Version: '2012-10-17', Statement: [{{{statement}}}]}}"),
        )
    };
    assert_eq!(
        policy("Effect: Allow, Action: '*', Resource: '*'"),
        ["wildcard-action"]
    );
    assert_eq!(
        policy("Effect: Allow, Action: ['s3:*'], Resource: '*'"),
        ["all-resources"]
    );
    assert_eq!(
        policy("Effect: Allow, Action: iam:PassRole, Resource: '*'"),
        ["all-resources"]
    );
    let narrowed = "Effect: Allow, Action: iam:PassRole, Resource: '*', Condition: {StringEquals: {iam:PassedToService: ec2.amazonaws.com}}";
    assert_eq!(policy(narrowed), [""; 0]);
    assert_eq!(
        policy("Effect: Allow, Action: ec2:DescribeInstances, Resource: '*'"),
        [""; 0]
    );
    assert_eq!(policy("Effect: Deny, Action: '*', Resource: '*'"), [""; 0]);

    let bucket = |principal: &str| {
        broken(
            "AWS::S3::BucketPolicy",
            &format!(
                "Bucket: logs, PolicyDocument: {{Version: '2012-10-17', Statement: {{Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::logs/*', {principal}}}}}"
            ),
        )
    };
    assert_eq!(bucket("Principal: '*'"), ["public-policy"]);
    assert_eq!(bucket("Principal: {AWS: ['*']}"), ["public-policy"]);
    assert_eq!(
        bucket("Principal: {Service: logging.s3.amazonaws.com}"),
        [""; 0]
    );
    let narrowed = "Principal: '*', Condition: {StringEquals: {aws:SourceVpce: vpce-1}}";
    assert_eq!(bucket(narrowed), [""; 0]);
}

#[test]
fn secrets_are_not_exposed() {
    let text = "
Parameters:
  DbPassword: {Type: String}
  ApiToken: {Type: String, NoEcho: true, Default: abc}
  PasswordLength: {Type: String, Default: '32'}
  SecretArn: {Type: String}
  Hidden: {Type: String, NoEcho: true}
Resources:
  Key:
    Type: AWS::SecretsManager::Secret
    Metadata: {Init: !Sub 'password=${Hidden}'}
    Properties: {SecretString: hunter2}
  Name:
    Type: AWS::SecretsManager::Secret
    Properties: {SecretString: '{{resolve:ssm:/name}}'}
Outputs:
  Login: {Value: !Join ['', ['https://', !Ref Hidden]]}
";
    assert_eq!(
        reported(text),
        [
            "missing-no-echo Parameters.DbPassword: `DbPassword` looks like a secret, but is not hidden",
            "secret-default Parameters.ApiToken.Default: the secret `ApiToken` has a default",
            "exposed-secret Resources.Key.Metadata.Init.Fn::Sub: the secret `Hidden` is readable in metadata",
            "hardcoded-secret Resources.Key.Properties.SecretString: the secret `SecretString` is hardcoded in the template",
            "exposed-secret Outputs.Login.Value.Fn::Join[1][1].Ref: the secret `Hidden` is readable in an output",
        ]
    );
}

#[test]
fn public_functions_are_reported() {
    let function =
        "TargetFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f', AuthType: NONE";
    assert_eq!(broken("AWS::Lambda::Url", function), ["open-function-url"]);
    let caller = "Action: lambda:InvokeFunction, FunctionName: f, Principal: '*'";
    assert_eq!(broken("AWS::Lambda::Permission", caller), ["public-policy"]);
    let narrowed = format!("{caller}, SourceAccount: '123456789012'");
    assert_eq!(broken("AWS::Lambda::Permission", &narrowed), [""; 0]);
}

#[test]
fn warnings_are_not_errors() {
    assert_eq!(lint::OPEN_PORT.severity(), Severity::Warning);
    assert_eq!(lint::PROPERTY.severity(), Severity::Error);
    assert!(Severity::Error > Severity::Warning);
}

#[test]
fn a_built_template_is_checked_like_its_text() {
    let template = Template::default();
    let source = Source::read(&template.to_yaml_string()).expect("it is a template");
    let reported = super::template(source.json(), source.size());
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert_eq!(reported[0].diagnostic.message, "the stack has no resources");
}

#[test]
fn lints_are_suppressed_for_a_resource_or_everywhere() {
    let open = "Properties: {GroupDescription: d, VpcId: vpc-0123456789abcdef0, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]}";
    let group = |metadata: &str| format!("Type: AWS::EC2::SecurityGroup, {metadata} {open}");
    let note = |id: &str| {
        format!(
            "open-port Resources.{id}.Properties.SecurityGroupIngress[0].CidrIp: port 22 is open to the whole internet"
        )
    };
    let entry = "{id: open-port, reason: a lab}";
    let own = group(&format!("Metadata: {{vsc: {{suppress: [{entry}]}}}},"));
    let text = format!("Resources: {{A: {{{own}}}, B: {{{}}}}}", group(""));
    assert_eq!(reported(&text), [note("B")]);
    // A single entry needs no list.
    let own = group(&format!("Metadata: {{vsc: {{suppress: {entry}}}}},"));
    assert_eq!(reported(&format!("Resources: {{A: {{{own}}}}}")), [""; 0]);
    let both = format!(
        "Metadata: {{vsc: {{suppress: [{entry}]}}}}\nResources: {{A: {{{}}}, B: {{{}}}}}",
        group(""),
        group("")
    );
    assert_eq!(reported(&both), [""; 0]);
    let source = Source::read(&both).expect("it is a template");
    assert_eq!(
        super::checked(source.json(), source.size())
            .suppressed
            .len(),
        2
    );
    // Suppressions of other lints and unrelated metadata have no effect.
    let other = group(&format!(
        "Metadata: {{vsc: {{suppress: [{{id: plain-http, reason: a lab}}]}}, suppress: [{entry}]}},"
    ));
    assert_eq!(
        reported(&format!("Resources: {{A: {{{other}}}}}")),
        [note("A")]
    );
}

#[test]
fn suppressions_have_ids_of_lints() {
    let text = "Metadata: {vsc: {suppress: [{id: opn-port, reason: a}, 7, {id: syntax, reason: a}, {id: written-secret, reason: a}]}}\nResources: {A: {Type: AWS::S3::Bucket, Metadata: {vsc: {suppress: all-actoins}}}}";
    let source = Source::read(text).expect("it is a template");
    let reported = template(source.json(), source.size());
    let reported: Vec<(&str, String)> = reported
        .iter()
        .map(|reported| (reported.lint.id(), reported.diagnostic.to_string()))
        .collect();
    assert_eq!(
        reported,
        [
            (
                "unknown-lint",
                "unknown lint `opn-port`\n= help: did you mean `open-port`?".to_owned()
            ),
            (
                "unknown-lint",
                "expected the ID of a lint\n= help: write an ID such as `open-port`".to_owned()
            ),
            (
                "unknown-lint",
                "`syntax` cannot be suppressed\na template that cannot be parsed is not checked any further"
                    .to_owned()
            ),
            (
                "unknown-lint",
                "the lint `written-secret` was renamed to `hardcoded-secret`\n= help: write `hardcoded-secret`"
                    .to_owned()
            ),
            (
                "unknown-lint",
                "unknown lint `all-actoins`\n= help: `check` prints the ID in brackets, for example `open-port`"
                    .to_owned()
            ),
        ]
    );
}

#[test]
fn a_suppression_without_a_reason_has_its_effect_and_is_reported() {
    let disk = "Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 8}";
    for (metadata, path) in [
        ("suppress: [{id: unencrypted-storage}]", "suppress[0].id"),
        (
            "suppress: [{id: unencrypted-storage, reason: ' '}]",
            "suppress[0].id",
        ),
        (
            "suppress: [{id: unencrypted-storage, reason: [a]}]",
            "suppress[0].id",
        ),
        ("suppress: [unencrypted-storage]", "suppress[0]"),
        ("allow: [unencrypted-storage]", "allow[0]"),
        ("allow: unencrypted-storage", "allow"),
    ] {
        let text = format!("Resources: {{D: {{Metadata: {{vsc: {{{metadata}}}}}, {disk}}}}}");
        assert_eq!(
            reported(&text),
            [format!(
                "suppression-without-reason Resources.D.Metadata.vsc.{path}: `unencrypted-storage` is suppressed without a reason"
            )]
        );
    }
}

#[test]
fn a_loop_suppresses_lints_for_its_resources() {
    let text = "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Disks:\n  - Name\n  - [A, B]\n  - Disk${Name}:\n      Type: AWS::EC2::Volume\n      Metadata: {vsc: {suppress: [{id: unencrypted-storage, reason: a}, {id: property, reason: a}]}}\n      Properties: {AvailabilityZone: eu-west-1a, Sise: 8}\n";
    assert_eq!(reported(text), [""; 0]);
}
