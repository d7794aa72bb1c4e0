//! Parameters.

use vsc_spec::Json;
use vsc_spec::cloudformation::IdentifierKind;
use vsc_spec::resource::ValueKind;

use super::code::Code;
use super::program::Program;
use super::statement::{Statement, StatementKind};

/// Parameter types by their names in a template, with their names in the library and the kind of
/// resource that they identify.
const TYPES: [(&str, &str, ValueKind); 13] = [
    ("String", "String", ValueKind::Text),
    // An integer is valid wherever a number is.
    ("Number", "Number", ValueKind::Integer),
    (
        "AWS::EC2::AvailabilityZone::Name",
        "AvailabilityZone",
        ValueKind::Text,
    ),
    (
        "AWS::EC2::Image::Id",
        "Image",
        ValueKind::Identifier(IdentifierKind::ImageId),
    ),
    ("AWS::EC2::Instance::Id", "Instance", ValueKind::Text),
    ("AWS::EC2::KeyPair::KeyName", "KeyPair", ValueKind::Text),
    (
        "AWS::EC2::SecurityGroup::Id",
        "SecurityGroup",
        ValueKind::Identifier(IdentifierKind::SecurityGroupId),
    ),
    (
        "AWS::EC2::SecurityGroup::GroupName",
        "SecurityGroupName",
        ValueKind::Identifier(IdentifierKind::SecurityGroupName),
    ),
    (
        "AWS::EC2::Subnet::Id",
        "Subnet",
        ValueKind::Identifier(IdentifierKind::SubnetId),
    ),
    ("AWS::EC2::Volume::Id", "Volume", ValueKind::Text),
    (
        "AWS::EC2::VPC::Id",
        "Vpc",
        ValueKind::Identifier(IdentifierKind::VpcId),
    ),
    (
        "AWS::Route53::HostedZone::Id",
        "HostedZone",
        ValueKind::Identifier(IdentifierKind::HostedZoneId),
    ),
    ("AWS::SSM::Parameter::Name", "SsmName", ValueKind::Text),
];

impl Program {
    pub(super) fn parameter(&mut self, id: &str, json: &Json) {
        let Some(type_name) = json.get("Type").and_then(Json::as_str) else {
            return self.element("Parameters", id, json, "a parameter has a `Type`");
        };
        let (parameter_type, kind) = parameter_type(type_name);
        let mut parameter = Code::call("Parameter::new", [parameter_type]);
        for (name, value) in json
            .as_object()
            .into_iter()
            .flat_map(vsc_spec::Object::iter)
        {
            if name != "Type" {
                parameter = self.option(parameter, name, value);
            }
        }
        let type_argument = self.scope.type_of(&kind);
        let code = Code::plain("stack").method(
            format!("parameter::<{type_argument}>"),
            [Code::text(id), parameter],
        );
        let variable = self.scope.add_parameter(id, kind);
        self.push(Statement::binding(variable, StatementKind::Code(code)));
    }

    fn option(&self, parameter: Code, name: &str, value: &Json) -> Code {
        let plain = |method: &str| (method.to_owned(), vec![self.scope.code(value)]);
        let (method, arguments) = match (name, value) {
            ("NoEcho", Json::Bool(true)) => ("no_echo".to_owned(), Vec::new()),
            ("Default", _) => plain("default"),
            ("Description", Json::String(_)) => plain("description"),
            ("AllowedPattern", Json::String(_)) => plain("allowed_pattern"),
            ("ConstraintDescription", Json::String(_)) => plain("constraint_description"),
            ("AllowedValues", Json::Array(values)) if !values.is_empty() => {
                let all = |is: fn(&Json) -> bool| values.iter().all(is);
                let same = all(|value| matches!(value, Json::String(_)))
                    || all(|value| matches!(value, Json::Integer(_)))
                    || all(|value| matches!(value, Json::Bool(_)));
                let items = values.iter().map(|value| {
                    if same {
                        self.scope.code(value)
                    } else {
                        self.scope.json(value)
                    }
                });
                (
                    "allowed_values".to_owned(),
                    vec![Code::Array(items.collect())],
                )
            }
            ("MinLength", Json::Integer(0..=0xffff)) => plain("min_length"),
            ("MaxLength", Json::Integer(0..=0xffff)) => plain("max_length"),
            ("MinValue", Json::Integer(_)) => plain("min_value"),
            ("MaxValue", Json::Integer(_)) => plain("max_value"),
            _ => (
                "option".to_owned(),
                vec![Code::text(name), self.scope.code(value)],
            ),
        };
        parameter.method(method, arguments)
    }
}

/// The type as Rust, and its kind of value.
fn parameter_type(name: &str) -> (Code, ValueKind) {
    let of = |wrapper: &str, name: &str| -> Option<String> {
        let inner = name.strip_prefix(wrapper)?.strip_prefix('<')?;
        inner.strip_suffix('>').map(str::to_owned)
    };
    if let Some((_, variant, kind)) = TYPES.iter().find(|(known, ..)| *known == name) {
        return (
            Code::plain(format!("ParameterType::{variant}")),
            kind.clone(),
        );
    }
    match name {
        "List<Number>" => (
            Code::plain("ParameterType::NumberList"),
            list(ValueKind::Integer),
        ),
        "CommaDelimitedList" => (
            Code::plain("ParameterType::CommaDelimitedList"),
            list(ValueKind::Text),
        ),
        "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>" => (
            Code::plain("ParameterType::SsmValueImage"),
            ValueKind::Identifier(IdentifierKind::ImageId),
        ),
        _ => {
            if let Some(item) = of("List", name) {
                let (item, kind) = parameter_type(&item);
                (boxed("ParameterType::List", item), list(kind))
            } else if let Some(value) = of("AWS::SSM::Parameter::Value", name) {
                let (value, kind) = parameter_type(&value);
                (boxed("ParameterType::SsmValue", value), kind)
            } else {
                let name = super::literal::text(name);
                let name = Code::plain(format!("{name}.into()"));
                (Code::call("ParameterType::Named", [name]), ValueKind::Text)
            }
        }
    }
}

fn boxed(variant: &str, inner: Code) -> Code {
    Code::call(variant, [Code::call("Box::new", [inner])])
}

fn list(kind: ValueKind) -> ValueKind {
    ValueKind::List(Box::new(kind))
}
