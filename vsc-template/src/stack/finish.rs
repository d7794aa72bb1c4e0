//! The checks of a finished template.

use vsc_spec::resource::Step;
use vsc_spec::{Diagnostic, Json};

use crate::check::{self, LintDiagnostic};
use crate::template::{Path, Section, Template, check_whole};

/// Every error that [`check`](crate::check) reports for the template, each once.
///
/// Unchecked drafts and elements are excluded.
pub(super) fn errors(template: &Template, known: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let json = template.to_json();
    let size = template.size_for_quota();
    let mut diagnostics = known;
    diagnostics.extend(check_whole(&json, size));
    let whole = diagnostics.len();
    let infinite = infinite(&json);
    for diagnostic in check::errors(&json, size) {
        let message = &diagnostic.diagnostic.message;
        let is_known = diagnostics[..whole]
            .iter()
            .any(|diagnostic| diagnostic.message == *message)
            || infinite.contains(&path(&diagnostic));
        if !is_known && !is_unchecked(template, &diagnostic.location.path) {
            diagnostics.push(at(&path(&diagnostic), diagnostic.diagnostic));
        }
    }
    let is_infinite = |path: &Path| {
        let diagnostic = Diagnostic::new("a number is infinite, or not a number");
        at(path, diagnostic)
            .help("JSON and YAML cannot represent it for CloudFormation: use a finite number")
    };
    diagnostics.extend(infinite.iter().map(is_infinite));
    diagnostics
}

fn path(diagnostic: &LintDiagnostic) -> Path {
    diagnostic.location.path.iter().cloned().collect()
}

fn at(path: &Path, diagnostic: Diagnostic) -> Diagnostic {
    let location = format!("at {path}");
    let note = match &diagnostic.note {
        Some(note) => format!("{note}\n{location}"),
        None => location,
    };
    diagnostic.note(note)
}

/// Whether the path is within an unchecked part.
fn is_unchecked(template: &Template, path: &[Step]) -> bool {
    let [Step::Key(section), rest @ ..] = path else {
        return false;
    };
    let id = match rest.first() {
        Some(Step::Key(id)) => Some(id),
        _ => None,
    };
    let is_element = template
        .elements
        .iter()
        .any(|element| match element.section {
            Section::Template => element.name == *section,
            other => other.name() == section && Some(&element.name) == id,
        });
    let is_unchecked = section == "Resources"
        && rest.len() > 1
        && template.resources.iter().any(|(known, resource)| {
            Some(known.as_str()) == id.map(AsRef::as_ref) && resource.unchecked
        });
    is_element || is_unchecked
}

/// The paths of numbers that JSON cannot represent.
fn infinite(json: &Json) -> Vec<Path> {
    let mut found = Vec::new();
    search(json, &Path::root(), &mut found);
    found
}

fn search(json: &Json, path: &Path, found: &mut Vec<Path>) {
    match json {
        Json::Number(number) if !number.is_finite() => found.push(path.clone()),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if !matches!(item, Json::String(_)) {
                    search(item, &path.item(index), found);
                }
            }
        }
        Json::Object(object) => {
            for (name, value) in object.iter() {
                if !matches!(value, Json::String(_)) {
                    search(value, &path.member(name), found);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::Stack;
    use crate::stack::Draft;
    use crate::template::{Parameter, ParameterType};
    use vsc_spec::{Json, Object};

    fn rejected(stack: Stack) -> Vec<String> {
        match stack.finish() {
            Ok(template) => panic!("nothing is wrong: {}", template.to_yaml_string()),
            Err(error) => error.diagnostics.iter().map(ToString::to_string).collect(),
        }
    }

    fn queue(members: Object) -> Draft {
        Draft::new("AWS::SQS::Queue", members)
    }

    #[test]
    fn values_of_expressions_are_checked() {
        let mut stack = Stack::new("queues");
        stack.add("A", queue(Object::new().with("VisibilityTimeout", 300_000)));
        let mut b = queue(Object::new());
        b.depends_on_named("C".into());
        stack.add("B", b);
        let mut c = queue(Object::new());
        c.depends_on_named("B".into());
        stack.add("C", c);
        let pattern = Parameter::new(ParameterType::String).allowed_pattern("[a-z");
        stack.parameter::<String>("P", pattern);
        let rejected = rejected(stack);
        assert_eq!(rejected.len(), 3, "{rejected:#?}");
        assert!(
            rejected[0].contains("unclosed `[`")
                && rejected[0].contains("at Parameters.P.AllowedPattern")
        );
        assert!(
            rejected[1].contains("300000")
                && rejected[1].contains("at Resources.A.Properties.VisibilityTimeout")
        );
        assert!(rejected[2].contains("`B → C → B`"), "{rejected:#?}");
    }

    #[test]
    fn infinite_numbers_are_rejected_with_their_path() {
        let mut stack = Stack::new("numbers");
        stack.add(
            "A",
            queue(Object::new().with("VisibilityTimeout", Json::Number(f64::NAN))),
        );
        stack.output("O", f64::INFINITY);
        stack.metadata("M", Json::array([Json::Number(f64::NEG_INFINITY)]));
        let rejected = rejected(stack);
        assert_eq!(rejected.len(), 3, "{rejected:#?}");
        for path in [
            "at Metadata.M[0]",
            "at Resources.A.Properties.VisibilityTimeout",
            "at Outputs.O.Value",
        ] {
            assert!(
                rejected.iter().any(|one| one.contains(path)),
                "{rejected:#?}"
            );
        }
    }

    #[test]
    fn an_error_is_reported_once() {
        let mut stack = Stack::new("once");
        stack.add("A-B", queue(Object::new()));
        stack.output(
            "O",
            crate::template::intrinsic::reference::<String>("Nobody"),
        );
        let rejected = rejected(stack);
        assert_eq!(rejected.len(), 2, "{rejected:#?}");
    }

    #[test]
    fn unchecked_parts_are_not_checked() {
        let mut stack = Stack::new("left");
        let wrong = Object::new().with("VisibilityTimeout", 300_000);
        stack.add("A", Draft::unchecked("AWS::SQS::Queue", wrong.clone()));
        assert!(stack.finish().is_ok());
        let mut stack = Stack::new("looked at");
        stack.add("A", queue(wrong));
        assert_eq!(rejected(stack).len(), 1);
    }
}
