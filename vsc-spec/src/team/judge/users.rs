//! Judges the users: their number, their names and records.

use super::super::capacity::{DEFAULT_MEMORY, Demand};
use super::super::cpus::Cpus;
use super::super::declaration::{Declaration, UserDeclaration, Users, declared, slice};
use super::super::judgement::Judgement;
use super::super::key::Key;
use super::super::place::{Place, UserField};
use super::super::size::{self, Size};
use super::super::{domain, equipment, user};
use super::{check_extension, judge_value};
use crate::const_finding::ConstFinding;
use crate::text;

impl Declaration {
    /// What the users ask of the host, unless one of them is refused.
    pub(super) const fn judge_users(
        &self,
        domain: Option<&str>,
        judgement: &mut Judgement,
    ) -> Option<Demand> {
        let before = judgement.count();
        let memory = judge_value!(judgement, Key::Memory, self.memory, size::check_memory);
        let cpus = match self.cpus {
            Some(cpus) => match judgement.take(Place::Value(Key::Cpus), Cpus::new(cpus)) {
                Some(cpus) => Some(cpus),
                None => None,
            },
            None => None,
        };
        let memory = match memory {
            Some(Some(memory)) => memory,
            _ => DEFAULT_MEMORY,
        };
        let mut demand = Demand::none();
        let count = match &self.users {
            None => {
                let finding = ConstFinding::new("the users are missing")
                    .help("add `users = 6` or `users = [\"alice\", \"bob\"]`, or declare an enum with a variant for each");
                judgement.refuse(Place::Missing(Key::Users), finding);
                return None;
            }
            Some(users) => {
                judgement.take(Place::Value(Key::Users), user::check_count(users.count()))
            }
        };
        match (&self.users, count) {
            (Some(Users::Count(_)), Some(count)) => {
                demand.add(count, memory, cpus);
                if let Some(domain) = domain {
                    let longest = "dev-100".len();
                    let outcome = domain::check_length(longest, "a developer", domain);
                    judgement.take(Place::Value(Key::Users), outcome);
                }
            }
            (Some(Users::Names(names)), Some(count)) => {
                demand.add(count, memory, cpus);
                let mut at = 0;
                while at < count {
                    judge_name(names.get(at), at, domain, judgement);
                    at += 1;
                }
            }
            (Some(Users::Records(records)), Some(count)) => {
                let records = slice(records);
                let mut at = 0;
                while at < count {
                    let record = &records[at];
                    judge_name(text::of(&record.name), at, domain, judgement);
                    judge_record(record, at, judgement);
                    demand.add(1, own_memory(record, memory), own_cpus(record, cpus));
                    at += 1;
                }
            }
            _ => {}
        }
        self.judge_collisions(judgement);
        if judgement.count() == before {
            Some(demand)
        } else {
            None
        }
    }

    /// Judges each name against those before it. Most differ in their fingerprints: comparing all of
    /// them letter by letter would take const evaluation too long.
    const fn judge_collisions(&self, judgement: &mut Judgement) {
        let Some(users) = &self.users else { return };
        let mut fingerprints = [0; user::MAX_USERS];
        let mut at = 0;
        while at < users.names() && at < user::MAX_USERS {
            let name = users.name(at);
            fingerprints[at] = user::fingerprint(name);
            let mut before = 0;
            while before < at {
                // What is no name is refused for that alone.
                if fingerprints[at] == fingerprints[before]
                    && let earlier = users.name(before)
                    && let Err(finding) = user::check_against(name, earlier)
                    && user::check(name).is_ok()
                    && user::check(earlier).is_ok()
                {
                    judgement.refuse(Place::User(at, UserField::Name), finding);
                    break;
                }
                before += 1;
            }
            at += 1;
        }
    }
}

impl Users {
    /// How many are declared.
    pub(in crate::team) const fn count(&self) -> i128 {
        match self {
            Self::Count(count) => *count,
            _ => self.names() as i128,
        }
    }

    /// How many have names of their own.
    const fn names(&self) -> usize {
        match self {
            Self::Count(_) => 0,
            Self::Names(names) => names.len(),
            Self::Records(records) => slice(records).len(),
        }
    }

    /// The name at a place, which is below their number.
    const fn name(&self, at: usize) -> &str {
        match self {
            Self::Count(_) => "",
            Self::Names(names) => names.get(at),
            Self::Records(records) => text::of(&slice(records)[at].name),
        }
    }
}

const fn judge_name(name: &str, at: usize, domain: Option<&str>, judgement: &mut Judgement) {
    let place = Place::User(at, UserField::Name);
    if judgement.take(place, user::check(name)).is_some()
        && let Some(domain) = domain
    {
        judgement.take(place, domain::check_length(name.len(), name, domain));
    }
}

const fn judge_record(record: &UserDeclaration, at: usize, judgement: &mut Judgement) {
    if let Some(email) = declared(record.email.as_ref()) {
        judgement.take(
            Place::User(at, UserField::Email),
            domain::check_email(email),
        );
    }
    if let Some(memory) = declared(record.memory.as_ref()) {
        judgement.take(
            Place::User(at, UserField::Memory),
            size::check_memory(memory),
        );
    }
    if let Some(cpus) = record.cpus {
        judgement.take(Place::User(at, UserField::Cpus), Cpus::new(cpus));
    }
    if let Some(repo) = declared(record.repo.as_ref()) {
        judgement.take(
            Place::User(at, UserField::Repo),
            equipment::check_repo(repo),
        );
    }
    let mut extension = 0;
    while extension < record.extensions.len() {
        let place = Place::User(at, UserField::Extension(extension));
        judgement.take(place, check_extension(&record.extensions, extension));
        extension += 1;
    }
}

/// The promise to a user, where what is declared is right.
const fn own_memory(record: &UserDeclaration, otherwise: Size) -> Size {
    match declared(record.memory.as_ref()) {
        Some(memory) => match Size::new(memory) {
            Ok(memory) => memory,
            Err(_) => otherwise,
        },
        None => otherwise,
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
