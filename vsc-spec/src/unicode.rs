//! Properties of characters: the Unicode Character Database, <https://www.unicode.org/ucd/>.

use std::sync::OnceLock;

use crate::characters::Range;

/// A line for each property, deflated: its names, separated by `|`, then its ranges as the distance from the
/// end of the one before and the number of characters after the first, as in `65+25`.
/// `cargo xtask unicode` writes it.
static PACKED: &[u8] = include_bytes!("../data/unicode.bin");

fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let bytes = miniz_oxide::inflate::decompress_to_vec(PACKED).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    })
}

/// The characters of a property: a general category by its short name (`L`, `Lu`), a binary property
/// (`Alphabetic`, `Lowercase`), or a script (`Script=Latin`). `None` if it is unknown.
pub(crate) fn property(name: &str) -> Option<Vec<Range>> {
    let parts: &[&str] = match name {
        "LC" => &["Lu", "Ll", "Lt"],
        "L" => &["Lu", "Ll", "Lt", "Lm", "Lo"],
        "M" => &["Mn", "Mc", "Me"],
        "N" => &["Nd", "Nl", "No"],
        "P" => &["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
        "S" => &["Sm", "Sc", "Sk", "So"],
        "Z" => &["Zs", "Zl", "Zp"],
        "C" => &["Cc", "Cf", "Cs", "Co", "Cn"],
        name => &[name],
    };
    let mut ranges = Vec::new();
    for part in parts {
        let mut lines = text().lines().filter_map(|line| line.split_once(' '));
        let (_, packed) = lines.find(|(names, _)| names.split('|').any(|name| name == *part))?;
        unpack(packed, &mut ranges)?;
    }
    Some(ranges)
}

fn unpack(packed: &str, ranges: &mut Vec<Range>) -> Option<()> {
    let mut next = 0_u32;
    for range in packed.split(' ') {
        let (distance, more) = range.split_once('+')?;
        let first = next.checked_add(distance.parse().ok()?)?;
        next = first.checked_add(more.parse().ok()?)?;
        ranges.push((first, next));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::Characters;

    /// Against an engine with tables of its own, by names of all kinds.
    #[test]
    fn properties_are_those_of_ecma() {
        for name in [
            "L",
            "LC",
            "Lu",
            "M",
            "N",
            "P",
            "S",
            "Z",
            "Zs",
            "C",
            "Cc",
            "Cn",
            "ASCII",
            "Alphabetic",
            "Lowercase",
            "Uppercase",
            "Ideographic",
            "White_Space",
            "Script=Latin",
            "Script=Latn",
            "Script=Han",
            "Script=Inherited",
        ] {
            let ours =
                Characters::new(property(name).unwrap_or_else(|| panic!("{name} is unknown")));
            let pattern = format!(r"^\p{{{name}}}$");
            let theirs = regress::Regex::with_flags(&pattern, "u").expect("it is a pattern");
            let mut before = '\0';
            for letter in '\0'..=char::MAX {
                // At every bound of a range, and some between.
                if ours.has(letter) != ours.has(before) || u32::from(letter) % 53 == 0 {
                    for letter in [before, letter] {
                        let is_theirs = theirs.find(letter.encode_utf8(&mut [0; 4])).is_some();
                        assert_eq!(ours.has(letter), is_theirs, "{name} {letter:?}");
                    }
                }
                before = letter;
            }
        }
    }

    #[test]
    fn unknown_properties_are_none() {
        for name in [
            "",
            "Letters",
            "Latin",
            "Script=Greek|Script=Grek",
            "|",
            "lu",
        ] {
            assert_eq!(property(name), None, "{name}");
        }
    }
}
