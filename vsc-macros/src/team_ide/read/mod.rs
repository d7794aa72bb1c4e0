//! Reads the arguments into a declaration.

mod lists;
mod tls;
mod users;

use syn::Expr;
use syn::ext::IdentExt as _;
use vsc_spec::team::{Credits, Field, FieldMut, Key, Login, Place};
use vsc_spec::{Finding, Text, suggest};

use super::arguments::{Argument, Arguments, Value};
use super::item::Item;
use super::literal::{Wanted, Written, decimal, is_constant, plain, string, whole_number, wrong};
use super::reading::Reading;
use crate::diagnostics::{Diagnostics, Range};

/// A word of a declaration, and what it says.
type Word = (&'static str, &'static str);

/// In place of a constant number: no rule lets it pass.
const UNKNOWN_NUMBER: i128 = -1;

/// Reads what can be read; what cannot be is refused.
pub(crate) fn read(arguments: &Arguments, item: &Item, diagnostics: &mut Diagnostics) -> Reading {
    let mut reading = Reading::default();
    reading.name = Some(item.name.span());
    reading.declaration.type_name = item.name.unraw().to_string().into();
    for argument in &arguments.values {
        Reader {
            argument,
            reading: &mut reading,
            diagnostics,
        }
        .read();
    }
    users::of_variants(item, arguments, &mut reading, diagnostics);
    reading
}

/// Reads one argument.
struct Reader<'a> {
    argument: &'a Argument,
    reading: &'a mut Reading,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn read(mut self) {
        let key = self.argument.key;
        if key == Key::Tags {
            return self.tags();
        }
        let expression = match &self.argument.value {
            Value::Expression(expression) => plain(expression),
            Value::Unreadable => return,
            Value::List(_) => {
                let finding = Finding::new(format!("`{key}` takes a value behind `=`"))
                    .help(format!("write `{}`", key.example()));
                return self.diagnostics.refuse(self.argument.key_span, &finding);
            }
        };
        let range = Range::of(expression);
        self.value(key, expression);
        // What is wrong with all of a list is reported at the list.
        self.reading.found_unless_known(Place::Value(key), range);
    }

    fn value(&mut self, key: Key, expression: &Expr) {
        match self.reading.declaration.field(key) {
            Field::Text(_) => {
                let text = self.text(Place::Value(key), self.wanted(), expression);
                if let FieldMut::Text(field) = self.reading.declaration.field_mut(key) {
                    *field = text;
                }
            }
            Field::Integer(_) => {
                let integer = self.whole_number(expression);
                if let FieldMut::Integer(field) = self.reading.declaration.field_mut(key) {
                    *field = integer;
                }
            }
            Field::Number(_) => {
                let number = self.number(expression);
                if let FieldMut::Number(field) = self.reading.declaration.field_mut(key) {
                    *field = number;
                }
            }
            Field::Texts(items, _) => {
                let texts = self.list(items, expression);
                if let FieldMut::Texts(_, field) = self.reading.declaration.field_mut(key) {
                    *field = texts;
                }
            }
            Field::Users(_) => self.users(expression),
            Field::Allow(_) => self.allow(expression),
            Field::Tls(_) => self.tls(expression),
            Field::Login(_) => self.login(expression),
            Field::Credits(_) => self.credits(expression),
            Field::Elsewhere => self.extend(expression),
            // It takes no expression.
            Field::Tags(_) => {}
        }
    }

    fn wanted(&self) -> Wanted<'static> {
        let key = self.argument.key;
        Wanted {
            subject: key.name(),
            example: key.example(),
        }
    }

    /// A text at a place; one that its rule refuses where it is a constant.
    fn text(&mut self, place: Place, wanted: Wanted, expression: &Expr) -> Option<Text> {
        text(place, wanted, expression, self.reading, self.diagnostics)
    }

    fn whole_number(&mut self, expression: &Expr) -> Option<i128> {
        let place = Place::Value(self.argument.key);
        match whole_number(self.wanted(), expression, self.diagnostics)? {
            Written::Literal(number, _) => {
                self.reading.found(place, Range::of(expression));
                Some(number)
            }
            Written::Constant(expression) => {
                self.reading.found_constant(place, expression);
                Some(UNKNOWN_NUMBER)
            }
        }
    }

    fn number(&mut self, expression: &Expr) -> Option<f64> {
        number(
            Place::Value(self.argument.key),
            self.wanted(),
            expression,
            self.reading,
            self.diagnostics,
        )
    }

    fn login(&mut self, expression: &Expr) {
        const WORDS: [Word; 2] = [
            ("generated", "a password for each developer"),
            ("shared", "one for all"),
        ];
        match self.word(WORDS, expression) {
            Some("shared") => self.reading.declaration.login = Login::Shared,
            Some(_) => self.reading.declaration.login = Login::Generated,
            None => {}
        }
    }

    fn credits(&mut self, expression: &Expr) {
        const WORDS: [Word; 2] = [
            ("standard", "a host without credits slows down"),
            ("unlimited", "AWS charges for what it uses beyond them"),
        ];
        self.reading.declaration.credits = match self.word(WORDS, expression) {
            Some("standard") => Some(Credits::Standard),
            Some(_) => Some(Credits::Unlimited),
            None => None,
        };
    }

    /// One of two words.
    fn word(&mut self, words: [Word; 2], expression: &Expr) -> Option<&'static str> {
        let [(one, of_one), (other, of_other)] = words;
        let name = match expression {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        let Some(name) = name else {
            let wanted = format!("`{one}` or `{other}`");
            wrong(self.wanted(), &wanted, expression, self.diagnostics);
            return None;
        };
        let written = name.to_string();
        let known = [one, other].into_iter().find(|word| *word == written);
        if known.is_none() {
            let key = self.argument.key;
            let finding = Finding::new(format!("`{key}` cannot be `{written}`"))
                .why(format!("it is `{one}`, {of_one}, or `{other}`, {of_other}"))
                .maybe_help(suggest::did_you_mean(&written, [one, other]));
            self.diagnostics.refuse(name.span(), &finding);
        }
        known
    }

    fn extend(&mut self, expression: &Expr) {
        match expression {
            Expr::Path(path) => self.reading.extend = Some(path.clone()),
            other => wrong(
                self.wanted(),
                "the name of a function",
                other,
                self.diagnostics,
            ),
        }
    }

    fn tags(&mut self) {
        let pairs = match &self.argument.value {
            Value::List(pairs) => pairs,
            Value::Unreadable => return,
            Value::Expression(_) => {
                let finding = Finding::new("`tags` takes names and values in parentheses")
                    .help(format!("write `{}`", Key::Tags.example()));
                return self.diagnostics.refuse(self.argument.key_span, &finding);
            }
        };
        for (name, value) in pairs {
            let subject = name.to_string();
            let wanted = Wanted {
                subject: &subject,
                example: Key::Tags.example(),
            };
            let index = self.reading.declaration.tags.len();
            if let Some(value) = self.text(Place::TagValue(index), wanted, value) {
                let tag = (name.unraw().to_string().into(), value);
                self.reading.declaration.tags.to_mut().push(tag);
                self.reading.found(Place::TagKey(index), name.span());
            }
        }
    }
}

