//! Ctrl-C and SIGTERM.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::Failure;

/// Lets an interrupt end child processes, after which this program cleans up.
pub(crate) struct Interruption {
    seen: Arc<AtomicBool>,
    handlers: Vec<SigId>,
}

impl Interruption {
    /// Starts to handle signals.
    pub(crate) fn watch() -> Result<Self, Failure> {
        let seen = Arc::new(AtomicBool::new(false));
        let handlers =
            [SIGINT, SIGTERM].map(|signal| signal_hook::flag::register(signal, Arc::clone(&seen)));
        let handlers = handlers
            .into_iter()
            .collect::<Result<_, _>>()
            .map_err(|error| Failure::input(format!("cannot handle signals: {error}")))?;
        Ok(Self { seen, handlers })
    }

    /// Whether the user has interrupted the program.
    pub(crate) fn is_there(&self) -> bool {
        self.seen.load(Ordering::Relaxed)
    }
}

impl Drop for Interruption {
    fn drop(&mut self) {
        for handler in self.handlers.drain(..) {
            signal_hook::low_level::unregister(handler);
        }
    }
}
