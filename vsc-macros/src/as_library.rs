//! The macros as functions over `proc_macro2`, for the property tests and the fuzzer: a crate of
//! macros exports nothing else. `tests/properties/macros` is the crate whose root this is.

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

/// What lets an editor complete the names in a `resource!`.
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

/// What is wrong in a file, each with its line.
pub type Problems = Vec<(usize, Diagnostic)>;

/// The users of a file with the name and the text given, and the lines of its mistakes.
///
/// # Errors
///
/// When the name is of no format, or the text is not in the format of its name.
pub fn team_file(name: &str, text: &str) -> Result<(Vec<UserDeclaration>, Problems), Diagnostic> {
    let parser = team_ide::file::parser_for(name)?;
    let contents = team_ide::file::TeamFile::parse(name, PathBuf::from(name), parser, text)?;
    Ok((contents.records, contents.problems))
}
