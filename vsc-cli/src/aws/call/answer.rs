//! Responses in JSON.

use serde_json::Value;
use vsc_spec::{Json, Object};

/// The value of a text; none if it is not JSON.
pub(crate) fn read(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok().map(json)
}

fn json(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(value),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Json::Integer(integer),
            None => Json::Number(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Json::from(text),
        Value::Array(items) => Json::array(items.into_iter().map(json)),
        Value::Object(members) => {
            let members = members.into_iter();
            let members: Object = members.map(|(name, value)| (name, json(value))).collect();
            Json::Object(members)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_read_as_it_is() {
        let text = r#"{"b": [1, 2.5, true, null], "a": "x\u0000", "big": 18446744073709551615}"#;
        let expected = Json::object([
            (
                "b",
                Json::array([
                    Json::Integer(1),
                    Json::Number(2.5),
                    Json::Bool(true),
                    Json::Null,
                ]),
            ),
            ("a", Json::from("x\0")),
            ("big", Json::Number(18_446_744_073_709_551_615.0)),
        ]);
        assert_eq!(read(text), Some(expected));
        // A proxy may answer in another format.
        for text in ["<html>", "key: value", "", "{} {}"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
