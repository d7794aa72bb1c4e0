//! Differences of strings with several lines.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};
use vsc_spec::Json;
use vsc_spec::cloudformation::IntrinsicFunction;

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A gap of equal lines; the number of the next line in the new string, counted from 1.
    Gap(usize),
    /// A line of both, as context.
    Same(String),
    /// A removed line.
    Removed(String),
    /// An added line.
    Added(String),
}

/// The lines that differ, with up to two lines of context.
///
/// ```
/// use vsc_core::diff::{Line, lines};
///
/// let differ = lines("a\nb\nc\n", "a\nB\nc\n");
/// assert_eq!(differ[1], Line::Removed("b".to_owned()));
/// assert_eq!(differ[2], Line::Added("B".to_owned()));
/// ```
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let line = |line: &&str| line.trim_end_matches(['\n', '\r']).to_owned();
    let mut all = Vec::new();
    for group in group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), 2) {
        let start = group.first().map_or(0, |op| op.new_range().start);
        if start > 0 {
            all.push(Line::Gap(start + 1));
        }
        for op in group {
            let gone = old.get(op.old_range()).unwrap_or_default().iter().map(line);
            let come = new.get(op.new_range()).unwrap_or_default().iter().map(line);
            if matches!(op, DiffOp::Equal { .. }) {
                all.extend(come.map(Line::Same));
            } else {
                all.extend(gone.map(Line::Removed));
                all.extend(come.map(Line::Added));
            }
        }
    }
    all
}

/// The string with several lines of a value, also within functions, such as `Fn::Base64` of `Fn::Sub`.
pub fn text_of(value: &Json) -> Option<&str> {
    any_text_of(value).filter(|text| is_long(text))
}

/// Two strings of which one has several lines, with the values around them if these differ too. An
/// ellipsis stands for the string, so that changed functions and variables of `Fn::Sub` are shown.
pub fn texts_of<'a>(old: &'a Json, new: &'a Json) -> Option<Texts<'a>> {
    let (before, after) = (any_text_of(old)?, any_text_of(new)?);
    if before == after || !(is_long(before) || is_long(after)) {
        return None;
    }
    let around = (without_text(old), without_text(new));
    Some(Texts {
        old: before,
        new: after,
        around: (around.0 != around.1).then_some(around),
    })
}

/// Two strings to compare by lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts<'a> {
    /// The old string.
    pub old: &'a str,
    /// The new string.
    pub new: &'a str,
    /// The values around them, if these differ.
    pub around: Option<(Json, Json)>,
}

fn is_long(text: &str) -> bool {
    text.trim_end().contains('\n')
}

fn any_text_of(value: &Json) -> Option<&str> {
    match value {
        Json::String(text) => Some(text),
        Json::Object(object) => match object.function()? {
            (IntrinsicFunction::Base64, inner)
            | (IntrinsicFunction::Sub, inner @ Json::String(_)) => any_text_of(inner),
            (IntrinsicFunction::Sub, Json::Array(arguments)) => any_text_of(arguments.first()?),
            _ => None,
        },
        _ => None,
    }
}

