//! Key pairs.

use crate::finding::Finding;

/// The name of a key pair: Amazon EC2 API Reference, `CreateKeyPair`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPair(String);

impl KeyPair {
    /// The name of a key pair.
    ///
    /// # Errors
    ///
    /// When it is not made of 1 to 255 ASCII characters without spaces around them.
    pub fn new(name: &str) -> Result<Self, Finding> {
        let finding = Finding::new(format!("{name:?} is not the name of a key pair"));
        if name.trim().is_empty() {
            return Err(finding
                .why("it is blank")
                .help("leave `key_pair` out to close SSH; Session Manager stays open"));
        }
        if name.trim() != name {
            return Err(finding
                .why("it begins or ends with a space")
                .help(format!("write {:?}", name.trim())));
        }
        if name.len() > 255 {
            return Err(finding.why(format!(
                "it has {} characters, and a name has at most 255",
                name.len()
            )));
        }
        if !name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(finding.why("names are made of ASCII characters"));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
