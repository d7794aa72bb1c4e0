//! Changes of permissions: the statements of policies.

mod display;
mod read;

use std::collections::BTreeMap;

use vsc_spec::Object;

pub(super) use display::text;

/// A permission: actions with the same effect, principal, resource and condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Grant {
    /// The logical ID of the resource that contains it.
    pub id: String,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// The principal, or the holders of the policy.
    pub principal: String,
    /// The actions; `not …` for all others.
    pub actions: Vec<String>,
    /// The resource; `not …` for all others.
    pub resource: String,
    /// The condition.
    pub condition: Option<String>,
}

/// A permission that was added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessChange {
    /// The permission.
    pub grant: Grant,
    /// Whether it was added; otherwise it was removed.
    pub added: bool,
    widens: bool,
}

impl AccessChange {
    /// Whether it widens access: an added permission that no other one covered already, or a removed
    /// denial that no other one covers.
    pub const fn widens(&self) -> bool {
        self.widens
    }

    /// Whether the permission applies to everybody.
    pub fn is_for_everybody(&self) -> bool {
        self.grant.effect == "Allow" && ["*", "AWS:*"].contains(&self.grant.principal.as_str())
    }

    /// Whether the permission applies to everything or everybody.
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

/// The permissions that were added or removed, resource by resource.
pub(super) fn changes(old: &Object, new: &Object) -> Vec<AccessChange> {
    let (before, after) = (read::atoms(old), read::atoms(new));
    let mut all = Vec::new();
    for (atoms, others, added) in [(&before, &after, false), (&after, &before, true)] {
        let differ = atoms.iter().filter(|atom| !others.contains(atom));
        // An added permission is compared with the old ones, a removed denial with the new ones.
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

/// Whether a permission or denial includes another one.
fn covers((one, action): &Atom, (other, does): &Atom) -> bool {
    let name = |grant: &Grant| grant.principal.replace("${", "").replace('}', "");
    let principal = ["*", "AWS:*"].contains(&one.principal.as_str()) || name(one) == name(other);
    let holds = |pattern: &str, text: &str| {
        // `not …` is a complement, not a pattern.
        ["*", text].contains(&pattern)
            || (!text.starts_with("not ") && fits(pattern.as_bytes(), text.as_bytes()))
    };
    one.effect == other.effect
        && principal
        && holds(&action.to_ascii_lowercase(), &does.to_ascii_lowercase())
        && holds(&one.resource, &other.resource)
        && (one.condition.is_none() || one.condition == other.condition)
}

/// Whether the text matches the pattern, in which `*` matches any characters and `?` one.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // The position of the last star, and the part of the text that it matches so far.
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            // `?` does not match several characters.
            Some(b'?') if text.get(from) != Some(&b'*') => {
                at += 1;
                from += 1;
            }
            Some(letter) if Some(letter) == text.get(from) => {
                at += 1;
                from += 1;
            }
            _ => match &mut star {
                Some((position, taken)) => {
                    *taken += 1;
                    (at, from) = (*position + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|letter| *letter == b'*')
}

/// Permissions, with actions grouped that have everything else in common.
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
