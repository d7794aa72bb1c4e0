//! Who may do what: the statements of policies, apart from everything else.

mod read;
mod words;

use std::collections::BTreeMap;

use vsc_spec::Object;

pub(super) use words::text;

/// A permission that is new or gone: actions with the same effect, principal, resource and
/// condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The logical ID of the resource in which it stands.
    pub id: String,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// Who: a principal, or those who have the policy.
    pub principal: String,
    /// What they may do; `not …` for all but that.
    pub actions: Vec<String>,
    /// On what; `not …` for all but that.
    pub resource: String,
    /// When.
    pub condition: Option<String>,
}

/// A grant, and whether it is new or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessChange {
    /// What is granted or denied.
    pub grant: Grant,
    /// Whether it is new; it is gone otherwise.
    pub added: bool,
    widens: bool,
}

impl AccessChange {
    /// Whether somebody may do more than before: a new permission that no other one held already,
    /// or a denial that is gone and that no other one holds.
    pub const fn widens(&self) -> bool {
        self.widens
    }

    /// Whether the permission is everybody's.
    pub fn is_for_everybody(&self) -> bool {
        self.grant.effect == "Allow" && ["*", "AWS:*"].contains(&self.grant.principal.as_str())
    }

    /// Whether the permission is about everything or for everybody.
    pub fn is_broad(&self) -> bool {
        let grant = &self.grant;
        let all =
            |text: &str| text == "*" || text.ends_with(":*") && text.matches(':').count() == 1;
        let is_about_everything = || {
            let mut actions = grant.actions.iter();
            actions.any(|action| all(action) || action.starts_with("not "))
                || grant.resource.starts_with("not ")
        };
        self.is_for_everybody() || (grant.effect == "Allow" && is_about_everything())
    }
}

/// One action on one resource by one principal.
type Atom = (Grant, String);

/// The permissions that are new or gone, resource by resource.
pub(super) fn changes(old: &Object, new: &Object) -> Vec<AccessChange> {
    let (before, after) = (read::atoms(old), read::atoms(new));
    let mut all = Vec::new();
    for (atoms, others, added) in [(&before, &after, false), (&after, &before, true)] {
        let differ = atoms.iter().filter(|atom| !others.contains(atom));
        // A new permission is measured by what was there, a denial that is gone by what is there.
        let (widening, other): (Vec<&Atom>, Vec<&Atom>) = differ.partition(|atom| {
            (atom.0.effect == "Allow") == added && !others.iter().any(|other| covers(other, atom))
        });
        for (atoms, widens) in [(other, false), (widening, true)] {
            all.extend(grouped(&atoms).into_iter().map(|grant| AccessChange {
                grant,
                added,
                widens,
            }));
        }
    }
    all.sort_by(|one, other| one.grant.id.cmp(&other.grant.id));
    all
}

/// Whether the one permission or denial holds all that the other does.
fn covers((one, action): &Atom, (other, does): &Atom) -> bool {
    let name = |grant: &Grant| grant.principal.replace("${", "").replace('}', "");
    let principal = ["*", "AWS:*"].contains(&one.principal.as_str()) || name(one) == name(other);
    let holds = |pattern: &str, text: &str| {
        // All but something is not what its letters spell.
        ["*", text].contains(&pattern)
            || (!text.starts_with("not ") && fits(pattern.as_bytes(), text.as_bytes()))
    };
    one.effect == other.effect
        && principal
        && holds(&action.to_ascii_lowercase(), &does.to_ascii_lowercase())
        && holds(&one.resource, &other.resource)
        && (one.condition.is_none() || one.condition == other.condition)
}

/// Whether the text fits the pattern, in which `*` stands for any letters and `?` for one.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where the last star stands, and how much of the text it takes so far.
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            // One letter is not several.
            Some(b'?') if text.get(from) != Some(&b'*') => {
                at += 1;
                from += 1;
            }
            Some(letter) if Some(letter) == text.get(from) => {
                at += 1;
                from += 1;
            }
            _ => match &mut star {
                Some((place, taken)) => {
                    *taken += 1;
                    (at, from) = (*place + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|letter| *letter == b'*')
}

/// Actions that only their names report apart stand together.
fn grouped(atoms: &[&Atom]) -> Vec<Grant> {
    let mut groups: BTreeMap<&Grant, Vec<&String>> = BTreeMap::new();
    for (grant, action) in atoms {
        let actions = groups.entry(grant).or_default();
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    let grants = groups.into_iter().map(|(grant, actions)| Grant {
        actions: actions.into_iter().cloned().collect(),
        ..grant.clone()
    });
    grants.collect()
}

#[cfg(test)]
mod tests;
