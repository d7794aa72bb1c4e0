//! The homes of a synthesized team: whose they are, which resource holds them, and what an update does to
//! them.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::resource::{Retention, UpdateType};
use vsc_spec::team::Size;
use vsc_spec::{Json, Object};

use super::resource::{ResourceChange, properties, type_of};
use super::section::ChangeKind;
use crate::team_ide;

/// The homes of the users of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Homes {
    /// The users, in the order of the template.
    pub users: Vec<HomeOwner>,
    /// What holds them.
    pub holder: HomesHolder,
    /// The logical ID of their volume, if they have one.
    pub volume: Option<String>,
    /// The size of that volume, if it is known.
    pub size: Option<VolumeSize>,
}

/// A user, and the size of the home.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HomeOwner {
    /// The name.
    pub name: String,
    /// The promised size in MiB; 0 if the template does not say it.
    pub mib: u64,
}

/// What holds the homes of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomesHolder {
    /// The root volume of the host.
    Root,
    /// A volume that CloudFormation attaches to the host, by the resource of this logical ID. A new host
    /// could not take it from the old one.
    Attached(String),
    /// A volume of their own, to which the host that was there before it is moving them.
    Moving,
    /// A volume of their own, which each host takes when it boots.
    Own,
}

/// The size of a volume in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VolumeSize {
    /// GiB.
    Gib(u64),
    /// The parameter that sets it.
    Parameter(String),
}

/// What an update does to the homes of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HomesChange {
    /// Whose homes they are.
    pub users: Vec<String>,
    /// The logical ID of the resource that holds them.
    pub holder: String,
    /// What happens to them.
    pub effect: HomesEffect,
}

/// What happens to homes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomesEffect {
    /// They go with the resource that holds them.
    Lost {
        /// What happens to that resource.
        loss: HomesLoss,
        /// Whether a snapshot of it is kept.
        has_snapshot: bool,
    },
    /// They are on the root volume of a host that is replaced, and must be moved to their volume before.
    OnRoot,
    /// They are on a volume that CloudFormation attaches to a host that is replaced, which must be left to
    /// the host before.
    Attached,
    /// The host must have moved them before it is replaced.
    Moving,
}

/// How a resource that holds homes goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomesLoss {
    /// It is deleted.
    Removed,
    /// An empty one takes its place.
    Replaced,
    /// An empty one may take its place.
    MaybeReplaced,
}

/// A volume that is too small for the homes that are on it after an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HomesShortage {
    /// The size that they need, in GiB.
    pub needed_gib: u64,
    /// The size of the volume, in GiB.
    pub size_gib: u64,
}

impl Homes {
    /// The homes of a template in long form; none if it is not that of a team.
    pub fn of(template: &Json) -> Option<Self> {
        Self::of_sections(template.as_object()?)
    }

    pub(super) fn of_sections(template: &Object) -> Option<Self> {
        let names = team_ide::users_of(template);
        let resources = template.get("Resources")?.as_object()?;
        let host = resources.get(team_ide::HOST)?;
        if names.is_empty() {
            return None;
        }
        let volume = resources.get(team_ide::HOME_VOLUME);
        let users = names.into_iter().map(|name| HomeOwner {
            mib: share(host, &name).unwrap_or_default(),
            name,
        });
        Some(Self {
            users: users.collect(),
            holder: holder(resources, host, volume.is_some()),
            size: volume.and_then(size),
            volume: volume.map(|_| team_ide::HOME_VOLUME.to_owned()),
        })
    }

    /// The names of their users.
    pub fn names(&self) -> Vec<String> {
        self.users.iter().map(|user| user.name.clone()).collect()
    }

    /// The size of a volume for these homes and those that are there before, in GiB: a home never
    /// shrinks, and that of a user who leaves is kept.
    pub fn needed_gib(&self, before: Option<&Self>) -> u64 {
        let before = before.map(|homes| homes.users.as_slice());
        let before = before.unwrap_or_default();
        let known = |users: &[HomeOwner], name: &str| {
            let found = users.iter().find(|user| user.name == name);
            found.map(|user| user.mib)
        };
        let now = self.users.iter();
        let now = now.map(|user| known(before, &user.name).unwrap_or_default().max(user.mib));
        let left = before.iter();
        let left = left.filter(|user| known(&self.users, &user.name).is_none());
        Self::volume_gib(now.chain(left.map(|user| user.mib)).sum())
    }

