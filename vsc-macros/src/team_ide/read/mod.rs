//! Reads the arguments into a declaration.

mod forms;
mod lists;
mod login;
mod snapshots;
mod tls;
mod users;

use syn::Expr;
use syn::ext::IdentExt as _;
use vsc_spec::team::{DeclarationPath, Field, FieldMut, Key, Word, placeholder};
use vsc_spec::{Diagnostic, Text, suggest};

use super::arguments::{Argument, ArgumentValue, Arguments};
use super::item::Item;
use super::literal::{Expected, Written, decimal, integer, is_constant, plain, string, wrong};
use super::reading::Reading;
use crate::diagnostics::{Diagnostics, Range};

/// Reads the valid arguments, and rejects the others.
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
            ArgumentValue::Expression(expression) => plain(expression),
            ArgumentValue::Unreadable => return,
            ArgumentValue::List(_) => {
                let diagnostic = Diagnostic::new(format!("`{key}` takes a value after `=`"))
                    .help(format!("write `{}`", key.example()));
                return self.diagnostics.reject(self.argument.key_span, &diagnostic);
            }
        };
        let range = Range::of(expression);
        self.value(key, expression);
        // Errors of a whole list are reported at the list.
        self.reading
            .found_unless_known(DeclarationPath::Value(key), range);
    }

    fn value(&mut self, key: Key, expression: &Expr) {
        match self.reading.declaration.field(key) {
            Field::Text(_) => {
                let text = match key.keyword() {
                    Some(word) if !names_a_constant(expression) && is_a_word(expression) => {
                        self.keyword(word, expression)
                    }
                    _ => self.text(DeclarationPath::Value(key), self.wanted(), expression),
                };
                if let FieldMut::Text(field) = self.reading.declaration.field_mut(key) {
                    *field = text;
                }
            }
            Field::Integer(_) => {
                let integer = self.integer(self.wanted(), expression);
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
            Field::Snapshots(_) => self.snapshots(expression),
            Field::Tls(_) => self.tls(expression),
            Field::Login(_) => self.login(expression),
            Field::Operators(_) => {
                let is_list = matches!(expression, Expr::Array(_)) || names_a_constant(expression);
                let operators = self.list("operators", expression);
                self.reading.declaration.operators = is_list.then_some(operators);
            }
            Field::Choice(choice) => {
                let word = self.word(choice.words(), expression);
                let field = self.reading.declaration.field_mut(key);
                if let (Some(word), FieldMut::Choice(field)) = (word, field) {
                    field.choose(word.name);
                }
            }
            Field::Elsewhere => self.extend(expression),
            // It takes no expression.
            Field::Tags(_) => {}
        }
    }

    /// The keyword that a key of strings takes as well.
    fn keyword(&mut self, word: &'static str, expression: &Expr) -> Option<Text> {
        let key = self.argument.key;
        let range = Range::of(expression);
        if matches!(expression, Expr::Path(path) if path.path.is_ident(word)) {
            self.reading.found(DeclarationPath::Value(key), range);
            return Some(Text::Borrowed(word));
        }
        let diagnostic = Diagnostic::new(format!("`{key}` cannot be another word than `{word}`"))
            .help(format!("write `{}`, or `{key} = {word}`", key.example()));
        self.diagnostics.reject(range, &diagnostic);
        None
    }

    fn wanted(&self) -> Expected<'static> {
        let key = self.argument.key;
        Expected {
            subject: key.name(),
            example: key.example(),
        }
    }

    /// The string at a path; for a constant, the placeholder.
    fn text(&mut self, path: DeclarationPath, wanted: Expected, expression: &Expr) -> Option<Text> {
        text(path, wanted, expression, self.reading, self.diagnostics)
    }

    fn integer(&mut self, wanted: Expected, expression: &Expr) -> Option<i128> {
        let path = DeclarationPath::Value(self.argument.key);
        match integer(wanted, expression, self.diagnostics)? {
            Written::Literal(number, _) => {
                self.reading.found(path, Range::of(expression));
                Some(number)
            }
            Written::Constant(expression) => {
                self.reading.found_constant(path, expression);
                Some(placeholder::INTEGER)
            }
        }
    }

    fn number(&mut self, expression: &Expr) -> Option<f64> {
        number(
            DeclarationPath::Value(self.argument.key),
            self.wanted(),
            expression,
            self.reading,
            self.diagnostics,
        )
    }

    /// One of a few words.
    fn word(&mut self, words: &'static [Word], expression: &Expr) -> Option<&'static Word> {
        let name = match expression {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        };
        let Some(name) = name else {
            let names = words.iter().map(|word| format!("`{}`", word.name));
            let wanted = alternatives(names, " or ");
            wrong(self.wanted(), &wanted, expression, self.diagnostics);
            return None;
        };
        let written = name.to_string();
        let known = words.iter().find(|word| word.name == written);
        if known.is_none() {
            let key = self.argument.key;
            let meanings = words
                .iter()
                .map(|word| format!("`{}`, {}", word.name, word.meaning));
            let names = words.iter().map(|word| word.name);
            let diagnostic = Diagnostic::new(format!("`{key}` cannot be `{written}`"))
                .note(format!("expected {}", alternatives(meanings, ", or ")))
                .maybe_help(suggest::did_you_mean(&written, names));
            self.diagnostics.reject(name.span(), &diagnostic);
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
            ArgumentValue::List(pairs) => pairs,
            ArgumentValue::Unreadable => return,
            ArgumentValue::Expression(_) => {
                let diagnostic = Diagnostic::new("`tags` takes names and values in parentheses")
                    .help(format!("write `{}`", Key::Tags.example()));
                return self.diagnostics.reject(self.argument.key_span, &diagnostic);
            }
        };
        for (name, value) in pairs {
            let subject = name.to_string();
            let wanted = Expected {
                subject: &subject,
                example: Key::Tags.example(),
            };
            let index = self.reading.declaration.tags.len();
            if let Some(value) = self.text(DeclarationPath::TagValue(index), wanted, value) {
                let tag = (name.unraw().to_string().into(), value);
                self.reading.declaration.tags.to_mut().push(tag);
                self.reading
                    .found(DeclarationPath::TagKey(index), name.span());
            }
        }
    }
}

