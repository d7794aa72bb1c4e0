//! `exposed-secret`.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Diagnostic, Json, Object};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::resource::resources;
use crate::template::reference::variables;

declare_lint! {
    /// Parameters with `NoEcho` are not used in user data, metadata, environments or outputs.
    ///
    /// # Why
    ///
    /// `NoEcho` hides only the parameter, not its value where it is used: anyone who may describe them can
    /// read user data, metadata, the environment of a function and outputs.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Parameters:
    ///   Password: { Type: String, NoEcho: true }
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Outputs:
    ///   Login: { Value: !Ref Password }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Parameters:
    ///   Password: { Type: String, NoEcho: true }
    /// Resources:
    ///   Secret:
    ///     Type: AWS::SecretsManager::Secret
    ///     Properties: { SecretString: !Ref Password }
    /// Outputs:
    ///   Login: { Value: !Ref Secret }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Parameters section", `NoEcho`: the note on metadata and outputs
    /// - cfn-lint W2010
    pub const EXPOSED_SECRET: Warning = "exposed-secret";
}

fn exposed(id: &str, location: &str) -> Diagnostic {
    Diagnostic::new(format!("the secret `{id}` is readable in {location}"))
        .note("`NoEcho` hides only the parameter, not where its value is used")
        .help("store it in Secrets Manager, and read it where it is needed")
}

/// Checks everything that others can read for hidden parameters.
pub(in crate::check) fn check(template: &Json, hidden: &[&str], report: &mut Report) {
    if hidden.is_empty() {
        return;
    }
    let search = |value: &Json, location: &'static str, report: &mut Report| {
        Search { hidden, location }.value(value, report);
    };
    report.at("Resources", |report| {
        for (id, type_name, properties) in resources(template) {
            let mut at = |path: &[&str], location| {
                let value = path
                    .iter()
                    .try_fold(properties, |value, name| value.get(name));
                if let Some(value) = value {
                    let path = [&[id, "Properties"], path].concat();
                    report.along(&path, |report| search(value, location, report));
                }
            };
            match type_name {
                "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => {
                    at(&["UserData"], "user data");
                }
                "AWS::EC2::LaunchTemplate" => at(&["LaunchTemplateData", "UserData"], "user data"),
                "AWS::Lambda::Function" | "AWS::Serverless::Function" => {
                    at(&["Environment"], "the environment of a function");
                }
                _ => {}
            }
        }
        let all = template.get("Resources").and_then(Json::as_object);
        for (id, resource) in all.into_iter().flat_map(Object::iter) {
            if let Some(metadata) = resource.get("Metadata") {
                report.along(&[id, "Metadata"], |report| {
                    search(metadata, "metadata", report);
                });
            }
        }
    });
    if let Some(outputs) = template.get("Outputs") {
        report.at("Outputs", |report| search(outputs, "an output", report));
    }
}

/// Looks for hidden parameters in a value that others can read.
struct Search<'a> {
    hidden: &'a [&'a str],
    location: &'static str,
}

impl Search<'_> {
    fn value(&self, value: &Json, report: &mut Report) {
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    report.item(index, |report| self.value(item, report));
                }
            }
            Json::Object(object) => {
                for (name, inner) in object.iter() {
                    report.at(name, |report| {
                        if let Some(id) = self.hidden_in(name, inner) {
                            report.value(EXPOSED_SECRET, exposed(id, self.location));
                        }
                        self.value(inner, report);
                    });
                }
            }
            _ => {}
        }
    }

    /// The hidden parameter that a function refers to.
    fn hidden_in<'a>(&self, function: &str, argument: &'a Json) -> Option<&'a str> {
        let first = argument.as_array().and_then(<[Json]>::first);
        let text = first.unwrap_or(argument).as_str()?;
        match IntrinsicFunction::parse(function)? {
            IntrinsicFunction::Ref => self.hidden.contains(&text).then_some(text),
            IntrinsicFunction::Sub => variables(text).find(|id| self.hidden.contains(id)),
            _ => None,
        }
    }
}
