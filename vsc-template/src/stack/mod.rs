//! The builder of a stack.

mod draft;
mod finish;
mod handle;
#[doc(hidden)]
pub mod literal;

use std::collections::BTreeSet;

use vsc_spec::resource::resource_attributes::check_logical_id;
use vsc_spec::{Diagnostic, Json, Object, Text};

pub use draft::{Condition, Draft, MOVED_FROM};
pub use handle::{Dependency, Handle, ResourceHandle};

use crate::check;
use crate::template::{
    ConditionExpression, Element, IntoValue, LogicalId, Mapping, Output, Parameter, Resource, Rule,
    Section, Step, Template, Value,
};

/// Collects the parts of a template.
///
/// Errors that only occur at run time, such as two resources with the same computed logical ID, are
/// collected and reported by [`Stack::finish`], all at once.
///
/// ```
/// use vsc_core::{Stack, resource};
///
/// let mut stack = Stack::new("backups");
/// let backups = resource!(&mut stack, Backups: AWS::S3::Bucket {
///     VersioningConfiguration: { Status: "Enabled" },
/// });
/// stack.output("BackupsArn", backups.arn());
/// let template = stack.finish()?;
/// assert!(template.to_yaml_string().contains("!GetAtt Backups.Arn"));
/// # Ok::<(), vsc_core::StackError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stack {
    name: String,
    template: Template,
    /// Sorted, since a hashed set would ask the system for random numbers.
    taken: BTreeSet<LogicalId>,
    problems: Vec<Diagnostic>,
}

/// The errors of a stack that could not be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StackError {
    /// The stack's name.
    pub stack: String,
    /// The errors.
    pub diagnostics: Vec<Diagnostic>,
}

impl std::fmt::Display for StackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{}: {diagnostic}", self.stack)?;
        }
        Ok(())
    }
}

impl std::error::Error for StackError {}

