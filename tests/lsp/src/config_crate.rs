//! The crate that is edited: a config crate as a user has it, in the target folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .expect("this package is two folders deep")
        .to_path_buf()
}

/// Creates the crate with an initial source file, and returns its folder.
pub(crate) fn create(text: &str) -> PathBuf {
    let root = root();
    let folder = root.join("target/lsp/config");
    fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
    let manifest = format!(
        "[package]\nname = \"config\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nvsc = {{ path = '{}' }}\n\n[workspace]\n",
        root.join("vsc").display()
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("src/main.rs"), text);
    // The versions that the workspace is tested with.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("it has a lock file");
    folder
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
