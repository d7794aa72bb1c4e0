//! Checks that the targets of references exist.

use std::collections::{HashMap, HashSet};

use vsc_spec::cloudformation::{CONDITION, IntrinsicFunction, PseudoParameter};
use vsc_spec::resource::check::is_variable;
use vsc_spec::resource::{self, Location, Step, Target, Violation};
use vsc_spec::{Diagnostic, Json, Object, suggest};

/// The names that the macros of a template may add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// None.
    Nothing,
    /// Resources, as the Serverless Application Model does.
    Resources,
    /// Any: no name can be missing.
    Anything,
}

/// An error for each reference without a target.
pub(crate) fn check(template: &Json, added: Added) -> Vec<Violation> {
    if added == Added::Anything {
        return Vec::new();
    }
    let names = |section| -> HashSet<&str> {
        let members = template.get(section).and_then(Json::as_object);
        members.into_iter().flat_map(Object::names).collect()
    };
    let resources = template.get("Resources").and_then(Json::as_object);
    let resource_type = |resource: &'_ Json| {
        resource
            .get("Type")
            .and_then(Json::as_str)
            .map(str::to_owned)
    };
    let mut checker = Checker {
        added,
        parameters: names("Parameters"),
        resources: resources
            .into_iter()
            .flat_map(Object::iter)
            .map(|(id, resource)| (id, resource_type(resource).unwrap_or_default()))
            .collect(),
        conditions: names("Conditions"),
        mappings: names("Mappings"),
        in_conditions: false,
        early: None,
        path: Vec::new(),
        violations: Vec::new(),
    };
    checker.members(template, "Resources", Checker::resource_members);
    checker.members(template, "Outputs", |checker, output| {
        checker.condition_of(output);
        for (name, value) in output.as_object().into_iter().flat_map(Object::iter) {
            checker.early = (name == "Export").then_some("the name of an export");
            checker.at(name, |checker| checker.value(value));
        }
        checker.early = None;
    });
    checker.in_conditions = true;
    checker.early = Some("a condition");
    checker.members(template, "Conditions", Checker::value);
    checker.early = Some("a rule");
    checker.members(template, "Rules", Checker::value);
    checker.violations
}

/// The element of the template that contains a location, in words: the logical ID of a resource,
/// `output Url`.
pub(super) fn element(location: &Location) -> String {
    match location.path.as_slice() {
        [Step::Key(section), Step::Key(name), ..] => match section.as_ref() {
            "Outputs" => format!("output {name}"),
            "Conditions" => format!("condition {name}"),
            "Rules" => format!("rule {name}"),
            _ => name.to_string(),
        },
        _ => "the template".to_owned(),
    }
}

struct Checker<'a> {
    added: Added,
    parameters: HashSet<&'a str>,
    /// The types of the resources by their logical IDs.
    resources: HashMap<&'a str, String>,
    conditions: HashSet<&'a str>,
    mappings: HashSet<&'a str>,
    /// Whether `Condition` is the function: properties may have this name as well.
    in_conditions: bool,
    /// The context, if it is evaluated before any resource exists.
    early: Option<&'static str>,
    path: Vec<Step>,
    violations: Vec<Violation>,
}

