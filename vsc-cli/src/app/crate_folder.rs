//! The config crate of the working folder.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The nearest folder, from the working folder upwards, whose crate depends on vsc.
pub(super) fn find() -> Option<PathBuf> {
    let folder = std::env::current_dir().ok()?;
    let mut folders = folder.ancestors();
    let nearest = folders.find(|folder| folder.join("Cargo.toml").is_file())?;
    is_config_crate(nearest).then(|| nearest.to_owned())
}

fn is_config_crate(folder: &Path) -> bool {
    let text = fs::read_to_string(folder.join("Cargo.toml"));
    text.is_ok_and(|text| depends_on_vsc(&text))
}

/// Whether a manifest has the dependency, also under another name.
fn depends_on_vsc(manifest: &str) -> bool {
    let manifest: Option<Table> = manifest.parse().ok();
    let dependencies = manifest.as_ref().and_then(|it| it.get("dependencies"));
    let dependencies = dependencies.and_then(Value::as_table);
    dependencies.into_iter().flatten().any(|(name, value)| {
        let package = value.get("package").and_then(Value::as_str);
        package.unwrap_or(name) == "vsc"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_config_crate_depends_on_vsc() {
        for manifest in [
            "[dependencies]\nvsc = \"0.1\"",
            "[dependencies]\nvsc.workspace = true",
            "[dependencies.company]\npackage = \"vsc\"\npath = \"..\"",
        ] {
            assert!(depends_on_vsc(manifest), "{manifest}");
        }
        for manifest in [
            "[dependencies]\nserde = \"1\"",
            "[workspace.dependencies]\nvsc = \"0.1\"",
            "[dependencies]\nvsc = { package = \"other\", version = \"1\" }",
            "not = a manifest",
        ] {
            assert!(!depends_on_vsc(manifest), "{manifest}");
        }
    }
}
