//! A progress line at the foot of a terminal.

use std::io::{IsTerminal as _, stderr};
use std::time::Instant;

use crate::terminal::style::{DIM, GOOD};
use crate::terminal::{Terminal, Verbosity};

/// The width of the bar in characters.
const WIDTH: usize = 24;

/// The progress line, shown only on a terminal of its own and without `--quiet`.
#[derive(Debug)]
pub(crate) struct Progress {
    terminal: Terminal,
    is_shown: bool,
    since: Instant,
    total: usize,
    done: usize,
}

impl Progress {
    /// A line for this number of resources; with 0 it shows only the time.
    pub(crate) fn new(terminal: &Terminal, total: usize) -> Self {
        Self {
            terminal: terminal.clone(),
            is_shown: stderr().is_terminal()
                && terminal.verbosity() > Verbosity::Quiet
                && !terminal.is_shared(),
            since: Instant::now(),
            total,
            done: 0,
        }
    }

    /// Sets the number of finished resources.
    pub(crate) fn set(&mut self, done: usize) {
        self.done = done;
    }

    /// Writes a line above it.
    pub(crate) fn above(&self, line: &str) {
        self.clear();
        self.terminal.note(line);
        self.draw();
    }

    /// Redraws it.
    pub(crate) fn draw(&self) {
        if self.is_shown {
            self.terminal.clear_line();
            self.terminal
                .error(&self.line(self.since.elapsed().as_secs()));
        }
    }

    /// Clears it.
    pub(crate) fn clear(&self) {
        if self.is_shown {
            self.terminal.clear_line();
        }
    }

    fn line(&self, seconds: u64) -> String {
        let time = format!("{}:{:02}", seconds / 60, seconds % 60);
        if self.total == 0 {
            return format!("{DIM}{time}{DIM:#}");
        }
        let done = self.done.min(self.total);
        let full = done * WIDTH / self.total;
        format!(
            "{GOOD}{}{GOOD:#}{DIM}{}{DIM:#} {done}/{} {DIM}{time}{DIM:#}",
            "━".repeat(full),
            "━".repeat(WIDTH - full),
            self.total
        )
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::heard;

    #[test]
    fn the_bar_grows_and_never_overflows() {
        let mut progress = Progress::new(&Terminal::default(), 4);
        let plain = |progress: &Progress| crate::terminal::plain(&progress.line(75));
        progress.set(2);
        assert!(plain(&progress).ends_with("2/4 1:15"));
        progress.set(9);
        assert!(plain(&progress).ends_with("4/4 1:15"));
        assert_eq!(plain(&progress).matches('━').count(), WIDTH);
    }

    #[test]
    fn the_bar_shows_the_finished_part() {
        let mut progress = Progress::new(&Terminal::default(), 4);
        for (done, full) in [(0, 0), (1, 6), (2, 12), (3, 18), (4, 24)] {
            progress.set(done);
            let begin = format!("{GOOD}{}{GOOD:#}{DIM}", "━".repeat(full));
            assert!(progress.line(0).starts_with(&begin), "{done}");
        }
        let time = Progress::new(&Terminal::default(), 0);
        assert_eq!(crate::terminal::plain(&time.line(3_605)), "60:05");
    }

    #[test]
    fn the_line_stays_at_the_foot_of_a_terminal() {
        for (is_shown, expected) in [
            (true, ["0:00", "event\n0:00", "", "0:00"]),
            (false, ["", "event\n", "", ""]),
        ] {
            let mut progress = Progress::new(&Terminal::default(), 0);
            progress.is_shown = is_shown;
            heard::take();
            let output_of = |act: &dyn Fn()| {
                act();
                heard::take().replace('\r', "")
            };
            assert_eq!(output_of(&|| progress.draw()), expected[0]);
            assert_eq!(output_of(&|| progress.above("event")), expected[1]);
            assert_eq!(output_of(&|| progress.clear()), expected[2]);
            assert_eq!(output_of(&|| progress.draw()), expected[3]);
            progress.clear();
            assert_eq!(heard::lines_cleared(), usize::from(is_shown));
            drop(progress);
            assert_eq!(heard::lines_cleared(), usize::from(is_shown));
        }
    }
}
