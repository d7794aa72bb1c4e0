//! The files of a crate and their modification times.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The deepest folders that are watched.
const DEEPEST: usize = 16;

/// Modification times and lengths by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Files(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Files {
    /// The files below a folder, without hidden ones and target folders of cargo.
    pub(super) fn of(folder: &Path) -> Self {
        let mut files = Self::default();
        files.add(folder, DEEPEST);
        files
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn add(&mut self, folder: &Path, depth: usize) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(about) = entry.metadata() else {
                continue;
            };
            if is_hidden || path.extension().is_some_and(|extension| extension == "tmp") {
                continue;
            }
            if about.is_file() {
                self.0.insert(path, (about.modified().ok(), about.len()));
            } else if depth > 0 && about.is_dir() && !path.join("CACHEDIR.TAG").exists() {
                self.add(&path, depth - 1);
            }
        }
    }

    /// Describes what has changed since; `None` if nothing has.
    pub(super) fn since(&self, before: &Self) -> Option<String> {
        let changed = self
            .0
            .iter()
            .find(|(path, about)| before.0.get(*path) != Some(about));
        let gone = before.0.keys().find(|path| !self.0.contains_key(*path));
        let name = |path: &Path| {
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        match (changed, gone) {
            (Some((path, _)), _) => Some(format!("{} was saved", name(path)?)),
            (None, Some(path)) => Some(format!("{} was removed", name(path)?)),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_and_removed_files_are_detected() {
        let folder = std::env::temp_dir().join(format!("vsc-files-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).expect("the folder can be made");
        fs::create_dir_all(folder.join("target")).expect("the folder can be made");
        fs::write(folder.join("target/CACHEDIR.TAG"), "").expect("it can be written");
        fs::write(folder.join("src/main.rs"), "a").expect("it can be written");
        let before = Files::of(&folder);
        assert_eq!(before.len(), 1);
        fs::write(folder.join("src/main.rs"), "ab").expect("it can be written");
        let after = Files::of(&folder);
        assert_eq!(after.since(&before).as_deref(), Some("main.rs was saved"));
        assert_eq!(after.since(&after), None);
        fs::remove_file(folder.join("src/main.rs")).expect("it can be removed");
        let gone = Files::of(&folder).since(&after);
        assert_eq!(gone.as_deref(), Some("main.rs was removed"));
        fs::remove_dir_all(&folder).expect("it can be removed");
    }
}
