//! The names of a template's elements.

use std::fmt;

use vsc_spec::resource::resource_attributes::check_logical_id;
use vsc_spec::{Diagnostic, Text};

use super::part::Part;

/// The name of an element within its template.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LogicalId(Text);

impl LogicalId {
    /// A logical ID.
    ///
    /// # Errors
    ///
    /// When the name does not consist of 1 to 255 letters and digits.
    pub fn new(id: impl Into<Text>) -> Result<Self, Diagnostic> {
        let id = id.into();
        check_logical_id(&id).map(|()| Self(id))
    }

    /// A logical ID that is checked elsewhere.
    pub(crate) fn unchecked(id: Text) -> Self {
        Self(id)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn part(&self) -> Part<'_> {
        Part::Text(&self.0)
    }

    /// The name as text of a template.
    pub fn to_text(&self) -> Text {
        self.0.clone()
    }
}

impl fmt::Display for LogicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
