//! Words of messages.

use std::path::Path;

pub(crate) use vsc_spec::visible::grouped;
use vsc_spec::visible::one_line;

/// A path in a message, on one line.
pub(crate) fn shown(path: impl AsRef<Path>) -> String {
    one_line(&path.as_ref().to_string_lossy()).into_owned()
}
