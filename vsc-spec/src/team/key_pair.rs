//! Key pairs.

use super::checked_text::checked_text;
use crate::const_finding::ConstFinding;
use crate::text;

checked_text! {
    /// The name of a key pair: Amazon EC2 API Reference, `CreateKeyPair`.
    KeyPair by check
}

/// Judges the name of a key pair: 1 to 255 ASCII characters without spaces around them.
pub(super) const fn check(name: &str) -> Result<(), ConstFinding> {
    let trimmed = text::trim(name);
    if trimmed.is_empty() {
        return Err(refused(name)
            .why("it is blank")
            .help("leave `key_pair` out to close SSH; Session Manager stays open"));
    }
    if trimmed.len() != name.len() {
        return Err(refused(name)
            .why("it begins or ends with a space")
            .help("write ")
            .quoted(trimmed));
    }
    if name.len() > 255 {
        return Err(refused(name)
            .why("it has ")
            .count(name.len())
            .text(" characters, and a name has at most 255"));
    }
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < b' ' || bytes[at] > b'~' {
            return Err(refused(name).why("names are made of ASCII characters"));
        }
        at += 1;
    }
    Ok(())
}

const fn refused(name: &str) -> ConstFinding {
    ConstFinding::new("")
        .quoted(name)
        .text(" is not the name of a key pair")
}
