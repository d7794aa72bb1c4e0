//! The values of a template's parameters: their sources and validation.

mod ask;
mod declared;
mod file;
mod json;
mod place;
mod resolve;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use ask::ask;
pub(crate) use declared::{ParameterDeclaration, declared};
pub(crate) use file::ParameterFile;
pub(crate) use place::{beside_the_crate, of_answers};
pub(crate) use resolve::{Origin, Previous, Setting, Sources, resolve};
