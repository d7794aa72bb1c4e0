//! The kinds of values, of properties and references.

use super::expectation::Expectation;
use super::form::Form;
use super::shape::{AttributeType, ResourceType, Types};

/// The kind of a value, as the template model types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any JSON.
    Anything,
    /// A string.
    Text,
    /// A reference that identifies none of the kinds below.
    Unidentified,
    /// One of the identifiers, by the name of its kind: `VpcId`.
    Identifier(&'static str),
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A list of values of one kind.
    List(Box<ValueKind>),
}

/// Identifier formats and their kinds.
const IDENTIFIERS: [(&str, &str); 17] = [
    ("AWS::ACM::Certificate.Arn", "CertificateArn"),
    ("AWS::EC2::Image.Id", "ImageId"),
    ("AWS::EC2::SecurityGroup.Id", "SecurityGroupId"),
    ("AWS::EC2::SecurityGroup.Name", "SecurityGroupName"),
    ("AWS::EC2::Subnet.Id", "SubnetId"),
    ("AWS::EC2::VPC.Id", "VpcId"),
    ("AWS::IAM::Role.Arn", "RoleArn"),
    ("AWS::KMS::Alias.AliasName", "KmsAliasName"),
    ("AWS::KMS::Key.Arn", "KmsKeyArn"),
    ("AWS::KMS::Key.Id", "KmsKeyId"),
    ("AWS::Lambda::Function.Arn", "FunctionArn"),
    ("AWS::Logs::LogGroup.Name", "LogGroupName"),
    (
        "AWS::Route53::AliasTarget.HostedZoneId",
        "AliasTargetHostedZoneId",
    ),
    ("AWS::Route53::HostedZone.Id", "HostedZoneId"),
    ("AWS::S3::Bucket.Name", "BucketName"),
    ("AWS::SNS::Topic.Arn", "TopicArn"),
    ("AWS::SQS::Queue.Arn", "QueueArn"),
];

/// The kinds in words.
const WORDS: [(&str, &str); 22] = [
    (
        "AliasTargetHostedZoneId",
        "the hosted zone ID of an alias target",
    ),
    ("Arn", "an ARN"),
    ("BucketName", "the name of a bucket"),
    ("CertificateArn", "the ARN of a certificate"),
    ("FunctionArn", "the ARN of a function"),
    ("HostedZoneId", "a hosted zone ID"),
    ("ImageId", "an AMI ID"),
    ("KmsAliasName", "the name of a key's alias"),
    ("KmsKey", "a KMS key"),
    ("KmsKeyArn", "the ARN of a KMS key"),
    ("KmsKeyId", "a KMS key ID"),
    ("LogGroupName", "the name of a log group"),
    ("Name", "a name or an ID"),
    ("QueueArn", "the ARN of a queue"),
    ("RoleArn", "the ARN of an IAM role"),
    ("SecurityGroup", "a security group"),
    ("SecurityGroupId", "a security group ID"),
    ("SecurityGroupName", "the name of a security group"),
    ("SubnetId", "a subnet ID"),
    ("TopicArn", "the ARN of a topic"),
    ("Url", "a URL"),
    ("VpcId", "a VPC ID"),
];

/// Kinds that accept several others.
const EITHER: [(&str, &[&str]); 2] = [
    ("KmsKey", &["KmsKeyId", "KmsKeyArn", "KmsAliasName"]),
    ("SecurityGroup", &["SecurityGroupId", "SecurityGroupName"]),
];

