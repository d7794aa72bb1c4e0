//! Whether what a template refers to is there.

use std::collections::{HashMap, HashSet};

use vsc_spec::resource::check::PSEUDO_PARAMETERS;
use vsc_spec::{Finding, Json, resource, suggest};

use super::{LogicalId, Template};

/// A finding for each reference that leads nowhere.
pub(super) fn check(template: &Template) -> Vec<Finding> {
    // A macro may add to the template what is referred to.
    if !template.transform.is_empty() {
        return Vec::new();
    }
    let mut checker = Checker {
        parameters: ids(&template.parameters),
        resources: template
            .resources
            .iter()
            .map(|(id, resource)| (id.as_str(), resource.type_name.as_ref()))
            .collect(),
        conditions: ids(&template.conditions),
        mappings: ids(&template.mappings),
        place: String::new(),
        findings: Vec::new(),
    };
    for (id, resource) in &template.resources {
        id.as_str().clone_into(&mut checker.place);
        for other in &resource.depends_on {
            checker.resource(other.as_str());
        }
        if let Some(condition) = &resource.condition {
            checker.condition(condition.as_str());
        }
        for (_, value) in resource.properties.iter().chain(resource.metadata.iter()) {
            checker.value(value);
        }
    }
    for (id, output) in &template.outputs {
        checker.place = format!("output {id}");
        checker.value(&output.to_json());
    }
    for (id, condition) in &template.conditions {
        checker.place = format!("condition {id}");
        checker.value(condition.json());
    }
    checker.findings
}

fn ids<T>(entries: &[(LogicalId, T)]) -> HashSet<&str> {
    entries.iter().map(|(id, _)| id.as_str()).collect()
}

struct Checker<'a> {
    parameters: HashSet<&'a str>,
    /// The types of the resources by their logical IDs.
    resources: HashMap<&'a str, &'a str>,
    conditions: HashSet<&'a str>,
    mappings: HashSet<&'a str>,
    place: String,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn value(&mut self, value: &Json) {
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.value(item)),
            Json::Object(object) => {
                if let Some((name, argument)) = object.single() {
                    self.function(name, argument);
                }
                object.iter().for_each(|(_, value)| self.value(value));
            }
            _ => {}
        }
    }

    fn function(&mut self, name: &str, argument: &Json) {
        let first = argument
            .as_array()
            .and_then(<[Json]>::first)
            .unwrap_or(argument);
        let Some(text) = first.as_str() else { return };
        match name {
            "Ref" => self.reference(text),
            "Fn::GetAtt" => match text.split_once('.') {
                Some((resource, attribute)) => self.attribute(resource, attribute),
                None => {
                    let attribute = argument.as_array().and_then(|path| path.get(1)?.as_str());
                    match attribute {
                        Some(attribute) => self.attribute(text, attribute),
                        None => self.resource(text),
                    }
                }
            },
            "Fn::Sub" => {
                let own = argument.as_array().and_then(|arguments| arguments.get(1));
                for variable in variables(text) {
                    if own.is_none_or(|own| own.get(variable).is_none()) {
                        match variable.split_once('.') {
                            Some((resource, attribute)) => self.attribute(resource, attribute),
                            None => self.reference(variable),
                        }
                    }
                }
            }
            "Fn::If" | "Condition" => self.condition(text),
            "Fn::FindInMap" if !self.mappings.contains(text) => {
                self.missing("mapping", text, self.mappings.iter().copied().collect());
            }
            _ => {}
        }
    }

    fn reference(&mut self, name: &str) {
        let known = self.parameters.contains(name)
            || self.resources.contains_key(name)
            || PSEUDO_PARAMETERS.contains(&name);
        if !known {
            let all = self.parameters.iter().chain(self.resources.keys()).copied();
            let all = all.chain(PSEUDO_PARAMETERS).collect();
            self.missing("parameter or resource", name, all);
        }
    }

    fn resource(&mut self, name: &str) {
        if !self.resources.contains_key(name) {
            self.missing("resource", name, self.resources.keys().copied().collect());
        }
    }

    fn attribute(&mut self, name: &str, attribute: &str) {
        let Some(type_name) = self.resources.get(name) else {
            return self.resource(name);
        };
        let Some(resource) = resource::find(type_name) else {
            return;
        };
        if let Err(finding) = resource.check_attribute(attribute) {
            let place = format!("{} refers to `{name}.{attribute}`", self.place);
            let why = match &finding.why {
                Some(why) => format!("{why}\n{place}"),
                None => place,
            };
            self.findings.push(finding.why(why));
        }
    }

    fn condition(&mut self, name: &str) {
        if !self.conditions.contains(name) {
            self.missing("condition", name, self.conditions.iter().copied().collect());
        }
    }

    fn missing(&mut self, what: &str, name: &str, mut known: Vec<&str>) {
        known.sort_unstable();
        let help = suggest::did_you_mean(name, known);
        let finding = Finding::new(format!("there is no {what} `{name}`"))
            .why(format!("{} refers to it", self.place))
            .maybe_help(help);
        self.findings.push(finding);
    }
}

/// The names in `${…}`; `${!…}` is literal.
pub(super) fn variables(text: &str) -> impl Iterator<Item = &str> {
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
