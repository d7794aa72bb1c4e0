//! Names, URLs and ARNs: the forms of references and properties.

use super::check::Step;
use super::expectation::{Asked, items_of};
use super::pattern::intersects;
use super::shape::{Keyword, ResourceType, Schema, Types};
use crate::cloudformation::IntrinsicFunction;
use crate::json::Json;

/// The form of a string, as far as the schema of its resource type determines it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Unknown.
    #[default]
    Unknown,
    /// A name or an ID: neither an ARN nor a URL.
    Name,
    /// A URL with its scheme.
    Url,
    /// An ARN.
    Arn,
    /// The ARN of the resource itself.
    OwnArn,
}

impl Form {
    const ALL: [Self; 5] = [
        Self::Unknown,
        Self::Name,
        Self::Url,
        Self::Arn,
        Self::OwnArn,
    ];

    /// The form of a packed byte.
    pub(super) fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }

    /// The packed byte of the form.
    #[cfg(feature = "pack")]
    pub(super) const fn byte(self) -> u8 {
        self as u8
    }

    /// The form in words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Unknown => "a string",
            Self::Name => "a name or an ID",
            Self::Url => "a URL",
            Self::Arn | Self::OwnArn => "an ARN",
        }
    }

    /// The pattern of this form for a resource of the type, without anchors.
    pub fn language(self, type_name: &str) -> String {
        match self {
            Self::Unknown => ".*".to_owned(),
            Self::Name => "[^:]+".to_owned(),
            Self::Url => "https?://.+".to_owned(),
            Self::Arn => ARN.to_owned(),
            Self::OwnArn => own_arn(type_name).unwrap_or_else(|| ARN.to_owned()),
        }
    }
}

/// AWS General Reference, "Amazon Resource Names (ARNs)".
const ARN: &str = "arn:[^:]*:[^:]*:[^:]*:[^:]*:.+";

/// The service and the resource in the ARNs of commonly referenced types: AWS Service
/// Authorization Reference, "Resource types defined by …" of each service.
const OWN_ARNS: [(&str, &str, &str); 37] = [
    // The name in formats; IAM server certificates are accepted as well.
    (
        "AWS::ACM::Certificate",
        "(acm|iam)",
        "(server-)?certificate/.+",
    ),
    ("AWS::ApiGateway::RestApi", "apigateway", ".+"),
    (
        "AWS::CertificateManager::Certificate",
        "acm",
        "certificate/.+",
    ),
    ("AWS::CloudFormation::Stack", "cloudformation", "stack/.+"),
    ("AWS::CloudWatch::Alarm", "cloudwatch", "alarm:.+"),
    ("AWS::CodeBuild::Project", "codebuild", "project/.+"),
    ("AWS::CodePipeline::Pipeline", "codepipeline", "[^:/]+"),
    ("AWS::Cognito::UserPool", "cognito-idp", "userpool/.+"),
    ("AWS::DynamoDB::Table", "dynamodb", "table/[^/:]+"),
    ("AWS::ECR::Repository", "ecr", "repository/.+"),
    ("AWS::ECS::Cluster", "ecs", "cluster/.+"),
    ("AWS::ECS::Service", "ecs", "service/.+"),
    ("AWS::ECS::TaskDefinition", "ecs", "task-definition/.+"),
    (
        "AWS::EFS::AccessPoint",
        "elasticfilesystem",
        "access-point/.+",
    ),
    (
        "AWS::EFS::FileSystem",
        "elasticfilesystem",
        "file-system/.+",
    ),
    (
        "AWS::ElasticLoadBalancingV2::Listener",
        "elasticloadbalancing",
        "listener/.+",
    ),
    (
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "elasticloadbalancing",
        "loadbalancer/.+",
    ),
    (
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "elasticloadbalancing",
        "targetgroup/.+",
    ),
    ("AWS::Events::EventBus", "events", "event-bus/.+"),
    ("AWS::Events::Rule", "events", "rule/.+"),
    ("AWS::IAM::Group", "iam", "group/.+"),
    ("AWS::IAM::InstanceProfile", "iam", "instance-profile/.+"),
    ("AWS::IAM::ManagedPolicy", "iam", "policy/.+"),
    ("AWS::IAM::Role", "iam", "role/.+"),
    ("AWS::IAM::User", "iam", "user/.+"),
    ("AWS::KMS::Key", "kms", "(key|alias)/.+"),
    ("AWS::Kinesis::Stream", "kinesis", "stream/[^/:]+"),
    (
        "AWS::KinesisFirehose::DeliveryStream",
        "firehose",
        "deliverystream/.+",
    ),
    ("AWS::Lambda::Alias", "lambda", "function:.+"),
    ("AWS::Lambda::Function", "lambda", "function:.+"),
    ("AWS::Lambda::LayerVersion", "lambda", "layer:.+"),
    ("AWS::Lambda::Version", "lambda", "function:.+"),
    ("AWS::Logs::LogGroup", "logs", "log-group:.+"),
    ("AWS::S3::Bucket", "s3", "[^/:]+"),
    ("AWS::SNS::Topic", "sns", "[^/:]+"),
    ("AWS::SQS::Queue", "sqs", "[^/:]+"),
    (
        "AWS::StepFunctions::StateMachine",
        "states",
        "stateMachine:.+",
    ),
];

