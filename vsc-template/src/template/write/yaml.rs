//! Readable YAML: indented by two spaces, intrinsic functions in short forms, strings of several lines as
//! block scalars.

use std::fmt::Write as _;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::document::lines;
use vsc_spec::{Json, Object};

use super::comments::Comments;
use super::letters::{Letters, line_length};
use super::scalar::{
    Charset, SPACES, block_header, is_bare, number, push_code, push_indent, push_letters, push_text,
};
use crate::template::logical_id::LogicalId;
use crate::template::part::{Members, Part};
use crate::template::quota::INLINE_BODY;
use crate::template::resource::{Resource, Step};

/// Functions whose short form every parser of templates supports.
const SHORT_FORMS: [IntrinsicFunction; 16] = [
    IntrinsicFunction::Ref,
    IntrinsicFunction::And,
    IntrinsicFunction::Base64,
    IntrinsicFunction::Cidr,
    IntrinsicFunction::Equals,
    IntrinsicFunction::FindInMap,
    IntrinsicFunction::GetAZs,
    IntrinsicFunction::GetAtt,
    IntrinsicFunction::If,
    IntrinsicFunction::ImportValue,
    IntrinsicFunction::Join,
    IntrinsicFunction::Not,
    IntrinsicFunction::Or,
    IntrinsicFunction::Select,
    IntrinsicFunction::Split,
    IntrinsicFunction::Sub,
];

/// The longest name on the line of its value: YAML 1.2.2, 7.4, allows 1,024 characters, and parsers
/// count differently.
const LONGEST_NAME: usize = 1_000;

/// The bytes of a piece of a template that is passed on: a few pages, since each that is touched for the first
/// time takes a microsecond.
const PIECE: usize = 8 * 1_024;

/// The bytes that a value adds to a piece before it is passed on, as long as the value is no larger.
const REST: usize = 2 * 1_024;

/// The bytes for which a value has room from the start.
const VALUE: usize = 1_024;

/// A template: sections and elements separated by blank lines, with the comments of resources.
pub(crate) fn template(
    parts: Members<'_>,
    resources: &[(LogicalId, Resource)],
    charset: Charset,
) -> String {
    let out = String::with_capacity(INLINE_BODY);
    write_template(parts, resources, charset, out, None)
}

/// As [`template`], passed on in pieces.
pub(crate) fn template_in_pieces(
    parts: Members<'_>,
    resources: &[(LogicalId, Resource)],
    charset: Charset,
    pass_on: PassOn<'_>,
) {
    let out = String::with_capacity(PIECE + REST);
    let last = write_template(parts, resources, charset, out, Some(&mut *pass_on));
    pass_on(&last);
}

/// Returns what is not passed on.
fn write_template<'a>(
    parts: Members<'_>,
    resources: &'a [(LogicalId, Resource)],
    charset: Charset,
    out: String,
    pass_on: Option<PassOn<'a>>,
) -> String {
    let mut writer = Writer {
        out,
        pass_on,
        short_forms: true,
        charset,
        ..Writer::default()
    };
    for (name, section) in parts {
        if section.is_object() && !writer.out.is_empty() {
            writer.apart();
        }
        writer.name(name, 0);
        let section = match name {
            "Resources" => section.into_members(),
            _ => Err(section),
        };
        match section {
            Ok(members) => {
                writer.out.push('\n');
                for (index, (id, part)) in members.iter().enumerate() {
                    if index > 0 {
                        writer.apart();
                    }
                    // Elements without comments follow the resources.
                    if let Some((_, resource)) = resources.get(index) {
                        writer.comment(resource.comment.as_deref(), 1);
                        writer.comments = Comments::new(&resource.comments);
                    }
                    writer.indent(1);
                    writer.name(id, 1);
                    writer.part(part, 2);
                    writer.comments = Comments::default();
                }
            }
            Err(section) => writer.part(&section, 1),
        }
    }
    writer.out
}

/// A value in plain YAML.
pub(crate) fn plain(value: &Json) -> String {
    let writer = Writer {
        out: String::with_capacity(VALUE),
        ..Writer::default()
    };
    document(value, writer)
}

/// A value of a template.
pub(crate) fn short(value: &Json) -> String {
    let writer = Writer {
        short_forms: true,
        ..Writer::default()
    };
    document(value, writer)
}

