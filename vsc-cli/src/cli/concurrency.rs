//! `--concurrency`: operations on several stacks at the same time, in the order of their dependencies.

use clap::{Arg, value_parser};

#[cfg(feature = "aws")]
use super::Context;
#[cfg(feature = "aws")]
use crate::assembly::Stack;
#[cfg(feature = "aws")]
use crate::assembly::order::Order;
#[cfg(feature = "aws")]
use crate::aws::operation::schedule::Schedule;
#[cfg(feature = "aws")]
use crate::failure::Failure;
#[cfg(feature = "aws")]
use clap::ArgMatches;

/// `--concurrency`, for the commands that change several stacks.
pub(crate) fn argument(help: &'static str) -> Arg {
    Arg::new("concurrency")
        .long("concurrency")
        .value_name("N")
        .value_parser(value_parser!(u16).range(1..=100))
        .default_value("1")
        .hide_default_value(true)
        .help(help)
}

/// The schedule of a deployment: each stack after those it depends on.
///
/// # Errors
///
/// When they depend on each other in a circle.
#[cfg(feature = "aws")]
pub(crate) fn schedule(
    context: &Context<'_>,
    matches: &ArgMatches,
    stacks: &[Stack],
) -> Result<Schedule, Failure> {
    // The assembly was read already if several stacks were selected from it.
    let all = if stacks.len() > 1 && stacks.iter().all(Stack::is_declared) {
        context.app.assembly()?.stacks.as_slice()
    } else {
        &[]
    };
    let order = Order::of(stacks, all).map_err(|circle| {
        Failure::input(format!("circular dependency: `{circle}`"))
            .note("a stack is deployed after those whose exports it imports")
            .hint("remove one of these imports (`Fn::ImportValue`), or move the exported resource")
    })?;
    let limit = matches.get_one::<u16>("concurrency");
    Ok(Schedule {
        order,
        limit: limit.map_or(1, |number| usize::from(*number)),
    })
}
