//! A team as it is declared.

use std::borrow::Cow;

use super::choice::{Choice, words};
use super::key::{Key, keys};
use super::user_key::{UserKey, user_keys};
use crate::json::Text;
use crate::text;

/// A list that a constant can hold, or one that is made at run time.
pub type List<T> = Cow<'static, [T]>;

macro_rules! declaration {
    (
        declaration { $(
            $(#[doc = $about:literal])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        elsewhere { $($(#[$of_other:meta])+ $other:ident $columns:tt)+ }
    ) => {
        /// A team IDE as it is declared: nothing is checked yet.
        ///
        /// Every part of it can be a constant, so that const evaluation can check it.
        ///
        /// ```
        /// use vsc_spec::team::{Declaration, Users};
        ///
        /// let declaration = Declaration {
        ///     type_name: "AcmeIde".into(),
        ///     users: Some(Users::Count(6)),
        ///     domain: Some("code.x.com".into()),
        ///     ..Declaration::default()
        /// };
        /// let ide = declaration.check().expect("valid");
        /// assert_eq!(ide.stack_name().as_str(), "acme-ide");
        /// assert_eq!(ide.instance().name(), "t3.large");
        /// ```
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Declaration {
            /// The name of the type that declares it.
            pub type_name: Text,
            $($(#[doc = $about])+ pub $name: field_type!($kind $of),)+
        }

        impl Key {
            /// The word that a key of strings takes as well.
            pub const fn keyword(self) -> Option<&'static str> {
                match self {
                    $(Self::$key => keyword!($kind $of),)+
                    $(Self::$other => None,)+
                }
            }
        }

        impl Declaration {
            /// The part that a key sets.
            pub const fn field(&self, key: Key) -> Field<'_> {
                match key {
                    $(Key::$key => field!(Field $kind $key (&self.$name) $of),)+
                    $(Key::$other => Field::Elsewhere,)+
                }
            }

            /// The part that a key sets, mutably.
            pub const fn field_mut(&mut self, key: Key) -> FieldMut<'_> {
                match key {
                    $(Key::$key => field!(FieldMut $kind $key (&mut self.$name) $of),)+
                    $(Key::$other => FieldMut::Elsewhere,)+
                }
            }
        }
    };
}

/// The type of a field by the kind of its value.
macro_rules! field_type {
    (text()) => { Option<Text> };
    (text_or($word:literal)) => { Option<Text> };
    (checked($checked:ty)) => { Option<Text> };
    (integer($set_as:ty)) => { Option<i128> };
    (number()) => { Option<f64> };
    (texts($items:literal)) => { Texts };
    (choice($type:ty, $words:ty)) => { $type };
    (own($type:ty, $set:expr)) => { $type };
}

macro_rules! keyword {
    (text_or($word:literal)) => {
        Some($word)
    };
    ($kind:ident $of:tt) => {
        None
    };
}

macro_rules! field {
    ($field:ident text $key:ident ($part:expr) ()) => {
        $field::Text($part)
    };
    ($field:ident text_or $key:ident ($part:expr) ($word:literal)) => {
        $field::Text($part)
    };
    ($field:ident checked $key:ident ($part:expr) ($checked:ty)) => {
        $field::Text($part)
    };
    ($field:ident integer $key:ident ($part:expr) ($set_as:ty)) => {
        $field::Integer($part)
    };
    ($field:ident number $key:ident ($part:expr) ()) => {
        $field::Number($part)
    };
    ($field:ident texts $key:ident ($part:expr) ($items:literal)) => {
        $field::Texts($items, $part)
    };
    ($field:ident choice $key:ident ($part:expr) ($type:ty, $words:ty)) => {
        $field::Choice($part)
    };
    ($field:ident own $key:ident ($part:expr) ($type:ty, $set:expr)) => {
        $field::$key($part)
    };
}

keys!(declaration);

/// A part of a declaration by the kind of its value: most keys share a few kinds.
#[derive(Clone, Copy, Debug)]
pub enum Field<'a> {
    /// A string.
    Text(&'a Option<Text>),
    /// An integer.
    Integer(&'a Option<i128>),
    /// A number that may have a fraction.
    Number(&'a Option<f64>),
    /// A list of strings, with the noun for them.
    Texts(&'static str, &'a Texts),
    /// The value of `users`.
    Users(&'a Option<Users>),
    /// The value of `allow`.
    Allow(&'a Option<Allow>),
    /// One of a few keywords.
    Choice(&'a dyn Choice),
    /// The value of `snapshots`.
    Snapshots(&'a Option<SnapshotsDeclaration>),
    /// The value of `tls`.
    Tls(&'a Option<TlsDeclaration>),
    /// The value of `login`.
    Login(&'a Option<LoginDeclaration>),
    /// The value of `operators`.
    Operators(&'a Option<Texts>),
    /// The value of `tags`.
    Tags(&'a List<(Text, Text)>),
    /// Not a part of the declaration.
    Elsewhere,
}

/// As [`Field`], mutable.
#[derive(Debug)]
pub enum FieldMut<'a> {
    /// A string.
    Text(&'a mut Option<Text>),
    /// An integer.
    Integer(&'a mut Option<i128>),
    /// A number that may have a fraction.
    Number(&'a mut Option<f64>),
    /// A list of strings, with the noun for them.
    Texts(&'static str, &'a mut Texts),
    /// The value of `users`.
    Users(&'a mut Option<Users>),
    /// The value of `allow`.
    Allow(&'a mut Option<Allow>),
    /// One of a few keywords.
    Choice(&'a mut dyn Choice),
    /// The value of `snapshots`.
    Snapshots(&'a mut Option<SnapshotsDeclaration>),
    /// The value of `tls`.
    Tls(&'a mut Option<TlsDeclaration>),
    /// The value of `login`.
    Login(&'a mut Option<LoginDeclaration>),
    /// The value of `operators`.
    Operators(&'a mut Option<Texts>),
    /// The value of `tags`.
    Tags(&'a mut List<(Text, Text)>),
    /// Not a part of the declaration.
    Elsewhere,
}

/// The users as they are declared.
#[derive(Clone, Debug, PartialEq)]
pub enum Users {
    /// A number of users, called `dev-1`, `dev-2` and so on.
    Count(i128),
    /// Users of these names.
    Names(Texts),
    /// Users with settings of their own.
    Records(List<UserDeclaration>),
}

macro_rules! user_declaration {
    (
        values { $(
            $(#[doc = $about:literal])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        lists { $(
            $(#[doc = $about_list:literal])+
            $list:ident of $item:ident {
                name: $list_name:ident,
                kind: texts($items:literal),
                rule: each($each:path),
                example: $list_example:literal,
                default: $list_default:literal,
            }
        )+ }
    ) => {
        /// A user as declared.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct UserDeclaration {
            $($(#[doc = $about])+ pub $name: user_field_type!($kind),)+
            $($(#[doc = $about_list])+ pub $list_name: Texts,)+
        }

        impl UserDeclaration {
            /// The value of a key.
            pub const fn value(&self, key: UserKey) -> UserValue<'_> {
                match key {
                    $(UserKey::$key => user_value!(UserValue $kind (&self.$name)),)+
                    $(UserKey::$list => UserValue::Texts($items, &self.$list_name),)+
                }
            }

            /// The value of a key, mutably.
            pub const fn value_mut(&mut self, key: UserKey) -> UserValueMut<'_> {
                match key {
                    $(UserKey::$key => user_value!(UserValueMut $kind (&mut self.$name)),)+
                    $(UserKey::$list => UserValueMut::Texts($items, &mut self.$list_name),)+
                }
            }
        }
    };
}

macro_rules! user_field_type {
    (name) => { Text };
    (text) => { Option<Text> };
    (number) => { Option<f64> };
}

macro_rules! user_value {
    ($value:ident name ($part:expr)) => {
        $value::Name($part)
    };
    ($value:ident text ($part:expr)) => {
        $value::Text($part)
    };
    ($value:ident number ($part:expr)) => {
        $value::Number($part)
    };
}

user_keys!(user_declaration);

/// The value of a user's key by its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UserValue<'a> {
    /// The name, which every user has.
    Name(&'a Text),
    /// A string.
    Text(&'a Option<Text>),
    /// A number that may have a fraction.
    Number(&'a Option<f64>),
    /// A list of strings, with the noun for them.
    Texts(&'static str, &'a Texts),
}

/// As [`UserValue`], mutable.
#[derive(Debug, PartialEq)]
pub enum UserValueMut<'a> {
    /// The name, which every user has.
    Name(&'a mut Text),
    /// A string.
    Text(&'a mut Option<Text>),
    /// A number that may have a fraction.
    Number(&'a mut Option<f64>),
    /// A list of strings, with the noun for them.
    Texts(&'static str, &'a mut Texts),
}

/// The addresses that may reach the host, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allow {
    /// Everybody.
    Anywhere,
    /// These ranges of addresses.
    Ranges(Texts),
}

words! {
    /// What a burstable host does when it has spent its CPU credits: Amazon EC2 User Guide, "Burstable
    /// performance instances".
    Credits {
        /// It slows down to its baseline.
        Standard = "standard", "a host without credits slows down";
        /// It keeps its full speed, for which AWS charges by the hour.
        Unlimited = "unlimited", "AWS charges for what it uses beyond them";
    }
}

words! {
    /// Where previews of ports are.
    Previews {
        /// Each has a name of its own, and so an origin of its own: `https://3000.alice.code.x.com`.
        Subdomains = "subdomains", "a name for each port";
        /// They are paths of the workspace: `https://alice.code.x.com/proxy/3000`.
        Paths = "paths", "paths of the workspace";
    }
}

/// How developers sign in, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginDeclaration {
    /// Each has a password, which CloudFormation generates.
    Generated,
    /// All share a password, which the operator sets when the stack is deployed.
    Shared,
    /// With their accounts at an OpenID Connect provider.
    Oidc {
        /// The issuer of the provider.
        issuer: Option<Text>,
        /// The identifier of the team's client.
        client_id: Option<Text>,
        /// The name or ARN of the secret in Secrets Manager with that of the client.
        client_secret: Option<Text>,
    },
    /// With accounts in a user pool of Amazon Cognito, which is part of the stack.
    Cognito {
        /// The prefix of the domain of its pages.
        domain_prefix: Option<Text>,
    },
}

/// The source of the certificate, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsDeclaration {
    /// From Parameter Store: the names of both parameters, or of neither to be asked for them.
    Ssm {
        /// The parameter that holds the certificate with its chain.
        certificate: Option<Text>,
        /// The parameter that holds the private key.
        private_key: Option<Text>,
    },
    /// From Let's Encrypt.
    Acme {
        /// The e-mail address to which the issuer sends a notice before a certificate expires.
        email: Option<Text>,
        /// The last day on which the host may answer challenges.
        until: Option<Text>,
        /// Whether it is for trials, from the issuer's staging environment.
        staging: bool,
    },
    /// No certificate: plain HTTP.
    None,
}

/// The snapshots of the homes, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotsDeclaration {
    /// One each day.
    Daily {
        /// The number of snapshots that are kept.
        keep: Option<i128>,
    },
    /// None.
    None,
}

/// A list of strings: a constant as one writes it, or one that is made at run time.
#[derive(Clone, Debug)]
pub enum Texts {
    /// `&["a", "b"]`.
    Constant(&'static [&'static str]),
    /// Any other.
    List(List<Text>),
}

impl Texts {
    /// An empty list.
    pub const EMPTY: Self = Self::Constant(&[]);

    /// The number of strings.
    pub const fn len(&self) -> usize {
        match self {
            Self::Constant(texts) => texts.len(),
            Self::List(texts) => slice(texts).len(),
        }
    }

    /// Whether the list is empty.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string at an index, which is below the length.
    pub(super) const fn get(&self, at: usize) -> &str {
        match self {
            Self::Constant(texts) => texts[at],
            Self::List(texts) => text::of(&slice(texts)[at]),
        }
    }

    /// The strings.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Texts {}

impl<T: Into<Text>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self::List(texts.into_iter().map(Into::into).collect())
    }
}

/// The items of a list.
pub(super) const fn slice<T: Clone>(list: &List<T>) -> &[T] {
    match list {
        Cow::Borrowed(items) => items,
        Cow::Owned(items) => items.as_slice(),
    }
}

/// The string of a part, if it is declared.
pub(super) const fn declared(part: Option<&Text>) -> Option<&str> {
    match part {
        Some(part) => Some(text::of(part)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_list_equals_one_made_at_run_time() {
        let constant = Texts::Constant(&["a", "b"]);
        let made = |texts: &[&str]| -> Texts { texts.iter().map(ToString::to_string).collect() };
        assert_eq!(constant, made(&["a", "b"]));
        for other in [&["a"][..], &["a", "c"], &["a", "b", "c"], &[]] {
            assert_ne!(constant, made(other), "{other:?}");
        }
        assert_eq!((constant.len(), constant.get(1)), (2, "b"));
        assert_eq!(made(&["a", "b"]).get(0), "a");
        assert!(!constant.is_empty() && Texts::default().is_empty() && made(&[]).is_empty());
    }
}
