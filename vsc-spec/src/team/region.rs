//! Regions.

use super::instance;
use crate::finding::Finding;
use crate::suggest;

/// A region of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    name: &'static str,
    /// Its place in the list of regions.
    pub(super) bit: u32,
}

impl Region {
    /// The region of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn new(name: &str) -> Result<Self, Finding> {
        let found = instance::regions()
            .zip(0..)
            .find(|(known, _)| *known == name);
        found.map(|(name, bit)| Self { name, bit }).ok_or_else(|| {
            let finding = Finding::new(format!("there is no region {name:?}"));
            match suggest::did_you_mean(name, instance::regions()) {
                Some(help) => finding.help(help),
                None => finding.help("`aws ec2 describe-regions` shows them"),
            }
        })
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}