/// The string at a path; for a constant, the placeholder, which every rule rejects.
fn text(
    path: DeclarationPath,
    wanted: Expected,
    expression: &Expr,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    match string(wanted, expression, diagnostics)? {
        Written::Literal(text, span) => {
            reading.found(path, span);
            Some(text.into())
        }
        Written::Constant(expression) => {
            reading.found_constant(path, expression);
            Some(Text::Borrowed(placeholder::TEXT))
        }
    }
}

/// The number at a path; for a constant, the placeholder.
fn number(
    path: DeclarationPath,
    wanted: Expected,
    expression: &Expr,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) -> Option<f64> {
    match decimal(wanted, expression, diagnostics)? {
        Written::Literal(number, _) => {
            reading.found(path, Range::of(expression));
            Some(number)
        }
        Written::Constant(expression) => {
            reading.found_constant(path, expression);
            Some(placeholder::NUMBER)
        }
    }
}

/// Joins alternatives, with `or` before the last.
fn alternatives(items: impl Iterator<Item = String>, or: &str) -> String {
    let items: Vec<String> = items.collect();
    match items.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{}{or}{last}", others.join(", ")),
        items => items.concat(),
    }
}

/// The error about an unknown name.
fn unknown_part(owner: &str, name: &str, names: &[&str]) -> Diagnostic {
    Diagnostic::new(format!("`{owner}` has no `{name}`"))
        .note(format!("it has {}", suggest::list(names.iter().copied())))
        .maybe_help(suggest::did_you_mean(name, names.iter().copied()))
}

/// Whether an expression is a single word.
fn is_a_word(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.get_ident().is_some())
}

/// Whether an expression is the name of a constant rather than a keyword of the declaration.
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
