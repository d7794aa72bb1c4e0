//! Reading of templates from files and standard input, up to a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::Failure;
use crate::text::{grouped, shown};

/// The most bytes that are read: five times the quota of CloudFormation, so that a template above the
/// quota gets a diagnostic (AWS CloudFormation User Guide, "Quotas": 1 MB).
pub(crate) const LARGEST: usize = 5 * 1_024 * 1_024;

/// The content of a file, or of standard input if the path is `-`.
///
/// # Errors
///
/// When it cannot be read, or has more than [`LARGEST`] bytes.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let (name, bytes) = if path == Path::new("-") {
        ("standard input".to_owned(), limited(io::stdin().lock()))
    } else {
        (shown(path), File::open(path).and_then(limited))
    };
    let bytes = bytes.map_err(|error| Failure::input(format!("{name}: {error}")))?;
    if bytes.len() <= LARGEST {
        return Ok(bytes);
    }
    Err(Failure::input(format!("{name}: the file is too large for a template"))
.note(format!("CloudFormation accepts up to 1,048,576 bytes; files larger than {} bytes are not read", grouped(LARGEST)))
.hint("move resources into nested stacks"))
}

/// The same as UTF-8 text.
///
/// # Errors
///
/// When it cannot be read, is too large, or is not UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        Failure::input(format!("{}: byte {at} is not valid UTF-8", shown(path)))
            .hint("save the file as UTF-8")
    })
}

/// Reads at most one byte more than the limit.
fn limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(LARGEST + 1).unwrap_or(u64::MAX);
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
