//! The template of a stack, and who added to it.

use crate::team_ide::Pattern;
use crate::template::Template;

/// The template of a stack, and whether the pattern of a team alone made it.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    template: Template,
    is_of_pattern: bool,
}

impl Contents {
    /// The template.
    pub(super) fn template(&self) -> &Template {
        &self.template
    }

    /// The template, to be changed: it is no longer of the pattern alone.
    pub(super) fn change(&mut self) -> &mut Template {
        self.is_of_pattern = false;
        &mut self.template
    }

    /// Declares that the pattern alone made the template.
    pub(super) fn trust(&mut self, _: Pattern) {
        self.is_of_pattern = true;
    }

    /// Whether the pattern alone made the template.
    pub(super) fn is_of_pattern(&self) -> bool {
        self.is_of_pattern
    }

    /// The template by itself.
    pub(super) fn into_template(self) -> Template {
        self.template
    }
}
