//! Every value reads back equal from the output of the writers.

use vsc::Json;
use vsc::template::{Source, write_json, write_template_yaml, write_yaml};

use crate::generate;

pub(crate) fn holds(data: &[u8]) {
    let value = generate::value_of(data);
    value_holds(&Json::object([("Metadata", value)]));
}

/// Checks a value that is an object.
pub(crate) fn value_holds(value: &Json) {
    let json = write_json(value);
    assert_eq!(read(&json), *value, "{json}");
    let theirs = serde_json::from_str::<serde_json::Value>(&json);
    assert!(theirs.is_ok(), "serde_json: {theirs:?}: {json}");
    for yaml in [write_yaml(value), write_template_yaml(value)] {
        assert_eq!(read(&yaml), *value, "{yaml}");
    }
}

fn read(text: &str) -> Json {
    match Source::read(text) {
        Ok(source) => source.json().clone(),
        Err(error) => panic!("{error}: {text:?}"),
    }
}
