//! Our reader accepts the JSON that serde_json accepts, as the same value.

use vsc_spec::document::{self, DocumentNode, DocumentValue, Mistake, ReadOptions, YamlSchema};

use crate::positions::Lines;

pub(crate) const READ_OPTIONS: ReadOptions = ReadOptions {
    subject: "document",
    deepest: 100,
    schema: YamlSchema::CloudFormation,
    repeated: Some(10_000),
};

pub(crate) fn holds(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let lines = Lines::of(text);
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    match document::json::read(text, &READ_OPTIONS) {
        Err(mistake) => {
            lines.hold(mistake.position, text);
            let ours_alone = is_ours(&mistake);
            assert!(
                ours_alone || theirs.is_err(),
                "{mistake:?} is JSON: {text:?}"
            );
        }
        Ok(node) => {
            lines.hold_node(&node, text);
            if has_other(&node) {
                // A number beyond all floats, which serde_json rejects.
                assert!(theirs.is_err(), "{text:?}");
            } else if text.trim().is_empty() {
                assert_eq!(node.value, DocumentValue::Null);
            } else if !theirs.as_ref().is_err_and(is_too_large) {
                let theirs = theirs.unwrap_or_else(|error| panic!("{error}: {text:?}"));
                assert!(is_same(&node, &theirs), "{node:?} is {theirs:?}: {text:?}");
            }
        }
    }
}

/// We keep the digits of numbers beyond 64 bits, also of those beyond all floats.
fn is_too_large(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("number out of range")
}

/// Errors of ours beyond the grammar: duplicate names, and depth.
fn is_ours(Mistake { diagnostic, .. }: &Mistake) -> bool {
    let note = diagnostic.note.as_deref().unwrap_or_default();
    diagnostic.message.ends_with("is declared twice") || note.contains("too deeply")
}

fn has_other(node: &DocumentNode) -> bool {
    match &node.value {
        DocumentValue::Other(_) => true,
        DocumentValue::List(items) => items.iter().any(has_other),
        DocumentValue::Table(entries) => entries.iter().any(|entry| has_other(&entry.value)),
        _ => false,
    }
}

/// Whether the values are the same, of the same type.
fn is_same(ours: &DocumentNode, theirs: &serde_json::Value) -> bool {
    use serde_json::Value as Theirs;
    match (&ours.value, theirs) {
        (DocumentValue::Null, Theirs::Null) => true,
        (DocumentValue::Bool(ours), Theirs::Bool(theirs)) => ours == theirs,
        (DocumentValue::Text(ours), Theirs::String(theirs)) => ours == theirs,
        // We have no negative zero.
        (DocumentValue::Integer(0), Theirs::Number(theirs)) => theirs.as_f64() == Some(0.0),
        (DocumentValue::Integer(ours), Theirs::Number(theirs)) => theirs.as_i64() == Some(*ours),
        (DocumentValue::Text(ours), Theirs::Number(theirs)) => {
            theirs.as_i64().is_none() && theirs.as_f64() == ours.parse().ok()
        }
        (DocumentValue::Number(ours), Theirs::Number(theirs)) => {
            theirs.as_i64().is_none() && theirs.as_f64() == Some(*ours)
        }
        (DocumentValue::List(ours), Theirs::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| is_same(a, b))
        }
        (DocumentValue::Table(ours), Theirs::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, (name, theirs))| {
                    ours.name == *name && is_same(&ours.value, theirs)
                })
        }
        _ => false,
    }
}
