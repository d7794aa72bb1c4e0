//! Types of function arguments: a list parameter is not valid where a string is expected, nor a string
//! where a list is.

use std::collections::HashMap;

use vsc_spec::cloudformation::{IntrinsicFunction, PseudoParameter};
use vsc_spec::resource::check::{ExpectedType, passed_values};
use vsc_spec::resource::{self, Types, ValueKind};
use vsc_spec::{Json, Object};

use super::report::Report;
use super::resource::resources;
use super::{Lint, lint};
use crate::template::reference::variables;

/// The sections with functions, and the lint that reports errors there.
const SECTIONS: [(&str, Lint); 4] = [
    ("Rules", lint::SECTION),
    ("Conditions", lint::CONDITION),
    ("Resources", lint::PROPERTY),
    ("Outputs", lint::OUTPUT),
];

/// The name of an export in messages.
const EXPORT: &str = "an export";

pub(super) fn check(template: &Json, report: &mut Report) {
    let mut names = Names::of(template);
    for (section, lint) in SECTIONS {
        names.lint = lint;
        if let Some(value) = template.get(section) {
            report.at(section, |report| names.value(value, report));
        }
    }
    let outputs = template.get("Outputs").and_then(Json::as_object);
    for (id, output) in outputs.into_iter().flat_map(Object::iter) {
        for (path, by) in [
            (["Value"].as_slice(), "an output"),
            (&["Export", "Name"], EXPORT),
        ] {
            let value = path.iter().try_fold(output, |value, name| value.get(name));
            if let Some(value) = value {
                let path = [&["Outputs", id], path].concat();
                report.along(&path, |report| {
                    names.asked(by, ExpectedType::String, value, report);
                });
            }
        }
    }
}

/// The names of a template.
struct Names<'a> {
    parameters: HashMap<&'a str, &'a str>,
    resources: HashMap<&'a str, &'a str>,
    lint: Lint,
}

impl<'a> Names<'a> {
    fn of(template: &'a Json) -> Self {
        let parameters = template.get("Parameters").and_then(Json::as_object);
        Self {
            parameters: parameters
                .into_iter()
                .flat_map(Object::iter)
                .filter_map(|(id, parameter)| Some((id, parameter.get("Type")?.as_str()?)))
                .collect(),
            resources: resources(template)
                .map(|(id, type_name, _)| (id, type_name))
                .collect(),
            lint: lint::PROPERTY,
        }
    }

