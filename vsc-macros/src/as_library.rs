//! The macros as functions over `proc_macro2`, for the property tests and the fuzzer: a proc-macro crate
//! exports nothing else. This is the root of the crate `tests/properties/macros`.

extern crate proc_macro;

mod diagnostics;
mod json;
mod names;
mod resource;
mod team_ide;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use vsc_spec::Diagnostic;
use vsc_spec::team::UserDeclaration;

/// `resource!`, with the path of the crate before its tokens.
pub fn resource(input: TokenStream) -> TokenStream {
    resource::expand(input)
}

/// The handles of the library, with the path of the items that they use.
pub fn handles(input: &TokenStream) -> TokenStream {
    resource::handles(input)
}

/// The names in a `resource!`, for completion in editors.
pub fn resource_names(input: TokenStream) -> TokenStream {
    resource::names(input)
}

/// `json!`, with the path of the crate before its tokens.
pub fn json(input: TokenStream) -> TokenStream {
    json::value(input)
}

/// `object!`, with the path of the crate before its tokens.
pub fn object(input: TokenStream) -> TokenStream {
    json::object(input)
}

/// `#[team_ide]`.
pub fn team_ide(attribute: TokenStream, item: TokenStream) -> TokenStream {
    team_ide::expand(attribute, item)
}

/// The errors of a file, with their lines.
pub type Problems = Vec<(usize, Diagnostic)>;

/// The users of a file with this name and text, and its errors.
///
/// # Errors
///
/// When the name has no known extension, or the text is not in its format.
pub fn team_file(name: &str, text: &str) -> Result<(Vec<UserDeclaration>, Problems), Diagnostic> {
    let parser = team_ide::file::parser_for(name)?;
    let contents = team_ide::file::TeamFile::parse(name, PathBuf::from(name), parser, text)?;
    Ok((contents.records, contents.problems))
}
