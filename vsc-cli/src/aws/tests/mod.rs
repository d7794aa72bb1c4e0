//! What a user would notice of the parts that decide, and of the calls.

mod change;
mod change_set;
mod cloudformation;
mod commands;
mod drift;
mod error;
mod event;
mod follow;
mod host;
mod reason;
mod reported;
mod small;
mod trouble;
