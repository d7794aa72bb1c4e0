//! Values of a template as Rust.

use vsc_spec::cloudformation::{IntrinsicFunction, PseudoParameter};
use vsc_spec::json::Text;
use vsc_spec::resource::{ResourceType, Step, ValueKind};
use vsc_spec::{Json, Object};

use super::code::Code;
use super::literal;
use super::scope::Scope;
use super::syntax::Written;

/// The context of a value.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The resource type whose properties it is in; `None` where any value is allowed.
    resource: Option<&'a ResourceType>,
    path: Vec<Step>,
}

impl<'a> Context<'a> {
    pub(super) fn anywhere() -> Self {
        Self {
            resource: None,
            path: Vec::new(),
        }
    }

    pub(super) fn properties_of(resource: &'a ResourceType) -> Self {
        Self {
            resource: Some(resource),
            path: Vec::new(),
        }
    }

    fn asked(&self) -> ValueKind {
        match self.resource {
            Some(resource) => ValueKind::expected(&resource.expectation(&self.path)),
            None => ValueKind::Anything,
        }
    }

    fn within<T>(&mut self, step: Step, inside: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let result = inside(self);
        self.path.pop();
        result
    }
}

impl Scope {
    /// A value in the syntax of `resource!`.
    pub(super) fn written(&self, json: &Json, context: &mut Context<'_>) -> Written {
        match json {
            Json::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| {
                    context.within(Step::Index(index), |context| self.written(item, context))
                });
                Written::List(items.collect())
            }
            Json::Object(object) => match self.function(json, &context.asked()) {
                Some((code, _)) => Written::Code(code),
                None => Written::Object(self.members(object, context)),
            },
            scalar => Written::Scalar(scalar.clone()),
        }
    }

    /// The members of an object in the syntax of `resource!`.
    pub(super) fn members(
        &self,
        object: &Object,
        context: &mut Context<'_>,
    ) -> Vec<(String, Written)> {
        let members = object.iter().map(|(name, value)| {
            let step = Step::Key(Text::Owned(name.to_owned()));
            let value = context.within(step, |context| self.written(value, context));
            (name.to_owned(), value)
        });
        members.collect()
    }

    /// A value as a Rust expression: `json!` if nothing else fits.
    pub(super) fn code(&self, json: &Json) -> Code {
        if let Some(literal) = literal::value(json)
            && !matches!(json, Json::Null)
        {
            return Code::Plain(literal);
        }
        if let Some((code, _)) = self.function(json, &ValueKind::Anything) {
            return code;
        }
        if let Some(code) = self.choice(json) {
            return code;
        }
        self.json(json)
    }

    /// A value as `json!`.
    pub(super) fn json(&self, json: &Json) -> Code {
        Code::Json(Box::new(self.written(json, &mut Context::anywhere())))
    }

    /// The call of the library for an intrinsic function, if its result has the expected kind.
    fn function(&self, json: &Json, asked: &ValueKind) -> Option<(Code, ValueKind)> {
        let (intrinsic, argument) = json.function()?;
        let text_is_asked = ValueKind::Text.fits(asked);
        match (intrinsic, argument) {
            (IntrinsicFunction::Ref, Json::String(target)) => match pseudo(target) {
                Some((function, kind)) => kind
                    .fits(asked)
                    .then(|| (Code::call(format!("pseudo::{function}"), []), kind)),
                None => {
                    let (variable, kind) = self.reference(target, asked)?;
                    Some((Code::plain(format!("&{variable}")), kind))
                }
            },
            (IntrinsicFunction::GetAtt, _) => {
                let (resource, attribute) = attribute(argument)?;
                let (variable, method, kind) = self.attribute(resource, attribute, asked)?;
                Some((Code::call(format!("{variable}.{method}"), []), kind))
            }
            (IntrinsicFunction::Sub, Json::String(text)) if text_is_asked => {
                Some((Code::call("sub", [Code::text(text)]), ValueKind::Text))
            }
            (IntrinsicFunction::Base64, text) if text_is_asked => {
                let text = self.text(text)?;
                Some((Code::call("base64", [text]), ValueKind::Text))
            }
            (IntrinsicFunction::GetAZs, region) if texts().fits(asked) => {
                let region = self.text(region)?;
                Some((Code::call("get_azs", [region]), texts()))
            }
            (IntrinsicFunction::Split, Json::Array(arguments)) if texts().fits(asked) => {
                let [Json::String(delimiter), text] = arguments.as_slice() else {
                    return None;
                };
                let text = self.text(text)?;
                Some((Code::call("split", [Code::text(delimiter), text]), texts()))
            }
            (IntrinsicFunction::Join, Json::Array(arguments)) if text_is_asked => {
                let [Json::String(delimiter), items @ Json::Object(_)] = arguments.as_slice()
                else {
                    return None;
                };
                let (items, _) = self.function(items, &texts())?;
                Some((
                    Code::call("join", [Code::text(delimiter), items]),
                    ValueKind::Text,
                ))
            }
            (IntrinsicFunction::Select, Json::Array(arguments)) if text_is_asked => {
                let [Json::Integer(index), items @ Json::Object(_)] = arguments.as_slice() else {
                    return None;
                };
                let index = u32::try_from(*index).ok()?;
                let (items, _) = self.function(items, &texts())?;
                let arguments = [Code::plain(index.to_string()), items];
                Some((Code::call("select::<String>", arguments), ValueKind::Text))
            }
            (IntrinsicFunction::ImportValue, export) => {
                let kind = scalar(asked)?;
                let export = self.text(export)?;
                Some((Code::call("import_value", [export]), kind))
            }
            (IntrinsicFunction::FindInMap, Json::Array(arguments)) if arguments.len() == 3 => {
                let kind = scalar(asked)?;
                let arguments: Option<Vec<Code>> = arguments
                    .iter()
                    .map(|argument| self.text(argument))
                    .collect();
                let function = self.import(INTRINSIC, "find_in_map");
                Some((Code::Call(function, arguments?), kind))
            }
            (IntrinsicFunction::Cidr, Json::Array(arguments)) if texts().fits(asked) => {
                let [range, Json::Integer(count), Json::Integer(bits)] = arguments.as_slice()
                else {
                    return None;
                };
                let (count, bits) = (u16::try_from(*count).ok()?, u8::try_from(*bits).ok()?);
                let numbers = [count.to_string(), bits.to_string()].map(Code::Plain);
                let [count, bits] = numbers;
                let range = self.text(range)?;
                let function = self.import(INTRINSIC, "cidr");
                Some((Code::call(function, [range, count, bits]), texts()))
            }
            _ => None,
        }
    }

    /// A value where a string is expected.
    pub(super) fn text(&self, json: &Json) -> Option<Code> {
        match json {
            Json::String(text) => Some(Code::text(text)),
            other => self.function(other, &ValueKind::Text).map(|(code, _)| code),
        }
    }

    /// `Fn::If` over strings. Within `resource!` the JSON syntax is better: both branches are checked
    /// there.
    fn choice(&self, json: &Json) -> Option<Code> {
        let (IntrinsicFunction::If, Json::Array(arguments)) = json.function()? else {
            return None;
        };
        let [Json::String(condition), then, otherwise] = arguments.as_slice() else {
            return None;
        };
        let branch = |json: &Json| {
            if json.is_no_value() {
                Some(Code::call("pseudo::no_value::<String>", []))
            } else {
                self.text(json)
            }
        };
        let branches = (branch(then)?, branch(otherwise)?);
        let condition = Code::plain(format!("&{}", self.condition(condition)?));
        let arguments = [condition, branches.0, branches.1];
        Some(Code::call("if_::<String>", arguments))
    }
}

