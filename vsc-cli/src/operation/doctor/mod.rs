//! `doctor`: checks everything that a deployment needs at once.

#[cfg(feature = "aws")]
mod account;
mod calendar;
mod check;
#[cfg(feature = "aws")]
mod deployed;
#[cfg(feature = "aws")]
mod host;
#[cfg(feature = "aws")]
mod needs;
#[cfg(feature = "aws")]
mod network;
#[cfg(feature = "aws")]
mod private_images;
#[cfg(feature = "aws")]
mod quotas;
#[cfg(feature = "aws")]
mod ranges;
#[cfg(feature = "aws")]
mod sign_in;
mod toolchain;
#[cfg(not(feature = "aws"))]
mod without_aws;

#[cfg(feature = "aws")]
use crate::Failure;
use crate::assembly::Stack;
#[cfg(feature = "aws")]
use crate::operation::each::Target;

pub(crate) use check::{Check, Outcome};

/// The checks of one stack, or of all of them.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) checks: Vec<Check>,
}

/// Checks this machine, the declarations, and what AWS has of each stack.
///
/// # Errors
///
/// When the user interrupts it.
#[cfg(feature = "aws")]
pub(crate) fn run(target: &Target, stacks: &[Stack]) -> Result<Vec<Section>, Failure> {
    let mut sections = local(stacks);
    sections.extend(deployed::checks(target, stacks)?);
    Ok(sections)
}

/// Checks this machine and the declarations.
#[cfg(not(feature = "aws"))]
pub(crate) fn run(stacks: &[Stack]) -> Vec<Section> {
    let mut sections = local(stacks);
    sections.push(without_aws::section());
    sections
}

fn local(stacks: &[Stack]) -> Vec<Section> {
    let mut sections = vec![Section {
        title: "this machine".to_owned(),
        checks: toolchain::checks(),
    }];
    for stack in stacks {
        let checks = stack
            .team
            .as_ref()
            .map(calendar::checks)
            .unwrap_or_default();
        if !checks.is_empty() {
            sections.push(Section {
                title: format!("the declaration of {}", stack.name),
                checks,
            });
        }
    }
    sections
}
