//! Directives that Rain processes before it deploys: CloudFormation does not know them.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::resource::Step;
use vsc_spec::resource::check::is_of_rain;
use vsc_spec::resource::{Location, Target, Violation};
use vsc_spec::{Json, Object};

use super::lint::rain_directive;
use super::report::Report;
use super::{Lint, items, lint};

/// The configuration of cfn-lint in metadata.
const IGNORED: [&str; 4] = ["Metadata", "cfn-lint", "config", "ignore_checks"];

/// The rules by which cfn-lint rejects a directive: the value is of another type, or a member is
/// unknown.
const OF_DIRECTIVES: [&str; 2] = ["E3012", "E3002"];

pub(super) fn check(template: &Json, report: &mut Report) {
    let resources = template.get("Resources").and_then(Json::as_object);
    let expected: Vec<&str> = resources
        .into_iter()
        .flat_map(Object::iter)
        .filter(|(_, resource)| is_expected(resource))
        .map(|(id, _)| id)
        .collect();
    let mut finder = Finder {
        everywhere: is_expected(template),
        expected,
        path: Vec::new(),
    };
    finder.walk(template, report);
}

/// Whether the holder configures cfn-lint to ignore directives: its author deploys it with Rain.
fn is_expected(holder: &Json) -> bool {
    let ignored = IGNORED
        .iter()
        .try_fold(holder, |value, name| value.get(name));
    let mut ignored = ignored.map(items).unwrap_or_default().iter();
    ignored.any(|id| id.as_str().is_some_and(|id| OF_DIRECTIVES.contains(&id)))
}

struct Finder<'a> {
    everywhere: bool,
    /// The resources that are configured for Rain.
    expected: Vec<&'a str>,
    path: Vec<Step>,
}

impl Finder<'_> {
    fn walk(&mut self, value: &Json, report: &mut Report) {
        match value {
            Json::Object(object) => {
                for (name, value) in object.iter() {
                    self.path.push(Step::Key(name.to_owned().into()));
                    if is_of_rain(name) && object.single().is_some() {
                        report.add(self.lint(), directive(name, self.path.clone()));
                    } else {
                        self.walk(value, report);
                    }
                    self.path.pop();
                }
            }
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.walk(item, report);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    fn lint(&self) -> Lint {
        let is_expected = match self.path.as_slice() {
            [Step::Key(section), Step::Key(id), ..] => {
                section == "Resources" && self.expected.contains(&id.as_ref())
            }
            _ => false,
        };
        if self.everywhere || is_expected {
            lint::UNPACKAGED_LOCAL_PATH
        } else {
            lint::RAIN_DIRECTIVE
        }
    }
}

fn directive(name: &str, path: Vec<Step>) -> Violation {
    let name = IntrinsicFunction::strip_prefix(name).unwrap_or(name);
    let diagnostic = rain_directive::unprocessed(name);
    let location = Location {
        path,
        target: Target::Key,
    };
    Violation::new(location, diagnostic)
}
