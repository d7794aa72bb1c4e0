//! The name of `vsc` in the user's crate: `Cargo.toml` may rename it.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use vsc_spec::Diagnostic;
use vsc_spec::document::{DocumentNode, DocumentValue, Entry};

use super::arguments::Arguments;
use super::file::toml;
use crate::diagnostics::Diagnostics;

const PACKAGE: &str = "vsc";

/// The path of the crate in the expansion: that of `crate = …`, or its name in `Cargo.toml`.
pub(crate) fn path(arguments: &Arguments, diagnostics: &mut Diagnostics) -> TokenStream {
    if let Some(path) = &arguments.krate {
        return quote! { #path };
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let folder = folder.unwrap_or_default();
    let name = match manifest(&folder) {
        Some(manifest) if get(&manifest, "package").is_some() => {
            match name(&manifest, || workspace(&folder)) {
                Some(name) => name,
                None => return missing(diagnostics),
            }
        }
        // A build tool other than Cargo.
        _ => PACKAGE.to_owned(),
    };
    let name = name.replace('-', "_");
    let name = syn::parse_str(&name).unwrap_or_else(|_| Ident::new(PACKAGE, Span::call_site()));
    quote! { ::#name }
}

fn missing(diagnostics: &mut Diagnostics) -> TokenStream {
    let diagnostic = Diagnostic::new("cannot find the crate `vsc`")
        .note("`Cargo.toml` has no dependency on `vsc`")
        .help("run `cargo add vsc`, or add `crate = company::vsc` if another crate exports it");
    diagnostics.reject(Span::call_site(), &diagnostic);
    quote! { ::vsc }
}

fn manifest(folder: &Path) -> Option<DocumentNode> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    toml::read(&text).ok()
}

/// The manifest of a package's workspace.
fn workspace(folder: &Path) -> Option<DocumentNode> {
    let mut manifests = folder.ancestors().filter_map(manifest);
    manifests.find(|manifest| get(manifest, "workspace").is_some())
}

/// The name of the crate in a manifest.
fn name(manifest: &DocumentNode, workspace: impl Fn() -> Option<DocumentNode>) -> Option<String> {
    let package = get(manifest, "package").and_then(|package| text(package, "name"));
    if package == Some(PACKAGE) {
        return Some(PACKAGE.to_owned());
    }
    let targets = get(manifest, "target").map_or(&[][..], entries);
    let owners = std::iter::once(manifest).chain(targets.iter().map(|target| &target.value));
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = owners.flat_map(|owner| kinds.iter().filter_map(|kind| get(owner, kind)));
    let mut dependencies = tables.flat_map(entries);
    let found = dependencies.find(|Entry { name, value, .. }| {
        let inherited = get(value, "workspace").and_then(|_| inherited(name, workspace()));
        let package = inherited.as_deref().or(text(value, "package"));
        package.unwrap_or(name) == PACKAGE
    });
    found.map(|dependency| dependency.name.clone())
}

/// The package of a workspace dependency.
fn inherited(name: &str, workspace: Option<DocumentNode>) -> Option<String> {
    let workspace = workspace?;
    let dependencies = get(get(&workspace, "workspace")?, "dependencies")?;
    text(get(dependencies, name)?, "package").map(str::to_owned)
}

fn entries(node: &DocumentNode) -> &[Entry] {
    match &node.value {
        DocumentValue::Table(entries) => entries,
        _ => &[],
    }
}

fn get<'a>(node: &'a DocumentNode, name: &str) -> Option<&'a DocumentNode> {
    let mut entries = entries(node).iter();
    let found = entries.find(|entry| entry.name == name);
    found.map(|entry| &entry.value)
}

fn text<'a>(node: &'a DocumentNode, name: &str) -> Option<&'a str> {
    match &get(node, name)?.value {
        DocumentValue::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(manifest: &str) -> Option<String> {
        let workspace = "[workspace.dependencies]\nide = { package = \"vsc\", version = \"1\" }";
        let table = |text: &str| toml::read(text).expect("it is TOML");
        name(&table(manifest), || Some(table(workspace)))
    }

    #[test]
    fn the_crate_has_its_name_in_the_manifest() {
        for (manifest, name) in [
            ("[dependencies]\nvsc = \"1\"", Some("vsc")),
            (
                "[dependencies]\niac = { package = \"vsc\", path = \"..\" }",
                Some("iac"),
            ),
            (
                "[dev-dependencies.my-iac]\npackage = \"vsc\"",
                Some("my-iac"),
            ),
            (
                "[target.'cfg(unix)'.dependencies]\niac = { package = \"vsc\" }",
                Some("iac"),
            ),
            ("[dependencies]\nide.workspace = true", Some("ide")),
            ("[dependencies]\nvsc.workspace = true", Some("vsc")),
            ("[dependencies]\nvsc = { package = \"other\" }", None),
            ("[package]\nname = \"vsc\"", Some("vsc")),
            ("[dependencies]\ncompany = \"1\"", None),
        ] {
            assert_eq!(called(manifest).as_deref(), name, "{manifest}");
        }
    }
}
