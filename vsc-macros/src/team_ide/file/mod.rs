//! Users files: TOML, YAML, JSON and CSV.

mod csv;
mod records;
pub(crate) mod toml;

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use vsc_spec::Diagnostic;
use vsc_spec::document::{DocumentNode, Mistake, ReadOptions, YamlSchema, json};
use vsc_spec::team::{MAX_USERS, UserDeclaration, UserField, UserKey, Users};

use crate::diagnostics::compiler_span;
use records::{Lines, Problems, Record};

/// How YAML and JSON are read: a users file needs three levels.
const READ_OPTIONS: ReadOptions = ReadOptions {
    subject: "users file",
    deepest: 16,
    schema: YamlSchema::Core,
    repeated: None,
};

/// A file that declares users.
pub(crate) struct TeamFile {
    /// The name in the declaration.
    name: String,
    /// The path, which the compiler tracks.
    pub(crate) path: PathBuf,
    lines: Vec<Lines>,
}

/// The contents of a users file.
pub(crate) struct Contents {
    pub(crate) file: TeamFile,
    pub(crate) records: Vec<UserDeclaration>,
    /// Its errors.
    pub(crate) problems: Vec<(usize, Diagnostic)>,
}

impl TeamFile {
    /// Reads the users of a file, which is in the directory of the source file or above, up to that of
    /// `Cargo.toml`.
    pub(crate) fn read(name: &str, span: Span) -> Result<Contents, Diagnostic> {
        let parse = parser_for(name)?;
        let path = locate(name, span)?;
        let text = text_of(&path, name)?;
        Self::parse(name, path, parse, &text)
    }

    /// Parses the text of a file.
    pub(crate) fn parse(
        name: &str,
        path: PathBuf,
        parse: Parser,
        text: &str,
    ) -> Result<Contents, Diagnostic> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let at_line = |(line, mut diagnostic): (usize, Diagnostic)| {
            diagnostic.message = format!("{}:{line}: {}", shown(name), diagnostic.message);
            (line, diagnostic)
        };
        let parsed = parse(text)
            .map_err(|mistake| at_line((mistake.position.line, mistake.diagnostic)).1)?;
        let (mut users, mut problems) = parsed.users();
        let too_many = Users::Count(users.len() as i128).check();
        if let Err(diagnostic) = too_many
            && users.len() > MAX_USERS
        {
            users.clear();
            problems = vec![(1, diagnostic.into())];
        }
        let (records, lines) = users.into_iter().unzip();
        Ok(Contents {
            file: Self {
                name: name.to_owned(),
                path,
                lines,
            },
            records,
            problems: bounded(problems).into_iter().map(at_line).collect(),
        })
    }

    /// The line of a user's part, and its location in messages.
    pub(crate) fn path(&self, index: usize, field: UserField) -> (usize, String) {
        let Some(lines) = self.lines.get(index) else {
            return (0, self.name.clone());
        };
        let key = field.key();
        let line = lines.of(key);
        let field = match key {
            UserKey::Name => String::new(),
            key => format!(": `{}`", key.name()),
        };
        (line, format!("{}:{line}{field}", shown(&self.name)))
    }
}

/// A file as far as it was parsed.
pub(crate) struct Parsed {
    node: DocumentNode,
    problems: Vec<(usize, Diagnostic)>,
}

impl Parsed {
    /// The users and the errors.
    fn users(self) -> (Vec<Record>, Problems) {
        let (users, more) = records::read(&self.node);
        let mut problems = self.problems;
        // A file without valid users has errors already.
        if !users.is_empty() || problems.is_empty() {
            problems.extend(more);
        }
        (users, problems)
    }
}

impl From<DocumentNode> for Parsed {
    fn from(node: DocumentNode) -> Self {
        Self {
            node,
            problems: Vec::new(),
        }
    }
}

/// The most bytes of a users file: more than 180 users need.
const LARGEST: u64 = 1 << 20;

/// The most errors of a file that are reported.
const MOST: usize = 64;

/// The text of a file.
fn text_of(path: &Path, name: &str) -> Result<String, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::new(format!("cannot read {name:?}")).note(error.to_string())
    };
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(
            Diagnostic::new(format!("{name:?} is too large")).note(format!(
                "it has {size} bytes, and a users file has at most {LARGEST}"
            )),
        );
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let (bytes, valid) = (error.as_bytes(), error.utf8_error().valid_up_to());
        let breaks = bytes.iter().take(valid).filter(|byte| **byte == b'\n');
        let line = 1 + breaks.count();
        Diagnostic::new(format!("{}:{line}: the file is not UTF-8", shown(name)))
            .help("save it as UTF-8")
    })
}

/// The first errors of a file by line, and the number of the others.
fn bounded(mut problems: Vec<(usize, Diagnostic)>) -> Vec<(usize, Diagnostic)> {
    problems.sort_by_key(|(line, _)| *line);
    let more = problems.len().saturating_sub(MOST);
    if more > 0 {
        let (line, _) = problems[MOST];
        problems.truncate(MOST);
        let rest = Diagnostic::new(format!("there are {more} more errors like these"));
        problems.push((line, rest));
    }
    problems
}

/// A name, escaped to one line.
fn shown(name: &str) -> std::str::EscapeDebug<'_> {
    name.escape_debug()
}

/// Parses a text into the tree of all formats.
pub(crate) type Parser = fn(&str) -> Result<Parsed, Mistake>;

pub(crate) fn parser_for(name: &str) -> Result<Parser, Diagnostic> {
    let extension = Path::new(name).extension().and_then(|text| text.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => Ok(toml::parse),
        Some("yaml" | "yml") => Ok(|text| vsc_yaml::read(text, &READ_OPTIONS).map(Parsed::from)),
        Some("json") => Ok(|text| json::read(text, &READ_OPTIONS).map(Parsed::from)),
        Some("csv") => Ok(csv::parse),
        _ => Err(Diagnostic::new(format!("{name:?} is not a users file"))
            .note("the name of a users file ends with `.toml`, `.yaml`, `.yml`, `.json` or `.csv`")
            .help("write `users = \"team.toml\"`, or list names: `users = [\"alice\", \"bob\"]`")),
    }
}

fn locate(name: &str, span: Span) -> Result<PathBuf, Diagnostic> {
    let source = compiler_span(span).and_then(|span| span.local_file());
    let folder = match source.as_deref().and_then(Path::parent) {
        Some(folder) => std::path::absolute(folder).ok(),
        // An editor may not know the file.
        None => std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
    };
    let folder = folder.unwrap_or_default();
    for folder in folder.ancestors() {
        let path = folder.join(name);
        if path.is_file() {
            return Ok(path);
        }
        if folder.join("Cargo.toml").is_file() {
            break;
        }
    }
    Err(Diagnostic::new(format!("cannot find the file {name:?}"))
        .note("looked in the directory of the source file and above, up to `Cargo.toml`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_beyond_the_first_are_counted_from_their_line_on() {
        let text = |lines: usize| format!("name\n{}", "bob,x\n".repeat(lines));
        let problems = |lines| {
            let parsed = csv::parse(&text(lines)).expect("the header is read");
            bounded(parsed.users().1)
        };
        assert_eq!(problems(MOST).len(), MOST);
        let more = problems(MOST + 6);
        assert_eq!(more.len(), MOST + 1);
        let (line, diagnostic) = &more[MOST];
        assert_eq!(*line, MOST + 2);
        assert_eq!(diagnostic.message, "there are 6 more errors like these");
    }
}
