//! CSV: a header, and a line for each user.

mod reader;

use vsc_spec::document::{DocumentNode, DocumentValue, Entry, Mistake, Span};
use vsc_spec::team::{UserDeclaration, UserKey, UserValue};
use vsc_spec::{Diagnostic, suggest};

use super::Parsed;
use reader::{Field, Row, rows};

pub(super) fn parse(text: &str) -> Result<Parsed, Mistake> {
    let (mut rows, unreadable) = rows(text);
    if rows.is_empty() {
        return match unreadable {
            Some((line, diagnostic)) => Err(at_line(line, diagnostic)),
            None => Ok(DocumentNode::new(Span::line(1), DocumentValue::Null).into()),
        };
    }
    let header = Header::new(&rows.remove(0))?;
    let mut problems = header.unknown();
    let mut users = Vec::new();
    for row in &rows {
        match header.user(row) {
            Ok(user) => users.push(user),
            Err(diagnostic) => problems.push((row.line, diagnostic)),
        }
    }
    problems.extend(unreadable);
    Ok(Parsed {
        node: DocumentNode::new(Span::line(1), DocumentValue::List(users)),
        problems,
    })
}

fn at_line(line: usize, diagnostic: Diagnostic) -> Mistake {
    let position = Span::line(line).start;
    Mistake {
        position,
        diagnostic,
    }
}

/// The header.
struct Header {
    line: usize,
    columns: Vec<String>,
}

impl Header {
    fn new(row: &Row) -> Result<Self, Mistake> {
        let columns: Vec<String> = row.fields.iter().map(|field| field.text.clone()).collect();
        for (at, name) in columns.iter().enumerate() {
            if !name.is_empty() && columns[..at].contains(name) {
                let diagnostic = Diagnostic::new(format!("duplicate column `{name}`"));
                return Err(at_line(row.line, diagnostic.help("remove one of them")));
            }
        }
        if columns.iter().any(|name| name == "name") {
            return Ok(Self {
                line: row.line,
                columns,
            });
        }
        Err(at_line(row.line, without_name(&columns)))
    }

    /// An error for each unknown column.
    fn unknown(&self) -> Vec<(usize, Diagnostic)> {
        let names = UserKey::NAMES;
        let unknown = self.columns.iter();
        let unknown = unknown.filter(|name| !name.is_empty() && !names.contains(&name.as_str()));
        let diagnostic = |name: &String| {
            Diagnostic::new(format!("a user has no {}", shown(name)))
                .note(format!("it has {}", suggest::list(names)))
                .maybe_help(suggest::did_you_mean(name, names))
        };
        unknown.map(|name| (self.line, diagnostic(name))).collect()
    }

    /// Converts a line to a table.
    fn user(&self, row: &Row) -> Result<DocumentNode, Diagnostic> {
        if row.fields.len() != self.columns.len() {
            return Err(self.another_length(row));
        }
        let filled = self.columns.iter().zip(&row.fields);
        let filled = filled.filter(|(_, field)| !field.text.is_empty());
        let mut entries = Vec::new();
        for (column, field) in filled {
            if column.is_empty() {
                let diagnostic =
                    Diagnostic::new(format!("the column of {:?} has no name", field.text));
                return Err(diagnostic.help("name it in the header, or remove it"));
            }
            if let Some(key) = UserKey::find(column) {
                entries.push(Entry {
                    name: column.clone(),
                    span: Span::line(field.line),
                    value: DocumentNode::new(Span::line(field.line), value(key, field)),
                });
            }
        }
        Ok(DocumentNode::new(
            Span::line(row.line),
            DocumentValue::Table(entries),
        ))
    }

    fn another_length(&self, row: &Row) -> Diagnostic {
        let starts = row.fields.first().map_or("", |field| &field.text);
        if starts.starts_with('#') {
            return Diagnostic::new("CSV has no comments").help("remove the line");
        }
        let diagnostic = Diagnostic::new(format!(
            "the line has {}, but the header has {}",
            fields(row.fields.len()),
            self.columns.len()
        ));
        if row.fields.len() > self.columns.len() {
            diagnostic.help("put a field with a comma in double quotes")
        } else if row.fields.len() == 1 && starts.contains([';', '\t']) {
            diagnostic.help("separate the fields with `,`")
        } else {
            diagnostic.help("leave a field without a value empty, between its commas")
        }
    }
}

fn fields(count: usize) -> String {
    match count {
        1 => "1 field".to_owned(),
        count => format!("{count} fields"),
    }
}

/// The error about a header without the column `name`.
fn without_name(columns: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new("the header needs a `name` column");
    let all = columns.join(",");
    let separated = |separator: char| {
        let mut names = all.split(separator);
        names.any(|name| name.trim().trim_matches('"').eq_ignore_ascii_case("name"))
    };
    for (separator, shown) in [(';', "`;`"), ('\t', "tabs"), ('|', "`|`")] {
        if all.contains(separator) && separated(separator) {
            return diagnostic.note(format!("this file uses {shown}, use `,`"));
        }
    }
    let nearest = columns
        .iter()
        .find(|column| column.eq_ignore_ascii_case("name"))
        .or_else(|| {
            columns
                .iter()
                .find(|column| suggest::nearest(column, ["name"]).is_some())
        });
    match nearest {
        Some(column) => diagnostic.help(format!("write `name` for {}", shown(column))),
        None => diagnostic
            .note("the header has the names of the columns, separated by commas")
            .help("for example `name,email,memory`"),
    }
}

