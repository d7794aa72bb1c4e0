//! Questions of several operations at the same time, one after the other.

use std::sync::Arc;

use tokio::sync::{Mutex, MutexGuard};

use super::interrupt::{Interrupt, Interrupted};

/// Held while a question is open. Its clones are the same turn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Arc<Mutex<()>>);

impl Turn {
    /// Waits until no other question is open, or the user interrupts.
    pub(super) async fn wait(
        &self,
        interrupt: &Interrupt,
    ) -> Result<MutexGuard<'_, ()>, Interrupted> {
        interrupt.or(self.0.lock()).await
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::time::Duration;

    use tokio::sync::watch;

    use super::*;
    use crate::assembly::order::Order;
    use crate::operation::concurrent;

    #[test]
    fn questions_are_asked_one_after_the_other() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .expect("there is a runtime");
        let (_sender, receiver) = watch::channel(false);
        let interrupt = Interrupt::scripted(receiver);
        let events = RefCell::new(String::new());
        let turn = Turn::default();
        let question = async |name: &str| {
            let turn = turn.wait(&interrupt).await;
            assert!(turn.is_ok());
            events.borrow_mut().extend([name, "? "]);
            tokio::time::sleep(Duration::from_secs(1)).await;
            events.borrow_mut().extend([name, "! "]);
        };
        let order = Order {
            waits_for: vec![Vec::new(), Vec::new()],
        };
        let results = runtime.block_on(concurrent::run(&order, 2, async |index| {
            question(["a", "b"][index]).await;
            Ok::<(), ()>(())
        }));
        assert_eq!(results.len(), 2);
        assert_eq!(events.into_inner(), "a? a! b? b! ");
    }
}
