//! Where in a declaration a refusal belongs.

use super::key::Key;
use crate::finding::Finding;

/// A part of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The declaration as a whole.
    Declaration,
    /// A key that is not there.
    Missing(Key),
    /// The value of a key.
    Value(Key),
    /// The item of a list at a place, counted from 0.
    Item(Key, usize),
    /// A part of a user, counted from 0.
    User(usize, UserField),
    /// The name of a tag, counted from 0.
    TagKey(usize),
    /// The value of a tag, counted from 0.
    TagValue(usize),
    /// The name of the certificate's parameter.
    Certificate,
    /// The name of the private key's parameter.
    PrivateKey,
}

/// A part of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserField {
    /// The name.
    Name,
    /// The promised memory.
    Memory,
}

/// A finding and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// What.
    pub finding: Finding,
}
