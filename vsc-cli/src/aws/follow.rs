//! Following an operation until it ends.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use super::cloudformation::{self, Deployed};
use super::event::Event;
use super::progress::Progress;
use super::session::{Session, Stopped};
use super::standing::Standing;
use super::trouble::ErrorKind;
use crate::terminal::one_line;
use crate::terminal::style::{CHANGED, DIM, ERROR, GOOD, NAME};

/// The shortest and the longest time between two looks.
const SHORTEST: Duration = Duration::from_millis(700);
const LONGEST: Duration = Duration::from_secs(5);

/// How often the line of progress is drawn again.
const TICK: Duration = Duration::from_millis(500);

/// What is done with an event.
type OnEvent = Box<dyn Fn(&Event)>;

/// Follows an operation on a stack.
pub(crate) struct Follower<'a> {
    session: &'a Session,
    /// The ID, by which a stack is found even when it is deleted.
    stack: String,
    /// The newest event that is known.
    known: Option<String>,
    events: Vec<Event>,
    finished: HashSet<String>,
    progress: Progress,
    pause: Duration,
    /// Whether the operation is known to have begun.
    has_begun: bool,
    /// What is done with each event instead of noting it.
    report: Option<OnEvent>,
}

impl<'a> Follower<'a> {
    /// Follows what comes after the newest event that is known. `total` is how many resources the
    /// operation is about, or 0.
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
            progress: Progress::new(session.terminal, total),
            pause: SHORTEST,
            has_begun: false,
            report: None,
        }
    }

    /// The same, where events are the result.
    pub(crate) fn reporting(mut self, report: impl Fn(&Event) + 'static) -> Self {
        self.report = Some(Box::new(report));
        self
    }

    /// The same for an operation that has begun already.
    pub(crate) fn begun(mut self) -> Self {
        self.has_begun = true;
        self
    }

    /// The events so far, in the order of time.
    pub(crate) fn events(&self) -> &[Event] {
        &self.events
    }

    /// Reports every event until nothing goes on any more; gives how the stack stands then, or
    /// nothing where there is none.
    pub(crate) async fn until_settled(&mut self) -> Result<Option<Deployed>, Stopped> {
        let mut quiet_looks = 0;
        loop {
            // The state first: events that come in between are then still reported.
            let stack = self.patiently().await?;
            let Some(stack) = stack else {
                return Ok(None);
            };
            let standing = stack.standing();
            let settled =
                standing != Standing::Busy && (standing != Standing::Reviewed || !self.has_begun);
            // Between the call and the first event a stack still shows its old state.
            quiet_looks = if self.has_begun { 0 } else { quiet_looks + 1 };
            if settled && (self.has_begun || quiet_looks > 8) {
                self.progress.clear();
                return Ok(Some(stack));
            }
            self.wait().await?;
        }
    }

    /// A look at the stack and its events that survives a lost connection for a while.
    async fn patiently(&mut self) -> Result<Option<Deployed>, Stopped> {
        let mut lost: Option<Instant> = None;
        loop {
            match self.look().await {
                Err(Stopped::Failed(error))
                    if matches!(error.kind(), ErrorKind::Network | ErrorKind::Throttled) =>
                {
                    if lost.is_none() {
                        let cause = error.cause();
                        self.progress.above(&format!("{cause}; trying again"));
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
                        self.progress.above("the connection is there again");
                    }
                    return other;
                }
            }
        }
    }

    async fn look(&mut self) -> Result<Option<Deployed>, Stopped> {
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
            // A stack that was only reviewed reports so before anything begins.
            self.has_begun |= event.status != "REVIEW_IN_PROGRESS";
        } else {
            self.has_begun = true;
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

/// An event in one line.
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
