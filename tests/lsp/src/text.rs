//! Source text with marks in it: `«…»` around what must be underlined, `‸` at the cursor.

use std::ops::Range;

use serde_json::{Value, json};

/// Source text and the offsets of its marks.
#[derive(Clone, Debug)]
pub struct Marked {
    /// The text without the marks.
    pub text: String,
    /// The ranges between `«` and `»` in the text.
    pub underlined: Vec<Range<usize>>,
    /// The offset of `‸`.
    pub cursor: Option<usize>,
}

impl Marked {
    /// Removes the marks from a text.
    pub fn parse(marked: &str) -> Self {
        let mut parsed = Self {
            text: String::new(),
            underlined: Vec::new(),
            cursor: None,
        };
        for letter in marked.chars() {
            let here = parsed.text.len();
            match letter {
                '«' => parsed.underlined.push(here..here),
                '»' => {
                    if let Some(range) = parsed.underlined.last_mut() {
                        range.end = here;
                    }
                }
                '‸' => parsed.cursor = Some(here),
                other => parsed.text.push(other),
            }
        }
        parsed
    }
}

/// An offset as a position of the protocol; the editor asks for columns in bytes.
pub(crate) fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": line, "character": column })
}

/// A range of the protocol as a range of offsets.
pub(crate) fn offsets(text: &str, range: &Value) -> Range<usize> {
    offset(text, &range["start"])..offset(text, &range["end"])
}

fn offset(text: &str, position: &Value) -> usize {
    let number = |name: &str| {
        let number = position[name].as_u64().expect("positions are numbers");
        usize::try_from(number).expect("a file fits into memory")
    };
    let lines = text.split_inclusive('\n').take(number("line"));
    lines.map(str::len).sum::<usize>() + number("character")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_ranges() {
        let marked = Marked::parse("let «a» = «bc»;‸");
        assert_eq!(marked.text, "let a = bc;");
        assert_eq!(marked.underlined, [4..5, 8..10]);
        assert_eq!(marked.cursor, Some(11));
    }

    #[test]
    fn positions_and_offsets_are_inverse() {
        let text = "one\ntwo\n";
        for at in 0..text.len() {
            assert_eq!(offset(text, &position(text, at)), at);
        }
    }
}