impl Stack {
    /// A stack without resources.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            template: Template {
                // A team of six: memory that is not used takes no time.
                resources: Vec::with_capacity(32),
                ..Template::default()
            },
            taken: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// The stack's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sets the description of the stack: up to 1,024 bytes.
    pub fn describe(&mut self, description: impl Into<Text>) {
        self.template.description = Some(description.into());
    }

    /// Adds metadata to the template, such as `AWS::CloudFormation::Interface`.
    pub fn metadata(&mut self, name: impl Into<Text>, value: impl IntoValue<Json>) {
        let value = value.into_value().into_json();
        self.template.metadata.insert(name, value);
    }

    /// Suppresses a lint of [`check`] everywhere in the template. For a single resource,
    /// write `Metadata: { vsc: { suppress: [{ id: "open-port", reason: "…" }] } }` as a resource attribute.
    ///
    /// ```
    /// use vsc_core::Stack;
    /// use vsc_core::check::lint;
    ///
    /// let mut stack = Stack::new("demo");
    /// stack.suppress_lint(lint::PLAINTEXT_LOGIN, "a lab without passwords of value");
    /// ```
    pub fn suppress_lint(&mut self, lint: check::Lint, reason: impl Into<Text>) {
        const NAME: &str = "vsc";
        const KEY: &str = "suppress";
        let mut members = match self.template.metadata.get(NAME) {
            Some(Json::Object(known)) => known.clone(),
            _ => Object::new(),
        };
        let mut entries = match members.get(KEY) {
            Some(Json::Array(entries)) => entries.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        let is_known = |entry: &Json| entry.get("id").and_then(Json::as_str) == Some(lint.id());
        if !entries.iter().any(is_known) {
            entries.push(lint.suppressed_for(reason));
        }
        members.insert(KEY, Json::Array(entries));
        self.template.metadata.insert(NAME, Json::Object(members));
    }

    /// Lets a macro process the template, such as `AWS::LanguageExtensions`; with parameters as
    /// an object of `Name` and `Parameters`.
    pub fn transform(&mut self, transform: impl IntoValue<Json>) {
        let transform = transform.into_value().into_json();
        self.template.transform.push(transform);
    }

    /// Adds an element that the model does not support: `Fn::ForEach::Name` and `Fn::Transform`, which a
    /// transform processes, or a section such as `Hooks`.
    ///
    /// It is not checked. With functions in a section, or resources without a type, references are not
    /// checked either, since these may create their targets.
    pub fn element(
        &mut self,
        section: Section,
        name: impl Into<Text>,
        value: impl IntoValue<Json>,
    ) {
        self.template.elements.push(Element {
            section,
            name: name.into(),
            value: value.into_value().into_json(),
        });
    }

    /// Adds a resource. Prefer `resource!`, which checks it.
    pub fn add(&mut self, logical_id: impl Into<Text>, draft: Draft) -> Handle {
        let what = || format!("a resource of type {}", draft.type_name());
        let logical_id = self.claim(logical_id.into(), what);
        let (resource, problems) = draft.into_parts();
        self.problems.extend(problems);
        self.template.resources.push((logical_id.clone(), resource));
        Handle::new(logical_id)
    }

    /// Adds a parameter, which is set when the stack is deployed.
    ///
    /// The caller chooses the kind of the reference.
    pub fn parameter<T>(&mut self, logical_id: impl Into<Text>, parameter: Parameter) -> Value<T> {
        let logical_id = self.claim(logical_id.into(), || "a parameter".to_owned());
        self.template
            .parameters
            .push((logical_id.clone(), parameter));
        Handle::new(logical_id).reference()
    }

    /// Adds an output.
    pub fn output(&mut self, logical_id: impl Into<Text>, value: impl IntoValue<Json>) {
        self.output_described(logical_id, Output::new(value));
    }

    /// Adds an output with description, condition and export.
    pub fn output_described(&mut self, logical_id: impl Into<Text>, output: Output) {
        let logical_id = logical_id.into();
        // Outputs have a namespace of their own.
        let again = twice("outputs", &logical_id, &self.template.outputs);
        self.problems.extend(again);
        let logical_id = self.logical_id(logical_id);
        self.template.outputs.push((logical_id, output));
    }

    /// Adds a mapping.
    pub fn mapping(&mut self, logical_id: impl Into<Text>, mapping: impl Into<Mapping>) {
        let logical_id = logical_id.into();
        let again = twice("mappings", &logical_id, &self.template.mappings);
        self.problems.extend(again);
        let logical_id = self.logical_id(logical_id);
        self.template.mappings.push((logical_id, mapping.into()));
    }

    /// Adds a condition, and returns its handle.
    pub fn condition(
        &mut self,
        logical_id: impl Into<Text>,
        condition: ConditionExpression,
    ) -> Condition {
        let logical_id = logical_id.into();
        let again = twice("conditions", &logical_id, &self.template.conditions);
        self.problems.extend(again);
        let logical_id = self.logical_id(logical_id);
        self.template
            .conditions
            .push((logical_id.clone(), condition));
        Condition::new(logical_id)
    }

    /// Adds a rule over the parameters.
    pub fn rule(&mut self, logical_id: impl Into<Text>, rule: Rule) {
        let logical_id = logical_id.into();
        let again = twice("rules", &logical_id, &self.template.rules);
        self.problems.extend(again);
        let logical_id = self.logical_id(logical_id);
        self.template.rules.push((logical_id, rule));
    }

    /// Adds a comment to the YAML above an element of a resource; above the resource itself if the path
    /// is empty.
    pub fn comment(
        &mut self,
        resource: &impl Dependency,
        path: impl IntoIterator<Item = Step>,
        comment: impl Into<Text>,
    ) {
        let logical_id = resource.dependency();
        let resource = self
            .template
            .resources
            .iter_mut()
            .rev()
            .find(|(id, _)| *id == logical_id);
        if let Some((_, resource)) = resource {
            let path: Vec<Step> = path.into_iter().collect();
            if path.is_empty() {
                resource.comment = Some(comment.into());
            } else {
                resource.comments.push((path, comment.into()));
            }
        }
    }

    /// Adds an error to those that [`Stack::finish`] reports.
    #[doc(hidden)]
    pub fn reject(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// A resource of the stack.
    #[doc(hidden)]
    pub fn resource_mut(&mut self, resource: &impl Dependency) -> Option<&mut Resource> {
        let logical_id = resource.dependency();
        let mut resources = self.template.resources.iter_mut();
        resources
            .find(|(id, _)| *id == logical_id)
            .map(|(_, resource)| resource)
    }

    /// The template so far, unchecked.
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// The finished template.
    ///
    /// # Errors
    ///
    /// All errors at once: invalid or repeated logical IDs, references without a target, exceeded quotas,
    /// and every other error of [`check`], such as an expression whose value the schema rejects.
    pub fn finish(self) -> Result<Template, StackError> {
        let diagnostics = finish::errors(&self.template, self.problems);
        finished(self.name, self.template, diagnostics)
    }

    /// The finished template of a stack that the pattern of vsc-core alone made, which can only exceed a
    /// quota. Not part of the public API, since it is right for no other stack.
    ///
    /// It refers to no other check: a program with nothing but such stacks contains neither the checks nor
    /// the schemas of all resource types.
    ///
    /// # Errors
    ///
    /// The quotas that the template exceeds.
    #[doc(hidden)]
    pub fn finish_of_pattern(self) -> Result<Template, StackError> {
        let mut diagnostics = self.problems;
        diagnostics.extend(self.template.exceeded_quotas());
        finished(self.name, self.template, diagnostics)
    }

    /// Claims a logical ID, of which parameters and resources share a namespace.
    fn claim(&mut self, id: Text, what: impl FnOnce() -> String) -> LogicalId {
        let logical_id = self.logical_id(id);
        if !self.taken.insert(logical_id.clone()) {
            let what = what();
            let holder = self.holder(&logical_id);
            let both = match what.strip_prefix("a ") {
                Some(one) if holder == what => {
                    format!("two {}", one.replacen("resource", "resources", 1))
                }
                _ => format!("{holder} and {what}"),
            };
            let diagnostic = Diagnostic::new(format!(
                "logical ID `{}` is used twice, by {both}",
                logical_id.as_str()
            ))
            .note("parameters and resources share one namespace")
            .help("give one of them another logical ID");
            self.problems.push(diagnostic);
        }
        logical_id
    }

    /// The holder of a logical ID: `a resource of type AWS::S3::Bucket`, `a parameter`.
    fn holder(&self, id: &LogicalId) -> String {
        let mut resources = self.template.resources.iter();
        match resources.find(|(known, _)| known == id) {
            Some((_, resource)) => format!("a resource of type {}", resource.type_name),
            None => "a parameter".to_owned(),
        }
    }

    fn logical_id(&mut self, id: Text) -> LogicalId {
        self.problems.extend(check_logical_id(&id).err());
        LogicalId::unchecked(id)
    }
}

/// The template, unless there are errors.
fn finished(
    stack: String,
    template: Template,
    diagnostics: Vec<Diagnostic>,
) -> Result<Template, StackError> {
    if diagnostics.is_empty() {
        Ok(template)
    } else {
        Err(StackError { stack, diagnostics })
    }
}

/// A diagnostic if an element of the name exists already.
fn twice<T>(what: &str, name: &str, there: &[(LogicalId, T)]) -> Option<Diagnostic> {
    let taken = there.iter().any(|(known, _)| known.as_str() == name);
    taken.then(|| Diagnostic::new(format!("`{name}` is used twice among the {what}")))
}
