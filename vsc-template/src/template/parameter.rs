//! Parameters, which are set when the stack is deployed.

use vsc_spec::{Json, Object, Text};

use super::part::Part;
use super::value::IntoValue;

/// The type of a parameter: AWS CloudFormation User Guide, "Supported AWS-specific parameter
/// types" and "Supported Systems Manager parameter types".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterType {
    /// A string.
    String,
    /// A number.
    Number,
    /// Numbers, separated by commas.
    NumberList,
    /// Strings, separated by commas.
    CommaDelimitedList,
    /// The name of an availability zone.
    AvailabilityZone,
    /// The ID of a machine image.
    Image,
    /// The ID of an instance.
    Instance,
    /// The name of a key pair.
    KeyPair,
    /// The ID of a security group.
    SecurityGroup,
    /// The name of a security group.
    SecurityGroupName,
    /// The ID of a subnet.
    Subnet,
    /// The ID of a volume.
    Volume,
    /// The ID of a VPC.
    Vpc,
    /// The ID of a hosted zone.
    HostedZone,
    /// A list of one of the identifier types above.
    List(Box<ParameterType>),
    /// The name of a parameter in Parameter Store; the value stays there.
    SsmName,
    /// The name of a parameter in Parameter Store; CloudFormation reads the value, of this type.
    /// The value becomes part of the stack: never use it for secrets.
    SsmValue(Box<ParameterType>),
    /// The name of a parameter that holds the ID of a machine image.
    SsmValueImage,
    /// Another type, by its name in a template.
    Named(Text),
}

impl ParameterType {
    /// The name of the type in a template.
    pub fn name(&self) -> Text {
        Text::Borrowed(match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::NumberList => "List<Number>",
            Self::CommaDelimitedList => "CommaDelimitedList",
            Self::AvailabilityZone => "AWS::EC2::AvailabilityZone::Name",
            Self::Image => "AWS::EC2::Image::Id",
            Self::Instance => "AWS::EC2::Instance::Id",
            Self::KeyPair => "AWS::EC2::KeyPair::KeyName",
            Self::SecurityGroup => "AWS::EC2::SecurityGroup::Id",
            Self::SecurityGroupName => "AWS::EC2::SecurityGroup::GroupName",
            Self::Subnet => "AWS::EC2::Subnet::Id",
            Self::Volume => "AWS::EC2::Volume::Id",
            Self::Vpc => "AWS::EC2::VPC::Id",
            Self::HostedZone => "AWS::Route53::HostedZone::Id",
            Self::SsmName => "AWS::SSM::Parameter::Name",
            Self::SsmValueImage => "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
            Self::Named(name) => return name.clone(),
            Self::List(item) => return format!("List<{}>", item.name()).into(),
            Self::SsmValue(value) => {
                return format!("AWS::SSM::Parameter::Value<{}>", value.name()).into();
            }
        })
    }
}

/// A parameter of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    parameter_type: ParameterType,
    options: Object,
}

impl Parameter {
    /// Creates a parameter without a default: it must be set.
    pub fn new(parameter_type: ParameterType) -> Self {
        Self {
            parameter_type,
            options: Object::new(),
        }
    }

    fn set(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        self.options.insert(name, value);
        self
    }

    /// Sets any attribute of the parameter.
    #[must_use]
    pub fn option(mut self, name: impl Into<Text>, value: impl IntoValue<Json>) -> Self {
        self.options.insert(name, value.into_value().into_json());
        self
    }

    /// Sets the description, up to 4,000 characters.
    #[must_use]
    pub fn description(self, text: impl Into<Text>) -> Self {
        self.set("Description", text.into())
    }

    /// Sets the default.
    #[must_use]
    pub fn default(self, value: impl IntoValue<Json>) -> Self {
        self.option("Default", value)
    }

    /// Hides the value.
    #[must_use]
    pub fn no_echo(self) -> Self {
        self.set("NoEcho", true)
    }

    /// Sets the allowed values.
    #[must_use]
    pub fn allowed_values<V: IntoValue<Json>>(self, values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter();
        self.set(
            "AllowedValues",
            Json::array(values.map(|value| value.into_value().into_json())),
        )
    }

    /// Sets a pattern that the whole value has to match.
    #[must_use]
    pub fn allowed_pattern(self, pattern: impl Into<Text>) -> Self {
        self.set("AllowedPattern", pattern.into())
    }

    /// Sets the error message for an invalid value.
    #[must_use]
    pub fn constraint_description(self, text: impl Into<Text>) -> Self {
        self.set("ConstraintDescription", text.into())
    }

    /// Sets the lowest and the highest number of characters.
    #[must_use]
    pub fn length(self, fewest: u16, most: u16) -> Self {
        self.set("MinLength", i64::from(fewest))
            .set("MaxLength", i64::from(most))
    }

    /// Sets the lowest number of characters.
    #[must_use]
    pub fn min_length(self, fewest: u16) -> Self {
        self.set("MinLength", i64::from(fewest))
    }

    /// Sets the highest number of characters.
    #[must_use]
    pub fn max_length(self, most: u16) -> Self {
        self.set("MaxLength", i64::from(most))
    }

    /// Sets the lowest number.
    #[must_use]
    pub fn min_value(self, lowest: i64) -> Self {
        self.set("MinValue", lowest)
    }

    /// Sets the highest number.
    #[must_use]
    pub fn max_value(self, highest: i64) -> Self {
        self.set("MaxValue", highest)
    }

    /// Sets the lowest and the highest number.
    #[must_use]
    pub fn range(self, lowest: i64, highest: i64) -> Self {
        self.set("MinValue", lowest).set("MaxValue", highest)
    }

    /// The type.
    pub fn parameter_type(&self) -> &ParameterType {
        &self.parameter_type
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        self.options.get(name)
    }

    pub(super) fn part(&self) -> Part<'_> {
        let type_name = Part::Made(Json::from(self.parameter_type.name()));
        let options = self.options.iter();
        let options = options.map(|(name, value)| (name, Part::Json(value)));
        Part::Members([("Type", type_name)].into_iter().chain(options).collect())
    }
}
