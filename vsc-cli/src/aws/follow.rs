//! Follows an operation until it ends.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use super::cloudformation::{self, Deployed};
use super::event::Event;
use super::progress::Progress;
use super::service_error::ErrorKind;
use super::session::{Session, Stopped};
use super::stack_state::StackState;
use crate::terminal::one_line;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};

/// The shortest and the longest pause between two polls.
const SHORTEST: Duration = Duration::from_millis(700);
const LONGEST: Duration = Duration::from_secs(5);

/// How often the progress line is redrawn.
const TICK: Duration = Duration::from_millis(500);

/// A handler of events.
type OnEvent = Box<dyn Fn(&Event)>;

/// Follows an operation on a stack.
pub(crate) struct Follower<'a> {
    session: &'a Session,
    /// The ID, by which a stack is found even after its deletion.
    stack: String,
    /// The ID of the newest known event.
    known: Option<String>,
    events: Vec<Event>,
    finished: HashSet<String>,
    progress: Progress,
    pause: Duration,
    /// Whether the operation is known to have started.
    has_started: bool,
    /// Handles each event instead of a note.
    report: Option<OnEvent>,
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
        Self {
            session,
            stack: stack.into(),
            known,
            events: Vec::new(),
            finished: HashSet::new(),
            progress: Progress::new(&session.terminal, total),
            pause: SHORTEST,
            has_started: false,
            report: None,
        }
    }

    /// Hands events to a function instead of noting them.
    pub(crate) fn reporting(mut self, report: impl Fn(&Event) + 'static) -> Self {
        self.report = Some(Box::new(report));
        self
    }

    /// Marks the operation as started.
    pub(crate) fn already_started(mut self) -> Self {
        self.has_started = true;
        self
    }

    /// The events so far, oldest first.
    pub(crate) fn events(&self) -> &[Event] {
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
                return Ok(None);
            };
            let state = stack.state();
            let is_finished = state != StackState::InProgress
                && (state != StackState::ReviewInProgress || !self.has_started);
            // Between the call and the first event the stack still has its old state.
            quiet_polls = if self.has_started { 0 } else { quiet_polls + 1 };
            if is_finished && (self.has_started || quiet_polls > 8) {
                self.progress.clear();
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
                        self.progress.above(&format!("{cause}; retrying"));
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
                        self.progress.above("the connection is back");
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
        self.progress.set(self.finished.len());
        self.progress.draw();
        Ok(Some(stack))
    }

    fn take(&mut self, event: Event) {
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
        match &self.report {
            Some(report) => {
                self.progress.clear();
                report(&event);
            }
            None => self.progress.above(&line(&event)),
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
            self.progress.draw();
        }
    }
}

/// Formats an event in one line.
pub(crate) fn line(event: &Event) -> String {
    let style = match event.status.as_str() {
        status if status.ends_with("_FAILED") => ERROR,
        status if status.contains("ROLLBACK") => CHANGED,
        status if status.ends_with("_COMPLETE") => GOOD,
        _ => DIM,
    };
    let reason = event.reason.as_deref().map(|reason| format!("  {reason}"));
    one_line(&format!(
        "{DIM}{}{DIM:#}  {style}{:<20}{style:#}  {NAME}{}{NAME:#} {DIM}{}{DIM:#}{}",
        event.clock(),
        event.status,
        event.logical_id,
        event.resource_type,
        reason.unwrap_or_default()
    ))
}
