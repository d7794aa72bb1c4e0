//! Reads an assembly from its folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use vsc_spec::Diagnostic;

use super::{AppSource, Assembly, FILE, Stack, Synthesis, Tag, Team, Template};
use crate::Failure;
use crate::failure::Hint;
use crate::input;
use crate::text::shown;

/// The newest version of the format that this program reads.
const VERSION: u64 = 1;

/// The version, which decides how the rest is read.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
    vsc: Option<String>,
}

#[derive(Deserialize)]
struct RawAssembly {
    #[serde(default)]
    app: AppSource,
    stacks: Vec<RawStack>,
    #[serde(default)]
    errors: Vec<RawError>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawStack {
    name: String,
    /// The file of the template; none if it could not be synthesized.
    template: Option<String>,
    #[serde(default)]
    errors: Vec<RawDiagnostic>,
    region: Option<String>,
    #[serde(default)]
    depends_on: Vec<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    team: Option<Team>,
}

/// An error of the declarations, because of which there are no stacks.
#[derive(Deserialize)]
struct RawError {
    subject: Option<String>,
    #[serde(flatten)]
    diagnostic: RawDiagnostic,
}

/// A diagnostic as the app writes it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RawDiagnostic {
    message: String,
    note: Option<String>,
    help: Option<String>,
}

impl From<RawDiagnostic> for Diagnostic {
    fn from(raw: RawDiagnostic) -> Self {
        let diagnostic = Self::new(raw.message).maybe_help(raw.help);
        match raw.note {
            Some(note) => diagnostic.note(note),
            None => diagnostic,
        }
    }
}

/// The assembly in a folder, or of the file that lists its stacks.
///
/// # Errors
///
/// When a file cannot be read, is of another version, or lists errors of the declarations.
pub(crate) fn read(path: &Path) -> Result<Assembly, Failure> {
    let (folder, file) = if path.is_dir() {
        (path.to_owned(), path.join(FILE))
    } else {
        let folder = path.parent().map(PathBuf::from).unwrap_or_default();
        (folder, path.to_owned())
    };
    let text = input::read_text(&file)?;
    let versioned: Versioned = parse(&file, &text)?;
    check_version(&file, &versioned)?;
    let raw: RawAssembly = parse(&file, &text)?;
    if let Some(failure) = rejected(raw.errors) {
        return Err(failure);
    }
    let stacks = raw.stacks.into_iter();
    Ok(Assembly {
        app: raw.app,
        stacks: stacks
            .map(|stack| synthesis(stack, &folder))
            .collect::<Result<_, _>>()?,
    })
}

/// A document of the assembly.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(file: &Path, text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| {
        Failure::input(format!("{}: not an assembly: {error}", shown(file))).hint(Hint::run(
            "write it again with",
            &["synth", "--output", "DIR"],
        ))
    })
}

fn check_version(file: &Path, versioned: &Versioned) -> Result<(), Failure> {
    let by = match &versioned.vsc {
        Some(version) => format!(" by vsc {version}"),
        None => String::new(),
    };
    let version = versioned.version;
    match version {
        VERSION => Ok(()),
        0 => Err(Failure::input(format!(
            "{}: it was written{by} in the format {version}, which this program no longer reads",
            shown(file)
        ))
        .hint("run `cargo update -p vsc` in the config crate, and write it again")),
        _ => Err(Failure::input(format!(
            "{}: it was written{by} in the format {version}; this program reads up to {VERSION}",
            shown(file)
        ))
        .hint("run `cargo install --locked vsc-cli` to update this program")),
    }
}

/// The failure of declarations that the app rejected.
fn rejected(errors: Vec<RawError>) -> Option<Failure> {
    let subject = errors.first()?.subject.clone();
    let diagnostics = errors.into_iter().map(|error| error.diagnostic.into());
    Some(match subject {
        Some(subject) => Failure::rejected(subject, diagnostics.collect()),
        None => Failure::of_input(diagnostics),
    })
}

fn synthesis(raw: RawStack, folder: &Path) -> Result<Synthesis, Failure> {
    let Some(file) = raw.template else {
        return Ok(Synthesis::Rejected {
            name: raw.name,
            diagnostics: raw.errors.into_iter().map(Diagnostic::from).collect(),
        });
    };
    let path = folder.join(file);
    let text = input::read_text(&path)?;
    let template = Template::read(text)
        .map_err(|error| Failure::input(format!("{}:{error}", shown(&path))))?;
    let preview = raw.team.as_ref().and_then(|team| team.preview.as_ref());
    let preview = preview.map(|file| input::read_text(&folder.join(file)));
    Ok(Synthesis::Done(Box::new(Stack {
        name: raw.name,
        template,
        region: raw.region,
        depends_on: raw.depends_on,
        tags: raw.tags,
        team: raw.team,
        preview: preview.transpose()?,
        file: None,
    })))
}
