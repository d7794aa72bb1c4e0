//! Reads the arguments into a declaration.

mod lists;
mod tls;
mod users;

pub(crate) use users::FIELDS;

use syn::Expr;
use syn::ext::IdentExt as _;
use vsc_spec::team::{Credits, Declaration, Key, Login, Place, placeholder};
use vsc_spec::{Finding, Text, suggest};

use super::arguments::{Argument, Arguments, Value};
use super::item::Item;
use super::literal::{Wanted, Written, decimal, is_constant, plain, string, whole_number, wrong};
use super::reading::Reading;
use crate::diagnostics::{Diagnostics, Range};

/// A word of a declaration, and what it says.
type Word = (&'static str, &'static str);

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
        match key {
            Key::Users => self.users(expression),
            Key::Allow => self.allow(expression),
            Key::Reach => {
                self.reading.declaration.reach = self.list("a list of ranges", expression);
            }
            Key::Extensions => {
                self.reading.declaration.extensions = self.list("a list of extensions", expression);
            }
            Key::Tls => self.tls(expression),
            Key::Login => self.login(expression),
            Key::Credits => self.credits(expression),
            Key::Extend => self.extend(expression),
            Key::Port | Key::DashboardPort => {
                let number = self.whole_number(expression);
                let declaration = &mut self.reading.declaration;
                match key {
                    Key::Port => declaration.port = number,
                    _ => declaration.dashboard_port = number,
                }
            }
            Key::Cpus => self.cpus(expression),
            _ => {
                let text = self.text(Place::Value(key), self.wanted(), expression);
                if let Some(slot) = text_slot(&mut self.reading.declaration, key) {
                    *slot = text;
                }
            }
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
                Some(placeholder::INTEGER)
            }
        }
    }

    fn cpus(&mut self, expression: &Expr) {
        let place = Place::Value(Key::Cpus);
        let cpus = cpus(
            place,
            self.wanted(),
            expression,
            self.reading,
            self.diagnostics,
        );
        self.reading.declaration.cpus = cpus;
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

/// The part of a declaration that a key with a text is about.
fn text_slot(declaration: &mut Declaration, key: Key) -> Option<&mut Option<Text>> {
    Some(match key {
        Key::Domain => &mut declaration.domain,
        Key::HostedZone => &mut declaration.hosted_zone,
        Key::Vpc => &mut declaration.vpc,
        Key::Subnet => &mut declaration.subnet,
        Key::Instance => &mut declaration.instance,
        Key::Region => &mut declaration.region,
        Key::RootVolume => &mut declaration.root_volume,
        Key::HomeVolume => &mut declaration.home_volume,
        Key::KeyPair => &mut declaration.key_pair,
        Key::Memory => &mut declaration.memory,
        Key::Image => &mut declaration.image,
        Key::ProxyImage => &mut declaration.proxy_image,
        Key::Repo => &mut declaration.repo,
        Key::Dotfiles => &mut declaration.dotfiles,
        Key::StackName => &mut declaration.stack_name,
        Key::Description => &mut declaration.description,
        Key::Users
        | Key::Allow
        | Key::Port
        | Key::DashboardPort
        | Key::Tls
        | Key::Login
        | Key::Reach
        | Key::Credits
        | Key::Cpus
        | Key::Extensions
        | Key::Tags
        | Key::Extend => return None,
    })
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
            Some(Text::Borrowed(placeholder::TEXT))
        }
    }
}

/// A number of CPUs at a place. In place of a constant stands what is no number.
fn cpus(
    place: Place,
    wanted: Wanted,
    expression: &Expr,
    reading: &mut Reading,
    diagnostics: &mut Diagnostics,
) -> Option<f64> {
    match decimal(wanted, expression, diagnostics)? {
        Written::Literal(cpus, _) => {
            reading.found(place, Range::of(expression));
            Some(cpus)
        }
        Written::Constant(expression) => {
            reading.found_constant(place, expression);
            Some(placeholder::CPUS)
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
