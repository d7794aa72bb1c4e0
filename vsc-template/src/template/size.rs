//! The size of a template in YAML, for its quota.

use vsc_spec::document::lines;
use vsc_spec::{Json, Object, Text};

use super::Template;
use super::part::Part;
use super::quota::BODY;

/// The most bytes of a number, as in `-2.2250738585072014e-308`, with some to spare.
const NUMBER: usize = 32;

/// The most bytes of a line besides its indentation, name and value: its dash, colon, space, tag and
/// line break, and a blank line before it, with some to spare.
const LINE: usize = 24;

/// The bytes of a text whose line feeds are not counted.
const SHORT: usize = 32;

/// The most bytes of an escaped character in proportion to its own: `\x00` of one byte.
const ESCAPE: usize = 4;

/// The length of the template's YAML in bytes if it might exceed its quota; otherwise a bound of it, which
/// is found without writing it.
pub(crate) fn for_quota(template: &Template) -> usize {
    let bound = bound(template);
    if bound > BODY.limit {
        template.to_yaml_string().len()
    } else {
        bound
    }
}

/// A number of bytes that the template's YAML does not exceed.
fn bound(template: &Template) -> usize {
    let comments = template.resources.iter().map(|(_, resource)| {
        let own = resource.comment.iter().map(|text| comment(text, 1));
        let of_parts = resource.comments.iter();
        // Each step indents by up to two levels: an item of a list and its dash.
        let of_parts = of_parts.map(|(path, text)| comment(text, 2 + 2 * path.len()));
        own.chain(of_parts).sum::<usize>()
    });
    parts(&template.parts(), 0) + comments.sum::<usize>()
}

fn parts(members: &[(&str, Part<'_>)], indent: usize) -> usize {
    let member = |(name, part): &(&str, Part<'_>)| {
        let value = match part {
            Part::Text(string) => text(string, indent + 1),
            Part::Json(json) => value(json, indent + 1),
            Part::Made(json) => value(json, indent + 1),
            Part::Object(members) => object(members, indent + 1),
            Part::Members(members) => parts(members, indent + 1),
        };
        line(indent) + text(name, indent) + value
    };
    members.iter().map(member).sum()
}

fn value(json: &Json, indent: usize) -> usize {
    match json {
        Json::String(string) => text(string, indent),
        Json::Array(items) => items
            .iter()
            .map(|item| line(indent) + value(item, indent + 1))
            .sum(),
        Json::Object(members) => object(members, indent),
        Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Number(_) => NUMBER,
        Json::Expression(never) => match *never {},
    }
}

fn object(members: &Object, indent: usize) -> usize {
    let member = |(name, member)| line(indent) + text(name, indent) + value(member, indent + 1);
    members.iter().map(member).sum()
}

/// A line without its name and value, and a second one for a name too long for one.
fn line(indent: usize) -> usize {
    2 * (2 * indent + LINE)
}

/// A string in quotes, or as the lines of a block.
fn text(text: &str, indent: usize) -> usize {
    ESCAPE * text.len() + (breaks(text) + 1) * 2 * indent + LINE
}

/// The most line feeds in the text: in a long one their number, counted in bytes, which the compiler does for many
/// at once.
fn breaks(text: &str) -> usize {
    if text.len() <= SHORT {
        return text.len();
    }
    let few = |few: &[u8]| {
        let breaks = few.iter().map(|byte| u8::from(*byte == b'\n'));
        usize::from(breaks.fold(0, u8::wrapping_add))
    };
    text.as_bytes().chunks(u8::MAX.into()).map(few).sum()
}

fn comment(comment: &Text, indent: usize) -> usize {
    // Some characters that are longer than a line feed break a line as well.
    let breaks = lines(comment).count() + comment.len() / 2;
    ESCAPE * comment.len() + (breaks + 1) * (2 * indent + LINE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stack;
    use crate::stack::Draft;
    use vsc_spec::resource::Step;

    /// Strings that YAML makes longer.
    const TEXTS: [&str; 12] = [
        "",
        "''''''''",
        "\u{0}\u{1}\u{7f}",
        "\u{85}\u{85}",
        "\u{2028}",
        "\u{e000}\u{fffe}\u{10ffff}",
        "\n\n\n\n",
        "a\nb\nc\nd",
        "a\n\n\n",
        " a\nb",
        "\"\\\t\r",
        "12:30",
    ];

    fn nested(depth: usize) -> Json {
        let mut value = Json::array(TEXTS);
        for at in 0..depth {
            let texts = TEXTS.into_iter().chain(["Fn::Sub", "Ref", "x"]);
            let members = texts.map(|text| (text, Json::from(text)));
            let inner = Json::array([value, Json::Number(f64::MIN_POSITIVE), Json::Null]);
            let members = members.chain([("inner", inner)]);
            value = Json::object(members.skip(at % 3));
        }
        value
    }

    fn template(depth: usize) -> Template {
        let mut stack = Stack::new("odd");
        stack.describe("\u{1}\n\u{2}");
        stack.metadata("x".repeat(2_000), nested(depth));
        stack.metadata("Empty", Json::Array(Vec::new()));
        for text in TEXTS {
            let properties = Object::new().with("A", nested(depth)).with("B", text);
            let handle = stack.add(text, Draft::new(text, properties));
            stack.comment(&handle, [], text);
            let path = ["Properties", "A", "inner"].map(|key| Step::Key(key.into()));
            stack.comment(&handle, path, text);
            stack.output(text, handle.attribute::<Json>("Arn"));
        }
        stack.template().clone()
    }

    #[test]
    fn no_template_exceeds_its_bound() {
        for depth in 0..6 {
            let template = template(depth);
            let bound = bound(&template);
            for yaml in [template.to_yaml_string(), template.to_ascii_yaml_string()] {
                assert!(yaml.len() <= bound, "{} > {bound}: {yaml}", yaml.len());
            }
        }
    }

    #[test]
    fn no_long_string_exceeds_its_bound() {
        for text in TEXTS {
            let mut value = Json::from(text.repeat(2_000));
            for _ in 0..8 {
                value = Json::object([("A", Json::array([value]))]);
            }
            let mut with_value = Stack::new("value");
            with_value.metadata("A", value);
            let mut with_comment = Stack::new("comment");
            let handle = with_comment.add("A", Draft::new("T", Object::new()));
            with_comment.comment(&handle, [], text.repeat(2_000));
            for stack in [with_value, with_comment] {
                let template = stack.template();
                for yaml in [template.to_yaml_string(), template.to_ascii_yaml_string()] {
                    assert!(yaml.len() <= bound(template), "{text:?}: {}", yaml.len());
                }
            }
        }
    }

    #[test]
    fn all_breaks_are_counted() {
        for length in [0, 1, 11, 254, 255, 256, 1_000] {
            assert_eq!(breaks(&"\n".repeat(length)), length);
            let lines = "a\nb".repeat(length);
            let is_counted = lines.len() > SHORT;
            let expected = if is_counted { length } else { lines.len() };
            assert_eq!(breaks(&lines), expected);
        }
    }

    #[test]
    fn the_size_of_a_large_template_is_exact() {
        let mut stack = Stack::new("large");
        stack.metadata("A", "x".repeat(BODY.limit));
        let template = stack.template();
        let exact = template.to_yaml_string().len();
        assert_eq!(for_quota(template), exact);
        let mut stack = Stack::new("small");
        stack.metadata("A", "x".repeat(BODY.limit / 8));
        let template = stack.template();
        let size = for_quota(template);
        assert!(size <= BODY.limit && size >= template.to_yaml_string().len());
    }
}