impl ValueKind {
    /// The kind in words: `a subnet ID`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Anything => "any value".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Unidentified => "another kind of reference".to_owned(),
            Self::Identifier(kind) => {
                let known = WORDS.iter().find(|(known, _)| known == kind);
                known.map_or(*kind, |(_, words)| words).to_owned()
            }
            Self::Integer => "an integer".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::List(items) => match items.as_ref() {
                Self::Anything => "a list".to_owned(),
                items => format!("a list, each item {}", items.in_words()),
            },
        }
    }

    /// The expected kind of value.
    pub fn expected(expectation: &Expectation) -> Self {
        let types = expectation.types;
        if types == Types::ARRAY {
            let item = match &expectation.items {
                None => Self::Anything,
                Some(items) => {
                    // The format of a list of identifiers may be on the list or on its items.
                    let mut items = (**items).clone();
                    items
                        .formats
                        .extend(expectation.formats.iter().map(|format| singular(format)));
                    Self::expected(&items)
                }
            };
            return Self::List(Box::new(item));
        }
        match types {
            Types::STRING => identifier(&expectation.formats)
                .or_else(|| asked(expectation))
                .map_or(Self::Text, Self::Identifier),
            Types::INTEGER => Self::Integer,
            Types::NUMBER => Self::Number,
            Types::BOOLEAN => Self::Boolean,
            _ => Self::Anything,
        }
    }

    /// The kind of value of `Fn::GetAtt`.
    pub fn given(attribute: &AttributeType) -> Self {
        let text = |formats: &[String]| {
            identifier(formats)
                .or_else(|| named(attribute.form))
                .map_or(Self::Unidentified, Self::Identifier)
        };
        match attribute.types {
            Types::INTEGER => Self::Integer,
            Types::NUMBER => Self::Number,
            Types::BOOLEAN => Self::Boolean,
            Types::ARRAY if attribute.item_types == Types::STRING => {
                let formats: Vec<String> = attribute
                    .formats
                    .iter()
                    .map(|format| singular(format))
                    .collect();
                Self::List(Box::new(text(&formats)))
            }
            Types::ARRAY => Self::List(Box::new(Self::Anything)),
            Types::OBJECT => Self::Anything,
            _ => text(&attribute.formats),
        }
    }

    /// The kind of value of a parameter of this type: AWS CloudFormation User Guide,
    /// "Supported AWS-specific parameter types" and "Supported Systems Manager parameter types".
    pub fn of_parameter(type_name: &str) -> Self {
        let inner = |prefix: &str| type_name.strip_prefix(prefix)?.strip_suffix('>');
        if let Some(value) = inner("AWS::SSM::Parameter::Value<") {
            return Self::of_parameter(value);
        }
        if let Some(item) = inner("List<") {
            return Self::List(Box::new(Self::of_parameter(item)));
        }
        match type_name {
            "AWS::EC2::Image::Id" => Self::Identifier("ImageId"),
            "AWS::EC2::SecurityGroup::GroupName" => Self::Identifier("SecurityGroupName"),
            "AWS::EC2::SecurityGroup::Id" => Self::Identifier("SecurityGroupId"),
            "AWS::EC2::Subnet::Id" => Self::Identifier("SubnetId"),
            "AWS::EC2::VPC::Id" => Self::Identifier("VpcId"),
            "AWS::Route53::HostedZone::Id" => Self::Identifier("HostedZoneId"),
            "AWS::EC2::AvailabilityZone::Name"
            | "AWS::EC2::Instance::Id"
            | "AWS::EC2::KeyPair::KeyName"
            | "AWS::EC2::Volume::Id" => Self::Identifier("Name"),
            "CommaDelimitedList" => Self::List(Box::new(Self::Text)),
            _ => Self::Text,
        }
    }

    /// The kind of value of `Ref` to a resource that has properties of these names.
    pub fn referenced<'a>(
        resource: &ResourceType,
        properties: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        if resource.name == "AWS::EC2::SecurityGroup" {
            // As documented by AWS: the ID in a VPC, the name outside of one.
            let in_vpc = properties.into_iter().any(|name| name == "VpcId");
            return Self::Identifier(if in_vpc {
                "SecurityGroupId"
            } else {
                "SecurityGroupName"
            });
        }
        Self::given(&resource.reference)
    }

    /// Whether a value of this kind fits an expected kind. `Fits` in the template model is the same for
    /// rustc.
    pub fn fits(&self, asked: &Self) -> bool {
        match (self, asked) {
            // Anything may be a list or an object, which are not strings.
            (Self::Anything | Self::List(_), Self::Text) => false,
            (_, Self::Anything | Self::Text)
            | (Self::Text, Self::Identifier(_))
            | (Self::Integer, Self::Number) => true,
            (Self::List(items), Self::List(asked)) => items.fits(asked),
            (Self::Identifier(kind), Self::Identifier(asked)) => {
                let either = |one: &str, other: &str| {
                    EITHER
                        .iter()
                        .any(|(all, members)| *all == one && members.contains(&other))
                };
                kind == asked || either(kind, asked) || either(asked, kind) || of_form(kind, asked)
            }
            (Self::Unidentified, Self::Identifier(asked)) => FORMS.contains(asked),
            (kind, asked) => kind == asked,
        }
    }
}

