//! Questions to the user.

use std::io::{self, BufRead as _, IsTerminal as _};

use super::style::TITLE;
use super::{Terminal, plain};
use crate::failure::{Failure, Hint};

/// Whether the user can be asked.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

impl Terminal {
    /// Asks for confirmation: anything but yes is no.
    ///
    /// # Errors
    ///
    /// When standard input is not a terminal. `otherwise` says how to answer beforehand.
    pub(crate) fn confirm(&self, question: &str, otherwise: Hint) -> Result<bool, Failure> {
        let answer = self.ask(question, "[y/N]", otherwise)?;
        Ok(matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes"))
    }

    /// Asks for confirmation by a word that has to be typed: anything else is no.
    ///
    /// # Errors
    ///
    /// When standard input is not a terminal. `otherwise` says how to answer beforehand.
    pub(crate) fn confirm_word(
        &self,
        question: &str,
        word: &str,
        otherwise: Hint,
    ) -> Result<bool, Failure> {
        let answer = self.ask(question, &format!("Type {word} to confirm:"), otherwise)?;
        Ok(answer == word)
    }

    fn ask(&self, question: &str, how: &str, otherwise: Hint) -> Result<String, Failure> {
        if !is_interactive() {
            return Err(Failure::input(plain(question))
                .note("cannot ask for confirmation: stdin is not a terminal")
                .hint(otherwise));
        }
        self.error(&format!("{TITLE}{question}{TITLE:#} {how} "));
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).map_err(|error| {
            Failure::input(format!("cannot read from the terminal: {error}")).caused_by(error)
        })?;
        Ok(answer.trim().to_owned())
    }
}
