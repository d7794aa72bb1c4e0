//! The users in a file.

use vsc_spec::document::{DocumentNode, DocumentValue, Entry};
use vsc_spec::team::{UserDeclaration, UserKey, UserValueMut};
use vsc_spec::{Diagnostic, Text, suggest};

/// The lines of the parts of a user.
#[derive(Clone, Copy, Default)]
pub(super) struct Lines([usize; UserKey::ALL.len()]);

impl Lines {
    pub(super) fn of(self, key: UserKey) -> usize {
        let lines = UserKey::ALL.iter().zip(self.0);
        lines
            .filter(|(known, _)| **known == key)
            .map(|(_, line)| line)
            .sum()
    }

    fn set(&mut self, key: UserKey, line: usize) {
        for (known, slot) in UserKey::ALL.iter().zip(&mut self.0) {
            if *known == key {
                *slot = line;
            }
        }
    }
}

/// A user and the lines of its parts.
pub(super) type Record = (UserDeclaration, Lines);

pub(super) type Problems = Vec<(usize, Diagnostic)>;

const EXAMPLE: &str = "users = [\"alice\", \"bob\"]";

/// The users: a list of names or tables, or a table by name; all below `users`, or at the top level.
///
/// Invalid ones are reported and skipped, so that all errors of a file are reported at once.
pub(super) fn read(file: &DocumentNode) -> (Vec<Record>, Problems) {
    let mut reader = Reader::default();
    let users = match &file.value {
        DocumentValue::Table(entries) => match below_users(entries, &mut reader.problems) {
            Some(users) => users,
            None => return (reader.users, reader.problems),
        },
        _ => file,
    };
    match &users.value {
        DocumentValue::List(items) => items.iter().for_each(|item| reader.item(item)),
        DocumentValue::Table(entries) => entries.iter().for_each(|entry| reader.named(entry)),
        DocumentValue::Null => {}
        other => {
            let diagnostic = Diagnostic::new(format!("the users must be a list, not {other}"))
                .help(format!("write `{EXAMPLE}`"));
            reader.problems.push((users.line(), diagnostic));
        }
    }
    if reader.problems.is_empty() && reader.users.is_empty() {
        let diagnostic =
            Diagnostic::new("the file declares no users").help("write at least one name");
        reader.problems.push((users.line(), diagnostic));
    }
    (reader.users, reader.problems)
}

fn below_users<'a>(entries: &'a [Entry], problems: &mut Problems) -> Option<&'a DocumentNode> {
    let mut users = None;
    for entry in entries {
        match entry.name.as_str() {
            "users" | "user" if users.is_none() => users = Some(&entry.value),
            other => {
                let diagnostic = Diagnostic::new(format!("a users file has no `{other}`"))
                    .note("it has `users`")
                    .maybe_help(suggest::did_you_mean(other, ["users"]));
                problems.push((entry.line(), diagnostic));
            }
        }
    }
    if users.is_none() && problems.is_empty() {
        let diagnostic = Diagnostic::new("the file declares no users");
        problems.push((1, diagnostic.help(format!("write `{EXAMPLE}`"))));
    }
    users
}

#[derive(Default)]
struct Reader {
    users: Vec<(UserDeclaration, Lines)>,
    problems: Problems,
}

impl Reader {
    /// An item of the list: a name or a table.
    fn item(&mut self, item: &DocumentNode) {
        match &item.value {
            DocumentValue::Text(name) => self.push(name.clone().into(), item.line(), &[], false),
            DocumentValue::Table(entries) => {
                match entries.iter().find(|entry| entry.name == "name") {
                    Some(name) => match &name.value.value {
                        DocumentValue::Text(text) => {
                            self.push(text.clone().into(), name.line(), entries, false);
                        }
                        other => self.wrong(name.line(), "name", "a string", other),
                    },
                    None => {
                        let diagnostic = Diagnostic::new("the user has no name")
                            .help("write `name = \"alice\"`");
                        self.problems.push((item.line(), diagnostic));
                    }
                }
            }
            other => {
                let diagnostic =
                    Diagnostic::new(format!("a user must be a name or a table, not {other}"));
                self.problems.push((item.line(), diagnostic));
            }
        }
    }

    /// An entry of a table by name.
    fn named(&mut self, entry: &Entry) {
        let name = Text::from(entry.name.clone());
        match &entry.value.value {
            DocumentValue::Table(entries) => self.push(name, entry.line(), entries, true),
            DocumentValue::Null => self.push(name, entry.line(), &[], true),
            other => {
                let diagnostic =
                    Diagnostic::new(format!("a user must have a table of fields, not {other}"));
                self.problems.push((entry.line(), diagnostic));
            }
        }
    }

    /// Adds a user, whose name may be the key of the table.
    fn push(&mut self, name: Text, line: usize, entries: &[Entry], named: bool) {
        let mut user = UserDeclaration {
            name,
            ..UserDeclaration::default()
        };
        let mut lines = Lines::default();
        lines.set(UserKey::Name, line);
        for entry in entries {
            let Some(key) = UserKey::find(&entry.name) else {
                let diagnostic = Diagnostic::new(format!("a user has no `{}`", entry.name))
                    .note(format!("it has {}", suggest::list(UserKey::NAMES)))
                    .maybe_help(suggest::did_you_mean(&entry.name, UserKey::NAMES));
                self.problems.push((entry.line(), diagnostic));
                continue;
            };
            let wanted = match (user.value_mut(key), &entry.value.value) {
                (UserValueMut::Name(_), _) if !named => continue,
                (UserValueMut::Name(name), _) => {
                    let diagnostic = Diagnostic::new("the user has two names")
                        .note(format!("its key is {name:?}"))
                        .help("remove `name`");
                    self.problems.push((entry.line(), diagnostic));
                    continue;
                }
                (UserValueMut::Text(field), DocumentValue::Text(text)) => {
                    *field = Some(text.clone().into());
                    None
                }
                (UserValueMut::Text(_), _) => Some("a string"),
                (UserValueMut::Number(field), value) => {
                    *field = value.as_number();
                    field.is_none().then_some("a number")
                }
                (UserValueMut::Texts(_, field), value) => match texts(value) {
                    Some(texts) => {
                        *field = texts.into_iter().collect();
                        None
                    }
                    None => Some("a list of strings"),
                },
            };
            match wanted {
                None => lines.set(key, entry.line()),
                Some(wanted) => {
                    self.wrong(entry.line(), key.name(), wanted, &entry.value.value);
                }
            }
        }
        self.users.push((user, lines));
    }

    fn wrong(&mut self, line: usize, field: &str, wanted: &str, found: &DocumentValue) {
        let diagnostic = Diagnostic::new(format!("`{field}` takes {wanted}, not {found}"));
        self.problems.push((line, diagnostic));
    }
}

fn texts(node: &DocumentValue) -> Option<Vec<String>> {
    let DocumentValue::List(items) = node else {
        return None;
    };
    let text = |item: &DocumentNode| match &item.value {
        DocumentValue::Text(text) => Some(text.clone()),
        _ => None,
    };
    items.iter().map(text).collect()
}
