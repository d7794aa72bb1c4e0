//! References through functions, conditions and parameters.

use crate::template::Source;

/// The errors of these properties.
fn reported(properties: &str) -> Vec<String> {
    let text = format!(
        "Parameters:
  Vpc: {{ Type: 'AWS::EC2::VPC::Id' }}
  Image: {{ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }}
  RoleArn: {{ Type: String }}
Conditions:
  Own: !Equals [!Ref 'AWS::Region', eu-west-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {{ AssumeRolePolicyDocument: {{}} }}
  Queue: {{ Type: AWS::SQS::Queue }}
  Topic: {{ Type: AWS::SNS::Topic }}
  Stack: {{ Type: AWS::CloudFormation::Stack, Properties: {{ TemplateURL: 'https://x.s3.amazonaws.com/y' }} }}
  Lookup: {{ Type: 'Custom::Lookup', Properties: {{ ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:x' }} }}
  It:
    {properties}
"
    );
    let source = Source::read(&text).expect("the text is YAML");
    let all = super::template(source.json(), source.size());
    let mut reported: Vec<String> = all
        .iter()
        .filter(|diagnostic| diagnostic.diagnostic.message.starts_with("expected "))
        .map(|diagnostic| diagnostic.diagnostic.to_string())
        .collect();
    reported.dedup();
    reported
}

fn role(value: &str) -> Vec<String> {
    reported(&format!(
        "Type: AWS::Lambda::Function
    Properties:
      Code: {{ ZipFile: x }}
      Handler: index.handler
      Runtime: python3.13
      Role: {value}"
    ))
}

fn subnet(value: &str) -> Vec<String> {
    reported(&format!(
        "Type: AWS::EC2::Instance\n    Properties: {{ SubnetId: {value} }}"
    ))
}

#[test]
fn the_help_names_the_attribute() {
    assert_eq!(
        role("!Ref Role"),
        [
            "expected the ARN of an IAM role for `Role`, found a name or an ID\n\
          = help: write `!GetAtt Role.Arn`"
        ]
    );
    let queues = reported(
        "Type: AWS::SQS::QueuePolicy\n    Properties: { PolicyDocument: {}, Queues: [!GetAtt Queue.Arn] }",
    );
    assert_eq!(
        queues,
        [
            "expected a URL for `Queues`, found the ARN of an `AWS::SQS::Queue`\n\
          = help: write `!Ref Queue`"
        ]
    );
}

#[test]
fn mismatches_are_found_through_functions() {
    for value in [
        "!Sub '${Role}'",
        "!Sub ['${R}', { R: !Ref Role }]",
        "!If [Own, !Ref Role, !GetAtt Role.Arn]",
        "!If [Own, !If [Own, !GetAtt Role.Arn, !Sub '${Queue}'], !Ref RoleArn]",
        "!Join ['', [!Ref Role]]",
        "!Join ['/', [role, !Ref Role]]",
        "!Sub 'role/${Role}'",
        "!Sub '${Queue.Arn}'",
        "!GetAtt Queue.QueueUrl",
        "!Ref Topic",
        "!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Role}'",
        "!Ref Vpc",
    ] {
        assert_eq!(role(value).len(), 1, "{value}: {:?}", role(value));
    }
}

#[test]
fn possible_matches_are_accepted() {
    for value in [
        "!GetAtt Role.Arn",
        "!Sub '${Role.Arn}'",
        "!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}'",
        "!Sub 'arn:aws:iam::${AWS::AccountId}:role${RoleArn}'",
        "!Join ['', ['arn:aws:iam::', !Ref 'AWS::AccountId', ':role/', !Ref Role]]",
        "!Join [':', [arn, !Ref 'AWS::Partition', iam, '', !Ref 'AWS::AccountId', !Sub 'role/${Role}']]",
        "!If [Own, !GetAtt Role.Arn, !Ref RoleArn]",
        "!Ref RoleArn",
        "!Sub '${RoleArn}'",
        "!Sub '${RoleArn}${Role}'",
        "!GetAtt Stack.Outputs.RoleArn",
        "!GetAtt Lookup.Role",
        "!Ref Lookup",
        "!ImportValue role",
        "!Select [0, !Split [',', !Ref RoleArn]]",
        "!Ref 'AWS::NoValue'",
        "'{{resolve:ssm:role}}'",
    ] {
        assert_eq!(role(value), [""; 0], "{value}");
    }
}

#[test]
fn parameters_have_the_kind_of_their_types() {
    assert_eq!(
        subnet("!Ref Vpc"),
        ["expected a subnet ID for `SubnetId`, found a VPC ID"]
    );
    assert_eq!(subnet("!Ref Image").len(), 1);
    assert_eq!(subnet("!Ref RoleArn"), [""; 0]);
}

#[test]
fn no_arn_of_an_unknown_service_is_suggested() {
    let alarm = reported(
        "Type: AWS::CloudWatch::Alarm
    Properties: { ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, MetricName: a, \
     Namespace: b, Period: 60, Statistic: Sum, Threshold: 1, AlarmActions: [!GetAtt Bucket.Arn] }
  Bucket: { Type: AWS::S3::Bucket }",
    );
    assert_eq!(alarm.len(), 1);
    assert!(alarm[0].starts_with("expected another ARN for `AlarmActions`"));
    assert!(!alarm[0].contains("help"), "{alarm:?}");
}
