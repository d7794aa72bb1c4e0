//! Validates the users: their number, their names and records.

use super::super::capacity::{DEFAULT_MEMORY, Demand};
use super::super::cpus::Cpus;
use super::super::declaration::{Declaration, UserDeclaration, Users, declared, slice};
use super::super::key::Key;
use super::super::path::DeclarationPath;
use super::super::size::{self, Size};
use super::super::user_key::{UserField, user_keys};
use super::super::validation::Validation;
use super::super::{domain, previews, user};
use super::{Validated, validate_value};
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// The users that were validated before.
pub(super) struct Checked<'a> {
    pub(super) open: [bool; user::MAX_USERS],
    /// The indexes of those that were not, if any were.
    but: Option<&'a [usize]>,
}

impl<'a> Checked<'a> {
    /// All but those at these indexes, or none.
    pub(super) const fn new(but: Option<&'a [usize]>) -> Self {
        let mut open = [but.is_none(); user::MAX_USERS];
        if let Some(but) = but {
            let mut at = 0;
            while at < but.len() {
                if but[at] < user::MAX_USERS {
                    open[but[at]] = true;
                }
                at += 1;
            }
        }
        Self { open, but }
    }

    /// The users with whose names that of a user may collide: all before it, or those that were not
    /// validated.
    pub(super) const fn compared_with(&self, at: usize) -> &[usize] {
        match self.but {
            Some(but) if !self.open[at] => but,
            _ => BEFORE.split_at(at).0,
        }
    }
}

/// The numbers from 0 on.
const BEFORE: [usize; user::MAX_USERS] = {
    let mut numbers = [0; user::MAX_USERS];
    let mut at = 0;
    while at < numbers.len() {
        numbers[at] = at;
        at += 1;
    }
    numbers
};

/// A promised size, as it is written and as it is parsed.
#[derive(Clone, Copy)]
struct Promise<'a> {
    text: &'a str,
    size: Size,
}

/// A cache of promised sizes: a team has few of them, and parsing one is slow.
struct Promises<'a> {
    known: [Option<Promise<'a>>; 4],
    next: usize,
    /// The size for an invalid promise.
    otherwise: Size,
}

impl<'a> Promises<'a> {
    const fn new(otherwise: Size) -> Self {
        Self {
            known: [None; 4],
            next: 0,
            otherwise,
        }
    }

    const fn read(&mut self, text: &'a str) -> Size {
        let mut at = 0;
        while at < self.known.len() {
            if let Some(known) = self.known[at]
                && known.text.len() == text.len()
                && text::equal(known.text, text)
            {
                return known.size;
            }
            at += 1;
        }
        let size = size_or(text, self.otherwise);
        self.known[self.next] = Some(Promise { text, size });
        self.next = (self.next + 1) % self.known.len();
        size
    }
}

impl Declaration {
    /// The demand of the users on the host, unless one of them is rejected.
    pub(super) const fn validate_users(
        &self,
        domain: Option<&str>,
        checked: &Checked,
        validation: &mut Validation,
    ) -> Option<Demand> {
        let before = validation.count();
        let memory = validate_value!(validation, Key::Memory, self.memory, size::check_memory);
        let cpus = match self.cpus {
            Some(cpus) => match validation.take(DeclarationPath::Value(Key::Cpus), Cpus::new(cpus))
            {
                Some(cpus) => Some(cpus),
                None => None,
            },
            None => None,
        };
        let memory = match memory {
            Validated::Valid(memory) => memory,
            Validated::Absent | Validated::Rejected => DEFAULT_MEMORY,
        };
        let names = Names {
            domain,
            previews: self.previews_below(domain.is_some()),
        };
        let mut demand = Demand::none();
        let count = match &self.users {
            None => {
                let diagnostic = ConstDiagnostic::new("the users are missing")
                    .help("add `users = 6` or `users = [\"alice\", \"bob\"]`, or declare an enum with a variant for each");
                validation.reject(DeclarationPath::Missing(Key::Users), diagnostic);
                return None;
            }
            Some(users) => validation.take(
                DeclarationPath::Value(Key::Users),
                user::check_count(users.count()),
            ),
        };
        match (&self.users, count) {
            (Some(Users::Count(_)), Some(count)) => {
                // `65535.dev-100` is shorter than the names of the host itself, which fit below the domain.
                demand.add(count, memory, cpus);
            }
            (Some(Users::Names(users)), Some(count)) => {
                demand.add(count, memory, cpus);
                let mut at = 0;
                while at < count {
                    names.validate(users.get(at), at, checked, validation);
                    at += 1;
                }
            }
            (Some(Users::Records(records)), Some(count)) => {
                let records = slice(records);
                let mut promises = Promises::new(memory);
                let mut at = 0;
                while at < count {
                    let record = &records[at];
                    names.validate(text::of(&record.name), at, checked, validation);
                    if checked.open[at] {
                        validate_record(record, at, validation);
                    }
                    let own = match declared(record.memory.as_ref()) {
                        Some(own) => promises.read(own),
                        None => memory,
                    };
                    demand.add(1, own, own_cpus(record, cpus));
                    at += 1;
                }
            }
            _ => {}
        }
        self.validate_collisions(checked, validation);
        if validation.count() == before {
            Some(demand)
        } else {
            None
        }
    }

