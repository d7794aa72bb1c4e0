//! Temporary passwords of a preview.

use std::hash::{BuildHasher as _, RandomState};

use vsc_core::template::encode_base64;

/// The length of a password.
const LENGTH: usize = 24;

/// A random password. The operating system seeds the keys of a `RandomState`, and the hash is a
/// pseudo-random function of what it hashes.
pub(super) fn password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
    let state = RandomState::new();
    let number = |index: usize| usize::try_from(state.hash_one(index) >> 16).unwrap_or(index);
    (0..LENGTH)
        .map(|index| char::from(LETTERS[number(index) % LETTERS.len()]))
        .collect()
}

/// A line of a password file: RFC 2307, section 5.3, `{SHA}`. The password is long, random, and
/// gone with the preview.
pub(super) fn hashed(name: &str, password: &str) -> String {
    let digest = sha1_smol::Sha1::from(password.as_bytes()).digest().bytes();
    format!("{name}:{{SHA}}{}", encode_base64(&digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_differ() {
        let (a, b) = (password(), password());
        assert_ne!(a, b);
        assert_eq!(a.len(), LENGTH);
    }

    #[test]
    fn a_hash_is_as_htpasswd_makes_it() {
        assert_eq!(
            hashed("alice", "secret"),
            "alice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="
        );
    }
}