fn own_arn(type_name: &str) -> Option<String> {
    let known = OWN_ARNS.iter().find(|(known, ..)| *known == type_name)?;
    let (_, service, resource) = known;
    Some(format!(
        "arn:aws[a-z-]*:{service}:[a-z0-9-]*:[0-9]*:{resource}"
    ))
}

/// Patterns from AWS's documentation that schemas lack: the resource type, the property without list
/// indexes, and the pattern.
///
/// From the description of each property in the AWS CloudFormation Template Reference; the actions
/// of alarms from the Amazon CloudWatch API Reference, `PutMetricAlarm`; names of roles, users and
/// groups from the IAM API Reference, whose patterns the schemas give without anchors.
const ASKED: [(&str, &str, &str); 39] = [
    (
        "AWS::AutoScaling::AutoScalingGroup",
        "LaunchConfigurationName",
        NAME,
    ),
    (
        "AWS::CloudFront::Distribution",
        "DistributionConfig.Origins.DomainName",
        NAME,
    ),
    ("AWS::CloudWatch::Alarm", "AlarmActions", ACTION),
    ("AWS::CloudWatch::Alarm", "InsufficientDataActions", ACTION),
    ("AWS::CloudWatch::Alarm", "OKActions", ACTION),
    ("AWS::CloudWatch::CompositeAlarm", "AlarmActions", ACTION),
    (
        "AWS::CloudWatch::CompositeAlarm",
        "InsufficientDataActions",
        ACTION,
    ),
    ("AWS::CloudWatch::CompositeAlarm", "OKActions", ACTION),
    (
        "AWS::EC2::FlowLog",
        "LogDestination",
        "^arn:aws[a-z-]*:(s3|logs|firehose):",
    ),
    ("AWS::EC2::Instance", "IamInstanceProfile", NAME),
    ("AWS::IAM::Group", "ManagedPolicyArns", POLICY),
    ("AWS::IAM::InstanceProfile", "Roles", NAME),
    ("AWS::IAM::ManagedPolicy", "Groups", NAME),
    ("AWS::IAM::ManagedPolicy", "Roles", NAME),
    ("AWS::IAM::ManagedPolicy", "Users", NAME),
    ("AWS::IAM::Policy", "Groups", NAME),
    ("AWS::IAM::Policy", "Roles", NAME),
    ("AWS::IAM::Policy", "Users", NAME),
    ("AWS::IAM::Role", "ManagedPolicyArns", POLICY),
    ("AWS::IAM::User", "ManagedPolicyArns", POLICY),
    ("AWS::S3::BucketPolicy", "Bucket", NAME),
    ("AWS::IAM::Role", "PermissionsBoundary", POLICY),
    ("AWS::IAM::User", "Groups", NAME),
    ("AWS::IAM::User", "PermissionsBoundary", POLICY),
    ("AWS::IAM::UserToGroupAddition", "GroupName", NAME),
    ("AWS::IAM::UserToGroupAddition", "Users", NAME),
    ("AWS::Route53::RecordSet", "AliasTarget.DNSName", NAME),
    (
        "AWS::Route53::RecordSetGroup",
        "RecordSets.AliasTarget.DNSName",
        NAME,
    ),
    (
        "AWS::S3::Bucket",
        "LoggingConfiguration.DestinationBucketName",
        NAME,
    ),
    (
        "AWS::S3::Bucket",
        "NotificationConfiguration.LambdaConfigurations.Function",
        "^arn:aws[a-z-]*:lambda:",
    ),
    (
        "AWS::S3::Bucket",
        "NotificationConfiguration.QueueConfigurations.Queue",
        "^arn:aws[a-z-]*:sqs:",
    ),
    (
        "AWS::S3::Bucket",
        "NotificationConfiguration.TopicConfigurations.Topic",
        "^arn:aws[a-z-]*:sns:",
    ),
    (
        "AWS::S3::Bucket",
        "ReplicationConfiguration.Role",
        "^arn:aws[a-z-]*:iam::[0-9]*:role/",
    ),
    (
        "AWS::S3::Bucket",
        "ReplicationConfiguration.Rules.Destination.Bucket",
        "^arn:aws[a-z-]*:s3",
    ),
    ("AWS::SNS::TopicPolicy", "Topics", "^arn:aws[a-z-]*:sns:"),
    (
        "AWS::SQS::Queue",
        "RedrivePolicy.deadLetterTargetArn",
        "^arn:aws[a-z-]*:sqs:",
    ),
    ("AWS::SQS::QueueInlinePolicy", "Queue", "^https?://"),
    ("AWS::SQS::QueuePolicy", "Queues", "^https?://"),
    (
        "AWS::WAFv2::WebACLAssociation",
        "WebACLArn",
        "^arn:aws[a-z-]*:wafv2:",
    ),
];

