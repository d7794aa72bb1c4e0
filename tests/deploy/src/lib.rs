//! What the tests of deployments share: an emulator of AWS behind a proxy that makes faults, and the
//! command line of a config crate that is pointed at it.

pub mod answer;
pub mod cloud;
pub mod proxy;
pub mod rejecting;
