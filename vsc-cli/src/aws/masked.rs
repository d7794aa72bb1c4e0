//! Deployed templates that have lost their non-ASCII characters.
//!
//! `GetTemplate` returns a question mark for each of them (aws/aws-cdk#10523,
//! aws-cloudformation/cloudformation-coverage-roadmap#1220). We deploy ASCII with escapes;
//! templates of others are read as far as possible, and are equal where they may be.

use vsc_core::template::{Source, SourceError};
use vsc_spec::{Json, Object};

/// Reads a deployed template, and restores strings from the new one where they fit.
///
/// # Errors
///
/// When it is neither YAML nor JSON.
pub(crate) fn read(text: &str, new: &Json) -> Result<Json, SourceError> {
    if !text.is_ascii() || !text.contains('?') {
        return Ok(Source::read(text)?.json().clone());
    }
    let source = Source::read(&with_marks_in_quotes(text))?;
    Ok(restored(source.json(), new))
}

/// The value with its masked strings restored from another.
fn restored(old: &Json, new: &Json) -> Json {
    match (old, new) {
        (Json::String(old), Json::String(new)) if is_masked_form(old, new) => {
            Json::from(new.to_string())
        }
        (Json::Object(old), Json::Object(new)) => Json::Object(members(old, new)),
        (Json::Array(old), Json::Array(new)) => Json::Array(items(old, new)),
        _ => old.clone(),
    }
}

fn members(old: &Object, new: &Object) -> Object {
    let members = old.iter().map(|(name, value)| {
        let named = new.get(name).map(|value| (name, value));
        match named.or_else(|| new.iter().find(|(other, _)| is_masked_form(name, other))) {
            Some((name, new)) => (name.to_owned(), restored(value, new)),
            None => (name.to_owned(), value.clone()),
        }
    });
    members.collect()
}

/// Restores items from those of the same index, or, if some were added, from any that fits.
fn items(old: &[Json], new: &[Json]) -> Vec<Json> {
    let items = old.iter().enumerate().map(|(index, old)| {
        let near = new.get(index).map(|new| restored(old, new));
        if near.as_ref() == new.get(index) {
            return near.unwrap_or_else(|| old.clone());
        }
        let mut others = new.iter().filter(|other| restored(old, other) == **other);
        others
            .next()
            .cloned()
            .or(near)
            .unwrap_or_else(|| old.clone())
    });
    items.collect()
}

/// Whether a string is the masked form of another: a mark for each non-ASCII character, or for each
/// of its UTF-16 or UTF-8 code units.
fn is_masked_form(old: &str, new: &str) -> bool {
    let marks: [fn(char) -> usize; 3] = [|_| 1, char::len_utf16, char::len_utf8];
    !new.is_ascii()
        && marks.iter().any(|marks| {
            let mut rest = old;
            new.chars().all(|letter| {
                let left = if letter.is_ascii() {
                    rest.strip_prefix(letter)
                } else {
                    rest.strip_prefix(&"?".repeat(marks(letter))[..])
                };
                left.is_some_and(|left| {
                    rest = left;
                    true
                })
            }) && rest.is_empty()
        })
}

