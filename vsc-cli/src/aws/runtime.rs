//! Running what waits for AWS.

use std::future::Future;

use tokio::runtime::Builder;

use crate::Failure;

/// Runs a command to its end, on this thread.
pub(crate) fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let mut builder = Builder::new_current_thread();
    // Pauses take no time in tests.
    #[cfg(test)]
    builder.start_paused(true);
    let runtime = builder
        .enable_all()
        .build()
        .map_err(|error| Failure::Input(format!("nothing can be awaited here: {error}")))?;
    let result = runtime.block_on(command);
    // A question that nobody answered may still wait for the terminal: the process ends without it.
    runtime.shutdown_background();
    result
}