    /// Validates each name against those before it. Fingerprints distinguish most of them: comparing all
    /// letter by letter would take const evaluation too long.
    const fn validate_collisions(&self, checked: &Checked, validation: &mut Validation) {
        let Some(users) = &self.users else { return };
        if matches!(checked.but, Some(but) if but.is_empty()) {
            return;
        }
        let mut fingerprints = [0; user::MAX_USERS];
        let mut at = 0;
        while at < users.names() && at < user::MAX_USERS {
            let name = users.name(at);
            fingerprints[at] = user::fingerprint(name);
            let others = checked.compared_with(at);
            let mut next = 0;
            while next < others.len() && others[next] < at {
                let before = others[next];
                // An invalid name has no other error.
                if fingerprints[at] == fingerprints[before]
                    && let earlier = users.name(before)
                    && let Err(diagnostic) = user::check_against(name, earlier)
                    && user::check(name).is_ok()
                    && user::check(earlier).is_ok()
                {
                    validation.reject(DeclarationPath::User(at, UserField::Name), diagnostic);
                    break;
                }
                next += 1;
            }
            at += 1;
        }
    }
}

impl Users {
    /// Validates their number.
    ///
    /// # Errors
    ///
    /// When there are none, or more than a stack holds.
    pub const fn check(&self) -> Result<usize, ConstDiagnostic> {
        user::check_count(self.count())
    }

    /// The declared number.
    pub(in crate::team) const fn count(&self) -> i128 {
        match self {
            Self::Count(count) => *count,
            _ => self.names() as i128,
        }
    }

    /// The number of users with names of their own.
    const fn names(&self) -> usize {
        match self {
            Self::Count(_) => 0,
            Self::Names(names) => names.len(),
            Self::Records(records) => slice(records).len(),
        }
    }

    /// The name at an index, which is below their number.
    const fn name(&self, at: usize) -> &str {
        match self {
            Self::Count(_) => "",
            Self::Names(names) => names.get(at),
            Self::Records(records) => text::of(&slice(records)[at].name),
        }
    }
}

/// What the name of a user is part of.
struct Names<'a> {
    domain: Option<&'a str>,
    /// Whether previews have names below that of the workspace.
    previews: bool,
}

impl Names<'_> {
    const fn validate(
        &self,
        name: &str,
        at: usize,
        checked: &Checked,
        validation: &mut Validation,
    ) {
        let path = DeclarationPath::User(at, UserField::Name);
        if (!checked.open[at] || validation.take(path, user::check(name)).is_some())
            && let Some(domain) = self.domain
        {
            let outcome = domain::check_length(name.len(), name, domain);
            if validation.take(path, outcome).is_some() && self.previews {
                validation.take(path, previews::check_length(name, domain));
            }
        }
    }
}

macro_rules! user_rules {
    (
        values { $(
            $(#[$about:meta])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        lists { $(
            $(#[$about_list:meta])+
            $list:ident of $item:ident {
                name: $list_name:ident,
                kind: texts($items:literal),
                rule: each($each:path),
                example: $list_example:literal,
                default: $list_default:literal,
            }
        )+ }
    ) => {
        const fn validate_record(record: &UserDeclaration, at: usize, validation: &mut Validation) {
            $(user_rule! { $kind $rule $by validation (DeclarationPath::User(at, UserField::$key)) record.$name })+
            $(
                let mut index = 0;
                while index < record.$list_name.len() {
                    let path = DeclarationPath::User(at, UserField::$item(index));
                    validation.take(path, $each(&record.$list_name, index));
                    index += 1;
                }
            )+
        }

        // Every rule exists.
        const _: () = { $(user_rule! { $rule $by })+ };
    };
}

macro_rules! user_rule {
    (text alone($rule:path) $validation:ident ($path:expr) $value:expr) => {
        if let Some(value) = declared($value.as_ref()) {
            $validation.take($path, $rule(value));
        }
    };
    (number alone($rule:path) $validation:ident ($path:expr) $value:expr) => {
        if let Some(value) = $value {
            $validation.take($path, $rule(value));
        }
    };
    ($kind:ident with_others $by:tt $validation:ident $path:tt $value:expr) => {};
    (with_others($rule:path)) => {
        let _ = $rule;
    };
    ($rule:ident $by:tt) => {};
}

user_keys!(user_rules);

/// The declared size, if it is valid.
const fn size_or(size: &str, otherwise: Size) -> Size {
    match Size::new(size) {
        Ok(size) => size,
        Err(_) => otherwise,
    }
}

const fn own_cpus(record: &UserDeclaration, otherwise: Option<Cpus>) -> Option<Cpus> {
    match record.cpus {
        Some(cpus) => match Cpus::new(cpus) {
            Ok(cpus) => Some(cpus),
            Err(_) => otherwise,
        },
        None => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_parsed_once() {
        let mut promises = Promises::new(DEFAULT_MEMORY);
        let (a, b, c, d) = ("2 GiB", "3 GiB", "512 MiB", "a lot");
        for (promise, size, known) in [
            (a, Size::from_gib(2), [a, "", "", ""]),
            (b, Size::from_gib(3), [a, b, "", ""]),
            (a, Size::from_gib(2), [a, b, "", ""]),
            (b, Size::from_gib(3), [a, b, "", ""]),
            (c, Size::from_mib(512), [a, b, c, ""]),
            (d, DEFAULT_MEMORY, [a, b, c, d]),
            (a, Size::from_gib(2), [a, b, c, d]),
            // The oldest is replaced.
            ("4 GiB", Size::from_gib(4), ["4 GiB", b, c, d]),
            (a, Size::from_gib(2), ["4 GiB", a, c, d]),
        ] {
            assert_eq!(promises.read(promise), size, "{promise}");
            let cached = promises
                .known
                .map(|known| known.map_or("", |known| known.text));
            assert_eq!(cached, known);
        }
    }
}
