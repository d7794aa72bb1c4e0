//! Paths of the parts of a declaration.

use super::key::Key;
use super::user_key::UserField;
use crate::diagnostic::Diagnostic;

/// The path of a part of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclarationPath {
    /// The declaration as a whole.
    Declaration,
    /// A missing key.
    Missing(Key),
    /// The value of a key.
    Value(Key),
    /// The item of a list at an index.
    Item(Key, usize),
    /// A part of the user at an index.
    User(usize, UserField),
    /// The name of the tag at an index.
    TagKey(usize),
    /// The value of the tag at an index.
    TagValue(usize),
    /// A part of where the certificate comes from.
    Tls(TlsPart),
    /// An argument of the login.
    Login(LoginPart),
}

/// A part of where the certificate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsPart {
    /// The name of the certificate's parameter.
    Certificate,
    /// The name of the private key's parameter.
    PrivateKey,
    /// The e-mail address of the account.
    Email,
    /// The last day on which challenges may be answered.
    Until,
    /// Whether it is for trials.
    Staging,
}

/// An argument of the login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginPart {
    /// The issuer of the provider.
    Issuer,
    /// The identifier of the client.
    ClientId,
    /// The secret with that of the client.
    ClientSecret,
    /// The prefix of the domain of a user pool.
    DomainPrefix,
}

impl LoginPart {
    /// The argument as it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::ClientId => "client_id",
            Self::ClientSecret => "client_secret",
            Self::DomainPrefix => "domain_prefix",
        }
    }
}

/// A diagnostic and its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationDiagnostic {
    /// The part that it is about.
    pub path: DeclarationPath,
    /// The diagnostic.
    pub diagnostic: Diagnostic,
}

impl DeclarationPath {
    /// Whether both are the same part: `==` in const evaluation.
    pub const fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Declaration, Self::Declaration) => true,
            (Self::Missing(a), Self::Missing(b)) | (Self::Value(a), Self::Value(b)) => {
                a as u8 == b as u8
            }
            (Self::Item(a, i), Self::Item(b, j)) => a as u8 == b as u8 && i == j,
            (Self::User(i, a), Self::User(j, b)) => i == j && a.is(b),
            (Self::TagKey(i), Self::TagKey(j)) | (Self::TagValue(i), Self::TagValue(j)) => i == j,
            (Self::Tls(a), Self::Tls(b)) => a as u8 == b as u8,
            (Self::Login(a), Self::Login(b)) => a as u8 == b as u8,
            _ => false,
        }
    }
}

impl DeclarationPath {
    /// Whether it is a part of the other: an item of a list, a part of a user, of a tag, of where the
    /// certificate comes from or of the login.
    pub(super) const fn is_within(self, whole: Self) -> bool {
        match (self, whole) {
            (Self::Item(key, _), Self::Value(whole)) => key as u8 == whole as u8,
            (Self::User(..), Self::Value(whole)) => whole as u8 == Key::Users as u8,
            (Self::TagKey(_) | Self::TagValue(_), Self::Value(whole)) => {
                whole as u8 == Key::Tags as u8
            }
            (Self::Tls(_), Self::Value(whole)) => whole as u8 == Key::Tls as u8,
            (Self::Login(_), Self::Value(whole)) => whole as u8 == Key::Login as u8,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of each variant.
    const ALL: [DeclarationPath; 27] = [
        DeclarationPath::Declaration,
        DeclarationPath::Missing(Key::Users),
        DeclarationPath::Missing(Key::Domain),
        DeclarationPath::Value(Key::Users),
        DeclarationPath::Value(Key::Tags),
        DeclarationPath::Value(Key::Tls),
        DeclarationPath::Value(Key::Allow),
        DeclarationPath::Item(Key::Allow, 0),
        DeclarationPath::Item(Key::Allow, 1),
        DeclarationPath::Item(Key::Extensions, 0),
        DeclarationPath::User(0, UserField::Name),
        DeclarationPath::User(1, UserField::Name),
        DeclarationPath::User(0, UserField::Email),
        DeclarationPath::User(0, UserField::Memory),
        DeclarationPath::User(0, UserField::Cpus),
        DeclarationPath::User(0, UserField::Repo),
        DeclarationPath::User(0, UserField::Extension(0)),
        DeclarationPath::User(0, UserField::Extension(1)),
        DeclarationPath::TagKey(0),
        DeclarationPath::TagKey(1),
        DeclarationPath::TagValue(0),
        DeclarationPath::TagValue(1),
        DeclarationPath::Tls(TlsPart::Email),
        DeclarationPath::Tls(TlsPart::Until),
        DeclarationPath::Value(Key::Login),
        DeclarationPath::Login(LoginPart::Issuer),
        DeclarationPath::Login(LoginPart::ClientId),
    ];

    #[test]
    fn const_evaluation_compares_paths_as_programs_do() {
        for a in ALL {
            for b in ALL {
                assert_eq!(a.is(b), a == b, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_part_is_within_its_whole() {
        for part in ALL {
            for whole in ALL {
                let expected = match part {
                    DeclarationPath::Item(key, _) => whole == DeclarationPath::Value(key),
                    DeclarationPath::User(..) => whole == DeclarationPath::Value(Key::Users),
                    DeclarationPath::TagKey(_) | DeclarationPath::TagValue(_) => {
                        whole == DeclarationPath::Value(Key::Tags)
                    }
                    DeclarationPath::Tls(_) => whole == DeclarationPath::Value(Key::Tls),
                    DeclarationPath::Login(_) => whole == DeclarationPath::Value(Key::Login),
                    _ => false,
                };
                assert_eq!(part.is_within(whole), expected, "{part:?} {whole:?}");
            }
        }
    }
}