/// Quotes values in YAML that begin with a mark: unquoted, it would introduce a key.
fn with_marks_in_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // The indentation of the line that begins a block scalar.
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_blank = line.trim().is_empty();
        if block.is_some_and(|begins| is_blank || indent > begins) {
            out.push_str(line);
            continue;
        }
        block = begins_block(line).then_some(indent);
        match marked(line) {
            Some(offset) => {
                let (head, value) = line.split_at(offset);
                let end = value.find(" #").unwrap_or(value.trim_end().len());
                let (value, rest) = value.split_at(end);
                out.push_str(head);
                out.push('\'');
                out.push_str(&value.trim_end().replace('\'', "''"));
                out.push('\'');
                out.push_str(rest);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Whether a block scalar follows: `|`, `>-`, `|2+`.
fn begins_block(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    let last = line.rsplit([' ', '\t']).next().unwrap_or_default();
    let (head, signs) = last.split_at(last.len().min(1));
    ["|", ">"].contains(&head) && signs.chars().all(|sign| "+-123456789".contains(sign))
}

/// The offset of a value that begins with a mark, alone or before a space.
fn marked(line: &str) -> Option<usize> {
    let marks = line.match_indices('?').map(|(offset, _)| offset);
    let mut marks = marks.filter(|offset| {
        let (before, after) = (&line[..*offset], &line[offset + 1..]);
        // The tag of a short-form function precedes its value.
        let before = match before.trim_end().rsplit_once(' ') {
            Some((head, tag)) if tag.starts_with('!') && before.ends_with(' ') => head.trim_end(),
            _ if before.ends_with(' ') => before.trim_end(),
            _ => return false,
        };
        let is_value = before.ends_with(':') || before.ends_with(" -") || before == "-";
        is_value
            && !before.contains(['"', '\'', '#'])
            && (after.is_empty() || after.starts_with([' ', '\n', '\r']))
    });
    marks.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Source::read(text).expect("it is a template").json().clone()
    }

    #[test]
    fn a_masked_string_is_equal() {
        for (old, new) in [
            ("? za????", "🤖 zażółć"),
            ("?? za????", "🤖 zażółć"),
            ("???? za????????", "🤖 zażółć"),
            ("?", "ß"),
        ] {
            assert!(is_masked_form(old, new), "{old}");
        }
        for (old, new) in [
            ("? za???", "🤖 zażółć"),
            ("? za????x", "🤖 zażółć"),
            ("what?", "what?"),
            ("what?", "what!"),
            ("?", "a"),
            ("", "ß"),
        ] {
            assert!(!is_masked_form(old, new), "{old}");
        }
    }

    #[test]
    fn a_masked_template_is_read() {
        let added = "        - Key: new\n          Value: x\n";
        let new = format!(
            "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags:\n{added}        - Key: ż b\n          Value: ż\nOutputs:\n  A:\n    Value: 🤖 zażółć\n  B:\n    Value: !Sub 🤖 ${{Q}}\n  C:\n    Value: |\n      a: 🤖 b\n  D:\n    Value: why?\nMetadata:\n  ż: 1\n",
        );
        let before = new.replace(added, "");
        let left: String = before
            .chars()
            .map(|letter| if letter.is_ascii() { letter } else { '?' })
            .collect();
        let left = left.replace("? za????", "? za???? # why: ? because");
        assert!(Source::read(&left).is_err(), "it is not YAML as it stands");
        let read = read(&left, &json(&new)).expect("it can be read");
        assert_eq!(read, json(&before));
    }

    #[test]
    fn question_marks_of_the_author_stay() {
        let text = "Outputs:\n  A:\n    Value: why?\n    Description: \"is it: ? yes\"\n";
        assert_eq!(with_marks_in_quotes(text), text);
        let new = json("Outputs:\n  A:\n    Value: why!\n");
        assert_eq!(read(text, &new).expect("it is YAML"), json(text));
    }

    #[test]
    fn only_values_that_begin_with_a_mark_are_quoted() {
        for (text, quoted) in [
            ("A: ?\n", "A: '?'\n"),
            ("A: ? b\n", "A: '? b'\n"),
            ("A: ? it's # ? why\n", "A: '? it''s' # ? why\n"),
            ("A:\n  - ? b\n- ?\n", "A:\n  - '? b'\n- '?'\n"),
            ("A: !Sub ? b\r\n", "A: !Sub '? b'\r\n"),
            // A line after a block scalar with less indentation, or the same, is not part of it.
            (
                "A: |\n  ? b\n\n  c: ? d\nB: ? c\n",
                "A: |\n  ? b\n\n  c: ? d\nB: '? c'\n",
            ),
            ("A: >-2 # x\n  ? b\nB: ?\n", "A: >-2 # x\n  ? b\nB: '?'\n"),
        ] {
            assert_eq!(with_marks_in_quotes(text), quoted, "{text}");
        }
        for text in [
            "A: x ? y\n",
            "A: x?\n",
            "A: ?x\n",
            "- ?b: c\n",
            "A:? b\n",
            "A: 'b: ? c'\n",
            "A: \"b: ? c\"\n",
            "A: b # c: ? d\n",
            "? A\n",
        ] {
            assert_eq!(with_marks_in_quotes(text), text);
        }
    }

    #[test]
    fn only_a_template_in_ascii_is_masked() {
        let new = json("Metadata:\n  a: é\n  b: xß\n");
        for text in [
            "Metadata:\n  a: é\n  b: 'x?'\n",
            "Metadata:\n  a: e\n  b: xy\n",
        ] {
            assert_eq!(read(text, &new).expect("it is YAML"), json(text));
        }
        let left = "Metadata:\n  a: ?\n  b: x?\n";
        assert_eq!(read(left, &new).expect("it can be read"), new);
    }

    #[test]
    fn added_items_do_not_shift_others() {
        let texts = |items: &[&'static str]| Json::array(items.iter().copied());
        for (old, new, expected) in [
            (&["?", "b"][..], &["ß", "b"][..], &["ß", "b"][..]),
            (&["?", "b"], &["new", "ß", "b"], &["ß", "b"]),
            (&["?", "c"], &["b", "c"], &["?", "c"]),
            (&["?"], &[], &["?"]),
        ] {
            assert_eq!(restored(&texts(old), &texts(new)), texts(expected));
        }
    }
}