    /// The size in GiB of a volume for homes of this size in MiB.
    pub fn volume_gib(mib: u64) -> u64 {
        vsc_spec::team::Homes::volume_for(Size::from_mib(mib)).gib()
    }

    /// The shortage, if the homes after an update do not fit on a volume of a size that is written in the
    /// template.
    pub fn shortage(&self, before: Option<&Self>) -> Option<HomesShortage> {
        let Some(VolumeSize::Gib(size_gib)) = self.size else {
            return None;
        };
        let needed_gib = self.needed_gib(before);
        (needed_gib > size_gib).then_some(HomesShortage {
            needed_gib,
            size_gib,
        })
    }
}

fn holder(resources: &Object, host: &Json, has_volume: bool) -> HomesHolder {
    if !has_volume {
        return HomesHolder::Root;
    }
    let attachment = resources.iter().find(|(_, resource)| {
        let volume = properties(resource).get("VolumeId");
        let volume = volume.and_then(referred);
        type_of(resource) == "AWS::EC2::VolumeAttachment" && volume == Some(team_ide::HOME_VOLUME)
    });
    match attachment {
        Some((id, attachment)) if deletion_policy(attachment) != Some("Retain") => {
            HomesHolder::Attached(id.to_owned())
        }
        // A host without a volume has its image from a launch template as well, but no zone.
        None if takes_volume(host) => HomesHolder::Own,
        _ => HomesHolder::Moving,
    }
}

/// Whether a host takes the volume when it boots: it is launched in the zone of the volume.
fn takes_volume(host: &Json) -> bool {
    let properties = properties(host);
    properties.contains("LaunchTemplate") && properties.contains("AvailabilityZone")
}

fn deletion_policy(resource: &Json) -> Option<&str> {
    resource.get("DeletionPolicy")?.as_str()
}

/// The size in MiB of a user's home, from the environment file of the workspace.
fn share(host: &Json, user: &str) -> Option<u64> {
    let file = find(
        host.get("Metadata")?,
        &format!("/etc/vsc/workspaces/{user}.env"),
    )?;
    let mut lines = strings(file).into_iter().flat_map(str::lines);
    lines.find_map(|line| line.strip_prefix("HOME_SHARE=")?.parse().ok())
}

/// The member of this name, at any depth.
fn find<'a>(value: &'a Json, name: &str) -> Option<&'a Json> {
    match value {
        Json::Object(members) => members.get(name).or_else(|| {
            let mut members = members.iter();
            members.find_map(|(_, member)| find(member, name))
        }),
        Json::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}

/// The strings in a value.
fn strings(value: &Json) -> Vec<&str> {
    match value {
        Json::String(text) => vec![text],
        Json::Array(items) => items.iter().flat_map(strings).collect(),
        Json::Object(members) => {
            let members = members.iter();
            members.flat_map(|(_, member)| strings(member)).collect()
        }
        _ => Vec::new(),
    }
}

/// The logical ID that a value refers to.
fn referred(value: &Json) -> Option<&str> {
    value.get(IntrinsicFunction::Ref.name())?.as_str()
}

fn size(volume: &Json) -> Option<VolumeSize> {
    let size = properties(volume).get("Size")?;
    match size {
        Json::Integer(gib) => u64::try_from(*gib).ok().map(VolumeSize::Gib),
        Json::String(text) => text.parse().ok().map(VolumeSize::Gib),
        size => {
            let name = referred(size)?;
            Some(VolumeSize::Parameter(name.to_owned()))
        }
    }
}

/// What an update does to homes; none if it leaves them where they are.
pub(super) fn change(
    old: &Object,
    new: &Object,
    changes: &[ResourceChange],
) -> Option<HomesChange> {
    let before = Homes::of_sections(old)?;
    let goes = |id: &str| {
        changes
            .iter()
            .find(|change| change.id == id && is_gone(change))
    };
    let of = |holder: &str, effect| HomesChange {
        users: before.names(),
        holder: holder.to_owned(),
        effect,
    };
    let volume = || {
        let change = goes(team_ide::HOME_VOLUME)?;
        Some(of(team_ide::HOME_VOLUME, lost(change)?))
    };
    let host = || goes(team_ide::HOST);
    let after = Homes::of_sections(new).map(|homes| homes.holder);
    let has_own = after == Some(HomesHolder::Own);
    match before.holder {
        HomesHolder::Root if has_own => Some(of(team_ide::HOST, HomesEffect::OnRoot)),
        HomesHolder::Root => Some(of(team_ide::HOST, lost(host()?)?)),
        HomesHolder::Attached(_) if has_own => {
            Some(of(team_ide::HOME_VOLUME, HomesEffect::Attached))
        }
        HomesHolder::Moving if has_own && host().is_some() => {
            volume().or_else(|| Some(of(team_ide::HOME_VOLUME, HomesEffect::Moving)))
        }
        // They may still be on the root volume.
        HomesHolder::Moving if !has_own => {
            volume().or_else(|| Some(of(team_ide::HOST, lost(host()?)?)))
        }
        HomesHolder::Attached(_) | HomesHolder::Moving | HomesHolder::Own => volume(),
    }
}

