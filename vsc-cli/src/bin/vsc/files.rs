//! The templates that are named on the command line.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use vsc::__tool::Failure;

/// A file and its text.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

const EXTENSIONS: [&str; 4] = ["yaml", "yml", "json", "template"];

/// Folders in which nobody keeps templates.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// Reads a file; the templates of a folder and of those below it; or standard input.
///
/// # Errors
///
/// When a file cannot be read, or a folder holds no templates.
pub(crate) fn read(path: &Path) -> Result<Vec<File>, Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::Input(format!("standard input: {error}")))?;
        let name = "<stdin>".to_owned();
        return Ok(vec![File { name, text }]);
    }
    if !path.is_dir() {
        return Ok(vec![one(path)?]);
    }
    let mut paths = Vec::new();
    below(path, &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        let file = one(&path)?;
        if is_template(&file.text) {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(Failure::Input(format!(
            "{}: there are no templates in this folder\n= help: name a file in YAML or JSON",
            path.display()
        )));
    }
    Ok(files)
}

fn one(path: &Path) -> Result<File, Failure> {
    let failed = |error| Failure::Input(format!("{}: {error}", path.display()));
    Ok(File {
        name: path.display().to_string(),
        text: fs::read_to_string(path).map_err(failed)?,
    })
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::Input(format!("{}: {error}", folder.display()));
    let mut entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<io::Result<Vec<_>>>)
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
            below(&path, paths)?;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        if kind.is_file() && extension.is_some_and(|known| EXTENSIONS.contains(&known)) {
            paths.push(path);
        }
    }
    Ok(())
}

/// Whether a file of a folder is a template: it says so, or it has resources with a type.
fn is_template(text: &str) -> bool {
    text.contains("AWSTemplateFormatVersion")
        || (text.contains("Resources") && text.contains("Type") && text.contains("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_say_what_they_are() {
        assert!(is_template("AWSTemplateFormatVersion: 2010-09-09\n"));
        assert!(is_template(
            "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n"
        ));
        assert!(!is_template("{\"Resources\": []}"));
    }
}
