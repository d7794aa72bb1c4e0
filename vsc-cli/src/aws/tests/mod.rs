//! Tests of decisions and calls, as a user would notice them.

mod change;
mod change_set;
mod cloudformation;
mod commands;
mod drift;
mod error;
mod event;
mod follow;
mod homes;
mod host;
mod reason;
mod report;
mod service_error;
mod several;
mod small;
mod without_an_app;
