//! The program `vsc`: checks, compares, draws, deploys and operates the stacks of config crates and of any
//! CloudFormation template.

mod app;
#[cfg_attr(not(feature = "aws"), allow(dead_code, unused_imports))] // AWS needs more of it.
mod assembly;
#[cfg(feature = "aws")]
mod aws;
#[cfg_attr(not(feature = "aws"), allow(dead_code))] // AWS needs more of it.
mod cli;
mod commands;
#[cfg_attr(not(feature = "aws"), allow(dead_code))] // AWS needs more of it.
mod failure;
mod input;
mod interruption;
mod markup;
mod operation;
mod program;
mod terminal;
mod text;
mod view;

use std::process::ExitCode;

pub(crate) use failure::Failure;

fn main() -> ExitCode {
    let _folder = app::handed_over();
    program::run()
}
