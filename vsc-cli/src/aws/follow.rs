//! Follows an operation until it ends.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use super::cloudformation::{self, Deployed};
use super::event::Event as StackEvent;
use super::io::{Event, Item};
use super::service_error::ErrorKind;
use super::session::{Session, Stopped};
use super::stack_state::StackState;

/// The shortest and the longest pause between two polls.
const SHORTEST: Duration = Duration::from_millis(700);
const LONGEST: Duration = Duration::from_secs(5);

/// How often the progress line is redrawn.
const TICK: Duration = Duration::from_millis(500);

/// Follows an operation on a stack.
pub(crate) struct Follower<'a> {
    session: &'a Session,
    /// The ID, by which a stack is found even after its deletion.
    stack: String,
    /// The ID of the newest known event.
    known: Option<String>,
    events: Vec<StackEvent>,
    finished: HashSet<String>,
    pause: Duration,
    /// Whether the operation is known to have started.
    has_started: bool,
    /// Whether the events are the result.
    gives_events: bool,
}

impl<'a> Follower<'a> {
    /// Follows the events after the newest known one. `total` is the number of resources of the
    /// operation, or 0.
    pub(crate) fn new(
        session: &'a Session,
        stack: impl Into<String>,
        known: Option<String>,
        total: usize,
    ) -> Self {
        session.io.report(Event::Following { total });
        Self {
            session,
            stack: stack.into(),
            known,
            events: Vec::new(),
            finished: HashSet::new(),
            pause: SHORTEST,
            has_started: false,
            gives_events: false,
        }
    }

    /// Gives events as parts of the result.
    pub(crate) fn giving_events(mut self) -> Self {
        self.gives_events = true;
        self
    }

    /// Marks the operation as started.
    pub(crate) fn already_started(mut self) -> Self {
        self.has_started = true;
        self
    }

    /// The events so far, oldest first.
    pub(crate) fn events(&self) -> &[StackEvent] {
        &self.events
    }

    /// Reports events until no operation is in progress; returns the stack then, or none if it does not
    /// exist.
    pub(crate) async fn until_finished(&mut self) -> Result<Option<Deployed>, Stopped> {
        let mut quiet_polls = 0;
        loop {
            // The state first, so that events that come in between are still reported.
            let stack = self.poll_with_retries().await?;
            let Some(stack) = stack else {
                self.session.io.report(Event::Followed);
                return Ok(None);
            };
            let state = stack.state();
            let is_finished = state != StackState::InProgress
                && (state != StackState::ReviewInProgress || !self.has_started);
            // Between the call and the first event the stack still has its old state.
            quiet_polls = if self.has_started { 0 } else { quiet_polls + 1 };
            if is_finished && (self.has_started || quiet_polls > 8) {
                self.session.io.report(Event::Followed);
                return Ok(Some(stack));
            }
            self.wait().await?;
        }
    }

    /// Polls the stack and its events, and retries for a while if the connection is lost.
    async fn poll_with_retries(&mut self) -> Result<Option<Deployed>, Stopped> {
        let mut lost: Option<Instant> = None;
        loop {
            match self.poll().await {
                Err(Stopped::Failed(error))
                    if matches!(error.kind(), ErrorKind::Network | ErrorKind::Throttled) =>
                {
                    if lost.is_none() {
                        let cause = error.cause();
                        self.session.io.report(Event::ConnectionLost { cause });
                    }
                    let since = *lost.get_or_insert_with(Instant::now);
                    if since.elapsed() > self.session.patience() {
                        return Err(Stopped::Failed(error));
                    }
                    self.pause = LONGEST.min(self.pause * 2);
                    self.wait().await?;
                }
                other => {
                    if lost.is_some() && other.is_ok() {
                        self.session.io.report(Event::ConnectionBack);
                    }
                    return other;
                }
            }
        }
    }

    async fn poll(&mut self) -> Result<Option<Deployed>, Stopped> {
        let stack = cloudformation::describe(self.session, &self.stack).await?;
        let Some(stack) = stack else {
            return Ok(None);
        };
        let new =
            cloudformation::events_after(self.session, &self.stack, self.known.as_deref()).await?;
        if new.is_empty() {
            self.pause = LONGEST.min(self.pause.mul_f64(1.3));
        } else {
            self.pause = SHORTEST;
        }
        for event in new {
            self.take(event);
        }
        let done = self.finished.len();
        self.session.io.report(Event::Progress { done });
        Ok(Some(stack))
    }

    fn take(&mut self, event: StackEvent) {
        self.known = Some(event.id.clone());
        if event.is_of_the_stack() {
            // The event of the review comes before the operation starts.
            self.has_started |= event.status != "REVIEW_IN_PROGRESS";
        } else {
            self.has_started = true;
            if event.status.ends_with("_COMPLETE") {
                self.finished.insert(event.logical_id.clone());
            }
        }
        if self.gives_events {
            // The operation goes on even if nobody reads it.
            let _ = self.session.io.give(Item::Event(&event));
        } else {
            self.session.io.report(Event::Stack(&event));
        }
        self.events.push(event);
    }

    async fn wait(&self) -> Result<(), Stopped> {
        let until = Instant::now() + self.pause;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.session.pause(left.min(TICK)).await?;
            self.session.io.report(Event::Tick);
        }
    }
}

impl Drop for Follower<'_> {
    fn drop(&mut self) {
        self.session.io.report(Event::Followed);
    }
}
