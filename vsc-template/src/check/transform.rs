//! Macros that process a template before it is deployed.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::resource::{Dialect, Location, Step, Target, Violation};
use vsc_spec::{Diagnostic, Json};

use super::lint;
use super::report::Report;
use crate::template::reference::Added;

/// The macros of a template: AWS CloudFormation User Guide, "Transforms".
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a macro, and a template may have them all"
)]
pub(super) struct Transforms {
    /// The Serverless Application Model.
    pub(super) serverless: bool,
    /// `AWS::LanguageExtensions`, or a loop that needs it.
    pub(super) extensions: bool,
    /// `AWS::LanguageExtensions` is listed.
    declared: bool,
    /// Parts of the template are included: `AWS::Include`.
    pub(super) include: bool,
    /// A custom macro.
    pub(super) custom: bool,
}

impl Transforms {
    pub(super) fn of(template: &Json) -> Self {
        let mut transforms = Self::default();
        if let Some(transform) = template.get("Transform") {
            let items = match transform {
                Json::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            for item in items {
                transforms.add(item.get("Name").unwrap_or(item).as_str());
            }
        }
        transforms.inner(template);
        transforms
    }

    /// The error if the transform of a type is missing.
    pub(super) fn missing(self, type_name: &str) -> Option<Diagnostic> {
        (type_name.starts_with("AWS::Serverless::") && !self.serverless)
            .then(|| lint::resource_type::missing_transform(type_name))
    }

    fn add(&mut self, name: Option<&str>) {
        match name {
            Some(name) if name.starts_with("AWS::Serverless-") => self.serverless = true,
            Some("AWS::LanguageExtensions") => {
                self.extensions = true;
                self.declared = true;
            }
            Some("AWS::Include") => self.include = true,
            Some(name) if name.starts_with("AWS::") => {}
            Some(_) => self.custom = true,
            // It is reported as an invalid section.
            None => {}
        }
    }

    /// Finds macros that process a part of the template.
    fn inner(&mut self, value: &Json) {
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.inner(item)),
            Json::Object(object) => {
                for (name, value) in object.iter() {
                    if name == IntrinsicFunction::Transform {
                        // The output of a custom macro for a part cannot be checked either.
                        self.include = true;
                    }
                    if IntrinsicFunction::is_loop(name) {
                        self.extensions = true;
                    }
                    self.inner(value);
                }
            }
            _ => {}
        }
    }

    /// The functions that are valid in the template.
    pub(super) fn dialect(self) -> Dialect {
        if self.added() == Added::Anything {
            Dialect::Extended
        } else {
            Dialect::Template
        }
    }

    /// The names that the macros add to the template.
    pub(super) fn added(self) -> Added {
        if self.include || self.custom || self.extensions {
            Added::Anything
        } else if self.serverless {
            Added::Resources
        } else {
            Added::Nothing
        }
    }
}

/// Reports the first loop of a template without its transform (cfn-lint's E1032).
pub(super) fn check(template: &Json, transforms: Transforms, report: &mut Report) {
    if transforms.declared || transforms.custom || transforms.include {
        return;
    }
    let mut path = Vec::new();
    if first_loop(template, &mut path) {
        let diagnostic = lint::section::missing_transform();
        let location = Location {
            path,
            target: Target::Key,
        };
        report.add(lint::SECTION, Violation::new(location, diagnostic));
    }
}

/// Whether there is a loop; if so, the path is its path.
fn first_loop(value: &Json, path: &mut Vec<Step>) -> bool {
    let mut below = |step: Step, name: &str, value: &Json| {
        path.push(step);
        let found = IntrinsicFunction::is_loop(name) || first_loop(value, path);
        if !found {
            path.pop();
        }
        found
    };
    match value {
        Json::Array(items) => items
            .iter()
            .enumerate()
            .any(|(index, item)| below(Step::Index(index), "", item)),
        Json::Object(object) => object
            .iter()
            .any(|(name, value)| below(Step::Key(name.to_owned().into()), name, value)),
        _ => false,
    }
}