/// The kinds of strings of which only the form is known.
const FORMS: [&str; 3] = ["Arn", "Name", "Url"];

/// Kinds that may be an ARN or a name.
const OPEN: [&str; 1] = ["KmsKey"];

pub(super) fn is_arn(kind: &str) -> bool {
    kind.ends_with("Arn")
}

/// Whether a kind is only a form.
pub(super) fn is_form(kind: &str) -> bool {
    FORMS.contains(&kind)
}

/// Whether a kind has a form.
fn of_form(kind: &str, form: &str) -> bool {
    match form {
        "Arn" => is_arn(kind) || OPEN.contains(&kind),
        "Name" => !is_arn(kind) && kind != "Url",
        _ => false,
    }
}

const fn named(form: Form) -> Option<&'static str> {
    match form {
        Form::Unknown => None,
        Form::Name => Some("Name"),
        Form::Url => Some("Url"),
        Form::Arn | Form::OwnArn => Some("Arn"),
    }
}

/// The kind that the forms require.
fn asked(expectation: &Expectation) -> Option<&'static str> {
    let kind = named(expectation.forms.only()?)?;
    let of = expectation.arn_of.and_then(|of| {
        IDENTIFIERS
            .iter()
            .find(|(format, _)| format.strip_suffix(".Arn") == Some(of))
    });
    Some(of.map_or(kind, |(_, kind)| kind))
}

/// The types whose ARNs are a kind.
pub(super) fn arn_types() -> impl Iterator<Item = &'static str> {
    IDENTIFIERS
        .iter()
        .filter_map(|(format, _)| format.strip_suffix(".Arn"))
}

fn identifier(formats: &[String]) -> Option<&'static str> {
    let mut kinds: Vec<&str> = formats
        .iter()
        .filter_map(|format| IDENTIFIERS.iter().find(|(known, _)| known == format))
        .map(|(_, kind)| *kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.as_slice() {
        [only] => Some(only),
        ["SecurityGroupId", "SecurityGroupName"] => Some("SecurityGroup"),
        [first, .., last] if first.starts_with("Kms") && last.starts_with("Kms") => Some("KmsKey"),
        _ => None,
    }
}

/// The singular of a format: `AWS::EC2::Subnet.Id` of `AWS::EC2::Subnet.Ids`.
fn singular(format: &str) -> String {
    format.strip_suffix('s').unwrap_or(format).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_where() {
        let subnet = ValueKind::Identifier("SubnetId");
        assert!(
            subnet.fits(&subnet) && subnet.fits(&ValueKind::Text) && ValueKind::Text.fits(&subnet)
        );
        assert!(!subnet.fits(&ValueKind::Identifier("VpcId")));
        assert!(ValueKind::Identifier("KmsKeyArn").fits(&ValueKind::Identifier("KmsKey")));
        assert!(
            !ValueKind::Unidentified.fits(&subnet)
                && ValueKind::Unidentified.fits(&ValueKind::Text)
        );
        assert!(
            !ValueKind::Text.fits(&ValueKind::Integer)
                && !ValueKind::Number.fits(&ValueKind::Integer)
        );
        let list = |kind| ValueKind::List(Box::new(kind));
        assert!(
            list(ValueKind::Text).fits(&list(subnet.clone()))
                && !list(subnet).fits(&ValueKind::Text)
        );
    }
}
