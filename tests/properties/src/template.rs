//! Checking any template terminates, with diagnostics that have positions in it.

use vsc::check;
use vsc::template::{Source, write_template_yaml};
use vsc::{Json, Object};

use crate::generate;
use crate::positions::Lines;

/// The template in bytes, and its text: parsed, or generated from them.
pub(crate) fn of(data: &[u8]) -> (Json, String) {
    let text = std::str::from_utf8(data).unwrap_or_default();
    match Source::read(text) {
        Ok(source) => (source.json().clone(), text.to_owned()),
        Err(_) => {
            let template = generate::template_of(data);
            let text = write_template_yaml(&template);
            (template, text)
        }
    }
}

pub(crate) fn holds(data: &[u8]) {
    let (_, text) = of(data);
    let source = Source::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lines = Lines::of(text);
    let found = check::checked(source.json(), source.size());
    for diagnostic in found.diagnostics.iter().chain(&found.suppressed) {
        let location = &diagnostic.location;
        lines.hold_span(source.span(&location.path, location.target), text);
        assert!(!diagnostic.diagnostic.message.is_empty());
    }
    assert_eq!(found, check::checked(source.json(), source.size()));
    let resources = source.json().get("Resources").and_then(Json::as_object);
    // A macro may add resources.
    if resources.is_none_or(Object::is_empty) && !check::is_open(source.json()) {
        assert!(!found.diagnostics.is_empty(), "without resources: {text}");
    }
}
