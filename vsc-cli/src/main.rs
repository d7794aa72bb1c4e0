//! The program `vsc`: checks, compares, draws, deploys and operates the stacks of config crates and of any
//! CloudFormation template.

mod app;
mod assembly;
#[cfg(feature = "aws")]
mod aws;
mod cli;
mod commands;
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
    program::run()
}