/// A value with an ellipsis for the string of [`any_text_of`].
fn without_text(value: &Json) -> Json {
    let single = |object: &Json| {
        let (name, inner) = object.as_object()?.single()?;
        Some((name.to_owned(), inner.clone()))
    };
    match (value, single(value)) {
        (_, Some((name, Json::Array(arguments)))) => {
            let rest = arguments.iter().skip(1).cloned();
            let arguments = [Json::from("…")].into_iter().chain(rest);
            Json::object([(name, Json::array(arguments))])
        }
        (_, Some((name, inner))) => Json::object([(name, without_text(&inner))]),
        _ => Json::from("…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_near_a_change_are_reported() {
        let old: String = (1..=20).map(|line| format!("{line}\n")).collect();
        let new = old.replace("15\n", "fifteen\n");
        let same = |line: &str| Line::Same(line.to_owned());
        assert_eq!(
            lines(&old, &new),
            [
                Line::Gap(13),
                same("13"),
                same("14"),
                Line::Removed("15".to_owned()),
                Line::Added("fifteen".to_owned()),
                same("16"),
                same("17"),
            ]
        );
        assert!(lines(&old, &old).is_empty());
    }

    #[test]
    fn texts_are_found_in_functions() {
        let user_data = Json::object([("Fn::Base64", Json::object([("Fn::Sub", "a\nb")]))]);
        assert_eq!(text_of(&user_data), Some("a\nb"));
        assert_eq!(text_of(&Json::from("a")), None);
    }

    #[test]
    fn the_values_around_a_text_are_compared_too() {
        let sub = |text: &'static str, value: &'static str| {
            let variables = Json::object([("X", value)]);
            let arguments = Json::array([Json::from(text), variables]);
            Json::object([("Fn::Base64", Json::object([("Fn::Sub", arguments)]))])
        };
        let around = |old: &Json, new: &Json| texts_of(old, new).map(|texts| texts.around);
        assert_eq!(around(&sub("a\nb", "1"), &sub("a\nc", "1")), Some(None));
        assert_eq!(
            around(&sub("a\nb", "1"), &sub("a\nc", "2")),
            Some(Some((sub("…", "1"), sub("…", "2"))))
        );
        assert!(around(&Json::from("a\n"), &Json::from("a\nb\n")).is_some());
        assert_eq!(around(&Json::from("a"), &Json::from("b")), None);
        assert_eq!(around(&sub("a\nb", "1"), &sub("a\nb", "2")), None);
    }

    #[test]
    fn changes_are_in_order_with_two_lines_of_context() {
        let plain = |line: Line| match line {
            Line::Gap(line) => format!("@{line}"),
            Line::Same(text) => format!(" {text}"),
            Line::Removed(text) => format!("-{text}"),
            Line::Added(text) => format!("+{text}"),
        };
        let numbered: String = (1..=12).map(|line| format!("{line}\n")).collect();
        for (old, new, expected) in [
            ("a", "a", ""),
            ("", "a", "+a"),
            ("a\n", "", "-a"),
            ("a\nb\n", "b\n", "-a  b"),
            ("a\n", "a\nb\n", " a +b"),
            // Line breaks count.
            ("a\n", "a", "-a +a"),
            ("a\r\n", "a\n", "-a +a"),
            (
                &numbered,
                &numbered.replace("2\n3", "2\nx\n3").replace("11\n", ""),
                " 1  2 +x  3  4 @10  9  10 -11  12",
            ),
        ] {
            let shown: Vec<String> = lines(old, new).into_iter().map(plain).collect();
            assert_eq!(shown.join(" "), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn a_text_has_several_lines() {
        let call = |name: &'static str, value: Json| Json::object([(name, value)]);
        let list = |text: &'static str| Json::array([Json::from(text), Json::object([("X", "1")])]);
        for (value, text) in [
            (Json::from("a\nb"), Some("a\nb")),
            (Json::from("a\n"), None),
            (Json::from("a\n \n"), None),
            (Json::from("\na"), Some("\na")),
            (Json::Integer(1), None),
            (list("a\nb"), None),
            (call("Fn::Sub", "a\nb".into()), Some("a\nb")),
            (call("Fn::Sub", list("a\nb")), Some("a\nb")),
            (
                call("Fn::Base64", call("Fn::Sub", list("a\nb"))),
                Some("a\nb"),
            ),
            (call("Fn::Base64", "a\nb".into()), Some("a\nb")),
            (call("Fn::Sub", call("Fn::Sub", "a\nb".into())), None),
            (call("Fn::Join", list("a\nb")), None),
            (call("Ref", "a\nb".into()), None),
        ] {
            assert_eq!(text_of(&value), text, "{value:?}");
        }
    }

    #[test]
    fn one_long_text_is_enough_to_compare_by_lines() {
        let compared = |old: &'static str, new: &'static str| {
            let (old, new) = (Json::from(old), Json::from(new));
            texts_of(&old, &new).map(|texts| (texts.old.to_owned(), texts.new.to_owned()))
        };
        assert_eq!(
            compared("a\nb", "a"),
            Some(("a\nb".to_owned(), "a".to_owned()))
        );
        assert_eq!(
            compared("a", "a\nb"),
            Some(("a".to_owned(), "a\nb".to_owned()))
        );
        assert_eq!(compared("a", "b"), None);
        assert_eq!(compared("a\nb", "a\nb"), None);
        let sub = |text: &'static str| Json::object([("Fn::Sub", text)]);
        let (old, new) = (Json::from("a\nb"), sub("a\nc"));
        let around = texts_of(&old, &new).and_then(|texts| texts.around);
        assert_eq!(around, Some((Json::from("…"), sub("…"))));
        assert_eq!(texts_of(&Json::Null, &new), None);
    }
}
