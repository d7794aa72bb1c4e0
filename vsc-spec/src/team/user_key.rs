//! The keys of a user.

/// The table of the keys of a user. The columns are those of `keys!`.
///
/// - `kind` is `name()`, `text()`, `number()` or, of a list, `texts("extensions")`
/// - `rule` is `alone(path)` or `with_others(path)`, and of a list `each(path)`: the rule of an item given
///   those before it
///
/// A list has a name for its items, the variant of [`UserField`].
macro_rules! user_keys {
    ($with:ident) => {
        $with! {
            values {
                /// The first label of the workspace's host name: a–z, 0–9, `-`.
                Name {
                    name: name,
                    kind: name(),
                    rule: with_others(crate::team::Declaration::validate_users),
                    example: "name = \"alice\"",
                    default: "required",
                }
                /// The developer's e-mail address: that of the account with which the developer signs in at a
                /// provider, shown by `users --json` and in the description of the secret.
                Email {
                    name: email,
                    kind: text(),
                    rule: alone(crate::team::domain::check_email),
                    example: "email = \"alice@x.com\"",
                    default: "none; required with `login = oidc(…)` and `cognito(…)`",
                }
                /// The memory that is promised to this workspace.
                Memory {
                    name: memory,
                    kind: text(),
                    rule: alone(crate::team::size::check_memory),
                    example: "memory = \"2 GiB\"",
                    default: "`memory` of the team",
                }
                /// The most CPUs that this workspace may use.
                Cpus {
                    name: cpus,
                    kind: number(),
                    rule: alone(crate::team::Cpus::new),
                    example: "cpus = 0.5",
                    default: "`cpus` of the team",
                }
                /// The repository that is cloned into this workspace at its first start.
                Repo {
                    name: repo,
                    kind: text(),
                    rule: alone(crate::team::equipment::check_repo),
                    example: "repo = \"https://github.com/rust-lang/rust-analyzer\"",
                    default: "`repo` of the team",
                }
                /// The dotfiles repository that is installed into this home.
                Dotfiles {
                    name: dotfiles,
                    kind: text(),
                    rule: alone(crate::team::equipment::check_repo),
                    example: "dotfiles = \"https://github.com/alice/dotfiles\"",
                    default: "`dotfiles` of the team",
                }
            }
            lists {
                /// The extensions that are installed into this workspace, in addition to the team's.
                Extensions of Extension {
                    name: extensions,
                    kind: texts("extensions"),
                    rule: each(crate::team::validate::check_extension),
                    example: "extensions = [\"rust-lang.rust-analyzer\"]",
                    default: "none",
                }
            }
        }
    };
}

pub(super) use user_keys;

macro_rules! user_key {
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
        user_key! {
            $($key [$($about)+] $name $example $default;)+
            $($list [$($about_list)+] $list_name $list_example $list_default;)+
        }

        /// A part of a user, as errors refer to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum UserField {
            $($(#[doc = $about])+ $key,)+
            $(
                #[doc = concat!("An item of `", stringify!($list_name), "`, counted from 0.")]
                $item(usize),
            )+
        }

        impl UserField {
            /// The key that has it.
            pub const fn key(self) -> UserKey {
                match self {
                    $(Self::$key => UserKey::$key,)+
                    $(Self::$item(_) => UserKey::$list,)+
                }
            }

            /// The index, if it is an item of a list.
            pub const fn index(self) -> Option<usize> {
                match self {
                    $(Self::$key => None,)+
                    $(Self::$item(index) => Some(index),)+
                }
            }

            /// The name of the variant.
            pub const fn variant(self) -> &'static str {
                match self {
                    $(Self::$key => stringify!($key),)+
                    $(Self::$item(_) => stringify!($item),)+
                }
            }
        }

        impl UserKey {
            /// The part of a user: of a list, the item at this index.
            pub const fn field(self, index: usize) -> UserField {
                match self {
                    $(Self::$key => UserField::$key,)+
                    $(Self::$list => UserField::$item(index),)+
                }
            }
        }
    };
    ($($key:ident [$($about:literal)+] $name:ident $example:literal $default:literal;)+) => {
        /// A key of a user.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum UserKey {
            $($(#[doc = $about])+ #[doc = concat!("\n\n`", $example, "`")] $key,)+
        }

        impl UserKey {
            /// All keys.
            pub const ALL: [Self; [$(Self::$key),+].len()] = [$(Self::$key),+];

            /// The names of all keys.
            pub const NAMES: [&str; Self::ALL.len()] = [$(stringify!($name)),+];

            /// The key of this name.
            pub fn find(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|key| key.name() == name)
            }

            /// The key as it is written.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$key => stringify!($name)),+ }
            }

            /// Its documentation, in Markdown.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$key => concat!($($about),+).trim_ascii_start()),+ }
            }

            /// The key with a value, as one would write it.
            pub const fn example(self) -> &'static str {
                match self { $(Self::$key => $example),+ }
            }

            /// Its default, in Markdown.
            pub const fn default_value(self) -> &'static str {
                match self { $(Self::$key => $default),+ }
            }
        }
    };
}

user_keys!(user_key);

impl UserField {
    /// Whether both are the same part: `==` in const evaluation.
    pub(super) const fn is(self, other: Self) -> bool {
        let same = match (self.index(), other.index()) {
            (Some(index), Some(other)) => index == other,
            (None, None) => true,
            _ => false,
        };
        same && self.key() as u8 == other.key() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_a_user_has_a_name_and_a_part() {
        for (key, name) in UserKey::ALL.into_iter().zip(UserKey::NAMES) {
            assert_eq!(key.name(), name);
            assert_eq!(UserKey::find(name), Some(key));
            assert_eq!(key.field(3).key(), key);
            assert!(key.example().starts_with(&format!("{name} = ")), "{name}");
            assert!(key.about().ends_with('.') && !key.default_value().is_empty());
        }
        assert_eq!(UserKey::find("mail"), None);
        assert_eq!(UserKey::Extensions.field(3), UserField::Extension(3));
        assert_eq!(UserField::Extension(3).variant(), "Extension");
        assert_eq!(UserField::Cpus.variant(), "Cpus");
    }
}
