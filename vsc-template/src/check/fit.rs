//! Checks that the value of a reference fits its property: a name is not valid where an ARN is expected,
//! nor the ID of a VPC where that of a subnet is.
//!
//! CloudFormation reports such errors only during a deployment; cfn-lint's rules E1040, E1041 and E1150
//! to E1156 cover a part of them.

use std::collections::HashMap;

use vsc_spec::cloudformation::{IntrinsicFunction, PseudoParameter};
use vsc_spec::resource::form::{literal_pattern, scalar_pattern};
use vsc_spec::resource::{self, Form, Given, ResourceReference, ResourceType, Step, ValueKind};
use vsc_spec::{Json, Object};

use super::lint;
use super::report::Report;
use super::resource::resources;

pub(super) fn check(template: &Json, report: &mut Report) {
    let names = Names::of(template);
    for (id, type_name, properties) in resources(template) {
        // SAM generates other resources from its own.
        if type_name.starts_with("AWS::Serverless::") {
            continue;
        }
        let Some(resource) = resource::shared(type_name) else {
            continue;
        };
        if resource.is_open() {
            continue;
        }
        report.along(&["Resources", id, "Properties"], |report| {
            let mut path = Vec::new();
            let asking = Asking {
                names: &names,
                resource: &resource,
            };
            asking.value(properties, &mut path, report);
        });
    }
}

/// The names of a template.
struct Names<'a> {
    resources: HashMap<&'a str, (&'a str, &'a Json)>,
    parameters: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    fn of(template: &'a Json) -> Self {
        let parameters = template.get("Parameters").and_then(Json::as_object);
        Self {
            resources: resources(template)
                .map(|(id, type_name, properties)| (id, (type_name, properties)))
                .collect(),
            parameters: parameters
                .into_iter()
                .flat_map(Object::iter)
                .filter_map(|(id, parameter)| Some((id, parameter.get("Type")?.as_str()?)))
                .collect(),
        }
    }

    /// The value of a function, and the resource that it refers to.
    fn given(
        &self,
        function: IntrinsicFunction,
        argument: &'a Json,
    ) -> Option<(Given, Option<&'a str>)> {
        match (function, argument) {
            (IntrinsicFunction::Ref, Json::String(name)) => self.by_ref(name),
            (IntrinsicFunction::GetAtt, Json::String(path)) => {
                let (id, attribute) = path.split_once('.')?;
                self.by_attribute(id, attribute)
            }
            (IntrinsicFunction::GetAtt, Json::Array(path)) => match path.as_slice() {
                [Json::String(id), Json::String(attribute)] => self.by_attribute(id, attribute),
                _ => None,
            },
            (IntrinsicFunction::Sub, Json::String(text)) => self.by_text(text, None),
            (IntrinsicFunction::Sub, Json::Array(arguments)) => match arguments.as_slice() {
                [Json::String(text), own] => self.by_text(text, own.as_object()),
                _ => None,
            },
            (IntrinsicFunction::Join, Json::Array(arguments)) => match arguments.as_slice() {
                [Json::String(delimiter), Json::Array(items)] => self.joined(delimiter, items),
                _ => None,
            },
            _ => None,
        }
    }

    fn by_ref(&self, name: &'a str) -> Option<(Given, Option<&'a str>)> {
        if let Some((type_name, properties)) = self.resources.get(name) {
            let resource = known(type_name)?;
            let members = properties.as_object();
            let names = members.into_iter().flat_map(Object::names);
            return Some((resource.given_by_ref(names), Some(name)));
        }
        let type_name = self.parameters.get(name)?;
        let kind = ValueKind::of_parameter(type_name);
        let is_name = matches!(&kind, ValueKind::Identifier(_));
        let given = Given {
            language: if is_name { Form::Name } else { Form::Unknown }.language(""),
            words: kind.in_words(),
            kind,
            own: true,
        };
        Some((given, None))
    }

    fn by_attribute(&self, id: &'a str, attribute: &str) -> Option<(Given, Option<&'a str>)> {
        let (type_name, _) = self.resources.get(id)?;
        Some((known(type_name)?.given_by(attribute)?, Some(id)))
    }

    /// A string with variables: a single variable has the value of its reference.
    fn by_text(&self, text: &'a str, own: Option<&'a Object>) -> Option<(Given, Option<&'a str>)> {
        let single = text
            .strip_prefix("${")
            .and_then(|rest| rest.strip_suffix('}'))
            .filter(|name| !name.contains("${") && !name.starts_with('!'));
        if let Some(name) = single {
            let given = match own.and_then(|own| own.get(name)) {
                Some(value) => self.of_value(value),
                None => self.by_name(name),
            };
            // A list as an argument is reported elsewhere.
            return given.filter(|(given, _)| !matches!(given.kind, ValueKind::List(_)));
        }
        let mut parts = text.split("${");
        let mut language = literal_pattern(parts.next().unwrap_or_default());
        let mut has_variable = false;
        for part in parts {
            let (name, rest) = part.split_once('}')?;
            match name.strip_prefix('!') {
                Some(literal) => language += &literal_pattern(&format!("${{{literal}}}")),
                None => {
                    has_variable = true;
                    let value = own.and_then(|own| own.get(name.trim()));
                    language += &match value {
                        Some(value) => self.language(value),
                        None => self.language_of(name.trim()),
                    };
                }
            }
            language += &literal_pattern(rest);
        }
        has_variable.then(|| {
            (
                Given::text(without_resource(language), format!("{text:?}")),
                None,
            )
        })
    }

    fn joined(&self, delimiter: &str, items: &'a [Json]) -> Option<(Given, Option<&'a str>)> {
        if let [only] = items {
            let given = self.of_value(only);
            return given.filter(|(given, _)| !matches!(given.kind, ValueKind::List(_)));
        }
        let is_known = items.iter().all(|item| scalar_pattern(item).is_some());
        // Each item may be a list in a condition, or a function that returns one.
        let parts: Vec<String> = items.iter().map(|item| self.language(item)).collect();
        let language = parts.join(&literal_pattern(delimiter));
        let description = "the result of `Fn::Join`".to_owned();
        (!is_known).then(|| (Given::text(without_resource(language), description), None))
    }

    fn of_value(&self, value: &'a Json) -> Option<(Given, Option<&'a str>)> {
        let (function, argument) = value.function()?;
        self.given(function, argument)
    }

    fn by_name(&self, name: &'a str) -> Option<(Given, Option<&'a str>)> {
        match name.split_once('.') {
            Some((id, attribute)) => self.by_attribute(id, attribute),
            None => self.by_ref(name),
        }
    }

    /// The strings that a value may be.
    fn language(&self, value: &'a Json) -> String {
        if let Some(pattern) = scalar_pattern(value) {
            return pattern;
        }
        match value.function() {
            Some((IntrinsicFunction::Ref, Json::String(name))) => self.language_of(name),
            Some((function, argument)) => self
                .given(function, argument)
                .map_or_else(anything, |(given, _)| given.language),
            None => anything(),
        }
    }

    fn language_of(&self, name: &'a str) -> String {
        match PseudoParameter::parse(name) {
            Some(PseudoParameter::AccountId) => "[0-9]{12}".to_owned(),
            Some(PseudoParameter::Partition) => "aws[a-z-]*".to_owned(),
            Some(PseudoParameter::Region) => "[a-z0-9-]+".to_owned(),
            Some(PseudoParameter::StackName) => "[A-Za-z0-9-]+".to_owned(),
            Some(PseudoParameter::StackId) => Form::OwnArn.language("AWS::CloudFormation::Stack"),
            _ => self
                .by_name(name)
                .map_or_else(anything, |(given, _)| given.language),
        }
    }
}