const NAME: &str = "^[^:]+$";
const POLICY: &str = "^arn:aws[a-z-]*:iam::(aws|[0-9]*):policy/";
const ACTION: &str =
    "^arn:aws[a-z-]*:(aiops|automate|autoscaling|lambda|sns|ssm|ssm-incidents|swf):";

/// The forms that a property admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms {
    /// Names and IDs.
    pub name: bool,
    /// URLs.
    pub url: bool,
    /// ARNs.
    pub arn: bool,
}

impl Default for Forms {
    fn default() -> Self {
        Self {
            name: true,
            url: true,
            arn: true,
        }
    }
}

impl Forms {
    /// The only admitted form, if there is only one.
    pub const fn only(self) -> Option<Form> {
        match (self.name, self.url, self.arn) {
            (true, false, false) => Some(Form::Name),
            (false, true, false) => Some(Form::Url),
            (false, false, true) => Some(Form::Arn),
            _ => None,
        }
    }
}

impl ResourceType {
    /// The forms that the property at a path admits.
    pub fn forms(&self, path: &[Step]) -> Forms {
        let admits = |form: Form| self.admits(path, &form.language(""));
        Forms {
            name: admits(Form::Name),
            url: admits(Form::Url),
            arn: admits(Form::Arn),
        }
    }