fn document(value: &Json, mut writer: Writer<'_>) -> String {
    match value {
        Json::Object(object) if !object.is_empty() && !writer.is_call(object) => {
            for (name, value) in object.iter() {
                writer.name(name, 0);
                writer.value(value, 1);
            }
        }
        Json::Array(items) if !items.is_empty() => writer.items(items, 0, false),
        value => writer.value(value, 1),
    }
    writer.out.shrink_to_fit();
    writer.out
}

/// The lines of a comment: YAML 1.1 has other line breaks than a line feed (5.4, "Line Break
/// Characters"), behind which the comment would become part of the template.
fn comment_lines(comment: &str) -> impl Iterator<Item = &str> {
    lines(comment).flat_map(|line| line.split(['\u{85}', '\u{2028}', '\u{2029}']))
}

/// Whether it can be written as `Resource.Attribute`: two strings, without a dot in the first.
fn is_attribute(path: &[Json]) -> bool {
    match path {
        [Json::String(resource), Json::String(_)] => !resource.contains('.'),
        _ => false,
    }
}

/// A function that pieces of a text are passed to.
type PassOn<'a> = &'a mut dyn FnMut(&str);

#[derive(Default)]
struct Writer<'a> {
    /// The text, or what is not yet passed on.
    out: String,
    pass_on: Option<PassOn<'a>>,
    short_forms: bool,
    charset: Charset,
    comments: Comments<'a>,
}

