//! Regions.

use super::instance;
use crate::const_diagnostic::ConstDiagnostic;
use crate::suggest::Search;
use crate::text;

/// An AWS Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    name: &'static str,
    /// Its index in the list of regions.
    pub(super) bit: u32,
}

impl Region {
    /// The region of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub const fn new(name: &str) -> Result<Self, ConstDiagnostic> {
        let mut search = Search::new(name);
        let (mut known, mut rest) = text::next_part(instance::REGIONS, b' ');
        let mut bit = 0;
        loop {
            if text::equal(known, name) {
                return Ok(Self { name: known, bit });
            }
            search.offer(known);
            bit += 1;
            match rest {
                Some(more) => (known, rest) = text::next_part(more, b' '),
                None => break,
            }
        }
        let diagnostic = ConstDiagnostic::new("there is no region ").quoted(name);
        Err(search.help(diagnostic, "run `aws ec2 describe-regions` for the names"))
    }

    /// All regions, sorted by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..)
            .zip(instance::REGIONS.split(' '))
            .map(|(bit, name)| Self { name, bit })
    }

    /// The name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