const INTRINSIC: &str = "vsc::template::intrinsic";

fn texts() -> ValueKind {
    ValueKind::List(Box::new(ValueKind::Text))
}

/// The kind of a value that CloudFormation looks up elsewhere, where a scalar is expected.
fn scalar(asked: &ValueKind) -> Option<ValueKind> {
    match asked {
        ValueKind::Integer | ValueKind::Number | ValueKind::Boolean => Some(asked.clone()),
        ValueKind::List(_) => None,
        _ => Some(ValueKind::Text),
    }
}

/// A resource and the name of its attribute.
fn attribute(argument: &Json) -> Option<(&str, &str)> {
    match argument {
        Json::String(path) => path.split_once('.'),
        Json::Array(path) => match path.as_slice() {
            [Json::String(resource), Json::String(attribute)] => Some((resource, attribute)),
            _ => None,
        },
        _ => None,
    }
}

/// The function of `pseudo` for a pseudo parameter. `AWS::NoValue` has none, since it has no kind.
fn pseudo(name: &str) -> Option<(&'static str, ValueKind)> {
    Some(match PseudoParameter::parse(name)? {
        PseudoParameter::AccountId => ("account_id", ValueKind::Text),
        PseudoParameter::NotificationArns => ("notification_arns", texts()),
        PseudoParameter::Partition => ("partition", ValueKind::Text),
        PseudoParameter::Region => ("region", ValueKind::Text),
        PseudoParameter::StackId => ("stack_id", ValueKind::Text),
        PseudoParameter::StackName => ("stack_name", ValueKind::Text),
        PseudoParameter::UrlSuffix => ("url_suffix", ValueKind::Text),
        _ => return None,
    })
}
