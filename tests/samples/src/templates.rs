//! The templates of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use vsc::template::Source;

/// A file and its resources.
pub(crate) struct Template {
    pub(crate) path: PathBuf,
    pub(crate) resources: Vec<String>,
}

const EXTENSIONS: [&str; 4] = ["yaml", "yml", "json", "template"];

/// All templates below a folder, sorted by name. Unreadable files that may be templates are reported.
pub(crate) fn of(folder: &Path) -> Vec<Template> {
    files(folder).into_iter().filter_map(read).collect()
}

/// All files below a folder that may be templates, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    below(folder, &mut paths);
    paths.sort();
    paths
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("the folder can be read");
        let path = entry.path();
        let kind = entry.file_type().expect("the file is there");
        let extension = path.extension().and_then(|extension| extension.to_str());
        if kind.is_dir() && entry.file_name() != ".git" {
            below(&path, paths);
        } else if kind.is_file() && extension.is_some_and(|known| EXTENSIONS.contains(&known)) {
            paths.push(path);
        }
    }
}

fn read(path: PathBuf) -> Option<Template> {
    let text = fs::read_to_string(&path).expect("the file is text");
    let source = match Source::read(&text) {
        Ok(source) => source,
        Err(error) => {
            if text.contains("Resources") {
                println!("unread   {}:{error}", path.display());
            }
            return None;
        }
    };
    let resources = source.json().get("Resources")?.as_object()?;
    let resources = resources.names().map(str::to_owned).collect();
    Some(Template { path, resources })
}
