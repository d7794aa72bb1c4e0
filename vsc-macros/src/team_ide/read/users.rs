//! The users: a number, names, a file, or the variants of the enum.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::{Expr, ExprLit, Lit};
use vsc_spec::team::{
    DeclarationPath, Key, UserDeclaration, UserField, UserKey, UserValueMut, Users, placeholder,
};
use vsc_spec::{Diagnostic, Text};

use super::super::arguments::Arguments;
use super::super::file::TeamFile;
use super::super::item::Item;
use super::super::literal::{Expected, Written, integer, plain, wrong};
use super::super::reading::{Reading, of_user};
use super::lists::texts;
use super::{Reader, names_a_constant, number, text, unknown_part};
use crate::diagnostics::{Diagnostics, Range};

const NAMES: Expected = Expected {
    subject: "users",
    example: "users = [\"alice\", \"bob\"]",
};

impl Reader<'_> {
    pub(super) fn users(&mut self, expression: &Expr) {
        let path = DeclarationPath::Value(Key::Users);
        self.reading.declaration.users = match expression {
            Expr::Array(list) => {
                let path = |index| of_user(index, UserField::Name);
                let names = texts(list, path, NAMES, self.reading, self.diagnostics);
                Some(Users::Names(names))
            }
            Expr::Lit(ExprLit {
                lit: Lit::Str(path),
                ..
            }) => self.file(&path.value(), path.span()),
            Expr::Lit(_) | Expr::Unary(_) => {
                match integer(self.wanted(), expression, self.diagnostics) {
                    Some(Written::Literal(count, _)) => {
                        self.reading.found(path, Range::of(expression));
                        Some(Users::Count(count))
                    }
                    Some(Written::Constant(constant)) => {
                        self.reading.found_constant(path, constant);
                        Some(Users::Count(placeholder::INTEGER))
                    }
                    None => None,
                }
            }
            other if names_a_constant(other) => {
                self.reading.found_constant(path, other.clone());
                Some(Users::Count(placeholder::INTEGER))
            }
            other => {
                let forms = "a number, a list of names or a file";
                wrong(self.wanted(), forms, other, self.diagnostics);
                None
            }
        };
    }
}

impl Reader<'_> {
    fn file(&mut self, path: &str, span: Span) -> Option<Users> {
        // Errors in the file are reported at its name.
        self.reading.found(DeclarationPath::Value(Key::Users), span);
        match TeamFile::read(path, span) {
            Err(diagnostic) => {
                self.diagnostics.reject(span, &diagnostic);
                None
            }
            Ok(contents) => {
                for (line, diagnostic) in &contents.problems {
                    self.diagnostics.reject_line(span, *line, diagnostic);
                }
                self.reading.file = Some(contents.file);
                // A file without a valid user has an error already.
                (!contents.records.is_empty()).then(|| Users::Records(contents.records.into()))
            }
        }
    }
}

/// The users are the variants of an enum.
pub(super) fn of_variants(
    item: &Item,
    arguments: &Arguments,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) {
    let Some(variants) = &item.variants else {
        return;
    };
    if let Some(argument) = arguments.get(Key::Users) {
        if variants.is_empty() {
            return;
        }
        let diagnostic = Diagnostic::new("the users are declared twice")
            .note(format!("by `users` and by the variants of `{}`", item.name))
            .help("remove `users`, or write a struct instead of the enum");
        return diagnostics.reject(argument.key_span, &diagnostic);
    }
    reading.found(DeclarationPath::Value(Key::Users), item.name.span());
    let mut records = Vec::new();
    for (index, variant) in variants.iter().enumerate() {
        let mut fields = Fields {
            index,
            name: None,
            record: UserDeclaration::default(),
            seen: Vec::new(),
            reading,
            diagnostics,
        };
        for (name, value) in &variant.fields {
            fields.read(name, plain(value));
        }
        let Fields { name, record, .. } = fields;
        let name = name.unwrap_or_else(|| {
            let path = of_user(index, UserField::Name);
            reading.found(path, variant.name.span());
            label(&variant.name).into()
        });
        let record = UserDeclaration { name, ..record };
        records.push(record);
    }
    reading.declaration.users = Some(Users::Records(records.into()));
}

/// The fields of `#[user(…)]` on a variant.
struct Fields<'a> {
    index: usize,
    name: Option<Text>,
    record: UserDeclaration,
    seen: Vec<UserKey>,
    reading: &'a mut Reading,
    diagnostics: &'a mut Diagnostics,
}

impl Fields<'_> {
    fn read(&mut self, name: &Ident, value: &Expr) {
        let field = name.unraw().to_string();
        let Some(key) = UserKey::find(&field) else {
            let diagnostic = unknown_part("user", &field, &UserKey::NAMES);
            return self.diagnostics.reject(name.span(), &diagnostic);
        };
        if self.seen.contains(&key) {
            let diagnostic =
                Diagnostic::new(format!("`{field}` is declared twice")).help("remove one of them");
            return self.diagnostics.reject(name.span(), &diagnostic);
        }
        self.seen.push(key);
        let wanted = Expected {
            subject: key.name(),
            example: key.example(),
        };
        let path = of_user(self.index, key.field(0));
        let (reading, diagnostics) = (&mut *self.reading, &mut *self.diagnostics);
        match self.record.value_mut(key) {
            UserValueMut::Name(_) => {
                self.name = text(path, wanted, value, reading, diagnostics);
            }
            UserValueMut::Text(field) => {
                *field = text(path, wanted, value, reading, diagnostics);
            }
            UserValueMut::Number(field) => {
                *field = number(path, wanted, value, reading, diagnostics);
            }
            UserValueMut::Texts(items, field) => {
                let Expr::Array(list) = value else {
                    return wrong(wanted, &format!("a list of {items}"), value, diagnostics);
                };
                let index = self.index;
                let path = |at| of_user(index, key.field(at));
                *field = texts(list, path, wanted, reading, diagnostics);
            }
        }
    }
}

/// A variant's name as a user name: `mary-ann` of `MaryAnn`.
fn label(name: &Ident) -> String {
    let mut label = String::new();
    for letter in name.unraw().to_string().chars() {
        let begins = letter.is_uppercase() || letter == '_';
        if begins && !label.is_empty() && !label.ends_with('-') {
            label.push('-');
        }
        if letter != '_' {
            label.extend(letter.to_lowercase());
        }
    }
    label
}
