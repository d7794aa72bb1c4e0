//! The template model: what a template is made of, its text, and the quotas that it has to keep.

#[doc(hidden)]
pub mod asked;
pub mod condition;
mod element;
pub mod identifier;
pub mod intrinsic;
mod logical_id;
mod mention;
mod output;
mod parameter;
mod path;
pub(crate) mod quota;
mod record;
pub(crate) mod reference;
mod resolve;
mod resource;
pub mod rule;
mod source;
mod value;
mod write;

use vsc_spec::cloudformation::has_function_prefix;
use vsc_spec::{Finding, Json, Object, Text};

pub use condition::ConditionExpression;
pub use element::{Element, Section};
pub use intrinsic::pseudo;
pub use logical_id::LogicalId;
pub(crate) use mention::is_function_or_condition;
pub use mention::{Mention, Relation, mentions, mentions_of_resource};
pub use output::{Mapping, Output};
pub use parameter::{Parameter, ParameterType};
pub use path::Path;
pub use quota::{INLINE_BODY, Quota};
use reference::Added;
pub use resolve::{Known, encode_base64};
pub use resource::{Resource, Step};
pub use rule::Rule;
pub use source::{Repetition, Source, SourceError};
pub use value::{Always, IntoValue, Listed, Maybe, Textual, Value, optional, required};
use write::scalar::Charset;

/// The only version of the template format that there is.
const FORMAT_VERSION: &str = "2010-09-09";

/// A CloudFormation template: AWS CloudFormation User Guide, "Template anatomy".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// What the stack is for.
    pub description: Option<Text>,
    /// What is kept with the template for others to read.
    pub metadata: Object,
    /// Macros that process the template, by their names; with their parameters as an object of
    /// `Name` and `Parameters`.
    pub transform: Vec<Json>,
    /// What is decided when the stack is deployed.
    pub parameters: Vec<(LogicalId, Parameter)>,
    /// What the parameters' values must keep.
    pub rules: Vec<(LogicalId, Rule)>,
    /// Tables of values.
    pub mappings: Vec<(LogicalId, Mapping)>,
    /// What is made depends on these.
    pub conditions: Vec<(LogicalId, ConditionExpression)>,
    /// What the stack consists of.
    pub resources: Vec<(LogicalId, Resource)>,
    /// What is told when the stack is there.
    pub outputs: Vec<(LogicalId, Output)>,
    /// What stands in the template as it is: what only a transform understands.
    pub elements: Vec<Element>,
}

impl Template {
    /// The template as a JSON value, in the order in which people read one.
    pub fn to_json(&self) -> Json {
        let transform = match self.transform.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            several => Some(Json::Array(several.to_vec())),
        };
        let metadata = (!self.metadata.is_empty()).then(|| Json::Object(self.metadata.clone()));
        let section = |section: Section, entries: Object| {
            let entries = element::with(&self.elements, section, entries);
            (!entries.is_empty()).then_some(Json::Object(entries))
        };
        let parameters = entries(&self.parameters, Parameter::to_json);
        let rules = entries(&self.rules, Rule::to_json);
        let mappings = entries(&self.mappings, Mapping::to_json);
        let conditions = entries(&self.conditions, |condition| condition.json().clone());
        let resources = entries(&self.resources, Resource::to_json);
        let outputs = entries(&self.outputs, Output::to_json);
        let template = Object::new()
            .with("AWSTemplateFormatVersion", FORMAT_VERSION)
            .with_some("Description", self.description.clone())
            .with_some("Metadata", metadata)
            .with_some("Transform", transform)
            .with_some("Parameters", section(Section::Parameters, parameters))
            .with_some("Rules", section(Section::Rules, rules))
            .with_some("Mappings", section(Section::Mappings, mappings))
            .with_some("Conditions", section(Section::Conditions, conditions))
            .with_some("Resources", section(Section::Resources, resources))
            .with_some("Outputs", section(Section::Outputs, outputs));
        Json::Object(element::with(&self.elements, Section::Template, template))
    }

    /// The template in YAML, as a person would write it. Correct under YAML 1.1, which
    /// CloudFormation reads, and under 1.2.
    pub fn to_yaml_string(&self) -> String {
        write::yaml::template(&self.to_json(), &self.resources, Charset::Unicode)
    }

    /// The template in YAML that consists of ASCII alone: other characters are escaped, and read
    /// back as they were. CloudFormation keeps a template's text in ASCII: `GetTemplate` answers a
    /// `?` for every other character.
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
        write::yaml::template(&self.to_json(), &self.resources, Charset::Ascii)
    }

    /// The template in JSON.
    pub fn to_json_string(&self) -> String {
        write::json::document(&self.to_json(), Charset::Unicode)
    }

    /// Everything that CloudFormation would refuse about the template as a whole: references to
    /// what does not exist, and exceeded quotas. [`check::template`](crate::check::template) judges
    /// the resources as well.
    pub fn check(&self) -> Vec<Finding> {
        // The YAML is the larger of the two only by its comments; JSON grows by its indentation.
        check_whole(&self.to_json(), self.to_yaml_string().len())
    }
}

/// What [`Template::check`] tells of a template that has so many bytes.
pub fn check_whole(template: &Json, size: usize) -> Vec<Finding> {
    let added = if is_open(template) {
        Added::Anything
    } else {
        Added::Nothing
    };
    let mut findings: Vec<Finding> = reference::check(template, added)
        .into_iter()
        .map(|refusal| {
            let place = format!("{} refers to it", reference::element(&refusal.place));
            let finding = refusal.finding;
            let why = match &finding.why {
                Some(why) => format!("{why}\n{place}"),
                None => place,
            };
            finding.why(why)
        })
        .collect();
    let exceeded = quota::check(template, size);
    let refusals = quota::nothing(template).into_iter().chain(exceeded);
    findings.extend(refusals.map(|refusal| refusal.finding));
    findings
}

/// Whether something is still to be made of the template that may add what is referred to: a macro,
/// or a tool that knows resources without a type's name.
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

/// A value in YAML, for the configuration of other programs: no tags, no comments.
pub fn write_yaml(value: &Json) -> String {
    write::yaml::plain(value)
}

/// A value in YAML as it stands in a template: intrinsic functions in their short forms.
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

/// A value in JSON that consists of ASCII alone; see [`Template::to_ascii_yaml_string`].
///
/// ```
/// use vsc_core::template::write_ascii_json;
///
/// assert_eq!(write_ascii_json(&"ß".into()), "\"\\u00df\"\n");
/// ```
pub fn write_ascii_json(value: &Json) -> String {
    write::json::document(value, Charset::Ascii)
}

fn entries<T>(entries: &[(LogicalId, T)], json: impl Fn(&T) -> Json) -> Object {
    entries
        .iter()
        .map(|(id, entry)| (id.to_text(), json(entry)))
        .collect()
}
