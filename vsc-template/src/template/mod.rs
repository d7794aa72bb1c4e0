//! The template model: the elements of a template, its text, and its quotas.

mod compact;
pub mod condition;
mod element;
#[doc(hidden)]
pub mod expected;
pub mod identifier;
pub mod intrinsic;
mod logical_id;
mod mention;
mod output;
mod parameter;
mod part;
mod path;
pub(crate) mod quota;
mod record;
pub(crate) mod reference;
mod resolve;
mod resource;
pub mod rule;
mod size;
mod source;
mod value;
mod write;

use std::fmt;

use vsc_spec::cloudformation::has_function_prefix;
use vsc_spec::{Diagnostic, Json, Object, Text};

pub use compact::compact;
pub use condition::ConditionExpression;
pub use element::{Element, Section};
pub use intrinsic::pseudo;
pub use logical_id::LogicalId;
#[doc(hidden)]
pub use mention::is_function_or_condition;
pub use mention::{Mention, Relation, mentions, mentions_of_resource};
pub use output::{Mapping, Output};
pub use parameter::{Parameter, ParameterType};
use part::Part;
pub use path::Path;
pub use quota::{INLINE_BODY, Quota};
use reference::Added;
pub use resolve::{Known, encode_base64};
pub use resource::{Resource, Step};
pub use rule::Rule;
pub use source::{Repetition, Source, SourceError};
pub use value::{Always, IntoValue, Listed, Maybe, Textual, Value, optional, required};
use write::scalar::Charset;

/// The only version of the template format.
const FORMAT_VERSION: &str = "2010-09-09";

/// A CloudFormation template: AWS CloudFormation User Guide, "Template anatomy".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// The description.
    pub description: Option<Text>,
    /// The metadata.
    pub metadata: Object,
    /// Macros that process the template, by name, or as an object of `Name` and `Parameters`.
    pub transform: Vec<Json>,
    /// The parameters, which are set when the stack is deployed.
    pub parameters: Vec<(LogicalId, Parameter)>,
    /// The rules for the parameters' values.
    pub rules: Vec<(LogicalId, Rule)>,
    /// Tables of values.
    pub mappings: Vec<(LogicalId, Mapping)>,
    /// The conditions for the creation of resources.
    pub conditions: Vec<(LogicalId, ConditionExpression)>,
    /// The resources.
    pub resources: Vec<(LogicalId, Resource)>,
    /// The outputs.
    pub outputs: Vec<(LogicalId, Output)>,
    /// Unchecked elements, which only a transform understands.
    pub elements: Vec<Element>,
}

impl Template {
    /// The template as a JSON value, in the customary order.
    pub fn to_json(&self) -> Json {
        part::members_to_json(&self.parts())
    }

    /// The sections in the customary order.
    fn parts(&self) -> part::Members<'_> {
        let elements = &self.elements;
        let transform = match self.transform.as_slice() {
            [] => None,
            [only] => Some(Part::Json(only)),
            several => Some(Part::Made(Json::Array(several.to_vec()))),
        };
        let metadata = (!self.metadata.is_empty()).then_some(Part::Object(&self.metadata));
        let parameters = part::section(
            elements,
            Section::Parameters,
            &self.parameters,
            Parameter::part,
        );
        let rules = part::section(elements, Section::Rules, &self.rules, |rule| {
            Part::Made(rule.to_json())
        });
        let mappings = part::section(elements, Section::Mappings, &self.mappings, Mapping::part);
        let conditions = part::section(
            elements,
            Section::Conditions,
            &self.conditions,
            |condition| Part::Json(condition.json()),
        );
        let resources = part::section(
            elements,
            Section::Resources,
            &self.resources,
            Resource::part,
        );
        let outputs = part::section(elements, Section::Outputs, &self.outputs, Output::part);
        let version = Part::Made(Json::from(FORMAT_VERSION));
        let sections = [
            ("AWSTemplateFormatVersion", Some(version)),
            ("Description", self.description.as_ref().map(Part::Text)),
            ("Metadata", metadata),
            ("Transform", transform),
            ("Parameters", parameters),
            ("Rules", rules),
            ("Mappings", mappings),
            ("Conditions", conditions),
            ("Resources", resources),
            ("Outputs", outputs),
        ];
        part::with_elements(elements, Section::Template, part::some(sections))
    }

    /// The template in readable YAML. Correct under YAML 1.1, which CloudFormation reads, and 1.2.
    pub fn to_yaml_string(&self) -> String {
        write::yaml::template(self.parts(), &self.resources, Charset::Unicode)
    }

    /// Passes the YAML of [`Template::to_yaml_string`] on in pieces, which need less memory than the whole. Each but
    /// a long string consists of whole lines.
    ///
    /// ```
    /// use vsc_core::Stack;
    ///
    /// let mut stack = Stack::new("demo");
    /// stack.output("Greeting", "hello");
    /// let mut yaml = String::new();
    /// stack.template().write_yaml(&mut |piece| yaml.push_str(piece));
    /// assert_eq!(yaml, stack.template().to_yaml_string());
    /// ```
    pub fn write_yaml(&self, pass_on: &mut dyn FnMut(&str)) {
        write::yaml::template_in_pieces(self.parts(), &self.resources, Charset::Unicode, pass_on);
    }

    /// The template in YAML of ASCII characters only; others are escaped. CloudFormation stores a template
    /// in ASCII: `GetTemplate` returns a `?` for every other character.
    ///
    /// ```
    /// use vsc_core::Stack;
    ///
    /// let mut stack = Stack::new("demo");
    /// stack.output("Greeting", "Grüße");
    /// let yaml = stack.template().to_ascii_yaml_string();
    /// assert!(yaml.contains(r#"Value: "Gr\xfc\xdfe""#));
    /// ```
    pub fn to_ascii_yaml_string(&self) -> String {
        write::yaml::template(self.parts(), &self.resources, Charset::Ascii)
    }

    /// The template in JSON.
    pub fn to_json_string(&self) -> String {
        write::json::document(&self.to_json(), Charset::Unicode)
    }

    /// The errors of the template as a whole: references without a target, and exceeded quotas. [`check::template`](crate::check::template) checks
    /// the resources as well.
    pub fn check(&self) -> Vec<Diagnostic> {
        // The YAML is the larger of the two only by its comments; JSON grows by its indentation.
        check_whole(&self.to_json(), self.size_for_quota())
    }

    /// The errors of exceeded quotas, of a template without unchecked elements.
    pub(crate) fn exceeded_quotas(&self) -> impl Iterator<Item = Diagnostic> {
        let violations = quota::check_model(self, self.size_for_quota());
        violations.into_iter().map(|violation| violation.diagnostic)
    }

    /// The length of the YAML in bytes if it might exceed its quota, otherwise a bound of it.
    pub(crate) fn size_for_quota(&self) -> usize {
        size::for_quota(self)
    }
}

