//! The view of a person: texts, questions and a progress line on a terminal.

use std::io::{self, BufRead as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::progress::Progress;
use super::text::{Text, texts};
use super::{change, event, outputs, question};
use crate::aws::io::{Event, Io, Item, Question, SharedIo};
use crate::failure::{Failure, Hint};
use crate::terminal::style::NAME;
use crate::terminal::{Terminal, Verbosity, is_interactive};

/// What operations tell and ask, on a terminal.
#[derive(Debug)]
pub(crate) struct Person {
    terminal: Terminal,
    /// The progress of the operation that is followed.
    progress: Mutex<Option<Progress>>,
}

impl Person {
    /// The view on a terminal.
    pub(crate) fn new(terminal: &Terminal) -> Self {
        Self {
            terminal: terminal.clone(),
            progress: Mutex::new(None),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Option<Progress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Clears the progress line, for a result that is written next.
    pub(super) fn make_room(&self) {
        if let Some(progress) = &*self.progress() {
            progress.clear();
        }
    }

    /// Writes a note above the progress line.
    fn above(&self, line: &str) {
        match &*self.progress() {
            Some(progress) => progress.above(line),
            None => self.terminal.note(line),
        }
    }
}

impl Io for Person {
    fn report(&self, event: Event<'_>) {
        match event {
            Event::Following { total } => {
                *self.progress() = Some(Progress::new(&self.terminal, total));
            }
            Event::Progress { done } => {
                if let Some(progress) = &mut *self.progress() {
                    progress.set(done);
                    progress.draw();
                }
            }
            Event::Tick => {
                if let Some(progress) = &*self.progress() {
                    progress.draw();
                }
            }
            Event::Followed => *self.progress() = None,
            Event::Stack(event) => self.above(&event::line(event)),
            Event::ConnectionLost { cause } => self.above(&format!("{cause}; retrying")),
            Event::ConnectionBack => self.above("the connection is back"),
            Event::Changes {
                stack,
                difference,
                changes,
            } => {
                let whole = self.terminal.verbosity() == Verbosity::Verbose;
                let text = change::text(stack, difference, changes, whole);
                self.terminal.note(&text);
            }
            Event::AlsoFailed(failure) => self.terminal.failure(failure),
            Event::Unanswered { is_secret } => {
                if is_secret {
                    // Turns the echo on again. Without `stty` there is no such terminal.
                    let _ = std::process::Command::new("stty").arg("echo").status();
                }
                self.terminal.error("\n");
            }
            Event::Deploying { caller, .. } => {
                for text in texts(&event) {
                    self.write(text);
                }
                self.terminal.detail(&format!("  as {caller}"));
            }
            event => texts(&event).into_iter().for_each(|text| self.write(text)),
        }
    }

    fn give(&self, item: Item<'_>) -> Result<(), Failure> {
        self.make_room();
        match item {
            Item::Event(event) => self.terminal.print(&(event::line(event) + "\n")),
            Item::Lines(text) => self.terminal.print(text),
            Item::Outputs(stack) => self.terminal.print(&outputs::table(stack)),
        }
    }

    fn confirm(&self, question: &Question, otherwise: Hint) -> Result<bool, Failure> {
        let text = question::text(question);
        match question.word() {
            Some(word) => self.terminal.confirm_word(&text, word, otherwise),
            None => self.terminal.confirm(&text, otherwise),
        }
    }

    fn labelled(&self, name: &str) -> SharedIo {
        Arc::new(Self::new(&self.terminal.labelled(name)))
    }

    fn is_interactive(&self) -> bool {
        is_interactive()
    }

    fn value(&self, name: &str, is_secret: bool) -> io::Result<String> {
        self.terminal.error(&format!("{NAME}{name}{NAME:#}: "));
        if is_secret {
            return rpassword::read_password();
        }
        let mut answer = String::new();
        if io::stdin().lock().read_line(&mut answer)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(answer.trim().to_owned())
    }

    #[cfg(test)]
    fn answered(&self, question: &Question) {
        self.terminal
            .error(&format!("{}\n", question::text(question)));
    }
}

impl Person {
    fn write(&self, text: Text) {
        match text {
            Text::Detail(text) => self.terminal.detail(&text),
            Text::Note(text) => self.terminal.note(&text),
            Text::Warning(text) => self.terminal.warn(&text),
            Text::Raw(text) => self.terminal.error(&text),
        }
    }
}
