//! Teams in files of their own: TOML, YAML, JSON and CSV.

mod csv;
mod records;
mod toml;

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use vsc_spec::Finding;
use vsc_spec::document::{Mistake, Node, Notation, Schema, json, yaml};
use vsc_spec::team::{UserDeclaration, UserField};

use crate::diagnostics::compiler_span;
use records::Lines;

/// What a file of users in YAML or JSON is to be: it needs three levels.
const NOTATION: Notation = Notation {
    subject: "a file of users",
    deepest: 16,
    schema: Schema::Core,
    repeated: None,
};

/// A file that declares users.
pub(crate) struct TeamFile {
    /// As it is declared.
    name: String,
    /// Where it is; the compiler tracks it.
    pub(crate) path: PathBuf,
    lines: Vec<Lines>,
}

/// What a file declares.
pub(crate) struct Contents {
    pub(crate) file: TeamFile,
    pub(crate) records: Vec<UserDeclaration>,
    /// What of it could not be read.
    pub(crate) problems: Vec<(usize, Finding)>,
}

impl TeamFile {
    /// Reads the users of a file. It lies in the folder of the source file that names it, or
    /// above, up to the one with `Cargo.toml`.
    pub(crate) fn read(name: &str, span: Span) -> Result<Contents, Finding> {
        let parse = parser_for(name)?;
        let path = locate(name, span)?;
        let text = fs::read_to_string(&path).map_err(|error| {
            Finding::new(format!("{name:?} cannot be read")).why(error.to_string())
        })?;
        Self::parse(name, path, parse, &text)
    }

    /// Reads the text of a file.
    pub(crate) fn parse(
        name: &str,
        path: PathBuf,
        parse: Parser,
        text: &str,
    ) -> Result<Contents, Finding> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let at_line = |(line, finding): (usize, Finding)| {
            let what = format!("{name}:{line}: {}", finding.what);
            (line, Finding { what, ..finding })
        };
        let parsed =
            parse(text).map_err(|mistake| at_line((mistake.position.line, mistake.finding)).1)?;
        let (users, problems) = records::read(&parsed);
        let (records, lines) = users.into_iter().unzip();
        Ok(Contents {
            file: Self {
                name: name.to_owned(),
                path,
                lines,
            },
            records,
            problems: problems.into_iter().map(at_line).collect(),
        })
    }

    /// The line of a user's part, and its place for people.
    pub(crate) fn place(&self, index: usize, field: UserField) -> (usize, String) {
        let Some(lines) = self.lines.get(index) else {
            return (0, self.name.clone());
        };
        let (line, field) = match field {
            UserField::Name => (lines.name, ""),
            UserField::Email => (lines.email, ": `email`"),
            UserField::Memory => (lines.memory, ": `memory`"),
            UserField::Cpus => (lines.cpus, ": `cpus`"),
            UserField::Repo => (lines.repo, ": `repo`"),
            UserField::Extension(_) => (lines.extensions, ": `extensions`"),
        };
        (line, format!("{}:{line}{field}", self.name))
    }
}

/// Reads a text into the tree that all formats have in common.
pub(crate) type Parser = fn(&str) -> Result<Node, Mistake>;

pub(crate) fn parser_for(name: &str) -> Result<Parser, Finding> {
    let extension = Path::new(name).extension().and_then(|text| text.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => Ok(toml::parse),
        Some("yaml" | "yml") => Ok(|text| yaml::read(text, &NOTATION)),
        Some("json") => Ok(|text| json::read(text, &NOTATION)),
        Some("csv") => Ok(csv::parse),
        _ => Err(Finding::new(format!("{name:?} is not a file of users"))
            .why("its name ends with `.toml`, `.yaml`, `.json` or `.csv`")
            .help("write `users = \"team.toml\"`, or name them: `users = [\"alice\", \"bob\"]`")),
    }
}

fn locate(name: &str, span: Span) -> Result<PathBuf, Finding> {
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
    Err(Finding::new(format!("there is no file {name:?}"))
        .why("it lies beside the source file that names it, or above it up to `Cargo.toml`"))
}
