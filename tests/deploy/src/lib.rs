//! Shared code of the deployment tests: an emulator of AWS behind a proxy that injects faults, and the
//! command line of a config crate that uses it.

pub mod answer;
pub mod cloud;
pub mod proxy;
pub mod rejecting;
mod stand_in;
