//! Stacks on AWS, through the AWS SDK: everything behind the feature `aws`.
//!
//! Decisions are functions over types of our own, without a network: [`stack_state`], [`failure`],
//! [`parameters`], [`hint`]. Calls of AWS are in [`session`] and [`cloudformation`]; the operations
//! behind the commands are in [`crate::operation`].

pub(crate) mod call;
pub(crate) mod change;
pub(crate) mod change_set;
pub(crate) mod change_set_options;
pub(crate) mod cloudformation;
pub(crate) mod developer;
pub(crate) mod drift;
pub(crate) mod ec2_tags;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod event;
pub(crate) mod failure;
pub(crate) mod follow;
pub(crate) mod hint;
pub(crate) mod home;
pub(crate) mod host;
pub(crate) mod host_report;
pub(crate) mod image;
pub(crate) mod import;
pub(crate) mod interrupt;
pub(crate) mod io;
pub(crate) mod masked;
pub(crate) mod object;
pub(crate) mod parameters;
pub(crate) mod question;
pub(crate) mod report;
pub(crate) mod run_command;
pub(crate) mod runtime;
#[cfg(test)]
pub(crate) mod scripted;
pub(crate) mod secret;
pub(crate) mod service_error;
pub(crate) mod session;
pub(crate) mod session_options;
pub(crate) mod shell;
pub(crate) mod snapshot;
pub(crate) mod stack_policy;
pub(crate) mod stack_state;
pub(crate) mod subnet;
pub(crate) mod template_bucket;
pub(crate) mod template_upload;
#[cfg(test)]
mod tests;
pub(crate) mod token;
pub(crate) mod tool_script;
pub(crate) mod turn;
pub(crate) mod upload;
pub(crate) mod volume;

pub(crate) use environment::without_empty_variables;