impl Writer<'_> {
    /// A name and its colon. The colon of a name that is too long is on the next line, at `indent`.
    fn name(&mut self, name: &str, indent: usize) {
        let start = self.out.len();
        push_text(&mut self.out, name, self.charset);
        if self.out.len() - start > LONGEST_NAME {
            self.out.insert_str(start, "? ");
            self.out.push('\n');
            self.indent(indent);
        }
        self.out.push(':');
    }

    /// Passes the lines so far on if they are a piece. Only where another line follows: what separates elements
    /// depends on the line before it.
    fn piece(&mut self) {
        if self.out.len() >= PIECE
            && let Some(pass_on) = &mut self.pass_on
        {
            pass_on(&self.out);
            self.out.clear();
        }
    }

    /// A blank line; none behind a block scalar that keeps its line breaks.
    fn apart(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A part of a template behind its name: see [`Writer::value`].
    fn part(&mut self, part: &Part<'_>, indent: usize) {
        match part {
            Part::Text(text) => {
                self.out.push(' ');
                self.text(text, indent);
            }
            Part::Json(json) => self.value(json, indent),
            Part::Made(json) => self.value(json, indent),
            Part::Object(object) => self.object(object, indent),
            Part::Members(members) => match members.as_slice() {
                [] => self.out.push_str(" {}\n"),
                // A logical ID may be the name of a function.
                [(name, _)] if IntrinsicFunction::parse(name).is_some() => {
                    self.value(&part.to_json(), indent);
                }
                members => {
                    self.out.push('\n');
                    for (name, part) in members {
                        self.member(name, indent, |writer| writer.part(part, indent + 1));
                    }
                }
            },
        }
    }

    /// A value behind a name or a dash, to the end of its last line. Further lines have the given
    /// indentation.
    fn value(&mut self, value: &Json, indent: usize) {
        match value {
            Json::Array(items) if items.is_empty() => self.out.push_str(" []\n"),
            Json::Object(members) => self.object(members, indent),
            Json::Array(items) => {
                self.out.push('\n');
                self.items(items, indent, false);
            }
            scalar => {
                self.out.push(' ');
                self.scalar(scalar, indent);
            }
        }
    }

    fn object(&mut self, members: &Object, indent: usize) {
        if members.is_empty() {
            return self.out.push_str(" {}\n");
        }
        if let Some((name, argument)) = members.single()
            && let Some(tag) = self.short_form(name, argument)
        {
            return self.tagged(tag, argument, indent);
        }
        self.out.push('\n');
        for (name, value) in members.iter() {
            self.member(name, indent, |writer| writer.value(value, indent + 1));
        }
    }

    /// A member on lines of its own.
    fn member(&mut self, name: &str, indent: usize, write_value: impl FnOnce(&mut Self)) {
        self.piece();
        self.step(is_key(name), Some(indent), |writer| {
            writer.indent(indent);
            writer.name(name, indent);
            write_value(writer);
        });
    }

    /// The items of a list; the first one is on the current line if the list is itself an item.
    fn items(&mut self, items: &[Json], indent: usize, mut inline: bool) {
        for (index, item) in items.iter().enumerate() {
            if !inline {
                self.piece();
            }
            let is_index = |step: &Step| *step == Step::Index(index);
            self.step(is_index, Some(indent), |writer| {
                if !std::mem::take(&mut inline) {
                    writer.indent(indent);
                }
                writer.out.push('-');
                writer.item(item, indent + 1);
            });
        }
    }

    /// An item behind its dash, with the first member or item of a collection on the same line.
    fn item(&mut self, item: &Json, indent: usize) {
        match item {
            Json::Object(object) if !object.is_empty() => {
                if self.is_call(object) {
                    return self.value(item, indent);
                }
                self.out.push(' ');
                let mut first = true;
                for (name, value) in object.iter() {
                    let inline = std::mem::take(&mut first);
                    let write = |writer: &mut Self| writer.value(value, indent + 1);
                    if inline {
                        self.step(is_key(name), None, |writer| {
                            writer.name(name, indent);
                            write(writer);
                        });
                    } else {
                        self.member(name, indent, write);
                    }
                }
            }
            Json::Array(items) if !items.is_empty() => {
                self.out.push(' ');
                self.items(items, indent, true);
            }
            scalar => self.value(scalar, indent),
        }
    }

    /// `!Tag` and its argument.
    fn tagged(&mut self, tag: &str, argument: &Json, indent: usize) {
        self.out.push_str(" !");
        self.out.push_str(tag);
        if let ("GetAtt", Json::Array(path)) = (tag, argument) {
            let path: Vec<&str> = path.iter().filter_map(Json::as_str).collect();
            self.out.push(' ');
            push_text(&mut self.out, &path.join("."), self.charset);
            self.out.push('\n');
        } else {
            self.value(argument, indent);
        }
    }

    /// Whether the object is a function that can be written in its short form.
    fn is_call(&self, object: &Object) -> bool {
        object
            .single()
            .is_some_and(|(name, argument)| self.short_form(name, argument).is_some())
    }

    /// The tag of a function that can be written in its short form: its argument has no tag, since a value
    /// has at most one, and is read back unchanged. Behind a tag every scalar is a string, and the dot of
    /// `!GetAtt` separates the resource from its attribute.
    fn short_form(&self, name: &str, argument: &Json) -> Option<&'static str> {
        if !self.short_forms {
            return None;
        }
        let function = IntrinsicFunction::parse(name)?;
        let tag = SHORT_FORMS.contains(&function).then(|| function.short())?;
        let allowed = match argument {
            Json::Array(path) if tag == "GetAtt" => is_attribute(path),
            Json::String(text) => tag != "GetAtt" || !text.contains('.'),
            Json::Object(object) => object
                .single()
                .is_some_and(|(inner, argument)| self.short_form(inner, argument).is_none()),
            Json::Array(_) => true,
            _ => false,
        };
        allowed.then_some(tag)
    }

    fn scalar(&mut self, scalar: &Json, indent: usize) {
        match scalar {
            Json::String(text) => return self.text(text, indent),
            Json::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            // Writing into a string cannot fail.
            Json::Integer(value) => _ = write!(self.out, "{value}"),
            Json::Number(value) => self.out.push_str(&number(*value)),
            Json::Null | Json::Array(_) | Json::Object(_) => self.out.push_str("null"),
            Json::Expression(never) => match *never {},
        }
        self.out.push('\n');
    }

    fn text(&mut self, text: &str, indent: usize) {
        let letters = Letters::of(text);
        match block_header(text, letters, self.charset) {
            Some(header) => self.block(header, text, indent),
            None if text.len() >= PIECE && is_bare(text, letters) => {
                self.large(text);
                self.out.push('\n');
            }
            None => {
                push_letters(&mut self.out, text, letters, self.charset);
                self.out.push('\n');
            }
        }
    }

    /// A text that is a piece of its own.
    fn large(&mut self, text: &str) {
        match &mut self.pass_on {
            Some(pass_on) => {
                pass_on(&self.out);
                self.out.clear();
                pass_on(text);
            }
            None => self.out.push_str(text),
        }
    }

    fn block(&mut self, header: &str, text: &str, indent: usize) {
        self.out.push('|');
        self.out.push_str(header);
        self.out.push('\n');
        let mut rest = text.strip_suffix('\n').unwrap_or(text);
        loop {
            let (line, more) = rest.split_at(line_length(rest));
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
            if more.is_empty() {
                return;
            }
            rest = &more[1..];
        }
    }

    fn indent(&mut self, indent: usize) {
        match SPACES.get(..2 * indent) {
            Some(spaces) => self.out.push_str(spaces),
            // Writing into a string cannot fail.
            None => _ = push_indent(&mut self.out, indent),
        }
    }

    fn comment(&mut self, comment: Option<&str>, indent: usize) {
        let Some(comment) = comment else {
            return;
        };
        for line in comment_lines(comment) {
            let line = line.trim_end();
            self.indent(indent);
            self.out.push_str("# ");
            if Letters::of(line).are_ascii() {
                self.out.push_str(line);
                self.out.push('\n');
                continue;
            }
            for letter in line.chars() {
                if self.charset.has(letter) || letter == '\t' {
                    self.out.push(letter);
                } else {
                    push_code(&mut self.out, letter);
                }
            }
            self.out.push('\n');
        }
    }

    /// Writes the value of a step, below its comment. Without an indentation the line has begun already,
    /// and the comment is dropped.
    fn step(
        &mut self,
        is_step: impl Fn(&Step) -> bool,
        indent: Option<usize>,
        write: impl FnOnce(&mut Self),
    ) {
        if self.comments.is_empty() {
            return write(self);
        }
        let comment = self.comments.enter(is_step);
        if let Some(indent) = indent {
            self.comment(comment, indent);
        }
        write(self);
        self.comments.leave();
    }
}