    fn value(&self, value: &Json, report: &mut Report) {
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    report.item(index, |report| self.value(item, report));
                }
            }
            Json::Object(object) => {
                let function = object.function();
                for (name, value) in object.iter() {
                    report.at(name, |report| {
                        if let Some((function, _)) = function {
                            self.function(function, value, report);
                        }
                        self.value(value, report);
                    });
                }
            }
            _ => {}
        }
    }

    fn function(&self, function: IntrinsicFunction, argument: &Json, report: &mut Report) {
        let by = format!("`{function}`");
        if function == IntrinsicFunction::Equals {
            for (index, operand) in argument.as_array().unwrap_or_default().iter().enumerate() {
                report.item(index, |report| {
                    self.asked(&by, ExpectedType::String, operand, report);
                });
            }
        }
        for one in passed_values(function, argument) {
            report.steps(&one.path, |report| {
                self.asked(&by, one.wanted, one.value, report);
            });
        }
        if function == IntrinsicFunction::Sub {
            match argument {
                Json::String(text) => self.substituted(text, None, report),
                Json::Array(arguments) => {
                    if let [Json::String(text), own] = arguments.as_slice() {
                        report.item(0, |report| self.substituted(text, Some(own), report));
                    }
                }
                _ => {}
            }
        }
    }

    /// The variables in the string of `Fn::Sub`.
    fn substituted(&self, text: &str, own: Option<&Json>, report: &mut Report) {
        for variable in variables(text) {
            if own.is_some_and(|own| own.get(variable).is_some()) {
                continue;
            }
            let given = match variable.split_once('.') {
                Some((id, attribute)) => self.attribute(id, attribute),
                None => self.reference(variable),
            };
            if let Some(diagnostic) = ExpectedType::String.rejects("`Fn::Sub`", variable, given) {
                report.value(self.lint, diagnostic);
            }
        }
    }

    fn asked(&self, by: &str, wanted: ExpectedType, value: &Json, report: &mut Report) {
        let Some((function, argument)) = value.function() else {
            return;
        };
        let (name, given) = match (function, argument) {
            (IntrinsicFunction::Ref, Json::String(name)) => {
                (name.to_string(), self.reference(name))
            }
            // Unknown names are reported by the check of references.
            (IntrinsicFunction::GetAtt, _) if self.lint == lint::CONDITION || by == EXPORT => {
                return;
            }
            (IntrinsicFunction::GetAtt, Json::String(path)) => {
                let Some((id, attribute)) = path.split_once('.') else {
                    return;
                };
                (path.to_string(), self.attribute(id, attribute))
            }
            (IntrinsicFunction::GetAtt, Json::Array(path)) => match path.as_slice() {
                [Json::String(id), Json::String(attribute)] => {
                    (format!("{id}.{attribute}"), self.attribute(id, attribute))
                }
                _ => return,
            },
            _ => return,
        };
        if let Some(diagnostic) = wanted.rejects(by, &name, given) {
            report.at(function.name(), |report| {
                report.value(self.lint, diagnostic);
            });
        }
    }

    /// The types of the value of `Ref`: any, if the name is unknown.
    fn reference(&self, name: &str) -> Types {
        if let Some(type_name) = self.parameters.get(name) {
            return match ValueKind::of_parameter(type_name) {
                ValueKind::List(_) => Types::ARRAY,
                _ => Types::STRING,
            };
        }
        match PseudoParameter::parse(name) {
            Some(PseudoParameter::NotificationArns) => Types::ARRAY,
            Some(PseudoParameter::NoValue) => Types::default(),
            Some(_) => Types::STRING,
            None if self.resources.contains_key(name) => Types::STRING,
            None if PseudoParameter::is_reserved(name) => Types::STRING,
            None => Types::default(),
        }
    }

    fn attribute(&self, id: &str, attribute: &str) -> Types {
        let Some(type_name) = self.resources.get(id) else {
            return Types::default();
        };
        // What SAM makes of its own resources is another resource's.
        if type_name.starts_with("AWS::Serverless::") {
            return Types::default();
        }
        let resource = resource::shared(type_name).filter(|resource| !resource.is_open());
        let attribute = resource
            .as_ref()
            .and_then(|known| known.attribute(attribute));
        attribute.map_or(Types::default(), |attribute| attribute.types)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Severity, template};
    use crate::template::{Path, Source};

    const BEFORE: &str = "Parameters:\n  S: {Type: String}\n  L: {Type: CommaDelimitedList}\n  \
        P: {Type: 'AWS::SSM::Parameter::Value<List<String>>'}\nMappings: {M: {a: {b: c}}}\n\
        Conditions: {C: !Equals [!Ref S, a]}\nResources:\n  B: {Type: 'AWS::S3::Bucket'}\n  \
        V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n";

    fn errors(text: &str) -> Vec<String> {
        let source = Source::read(text).expect("it is a template");
        let all = template(source.json(), source.size());
        let errors = all.iter().filter(|one| one.severity() == Severity::Error);
        errors
            .map(|one| {
                let steps = one.location.path.iter().cloned();
                let path: Path = steps.skip(4).collect();
                format!("{path}: {}", one.diagnostic.message)
            })
            .collect()
    }

    fn named(name: &str) -> Vec<String> {
        errors(&format!(
            "{BEFORE}  T: {{Type: 'AWS::SNS::Topic', Properties: {{DisplayName: {name}}}}}\n"
        ))
    }

    #[test]
    fn functions_reject_a_string_for_a_list() {
        for (name, error) in [
            (
                "!Join [',', !Ref S]",
                "Fn::Join[1].Ref: `Fn::Join` expects a list, but `S` is a string",
            ),
            (
                "!Join [',', !Ref B]",
                "Fn::Join[1].Ref: `Fn::Join` expects a list, but `B` is a string",
            ),
            (
                "!Select [0, !GetAtt B.Arn]",
                "Fn::Select[1].Fn::GetAtt: `Fn::Select` expects a list, but `B.Arn` is a string",
            ),
            (
                "!Select [0, !Ref 'AWS::Region']",
                "Fn::Select[1].Ref: `Fn::Select` expects a list, but `AWS::Region` is a string",
            ),
            (
                "!Join [',', !If [C, !Ref S, [a]]]",
                "Fn::Join[1].Fn::If[1].Ref: `Fn::Join` expects a list, but `S` is a string",
            ),
        ] {
            assert_eq!(named(name), [error], "{name}");
        }
        for name in [
            "!Join [',', !Ref L]",
            "!Select [0, !Ref P]",
            "!Join [',', !GetAtt V.Ipv6CidrBlocks]",
        ] {
            assert_eq!(named(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn functions_reject_a_list_for_a_string() {
        for (name, error) in [
            (
                "!Join [',', [a, !Ref L]]",
                "Fn::Join[1][1].Ref: `Fn::Join` expects a string, but `L` is a list",
            ),
            (
                "!Sub 'a-${L}'",
                "Fn::Sub: `Fn::Sub` expects a string, but `L` is a list",
            ),
            (
                "!Sub '${P}'",
                "Fn::Sub: `Fn::Sub` expects a string, but `P` is a list",
            ),
            (
                "!Sub ['${X}', {X: !Ref L}]",
                "Fn::Sub[1].X.Ref: `Fn::Sub` expects a string, but `L` is a list",
            ),
            (
                "!Sub '${AWS::NotificationARNs}'",
                "Fn::Sub: `Fn::Sub` expects a string, but `AWS::NotificationARNs` is a list",
            ),
            (
                "!Sub 'x${V.CidrBlockAssociations}'",
                "Fn::Sub: `Fn::Sub` expects a string, but `V.CidrBlockAssociations` is a list",
            ),
            (
                "!Select [!Ref L, [a]]",
                "Fn::Select[0].Ref: `Fn::Select` expects an integer, but `L` is a list",
            ),
            (
                "!ImportValue {Ref: P}",
                "Fn::ImportValue.Ref: `Fn::ImportValue` expects a string, but `P` is a list",
            ),
            (
                "!FindInMap [M, !Ref L, b]",
                "Fn::FindInMap[1].Ref: `Fn::FindInMap` expects a string, but `L` is a list",
            ),
        ] {
            assert_eq!(named(name), [error], "{name}");
        }
        for name in [
            "!Sub '${S}-${B.Arn}'",
            "!Sub ['${L}', {L: !Join ['', !Ref L]}]",
        ] {
            assert_eq!(named(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn conditions_and_outputs_reject_lists() {
        let text = BEFORE.replace("!Equals [!Ref S, a]", "!Equals [!Ref L, a]");
        let found = errors(&text);
        assert_eq!(
            found,
            [".Ref: `Fn::Equals` expects a string, but `L` is a list"]
                .map(|one| one.trim_start_matches('.')),
            "{found:?}"
        );
        for (output, error) in [
            (
                "{Value: !Ref L}",
                "an output expects a string, but `L` is a list",
            ),
            (
                "{Value: !GetAtt V.CidrBlockAssociations}",
                "an output expects a string, but `V.CidrBlockAssociations` is a list",
            ),
            (
                "{Value: a, Export: {Name: !Ref P}}",
                "an export expects a string, but `P` is a list",
            ),
        ] {
            let found = errors(&format!("{BEFORE}Outputs: {{O: {output}}}\n"));
            assert_eq!(found.len(), 1, "{output}: {found:?}");
            assert!(found[0].ends_with(error), "{output}: {found:?}");
        }
    }

    #[test]
    fn properties_reject_lists_and_strings_for_other_types() {
        let with = |resource: &str| errors(&format!("{BEFORE}  Q: {resource}\n"));
        let queue = with("{Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: !Ref L}}");
        assert_eq!(
            queue,
            [": expected an integer for `VisibilityTimeout`, found a list"]
        );
        let key = with("{Type: 'AWS::KMS::Key', Properties: {EnableKeyRotation: !Ref L}}");
        assert_eq!(
            key,
            [": expected a boolean for `EnableKeyRotation`, found a list"]
        );
        let bucket =
            with("{Type: 'AWS::S3::Bucket', Properties: {VersioningConfiguration: !Ref S}}");
        assert_eq!(
            bucket,
            [": expected an object for `VersioningConfiguration`, found a string"]
        );
    }
}
