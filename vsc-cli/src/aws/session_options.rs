//! The account and region of an operation.

use std::time::Duration;

/// The account and region that the command line selects.
#[derive(Clone, Debug)]
pub(crate) struct SessionOptions {
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
    /// The timeout of one attempt of a call.
    pub(crate) timeout: Duration,
}
