//! The view of a program: parts of results are lines of JSON.

use std::io;
use std::sync::Arc;

use super::{Person, outputs};
use crate::aws::io::{Event, Io, Item, Question, SharedIo};
use crate::failure::{Failure, Hint};
use crate::terminal::Terminal;

/// Results on standard output as lines of JSON; a person reads everything else on standard error.
#[derive(Debug)]
pub(crate) struct JsonLines {
    terminal: Terminal,
    person: Person,
}

impl JsonLines {
    /// The view on a terminal.
    pub(crate) fn new(terminal: &Terminal) -> Self {
        Self {
            terminal: terminal.clone(),
            person: Person::new(terminal),
        }
    }
}

impl Io for JsonLines {
    fn report(&self, event: Event<'_>) {
        self.person.report(event);
    }

    fn give(&self, item: Item<'_>) -> Result<(), Failure> {
        self.person.make_room();
        self.terminal.print_json_line(&match item {
            Item::Event(event) => event.to_json(),
            Item::Lines(text) => text.to_owned().into(),
            Item::Outputs(stack) => outputs::to_json(stack),
        })
    }

    fn confirm(&self, question: &Question, otherwise: Hint) -> Result<bool, Failure> {
        self.person.confirm(question, otherwise)
    }

    fn labelled(&self, name: &str) -> SharedIo {
        Arc::new(Self::new(&self.terminal.labelled(name)))
    }

    fn is_interactive(&self) -> bool {
        self.person.is_interactive()
    }

    fn value(&self, name: &str, is_secret: bool) -> io::Result<String> {
        self.person.value(name, is_secret)
    }

    #[cfg(test)]
    fn answered(&self, question: &Question) {
        self.person.answered(question);
    }
}
