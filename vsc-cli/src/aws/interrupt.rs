//! Ctrl-C, SIGTERM and SIGHUP: the first signal stops in an orderly way, the second one at once.

use std::future::Future;
use std::pin::pin;

use tokio::sync::watch;

/// The exit code of shells: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// Whether the user has interrupted the command; without a receiver it is never interrupted.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(Option<watch::Receiver<bool>>);

/// The user interrupted the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interrupted;

impl Interrupt {
    /// Starts to listen. The second signal ends the process.
    pub(crate) fn listen() -> std::io::Result<Self> {
        let (sender, receiver) = watch::channel(false);
        let mut signals = Signals::new()?;
        tokio::spawn(async move {
            signals.next().await;
            // The command may have ended.
            let _ = sender.send(true);
            signals.next().await;
            std::process::exit(INTERRUPTED);
        });
        Ok(Self(Some(receiver)))
    }

    /// The interruption of an operation that cleans up, which does not happen.
    pub(crate) fn never() -> Self {
        Self(None)
    }

    /// Listens to a script.
    #[cfg(test)]
    pub(crate) fn scripted(receiver: watch::Receiver<bool>) -> Self {
        Self(Some(receiver))
    }

    /// Whether it has happened.
    pub(crate) fn is_set(&self) -> bool {
        self.0.as_ref().is_some_and(|receiver| *receiver.borrow())
    }

    /// Waits for the future or the interruption, whichever comes first.
    pub(crate) async fn or<T>(&self, future: impl Future<Output = T>) -> Result<T, Interrupted> {
        let Some(mut receiver) = self.0.clone() else {
            return Ok(future.await);
        };
        let mut future = pin!(future);
        let mut interrupted = pin!(receiver.wait_for(|is_set| *is_set));
        std::future::poll_fn(|context| {
            use std::task::Poll;
            if interrupted.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Interrupted));
            }
            future.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// None under `nohup`.
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: handles_hangups()
                .then(|| signal(SignalKind::hangup()))
                .transpose()?,
        })
    }

    async fn next(&mut self) {
        let mut interrupt = pin!(self.interrupt.recv());
        let mut terminate = pin!(self.terminate.recv());
        let mut hangup = pin!(self.hangup.as_mut().map(tokio::signal::unix::Signal::recv));
        std::future::poll_fn(|context| {
            let one = interrupt.as_mut().poll(context).is_ready();
            let other = terminate.as_mut().poll(context).is_ready();
            let third = hangup
                .as_mut()
                .as_pin_mut()
                .is_some_and(|hangup| hangup.poll(context).is_ready());
            if one || other || third {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
    }
}

/// Whether to handle SIGHUP: not under `nohup`, which ignores it, as `/proc` shows. On other systems
/// than Linux this is unknown, and the default stays.
#[cfg(unix)]
fn handles_hangups() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // SIGHUP is the first bit.
    ignored.is_some_and(|mask| mask & 1 == 0)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
