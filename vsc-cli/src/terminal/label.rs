//! Lines of several operations at the same time, each with the name of its own.

use super::Terminal;
use super::style::DIM;

impl Terminal {
    /// The same terminal, on which each line begins with this name.
    pub(crate) fn labelled(&self, label: &str) -> Self {
        Self {
            label: Some(label.into()),
            ..self.clone()
        }
    }

    /// Whether other operations write to it at the same time.
    pub(crate) fn is_shared(&self) -> bool {
        self.label.is_some()
    }

    /// The text, with the name before each of its lines.
    pub(super) fn with_label(&self, text: &str) -> String {
        let Some(label) = &self.label else {
            return text.to_owned();
        };
        let lines = text.split_inclusive('\n');
        lines
            .map(|line| format!("{DIM}{label} │{DIM:#} {line}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::heard;

    #[test]
    fn each_line_has_the_name_of_its_operation() {
        let terminal = Terminal::default();
        let labelled = terminal.labelled("network");
        heard::take();
        labelled.note("two\nlines");
        labelled.warn("it is late");
        labelled.error("Deploy it? [y/N] ");
        terminal.note("none");
        assert_eq!(
            heard::take(),
            "network │ two\nnetwork │ lines\nnetwork │ warning: it is late\nnetwork │ Deploy it? [y/N] none\n"
        );
        assert!(labelled.is_shared() && !terminal.is_shared());
    }
}