/// The strings that a composed ARN may be, checked only by its service: the part behind it is often a
/// placeholder.
fn without_resource(language: String) -> String {
    let literal = |text: &str| text.replace('\\', "");
    let mut parts = language.splitn(4, "\\:");
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("arn"), Some(_), Some(service), Some(_))
            if service
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "\\-".contains(letter)) =>
        {
            format!("arn:[^:]*:{}:.*", literal(service))
        }
        (Some("arn"), ..) => "arn:.*".to_owned(),
        _ => language,
    }
}

fn anything() -> String {
    Form::Unknown.language("")
}

/// The type, unless its attributes depend on the user's code or template.
fn known(type_name: &str) -> Option<std::sync::Arc<ResourceType>> {
    if type_name.starts_with("AWS::Serverless::") || type_name == "AWS::CloudFormation::Stack" {
        return None;
    }
    resource::shared(type_name).filter(|resource| !resource.is_open())
}

/// The resource whose properties are checked.
struct Asking<'a> {
    names: &'a Names<'a>,
    resource: &'a ResourceType,
}

impl<'a> Asking<'a> {
    fn value(&self, value: &'a Json, path: &mut Vec<Step>, report: &mut Report) {
        match value {
            Json::Array(items) => self.items(items, 0, path, report),
            Json::Object(object) => match object.call() {
                Some((name, Json::Array(branches))) if name == IntrinsicFunction::If => {
                    path.push(Step::Key(IntrinsicFunction::If.into()));
                    report.at(name, |report| self.items(branches, 1, path, report));
                    path.pop();
                }
                Some((name, argument)) => {
                    self.function(name, argument, path, report);
                }
                _ => {
                    for (name, value) in object.iter() {
                        path.push(Step::Key(name.to_owned().into()));
                        report.at(name, |report| self.value(value, path, report));
                        path.pop();
                    }
                }
            },
            _ => {}
        }
    }

    fn items(&self, items: &'a [Json], first: usize, path: &mut Vec<Step>, report: &mut Report) {
        for (index, item) in items.iter().enumerate().skip(first) {
            path.push(Step::Index(index));
            report.item(index, |report| self.value(item, path, report));
            path.pop();
        }
    }

    fn function(&self, name: &str, argument: &'a Json, path: &[Step], report: &mut Report) {
        let function = IntrinsicFunction::parse(name);
        let given = function.and_then(|function| self.names.given(function, argument));
        let Some((given, target)) = given else {
            return;
        };
        if let Some(diagnostic) = self.resource.check_reference(path, &given) {
            let help = target.and_then(|id| self.instead(id, path));
            report.value(lint::PROPERTY, diagnostic.maybe_help(help));
        }
    }

    /// A reference to the same resource that fits.
    fn instead(&self, id: &str, path: &[Step]) -> Option<String> {
        let (type_name, properties) = self.names.resources.get(id)?;
        let target = known(type_name)?;
        let members = properties.as_object();
        let reference = target.given_by_ref(members.into_iter().flat_map(Object::names));
        Some(match target.fitting(&reference, self.resource, path)? {
            ResourceReference::Attribute(attribute) => format!("write `!GetAtt {id}.{attribute}`"),
            ResourceReference::Ref => format!("write `!Ref {id}`"),
        })
    }
}
