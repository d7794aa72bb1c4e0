//! The differences between two templates, and the effects of an update.
//!
//! ```
//! use vsc_core::diff::Difference;
//! use vsc_core::resource;
//! use vsc_core::Stack;
//! use vsc_spec::resource::UpdateType;
//!
//! let template = |range: &str| {
//!     let mut stack = Stack::new("network");
//!     resource!(&mut stack, Vpc: AWS::EC2::VPC { CidrBlock: range.to_owned() });
//!     stack.finish().map(|template| template.to_json())
//! };
//! let difference = Difference::between(&template("10.0.0.0/16")?, &template("10.1.0.0/16")?);
//! let [vpc] = difference.resources.as_slice() else { panic!("one resource differs") };
//! assert_eq!(vpc.update(), UpdateType::Replaces);
//! # Ok::<(), vsc_core::StackError>(())
//! ```

mod access;
mod consequence;
mod homes;
mod json;
mod network;
mod normal;
mod rename;
mod resource;
mod section;
mod text;
mod value;
mod volume;

use vsc_spec::resource::UpdateType;
use vsc_spec::{Json, Object};

pub use access::{AccessChange, Grant};
pub use homes::{
    HomeOwner, Homes, HomesChange, HomesEffect, HomesHolder, HomesLoss, HomesShortage, VolumeSize,
    whose,
};
pub use network::{Direction, NetworkChange, NetworkRule};
pub use rename::{Rename, with_logical_ids};
pub use resource::{Cause, Consequence, ResourceChange};
pub use section::{ChangeKind, EntryChange};
pub use text::{Line, Texts, lines, text_of, texts_of};
pub use value::ValueChange;
pub use volume::VolumeChange;

use crate::team_ide;

/// The differences between two templates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// Changed parameters, outputs and other elements, in template order.
    pub entries: Vec<EntryChange>,
    /// The changed resources, in the order of the new template; removed ones come last.
    pub resources: Vec<ResourceChange>,
    /// Added and removed permissions.
    pub access: Vec<AccessChange>,
    /// Added and removed network access.
    pub network: Vec<NetworkChange>,
    /// Resources of which only the logical ID changed.
    pub renames: Vec<Rename>,
    /// What happens to the homes of a team; none if they stay where they are.
    pub homes: Option<HomesChange>,
    /// The shortage, if the homes do not fit on their volume.
    pub shortage: Option<HomesShortage>,
    /// The users who leave, and whose homes are kept for the next users of these names.
    pub left: Vec<String>,
}

/// The users who leave, if their homes are kept.
fn former_users(old: &Object, new: &Object, homes: Option<&HomesChange>) -> Vec<String> {
    let staying = team_ide::users_of(new);
    let are_lost = homes.is_some_and(|homes| matches!(homes.effect, HomesEffect::Lost { .. }));
    if staying.is_empty() || are_lost {
        return Vec::new();
    }
    let mut users = team_ide::users_of(old);
    users.retain(|user| !staying.contains(user));
    users
}

/// The numbers of resources by the effect of an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Resources that are created.
    pub add: usize,
    /// Resources that are updated in place.
    pub change: usize,
    /// Resources that are or may be replaced.
    pub replace: usize,
    /// Resources that are removed.
    pub remove: usize,
}

impl Difference {
    /// The differences between the templates, both in long form.
    pub fn between(old: &Json, new: &Json) -> Self {
        let empty = Object::new();
        let old = old.as_object().unwrap_or(&empty);
        let new = new.as_object().unwrap_or(&empty);
        let of = |template: &'_ Object| {
            let resources = template.get("Resources").and_then(Json::as_object);
            resources.cloned().unwrap_or_default()
        };
        let (before, after) = (of(old), of(new));
        let entries = section::entries(old, new);
        let names = section::names(&before, &after);
        let mut resources: Vec<ResourceChange> = names
            .iter()
            .filter_map(|id| resource::change(id, before.get(id), after.get(id)))
            .collect();
        consequence::follow(old, new, &entries, &mut resources);
        let had_volume = Homes::of_sections(old).is_some_and(|homes| homes.volume.is_some());
        for change in &mut resources {
            change.settle(before.get(&change.id), after.get(&change.id));
            // What is left on its root volume is installed again.
            change.holds_data &= !(had_volume && change.id == team_ide::HOST);
        }
        let position = |id: &str| names.iter().position(|name| *name == id);
        resources.sort_by_key(|change| position(&change.id));
        let homes = homes::change(old, new, &resources);
        let shortage = Homes::of_sections(new)
            .and_then(|homes| homes.shortage(Homes::of_sections(old).as_ref()));
        Self {
            left: former_users(old, new, homes.as_ref()),
            entries,
            resources,
            homes,
            shortage,
            access: access::changes(old, new),
            network: network::changes(old, new),
            renames: rename::find(&before, &after),
        }
    }

    /// Whether the templates are the same to CloudFormation.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.resources.is_empty()
    }

    /// Whether permissions or network access are widened.
    pub fn widens_access(&self) -> bool {
        self.access.iter().any(AccessChange::widens)
            || self.network.iter().any(|change| change.widens)
    }

    /// The resources that are or may be replaced.
    pub fn replaces(&self) -> impl Iterator<Item = &ResourceChange> {
        self.resources
            .iter()
            .filter(|change| change.update() >= UpdateType::MayReplace)
    }

    /// The resources that are removed.
    pub fn removes(&self) -> impl Iterator<Item = &ResourceChange> {
        self.resources
            .iter()
            .filter(|change| change.kind == ChangeKind::Removed)
    }

    /// The resources that are interrupted.
    pub fn interrupts(&self) -> impl Iterator<Item = &ResourceChange> {
        self.resources
            .iter()
            .filter(|change| change.update() == UpdateType::Interrupts)
    }

    /// The numbers of resources by the effect of the update.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in &self.resources {
            match change.kind {
                ChangeKind::Added => counts.add += 1,
                ChangeKind::Removed => counts.remove += 1,
                ChangeKind::Changed if change.update() >= UpdateType::MayReplace => {
                    counts.replace += 1;
                }
                ChangeKind::Changed => counts.change += 1,
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests;
