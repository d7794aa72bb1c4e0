//! Normalization of values that are equal to CloudFormation.

use std::fmt::Write as _;

use vsc_spec::Json;
use vsc_spec::cloudformation::IntrinsicFunction;

/// Whether the values are equal to CloudFormation: it converts numbers and booleans to strings, members
/// have no order, and `Fn::GetAtt` has two forms.
pub(super) fn is_same(old: &Json, new: &Json) -> bool {
    old == new || canonical(old) == canonical(new)
}

/// The canonical form of a value.
pub(super) fn canonical(value: &Json) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

fn write(out: &mut String, value: &Json) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => text(out, if *value { "true" } else { "false" }),
        Json::Integer(value) => text(out, &value.to_string()),
        Json::Number(value) => text(out, &value.to_string()),
        Json::String(value) => text(out, value),
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Json::Object(object) => {
            if let Some((IntrinsicFunction::GetAtt, Json::String(path))) = object.function()
                && let Some((name, attribute)) = path.split_once('.')
            {
                let path = [name, attribute].map(|part| Json::from(part.to_owned()));
                return write(
                    out,
                    &Json::object([(IntrinsicFunction::GetAtt, Json::array(path))]),
                );
            }
            let mut members: Vec<(&str, &Json)> = object.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                text(out, name);
                out.push(':');
                write(out, member);
            }
            out.push('}');
        }
        Json::Expression(never) => match *never {},
    }
}

fn text(out: &mut String, text: &str) {
    // Writing into a string cannot fail.
    _ = write!(out, "{text:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equivalent_values_are_equal() {
        let get_att = |argument: Json| Json::object([("Fn::GetAtt", argument)]);
        let same = [
            (Json::Integer(60), Json::from("60")),
            (Json::Bool(true), Json::from("true")),
            (Json::Number(0.5), Json::from("0.5")),
            (get_att("A.B.C".into()), get_att(Json::array(["A", "B.C"]))),
            (
                Json::object([("A", "1"), ("B", "2")]),
                Json::object([("B", "2"), ("A", "1")]),
            ),
        ];
        for (one, other) in same {
            assert!(is_same(&one, &other), "{one:?} {other:?}");
        }
        assert!(!is_same(&Json::array(["a", "b"]), &Json::array(["b", "a"])));
        assert!(!is_same(&Json::from("060"), &Json::Integer(60)));
    }

    #[test]
    fn different_values_have_different_forms() {
        let object = |name: &'static str, value: Json| Json::object([(name, value)]);
        let list = |items: &[&'static str]| Json::array(items.iter().copied());
        let all = [
            Json::Null,
            Json::from("null"),
            Json::Bool(true),
            Json::Bool(false),
            Json::Integer(0),
            Json::Number(0.5),
            Json::from(""),
            list(&[]),
            list(&["a"]),
            list(&["a", "b"]),
            list(&["a,b"]),
            list(&["a\",\"b"]),
            Json::array([list(&["a"]), list(&["b"])]),
            Json::array([list(&["a", "b"])]),
            Json::object::<&str, Json>([]),
            object("a", "b".into()),
            object("a", Json::Null),
            Json::object([("a", "b"), ("c", "d")]),
            Json::object([("a", "d"), ("c", "b")]),
            object("Fn::GetAtt", "A.B".into()),
            object("Fn::GetAtt", "A.B.C".into()),
            object("Fn::GetAtt", "A".into()),
            object("Ref", "A.B".into()),
        ];
        for (index, one) in all.iter().enumerate() {
            for (other_index, other) in all.iter().enumerate() {
                assert_eq!(
                    is_same(one, other),
                    index == other_index,
                    "{one:?} {other:?}"
                );
            }
        }
    }

    #[test]
    fn the_canonical_form_is_readable() {
        let value = Json::object([
            ("b", Json::array([Json::Integer(1), Json::Null])),
            ("a", Json::object([("Fn::GetAtt", "X.Y.Z")])),
        ]);
        assert_eq!(
            canonical(&value),
            r#"{"a":{"Fn::GetAtt":["X","Y.Z"]},"b":["1",null]}"#
        );
    }
}