/// The errors of [`Template::check`] for a template of this size in bytes.
pub fn check_whole(template: &Json, size: usize) -> Vec<Diagnostic> {
    let added = if is_open(template) {
        Added::Anything
    } else {
        Added::Nothing
    };
    let mut diagnostics: Vec<Diagnostic> = reference::check(template, added)
        .into_iter()
        .map(|violation| {
            let referrer = format!("{} refers to it", reference::element(&violation.location));
            let diagnostic = violation.diagnostic;
            let note = match &diagnostic.note {
                Some(note) => format!("{note}\n{referrer}"),
                None => referrer,
            };
            diagnostic.note(note)
        })
        .collect();
    let exceeded = quota::check(template, size);
    let violations = quota::nothing(template).into_iter().chain(exceeded);
    diagnostics.extend(violations.map(|violation| violation.diagnostic));
    diagnostics
}

/// Whether a macro, or a tool that supports resources without a type, may still add targets of
/// references.
fn is_open(template: &Json) -> bool {
    let members = |json: &'_ Json| json.as_object().cloned().unwrap_or_default();
    let mut sections = members(template).into_iter();
    sections.any(|(name, section)| {
        name == "Transform"
            || has_function_prefix(&name)
            || members(&section).into_iter().any(|(inner, value)| {
                has_function_prefix(&inner)
                    || (name == "Resources" && value.get("Type").and_then(Json::as_str).is_none())
            })
    })
}

/// A value in YAML without tags, for the configuration of other programs.
pub fn write_yaml(value: &Json) -> String {
    write::yaml::plain(value)
}

/// A value in YAML as in a template: intrinsic functions in their short forms.
///
/// ```
/// use vsc_core::template::{intrinsic, write_template_yaml};
///
/// let name = intrinsic::reference::<String>("Name");
/// assert_eq!(write_template_yaml(name.json()), "!Ref Name\n");
/// ```
pub fn write_template_yaml(value: &Json) -> String {
    write::yaml::short(value)
        .trim_start_matches(['\n', ' '])
        .to_owned()
}

/// A value in JSON.
pub fn write_json(value: &Json) -> String {
    write::json::document(value, Charset::Unicode)
}

/// A value in JSON of ASCII characters only; see [`Template::to_ascii_yaml_string`].
///
/// ```
/// use vsc_core::template::write_ascii_json;
///
/// assert_eq!(write_ascii_json(&"ß".into()), "\"\\u00df\"\n");
/// ```
pub fn write_ascii_json(value: &Json) -> String {
    write::json::document(value, Charset::Ascii)
}

/// Writes an object as [`write_json`] does.
///
/// # Errors
///
/// Those of the writer.
pub fn write_json_object(out: &mut impl fmt::Write, object: &Object) -> fmt::Result {
    write::json::write_object(out, object)
}
