//! Facts and rules behind vsc.
//!
//! This crate knows the CloudFormation specification of every resource type, the EC2 instance
//! types, and the rules of a team. It reads no files, knows no tokens and calls no services: the macros
//! use it at compile time, the library and the command line at run time.

// Const evaluation cannot box: its diagnostics are large, and passed by value.
#![allow(clippy::result_large_err, clippy::large_types_passed_by_value)]

mod characters;
pub mod cloudformation;
mod const_diagnostic;
pub mod diagnostic;
pub mod document;
mod ecma;
mod glob;
pub mod java;
pub mod json;
pub mod resource;
pub mod suggest;
pub mod team;
mod text;
mod unicode;
pub mod visible;

pub use const_diagnostic::ConstDiagnostic;
pub use diagnostic::Diagnostic;
pub use glob::glob;
pub use json::{Json, Object, Text};
