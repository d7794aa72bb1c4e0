//! The parameters that a template declares.

use vsc_spec::{Json, Object};

/// A parameter of a template: AWS CloudFormation User Guide, "Parameters".
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ParameterDeclaration {
    pub(crate) name: String,
    /// The type, as in the template.
    pub(crate) kind: String,
    pub(crate) description: Option<String>,
    pub(crate) default: Option<String>,
    /// Whether the value is hidden (`NoEcho`).
    pub(crate) is_secret: bool,
    pub(crate) pattern: Option<String>,
    /// The author's description of valid values.
    pub(crate) constraint: Option<String>,
    pub(crate) allowed: Vec<String>,
    pub(crate) length: (Option<f64>, Option<f64>),
    pub(crate) range: (Option<f64>, Option<f64>),
}

impl ParameterDeclaration {
    /// Whether the value is the name of a parameter in Parameter Store.
    pub(crate) fn is_name_of_value(&self) -> bool {
        self.kind.starts_with("AWS::SSM::Parameter::Value<")
    }
}

/// The parameters of a template, in its order.
pub(crate) fn declared(template: &Json) -> Vec<ParameterDeclaration> {
    let parameters = template.get("Parameters").and_then(Json::as_object);
    let parameters = parameters.into_iter().flat_map(Object::iter);
    parameters.map(|(name, json)| read(name, json)).collect()
}

fn read(name: &str, json: &Json) -> ParameterDeclaration {
    let text = |key: &str| json.get(key).and_then(scalar);
    let number = |key: &str| text(key).and_then(|text| text.parse().ok());
    let allowed = json.get("AllowedValues").and_then(Json::as_array);
    ParameterDeclaration {
        name: name.to_owned(),
        kind: text("Type").unwrap_or_else(|| "String".to_owned()),
        description: text("Description"),
        default: text("Default"),
        is_secret: text("NoEcho").is_some_and(|text| text == "true"),
        pattern: text("AllowedPattern"),
        constraint: text("ConstraintDescription"),
        allowed: allowed.into_iter().flatten().filter_map(scalar).collect(),
        length: (number("MinLength"), number("MaxLength")),
        range: (number("MinValue"), number("MaxValue")),
    }
}

/// A scalar as the string that CloudFormation converts it to.
fn scalar(json: &Json) -> Option<String> {
    Some(match json {
        Json::Bool(value) => value.to_string(),
        Json::Integer(value) => value.to_string(),
        Json::Number(value) => value.to_string(),
        Json::String(text) => text.to_string(),
        Json::Null | Json::Array(_) | Json::Object(_) | Json::Expression(_) => return None,
    })
}