impl Checker<'_> {
    fn members(&mut self, template: &Json, section: &str, check: fn(&mut Self, &Json)) {
        let members = template.get(section).and_then(Json::as_object);
        for (name, value) in members.into_iter().flat_map(Object::iter) {
            self.at(section, |checker| {
                checker.at(name, |checker| check(checker, value));
            });
        }
    }

    fn at(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        self.path.push(Step::Key(name.to_owned().into()));
        check(self);
        self.path.pop();
    }

    fn item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        self.path.push(Step::Index(index));
        check(self);
        self.path.pop();
    }

    fn resource_members(&mut self, resource: &Json) {
        self.condition_of(resource);
        match resource.get("DependsOn") {
            Some(Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(name) = item.as_str() {
                        self.at("DependsOn", |checker| {
                            checker.item(index, |checker| checker.resource(name));
                        });
                    }
                }
            }
            Some(Json::String(name)) => self.at("DependsOn", |checker| checker.resource(name)),
            _ => {}
        }
        self.value(resource);
    }

    fn condition_of(&mut self, element: &Json) {
        if let Some(Json::String(name)) = element.get("Condition") {
            self.at("Condition", |checker| checker.condition(name));
        }
    }

    fn value(&mut self, value: &Json) {
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.item(index, |checker| checker.value(item));
                }
            }
            Json::Object(object) => {
                if let Some((name, argument)) = object.single() {
                    self.at(name, |checker| checker.function(name, argument));
                }
                for (name, value) in object.iter() {
                    let early = self.early;
                    if name == IntrinsicFunction::ImportValue {
                        self.early = Some("the name of an import");
                    }
                    self.at(name, |checker| checker.value(value));
                    self.early = early;
                }
            }
            _ => {}
        }
    }

    /// Reports a resource in a context that is evaluated before any exists: AWS CloudFormation Template Reference,
    /// "Condition functions", "Fn::ImportValue"; User Guide, "Rules section", "Outputs section".
    fn is_too_early(&mut self, name: &str) -> bool {
        let Some(location) = self.early else {
            return false;
        };
        let is_resource = self.resources.contains_key(name) && !self.parameters.contains(name);
        if is_resource {
            let diagnostic =
                Diagnostic::new(format!("{location} cannot refer to the resource `{name}`"))
                    .note("it is evaluated before any resource exists")
                    .help("refer to parameters, pseudo parameters and mappings only");
            self.reject(diagnostic);
        }
        is_resource
    }

    fn function(&mut self, name: &str, argument: &Json) {
        let Some(first) = argument.as_array().and_then(<[Json]>::first) else {
            let takes_string = name == CONDITION
                || matches!(
                    IntrinsicFunction::parse(name),
                    Some(
                        IntrinsicFunction::Ref | IntrinsicFunction::GetAtt | IntrinsicFunction::Sub
                    )
                );
            if let (Some(text), true) = (argument.as_str(), takes_string) {
                self.call(name, text, &[]);
            }
            return;
        };
        if let (Some(text), true) = (first.as_str(), name != IntrinsicFunction::Ref) {
            let arguments = argument.as_array().unwrap_or_default();
            // An attribute is checked as a whole: its name is the second argument.
            if name == IntrinsicFunction::GetAtt {
                self.call(name, text, arguments);
            } else {
                self.item(0, |checker| checker.call(name, text, arguments));
            }
        }
    }

    fn call(&mut self, name: &str, text: &str, arguments: &[Json]) {
        if name == CONDITION && self.in_conditions {
            return self.condition(text);
        }
        let Some(function) = IntrinsicFunction::parse(name) else {
            return;
        };
        match function {
            IntrinsicFunction::Ref => self.reference(text),
            IntrinsicFunction::GetAtt => match (arguments, text.split_once('.')) {
                ([_, Json::String(attribute)], _) => {
                    if self.resources.contains_key(text) {
                        self.item(1, |checker| checker.attribute(text, attribute));
                    } else {
                        self.item(0, |checker| checker.resource(text));
                    }
                }
                ([], Some((resource, attribute))) => self.attribute(resource, attribute),
                // A missing attribute is an error of the function.
                ([], None) => {}
                _ => self.item(0, |checker| checker.resource(text)),
            },
            IntrinsicFunction::Sub => {
                let own = arguments.get(1);
                // A value that is not an object is an error of the function.
                if own.is_some_and(|own| own.as_object().is_none_or(|own| own.call().is_some())) {
                    return;
                }
                // An invalid name is reported where the functions are checked.
                for variable in variables(text).filter(|name| is_variable(name)) {
                    if own.is_none_or(|own| own.get(variable).is_none()) {
                        match variable.split_once('.') {
                            Some((resource, attribute)) => self.attribute(resource, attribute),
                            None => self.reference(variable),
                        }
                    }
                }
            }
            IntrinsicFunction::If => self.condition(text),
            IntrinsicFunction::ValueOf if self.in_conditions && !self.parameters.contains(text) => {
                self.missing("parameter", text, self.parameters.iter().copied().collect());
            }
            IntrinsicFunction::FindInMap if !self.mappings.contains(text) => {
                self.missing("mapping", text, self.mappings.iter().copied().collect());
            }
            _ => {}
        }
    }

    fn reference(&mut self, name: &str) {
        if self.is_too_early(name) {
            return;
        }
        let known = self.parameters.contains(name)
            || self.resources.contains_key(name)
            || PseudoParameter::parse(name).is_some()
            || self.is_added(name);
        if !known {
            let mut all: Vec<&str> = PseudoParameter::names().collect();
            all.extend(self.parameters.iter().chain(self.resources.keys()));
            self.missing("parameter or resource", name, all);
        }
    }

    fn resource(&mut self, name: &str) {
        if !self.resources.contains_key(name) && !self.is_added(name) {
            self.missing("resource", name, self.resources.keys().copied().collect());
        }
    }

    /// Whether a macro or a module may create the name.
    fn is_added(&self, name: &str) -> bool {
        // Pseudo parameters cannot be created.
        if PseudoParameter::is_reserved(name) {
            return false;
        }
        let of_module = || {
            let mut modules = self
                .resources
                .iter()
                .filter(|(_, type_name)| type_name.ends_with("::MODULE"));
            modules.any(|(module, _)| name.starts_with(module))
        };
        self.added == Added::Resources || of_module()
    }

    fn attribute(&mut self, name: &str, attribute: &str) {
        if self.is_too_early(name) {
            return;
        }
        let Some(type_name) = self.resources.get(name) else {
            return self.resource(name);
        };
        // The generated resources of the Serverless Application Model have other attributes.
        if type_name.starts_with("AWS::Serverless::") {
            return;
        }
        let Some(resource) = resource::shared(type_name) else {
            return;
        };
        if let Err(diagnostic) = resource.check_attribute(attribute) {
            self.reject(diagnostic);
        }
    }

    fn condition(&mut self, name: &str) {
        if !self.conditions.contains(name) {
            self.missing("condition", name, self.conditions.iter().copied().collect());
        }
    }

    fn missing(&mut self, kind: &str, name: &str, mut known: Vec<&str>) {
        known.sort_unstable();
        let help = suggest::did_you_mean(name, known);
        self.reject(Diagnostic::new(format!("there is no {kind} `{name}`")).maybe_help(help));
    }

    fn reject(&mut self, diagnostic: Diagnostic) {
        let location = Location {
            path: self.path.clone(),
            target: Target::Value,
        };
        self.violations.push(Violation::new(location, diagnostic));
    }
}

/// The names in `${…}`; `${!…}` is literal.
pub(crate) fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split("${")
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.trim())
        .filter(|name| !name.starts_with('!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_in_text() {
        let text = "a ${One} $x ${!literal} ${Two.Arn} ${open";
        assert_eq!(variables(text).collect::<Vec<_>>(), ["One", "Two.Arn"]);
    }
}