/// Whether the existing resource does not stay, or may not.
fn is_gone(change: &ResourceChange) -> bool {
    change.kind == ChangeKind::Removed || change.update() >= UpdateType::MayReplace
}

/// The loss of what a resource holds; none if it is kept outside of the stack.
fn lost(change: &ResourceChange) -> Option<HomesEffect> {
    let loss = match change.update() {
        _ if change.kind == ChangeKind::Removed => HomesLoss::Removed,
        UpdateType::MayReplace => HomesLoss::MaybeReplaced,
        _ => HomesLoss::Replaced,
    };
    Some(HomesEffect::Lost {
        loss,
        has_snapshot: match change.retention {
            Some(Retention::Retained) => return None,
            Some(Retention::Snapshot) => true,
            _ => false,
        },
    })
}

impl HomesEffect {
    /// The stable name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lost {
                loss: HomesLoss::MaybeReplaced,
                ..
            } => "may-be-lost",
            Self::Lost { .. } => "lost",
            Self::OnRoot | Self::Attached => "must-be-moved",
            Self::Moving => "moving",
        }
    }
}

impl HomesLoss {
    /// The verb for what happens to the resource.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Removed => "removes",
            Self::Replaced => "replaces",
            Self::MaybeReplaced => "may replace",
        }
    }
}

impl HomesChange {
    /// Whose homes they are: "the homes of 2 developers (alice and bob)". All names are there, since the
    /// work of these people is at risk.
    pub fn whose(&self) -> String {
        whose(&self.users)
    }

    /// The sentence about it, without a period.
    pub fn describe(&self) -> String {
        let Self {
            users,
            holder,
            effect,
        } = self;
        let (whose, are) = (whose(users), if users.len() == 1 { "is" } else { "are" });
        match effect {
            HomesEffect::Lost { loss, has_snapshot } => {
                let rest = if *has_snapshot {
                    "a snapshot of the volume is kept"
                } else {
                    "nothing of them is kept"
                };
                format!(
                    "this {} `{holder}`, and with it {whose}; {rest}",
                    loss.verb()
                )
            }
            HomesEffect::OnRoot => {
                format!("{whose} {are} on the root volume of `{holder}`, which this replaces")
            }
            HomesEffect::Attached => format!(
                "{whose} {are} on `{holder}`, which CloudFormation attaches to the host: a new host cannot take it"
            ),
            HomesEffect::Moving => {
                format!("{whose} must have moved to `{holder}` before this replaces the host")
            }
        }
    }
}

/// "the homes of 2 developers (alice and bob)".
pub fn whose(users: &[String]) -> String {
    match users {
        [one] => format!("the home of 1 developer ({one})"),
        [first @ .., last] => format!(
            "the homes of {} developers ({} and {last})",
            users.len(),
            first.join(", ")
        ),
        [] => "all homes".to_owned(),
    }
}

impl HomesShortage {
    /// The sentence about it, without a period.
    pub fn describe(&self) -> String {
        let Self {
            needed_gib,
            size_gib,
        } = self;
        format!("the homes need {needed_gib} GiB, and `home_volume` has {size_gib} GiB")
    }

    /// Why that is so.
    pub const WHY: &str =
        "a home never shrinks, and that of a developer who leaves is kept until `homes purge`";
}

impl HomesChange {
    /// The loss of homes with the resource that holds them.
    pub fn lost(users: Vec<String>, holder: String, loss: HomesLoss, has_snapshot: bool) -> Self {
        Self {
            users,
            holder,
            effect: HomesEffect::Lost { loss, has_snapshot },
        }
    }
}
