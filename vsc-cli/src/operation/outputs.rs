//! `outputs`: the outputs of deployed stacks.

use vsc_spec::suggest;

use super::declared;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::cloudformation::Deployed;

/// The deployed stacks with their outputs.
///
/// # Errors
///
/// When one does not exist or cannot be described.
pub(crate) fn deployed(target: &Target, stacks: &[Stack]) -> Result<Vec<Deployed>, Failure> {
    target.on_each(stacks, &async |session, stack| {
        declared::find(session, stack).await
    })
}

/// The value of an output of a stack.
///
/// # Errors
///
/// When the stack does not exist, or has no such output.
pub(crate) fn value(target: &Target, stack: &Stack, name: &str) -> Result<String, Failure> {
    let deployed = target.on(stack, async |session| declared::find(session, stack).await)?;
    value_of(&deployed, name)
}

fn value_of(stack: &Deployed, name: &str) -> Result<String, Failure> {
    if let Some(output) = stack.output(name) {
        return Ok(output.value.clone());
    }
    let known = || stack.outputs.iter().map(|output| output.name.as_str());
    let help = suggest::did_you_mean(name, known());
    let help = match help {
        Some(help) => help,
        None if stack.outputs.is_empty() => "the stack has no outputs".to_owned(),
        None => format!("the outputs are {}", suggest::list(known())),
    };
    Err(Failure::input(format!("{} has no output `{name}`", stack.name)).hint(help))
}

#[cfg(test)]
mod tests;
