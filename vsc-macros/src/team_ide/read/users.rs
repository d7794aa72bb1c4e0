//! The users: a number, names, a file, or the variants of the enum.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::{Expr, ExprLit, Lit};
use vsc_spec::team::{Key, Place, UserDeclaration, UserField, Users, placeholder};
use vsc_spec::{Finding, Text};

use super::super::arguments::Arguments;
use super::super::file::TeamFile;
use super::super::item::Item;
use super::super::literal::{Wanted, Written, plain, whole_number, wrong};
use super::super::reading::{Reading, of_user};
use super::lists::texts;
use super::{Reader, cpus, names_a_constant, text, unknown_part};
use crate::diagnostics::{Diagnostics, Range};

const NAMES: Wanted = Wanted {
    subject: "users",
    example: "users = [\"alice\", \"bob\"]",
};

impl Reader<'_> {
    pub(super) fn users(&mut self, expression: &Expr) {
        let place = Place::Value(Key::Users);
        self.reading.declaration.users = match expression {
            Expr::Array(list) => {
                let place = |index| of_user(index, UserField::Name);
                let names = texts(list, place, NAMES, self.reading, self.diagnostics);
                Some(Users::Names(names))
            }
            Expr::Lit(ExprLit {
                lit: Lit::Str(path),
                ..
            }) => self.file(&path.value(), path.span()),
            Expr::Lit(_) | Expr::Unary(_) => {
                match whole_number(self.wanted(), expression, self.diagnostics) {
                    Some(Written::Literal(count, _)) => {
                        self.reading.found(place, Range::of(expression));
                        Some(Users::Count(count))
                    }
                    Some(Written::Constant(constant)) => {
                        self.reading.found_constant(place, constant);
                        Some(Users::Count(placeholder::INTEGER))
                    }
                    None => None,
                }
            }
            other if names_a_constant(other) => {
                self.reading.found_constant(place, other.clone());
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
        // Whatever is wrong in the file is reported at its name.
        self.reading.found(Place::Value(Key::Users), span);
        match TeamFile::read(path, span) {
            Err(finding) => {
                self.diagnostics.refuse(span, &finding);
                None
            }
            Ok(contents) => {
                for (line, finding) in &contents.problems {
                    self.diagnostics.refuse_line(span, *line, finding);
                }
                self.reading.file = Some(contents.file);
                // A file without a readable user has been refused for that.
                (!contents.records.is_empty()).then(|| Users::Records(contents.records.into()))
            }
        }
    }
}

/// The variants of an enum are the users.
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
        let finding = Finding::new("the users are declared twice")
            .why(format!("the variants of `{}` are users already", item.name))
            .help("remove `users`, or write a struct instead of the enum");
        return diagnostics.refuse(argument.key_span, &finding);
    }
    reading.found(Place::Value(Key::Users), item.name.span());
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
            let place = of_user(index, UserField::Name);
            reading.found(place, variant.name.span());
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
    seen: Vec<String>,
    reading: &'a mut Reading,
    diagnostics: &'a mut Diagnostics,
}

/// The fields of a user, with an example of each.
pub(crate) const FIELDS: [(&str, &str); 7] = [
    ("name", "name = \"alice\""),
    ("email", "email = \"alice@x.com\""),
    ("memory", "memory = \"2 GiB\""),
    ("cpus", "cpus = 0.5"),
    (
        "repo",
        "repo = \"https://github.com/rust-lang/rust-analyzer\"",
    ),
    (
        "dotfiles",
        "dotfiles = \"https://github.com/alice/dotfiles\"",
    ),
    ("extensions", "extensions = [\"rust-lang.rust-analyzer\"]"),
];

impl Fields<'_> {
    fn read(&mut self, name: &Ident, value: &Expr) {
        let field = name.unraw().to_string();
        let known = FIELDS.iter().find(|(known, _)| *known == field);
        let Some((subject, example)) = known.copied() else {
            let finding = unknown_part("user", &field, &FIELDS.map(|(name, _)| name));
            return self.diagnostics.refuse(name.span(), &finding);
        };
        if self.seen.contains(&field) {
            let finding =
                Finding::new(format!("`{field}` is declared twice")).help("remove one of them");
            return self.diagnostics.refuse(name.span(), &finding);
        }
        self.seen.push(field);
        let wanted = Wanted { subject, example };
        match subject {
            "name" => self.name = self.text(UserField::Name, wanted, value),
            "email" => self.record.email = self.text(UserField::Email, wanted, value),
            "memory" => self.record.memory = self.text(UserField::Memory, wanted, value),
            "repo" => self.record.repo = self.text(UserField::Repo, wanted, value),
            "dotfiles" => {
                self.record.dotfiles = self.text(UserField::Dotfiles, wanted, value);
            }
            "cpus" => {
                let place = of_user(self.index, UserField::Cpus);
                self.record.cpus = cpus(place, wanted, value, self.reading, self.diagnostics);
            }
            _ => self.extensions(wanted, value),
        }
    }

    fn text(&mut self, field: UserField, wanted: Wanted, value: &Expr) -> Option<Text> {
        let place = of_user(self.index, field);
        text(place, wanted, value, self.reading, self.diagnostics)
    }

    fn extensions(&mut self, wanted: Wanted, value: &Expr) {
        let Expr::Array(list) = value else {
            return wrong(wanted, "a list of extensions", value, self.diagnostics);
        };
        let index = self.index;
        let place = |at| of_user(index, UserField::Extension(at));
        self.record.extensions = texts(list, place, wanted, self.reading, self.diagnostics);
    }
}

/// A variant's name as a label: `MaryAnn` is `mary-ann`.
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
