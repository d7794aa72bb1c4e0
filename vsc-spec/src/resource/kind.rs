//! The kinds of values, of properties and references.

use super::expectation::Expectation;
use super::form::Form;
use super::shape::{AttributeType, ResourceType, Types};
use crate::cloudformation::IdentifierKind;

/// The kind of a value, as the template model types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any JSON.
    Anything,
    /// A string.
    Text,
    /// A reference that identifies none of the kinds below.
    Unidentified,
    /// An identifier.
    Identifier(IdentifierKind),
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A list of values of one kind.
    List(Box<ValueKind>),
}

impl ValueKind {
    /// The kind in words: `a subnet ID`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Anything => "any value".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Unidentified => "another kind of reference".to_owned(),
            Self::Identifier(kind) => kind.words().to_owned(),
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
            "AWS::EC2::Image::Id" => Self::Identifier(IdentifierKind::ImageId),
            "AWS::EC2::SecurityGroup::GroupName" => {
                Self::Identifier(IdentifierKind::SecurityGroupName)
            }
            "AWS::EC2::SecurityGroup::Id" => Self::Identifier(IdentifierKind::SecurityGroupId),
            "AWS::EC2::Subnet::Id" => Self::Identifier(IdentifierKind::SubnetId),
            "AWS::EC2::VPC::Id" => Self::Identifier(IdentifierKind::VpcId),
            "AWS::Route53::HostedZone::Id" => Self::Identifier(IdentifierKind::HostedZoneId),
            "AWS::EC2::AvailabilityZone::Name"
            | "AWS::EC2::Instance::Id"
            | "AWS::EC2::KeyPair::KeyName"
            | "AWS::EC2::Volume::Id" => Self::Identifier(IdentifierKind::Name),
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
                IdentifierKind::SecurityGroupId
            } else {
                IdentifierKind::SecurityGroupName
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
                kind == asked
                    || kind.includes(*asked)
                    || asked.includes(*kind)
                    || kind.has_form(*asked)
            }
            (Self::Unidentified, Self::Identifier(asked)) => asked.is_form(),
            (kind, asked) => kind == asked,
        }
    }
}

const fn named(form: Form) -> Option<IdentifierKind> {
    match form {
        Form::Unknown => None,
        Form::Name => Some(IdentifierKind::Name),
        Form::Url => Some(IdentifierKind::Url),
        Form::Arn | Form::OwnArn => Some(IdentifierKind::Arn),
    }
}

/// The kind that the forms require.
fn asked(expectation: &Expectation) -> Option<IdentifierKind> {
    let kind = named(expectation.forms.only()?)?;
    let of_type = expectation.arn_of.and_then(IdentifierKind::of_arns);
    Some(of_type.unwrap_or(kind))
}

fn identifier(formats: &[String]) -> Option<IdentifierKind> {
    let mut kinds: Vec<IdentifierKind> = formats
        .iter()
        .filter_map(|format| IdentifierKind::of_format(format))
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    IdentifierKind::that_includes(&kinds)
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
        let subnet = ValueKind::Identifier(IdentifierKind::SubnetId);
        assert!(
            subnet.fits(&subnet) && subnet.fits(&ValueKind::Text) && ValueKind::Text.fits(&subnet)
        );
        assert!(!subnet.fits(&ValueKind::Identifier(IdentifierKind::VpcId)));
        assert!(
            ValueKind::Identifier(IdentifierKind::KmsKeyArn)
                .fits(&ValueKind::Identifier(IdentifierKind::KmsKey))
        );
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
