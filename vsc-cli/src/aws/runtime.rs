//! The async runtime.

use std::future::Future;

use tokio::runtime::Builder;

use crate::Failure;

/// Runs a command to completion on this thread.
pub(crate) fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let mut builder = Builder::new_current_thread();
    // In tests pauses take no time.
    #[cfg(test)]
    builder.start_paused(true);
    let runtime = builder
        .enable_all()
        .build()
        .map_err(|error| Failure::input(format!("cannot start the async runtime: {error}")))?;
    let result = runtime.block_on(command);
    // A thread may still wait for an answer on the terminal: the process ends without it.
    runtime.shutdown_background();
    result
}