/// Whether a step is that into the member of this name.
fn is_key(name: &str) -> impl Fn(&Step) -> bool {
    move |step| matches!(step, Step::Key(key) if key == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Source;
    use vsc_spec::Text;

    fn call(name: impl Into<Text>, argument: Json) -> Json {
        Json::object([("a", Json::object([(name, argument)]))])
    }

    fn texts(items: &[&'static str]) -> Json {
        Json::array(items.iter().copied())
    }

    #[test]
    fn short_forms_are_read_back_unchanged() {
        for name in SHORT_FORMS {
            for argument in [
                Json::Null,
                Json::Bool(true),
                Json::Integer(5),
                Json::Number(0.5),
                Json::Array(vec![]),
                Json::Object(Object::new()),
                Json::from(""),
                Json::from("null"),
                Json::from("A"),
                Json::from("A.B"),
                Json::from("two\nlines"),
                texts(&["A"]),
                texts(&["A", "B"]),
                texts(&["A", "B.C"]),
                texts(&["A.B", "C"]),
                texts(&["A", "B", "C"]),
                texts(&["", ""]),
                Json::array([Json::from("A"), Json::Integer(1)]),
                call("Ref", Json::Null),
                call("Ref", Json::from("A")),
            ] {
                let value = call(name, argument);
                let written = short(&value);
                let read = Source::read(&written).map(|source| source.json().clone());
                assert_eq!(read.as_ref(), Ok(&value), "{written}");
            }
        }
    }

    #[test]
    fn short_forms_are_used_where_possible() {
        assert_eq!(short(&call("Ref", Json::from("A"))), "a: !Ref A\n");
        let attribute = call("Fn::GetAtt", texts(&["A", "B.C"]));
        assert_eq!(short(&attribute), "a: !GetAtt A.B.C\n");
        assert_eq!(short(&call("Fn::Not", texts(&["A"]))), "a: !Not\n  - A\n");
        assert_eq!(short(&call("Ref", Json::Null)), "a:\n  Ref: null\n");
        let inner = Json::object([("Ref", Json::Null)]);
        assert_eq!(
            short(&call("Fn::Base64", inner)),
            "a: !Base64\n  Ref: null\n"
        );
        // Only in `!GetAtt` the dot separates a resource from its attribute.
        assert_eq!(short(&call("Fn::Sub", Json::from("a.b"))), "a: !Sub a.b\n");
        assert_eq!(
            short(&call("Fn::GetAtt", Json::from("A"))),
            "a: !GetAtt A\n"
        );
    }
}