/// A text at a place. In place of a constant stands an empty text, which no rule lets pass.
fn text(
    place: Place,
    wanted: Wanted,
    expression: &Expr,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    match string(wanted, expression, diagnostics)? {
        Written::Literal(text, span) => {
            reading.found(place, span);
            Some(text.into())
        }
        Written::Constant(expression) => {
            reading.found_constant(place, expression);
            Some(Text::Borrowed(""))
        }
    }
}

/// A number at a place. In place of a constant stands what is no number.
fn number(
    place: Place,
    wanted: Wanted,
    expression: &Expr,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) -> Option<f64> {
    match decimal(wanted, expression, diagnostics)? {
        Written::Literal(number, _) => {
            reading.found(place, Range::of(expression));
            Some(number)
        }
        Written::Constant(expression) => {
            reading.found_constant(place, expression);
            Some(f64::NAN)
        }
    }
}

/// Refuses a name that is none of these.
fn unknown_part(owner: &str, name: &str, names: &[&str]) -> Finding {
    Finding::new(format!("`{owner}` has no `{name}`"))
        .why(format!("it has {}", suggest::list(names.iter().copied())))
        .maybe_help(suggest::did_you_mean(name, names.iter().copied()))
}

/// Whether an expression is the name of a constant rather than a word of the declaration.
fn names_a_constant(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) => name
                .to_string()
                .contains(|letter: char| letter.is_ascii_uppercase()),
            None => true,
        },
        other => is_constant(other),
    }
}