    /// Whether the property at a path admits some string that matches the pattern (without anchors).
    pub fn admits(&self, path: &[Step], language: &str) -> bool {
        let Asked::Schemas { mut schemas, .. } = self.target(path) else {
            return true;
        };
        let rules = self.reachable(&schemas);
        let is_list = rules
            .iter()
            .any(|rule| matches!(rule, Keyword::Types(types) if *types == Types::ARRAY));
        if is_list {
            schemas = items_of(&rules);
        }
        let language = &format!("^(?:{language})$");
        let path = names(path);
        let dotted = path.join(".");
        if let Some(pattern) = self.documented(&dotted) {
            return intersects(pattern, language);
        }
        let fits = |language: &str| {
            schemas.is_empty()
                || schemas
                    .iter()
                    .any(|schema| self.schema_admits(schema, language, 0))
        };
        let named_arn = path.last().is_some_and(|name| is_arn(name));
        // If the pattern matches anything, the name decides.
        let asks_arn = named_arn && (fits("^:/ :/$") || fits("^x:/:x$") || !fits(NAME));
        fits(language) && (!asks_arn || intersects(&format!("^(?:{ARN})$"), language))
    }

    /// The documented pattern of a property, beyond its schema.
    fn documented(&self, dotted: &str) -> Option<&'static str> {
        let mut asked = ASKED.iter();
        let asked = asked.find(|(name, property, _)| *name == self.name && *property == dotted);
        asked.map(|(.., pattern)| *pattern)
    }

    /// The pattern of the property at a path, if there is one.
    pub(super) fn asked_pattern(&self, path: &[Step]) -> Option<String> {
        if let Some(documented) = self.documented(&names(path).join(".")) {
            return Some(documented.to_owned());
        }
        let Asked::Schemas { schemas, .. } = self.target(path) else {
            return None;
        };
        let mut rules = self.reachable(&schemas);
        rules.extend(self.reachable(&items_of(&rules)));
        rules.iter().find_map(|rule| match rule {
            Keyword::Pattern(pattern) => Some(pattern.clone()),
            _ => None,
        })
    }

    fn schema_admits(&self, schema: &Schema, language: &str, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let any = |schemas: &[Schema]| {
            schemas
                .iter()
                .any(|schema| self.schema_admits(schema, language, depth + 1))
        };
        depth > DEEPEST
            || self.rules(schema).iter().all(|rule| match rule {
                Keyword::Pattern(pattern) => intersects(pattern, language),
                Keyword::Format(format) => {
                    arn_of(format).is_none_or(|own| intersects(&own, language))
                }
                Keyword::AllOf(schemas) => schemas
                    .iter()
                    .all(|schema| self.schema_admits(schema, language, depth + 1)),
                Keyword::AnyOf(schemas) | Keyword::OneOf(schemas) => any(schemas),
                _ => true,
            })
    }
}

/// The pattern of the ARNs of a format such as `AWS::IAM::Role.Arn`.
fn arn_of(format: &str) -> Option<String> {
    own_arn(format.strip_suffix(".Arn")?).map(|own| format!("^(?:{own})$"))
}

/// The only known type whose ARNs are admitted, if there is one.
pub(super) fn only_arn<'a>(
    resource: &ResourceType,
    path: &[Step],
    types: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let foreign = "arn:aws:zz-none:[a-z0-9-]*:[0-9]*:.+";
    if resource.admits(path, foreign) {
        return None;
    }
    let mut fitting =
        types.filter(|name| own_arn(name).is_some_and(|own| resource.admits(path, &own)));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Whether a name is that of an ARN, or a list of ARNs.
pub fn is_arn(name: &str) -> bool {
    ["Arn", "ARN", "Arns", "ARNs"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// The names of a path, without list indexes and `Fn::If`.
pub(super) fn names(path: &[Step]) -> Vec<&str> {
    path.iter()
        .filter_map(|step| match step {
            Step::Key(name) if **name != IntrinsicFunction::If => Some(name.as_ref()),
            _ => None,
        })
        .collect()
}

/// The pattern that matches only this string.
pub fn literal_pattern(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// The pattern of the strings of a scalar.
pub fn scalar_pattern(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(literal_pattern(text)),
        Json::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}