/// A name, escaped to one line.
fn shown(name: &str) -> String {
    format!("`{}`", name.escape_debug())
}

/// The value of a field, by its key: in CSV all fields are strings.
fn value(key: UserKey, Field { text, line }: &Field) -> DocumentValue {
    let nobody = UserDeclaration::default();
    match nobody.value(key) {
        UserValue::Name(_) | UserValue::Text(_) => DocumentValue::Text(text.clone()),
        UserValue::Number(_) => text
            .parse()
            .map_or(DocumentValue::Text(text.clone()), DocumentValue::Number),
        UserValue::Texts(..) => {
            let items = text.split([';', ' ']).filter(|item| !item.is_empty());
            let item = |text: &str| {
                DocumentNode::new(Span::line(*line), DocumentValue::Text(text.to_owned()))
            };
            DocumentValue::List(items.map(item).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the users, and the errors with their lines.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let shown = |(line, diagnostic): (usize, Diagnostic)| format!("{line}: {diagnostic}");
        match parse(text) {
            Err(mistake) => (
                Vec::new(),
                vec![shown((mistake.position.line, mistake.diagnostic))],
            ),
            Ok(parsed) => {
                let (users, problems) = parsed.users();
                let names = users.iter().map(|(user, _)| user.name.to_string());
                (names.collect(), problems.into_iter().map(shown).collect())
            }
        }
    }

    #[test]
    fn line_breaks_are_of_every_kind_and_optional_at_the_end() {
        let names = vec!["bob".to_owned(), "alice".to_owned()];
        for text in [
            "name,email\nbob,\nalice,a@x.com",
            "name,email\nbob,\nalice,a@x.com\n",
            "name,email\r\nbob,\r\nalice,a@x.com\r\n",
            "name,email\rbob,\ralice,a@x.com",
            "\n\nname,email\n\nbob,\n \nalice,a@x.com\n\n\n",
            "name , email\n bob , \n\"alice\",\"a@x.com\"",
            "name,email,\nbob,,\nalice,a@x.com,\n,,\n",
        ] {
            assert_eq!(read(text), (names.clone(), vec![]), "{text:?}");
        }
    }

    #[test]
    fn every_invalid_line_is_an_error() {
        let (names, problems) = read("name\nbob\nalice,x");
        assert_eq!(names, ["bob"]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("3: the line has 2 fields, but the header has 1"));
        for text in ["name\rbob\ralice,x", "name\r\nbob\r\nalice,x\r\n"] {
            assert!(read(text).1[0].starts_with("3: "), "{text:?}");
        }
        let (names, problems) = read("name,email\nbob\n# no\ncarol,c@x.com\ndan;d@x.com\n");
        assert_eq!(names, ["carol"]);
        assert!(problems[0].starts_with("2: the line has 1 field, but the header has 2"));
        assert!(problems[1].starts_with("3: CSV has no comments"));
        assert!(problems[2].ends_with("separate the fields with `,`"));
    }

    #[test]
    fn quotes_are_closed_in_their_line_or_a_later_one() {
        let (_, problems) = read("name,email\n\"bob,b@x.com\ncarol,c@x.com\n\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("2: the quote is not closed"));
        let (_, problems) = read("name,email\nbob,\"b@x.com\"x\ncarol,c@x.com");
        assert!(problems[0].starts_with("2: expected `,` after the closing quote"));
        // A line break within quotes counts for the lines below.
        let (_, problems) = read("name,email\nbob,\"b\n@x.com\"\ncarol\n");
        assert!(
            problems[0].starts_with("4: the line has 1 field"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_header_without_a_name_is_explained() {
        for (text, problem) in [
            ("name;email\nbob;b@x.com", "this file uses `;`, use `,`"),
            ("Name;E-Mail\nbob;b@x.com", "this file uses `;`, use `,`"),
            ("name\temail\nbob\tb@x.com", "this file uses tabs, use `,`"),
            ("Name,email\nbob,b@x.com", "write `name` for `Name`"),
            ("nmae,email\nbob,b@x.com", "write `name` for `nmae`"),
            ("bob,b@x.com\n", "for example `name,email,memory`"),
            (
                "name,email,email\n",
                "duplicate column `email`\n= help: remove one of them",
            ),
        ] {
            let (names, problems) = read(text);
            assert!(names.is_empty());
            assert_eq!(problems.len(), 1, "{text:?}: {problems:?}");
            assert!(problems[0].ends_with(problem), "{text:?}: {problems:?}");
        }
    }

    #[test]
    fn an_unknown_column_is_one_error() {
        let (names, problems) = read("name,mail\nalice,a@x.com\nbob,b@x.com");
        assert_eq!(names, ["alice", "bob"]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("1: a user has no `mail`"));
    }

    #[test]
    fn a_file_without_users_has_one_error() {
        for text in ["", "\n", "name\n", "name", "name,email\n,\n"] {
            let (_, problems) = read(text);
            assert_eq!(problems.len(), 1, "{text:?}: {problems:?}");
            assert!(problems[0].contains("the file declares no users"));
        }
    }
}
