//! Ctrl-C, SIGTERM and a terminal that is closed: once to stop in an orderly way, twice to stop at
//! once.

use std::future::Future;
use std::pin::pin;

use tokio::sync::watch;

/// As shells have it: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 130;

/// Reports whether the user has had enough.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(watch::Receiver<bool>);

/// The user interrupted what was going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interrupted;

impl Interrupt {
    /// Listens from now on. The second signal ends the process.
    pub(crate) fn listen() -> std::io::Result<Self> {
        let (reported, heard) = watch::channel(false);
        let mut signals = Signals::new()?;
        tokio::spawn(async move {
            signals.next().await;
            // Nobody listens any more where the command has ended.
            let _ = reported.send(true);
            signals.next().await;
            std::process::exit(INTERRUPTED);
        });
        Ok(Self(heard))
    }

    /// Reports what a script says.
    #[cfg(test)]
    pub(crate) fn scripted(heard: watch::Receiver<bool>) -> Self {
        Self(heard)
    }

    /// Whether it has happened.
    pub(crate) fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// What comes first: the end of the future, or the interruption.
    pub(crate) async fn or<T>(&self, future: impl Future<Output = T>) -> Result<T, Interrupted> {
        let mut heard = self.0.clone();
        let mut future = pin!(future);
        let mut interrupted = pin!(heard.wait_for(|reported| *reported));
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
    /// None where `nohup` says that it does not matter.
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: hears_hangups()
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

/// Whether a terminal that is closed is reported: not under `nohup`, which ignores the signal, as the
/// kernel reports. Elsewhere than on Linux nobody reports that, and the system's own way stays.
#[cfg(unix)]
fn hears_hangups() -> bool {
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
