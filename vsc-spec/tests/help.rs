//! Suggestions in help are accepted, for every property of every resource type.

use vsc_spec::json::Json;
use vsc_spec::resource::{self, Keyword, ResourceType, Schema, Step, Violation};

/// The strings in backticks after a phrase.
fn quoted<'a>(text: &'a str, after: &str) -> Vec<&'a str> {
    let Some((_, rest)) = text.split_once(after) else {
        return Vec::new();
    };
    let line = rest.lines().next().unwrap_or_default();
    let texts = line.split('`').skip(1).step_by(2);
    texts.filter(|text| !text.contains('…')).collect()
}

/// The top-level properties of a type.
fn members(resource: &ResourceType) -> Vec<&(String, Schema)> {
    let rules = resource.rules(&resource.properties);
    let members = rules.into_iter().filter_map(|rule| match rule {
        Keyword::Properties(members) => Some(members),
        _ => None,
    });
    members.flatten().collect()
}

/// The errors about the value or the name of one property.
fn about(resource: &ResourceType, name: &str, value: &str) -> Vec<Violation> {
    let properties: Json = Json::object([(name.to_owned(), Json::from(value.to_owned()))]);
    let violations = resource.check(&properties).into_iter();
    violations
        .filter(
            |violation| matches!(violation.location.path.as_slice(), [Step::Key(known)] if known == name),
        )
        .filter(|violation| !violation.diagnostic.message.ends_with(" as well"))
        .collect()
}

/// A string with one letter missing.
fn misspelt(text: &str) -> String {
    let middle = text.chars().count() / 2;
    let letters = text.chars().enumerate();
    letters
        .filter(|(at, _)| *at != middle)
        .map(|(_, letter)| letter)
        .collect()
}

#[test]
fn suggested_values_are_accepted() {
    let mut offered = 0;
    for name in resource::names() {
        let resource = resource::find(name).expect("the type exists");
        for (property, schema) in members(&resource) {
            let rules = resource.rules(schema);
            let wrong = rules.iter().find_map(|rule| match rule {
                Keyword::Enum(values) => values.iter().find_map(Json::as_str).map(misspelt),
                Keyword::Format(_) | Keyword::Pattern(_) => Some("! !".to_owned()),
                _ => None,
            });
            let Some(wrong) = wrong else { continue };
            for violation in about(&resource, property, &wrong) {
                let words = violation.diagnostic.to_string();
                let values = [
                    "\nallowed: ",
                    "did you mean ",
                    "for example ",
                    "= help: write ",
                ];
                for value in values.iter().flat_map(|after| quoted(&words, after)) {
                    offered += 1;
                    let reported = about(&resource, property, value);
                    assert!(
                        reported.is_empty(),
                        "{name}.{property}: {words}\n{reported:?}"
                    );
                }
            }
        }
    }
    assert!(offered > 3_500, "{offered}");
}

#[test]
fn suggested_names_are_properties() {
    let mut offered = 0;
    for name in resource::names() {
        let resource = resource::find(name).expect("the type exists");
        for (property, _) in members(&resource) {
            for violation in about(&resource, &misspelt(property), "x") {
                let words = violation.diagnostic.to_string();
                for meant in quoted(&words, "did you mean ") {
                    offered += 1;
                    let reported = about(&resource, meant, "x").into_iter();
                    let mut whats = reported.map(|reported| reported.diagnostic.message);
                    let is_false = whats.any(|message| {
                        message.contains("has no property") || message.contains("read-only")
                    });
                    assert!(!is_false, "{name}: {words}");
                }
            }
        }
    }
    assert!(offered > 10_000, "{offered}");
}
