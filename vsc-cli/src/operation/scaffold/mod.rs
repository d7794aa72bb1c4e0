//! New crates for the user.

mod dependency;
mod folder;
pub(crate) mod name;

pub(crate) use dependency::Dependency;
pub(crate) use folder::Folder;

use dependency::quoted;

/// The manifest of a config crate.
pub(crate) fn manifest(name: &str, dependency: &Dependency) -> String {
    let (comment, profile) = match dependency {
        Dependency::Path(_) => (
            "# A folder on this machine: use `git` or a version before others build the crate.\n",
            "\n[profile.dev.package.\"*\"]\n# The library rarely changes: it builds faster without data for the next build.\nincremental = false\n",
        ),
        Dependency::Git { .. } | Dependency::Version(_) => ("", ""),
    };
    format!(
        "[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"{}\"\npublish = false\n\n[dependencies]\n{comment}vsc = {dependency}\n\n[profile.dev]\n# Without debug information the crate builds faster.\ndebug = false\n{profile}",
        quoted(name),
        env!("CARGO_PKG_RUST_VERSION"),
    )
}

/// The workflow that checks a crate. It installs the program `vsc` from the source of the library.
pub(crate) fn workflow(template: &str, dependency: &Dependency) -> String {
    template
        .replace("{fetching}\n", &dependency.fetching())
        .replace("{installation}", &dependency.installation())
}

/// The files that git ignores.
pub(crate) const GITIGNORE: &str = "/target
# What `synth --output` writes.
*.template.yaml
*.template.json
*.preview.json
assembly.json
";
