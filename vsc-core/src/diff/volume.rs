//! Restrictions of EBS on changes of volumes, which no schema contains.

use vsc_spec::Json;

use super::resource::ResourceChange;
use super::section::ChangeKind;

/// A restriction on the change of a volume: AWS CloudFormation Template Reference,
/// `AWS::EC2::Volume`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeChange {
    /// "[…] modifies Iops, Size, or VolumeType, there is a cooldown period before another operation can
    /// occur"; six hours at least: Amazon EC2 API Reference, `ModifyVolume`.
    CoolsDown,
    /// "Amazon EBS does not support sizing down an Amazon EBS volume."
    Shrinks,
}

impl VolumeChange {
    /// The stable name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CoolsDown => "cools-down",
            Self::Shrinks => "shrinks",
        }
    }
}

impl ResourceChange {
    /// The restriction on this change, if it is one of a volume.
    pub fn of_volume(&self) -> Option<VolumeChange> {
        if self.kind != ChangeKind::Changed || self.type_name != "AWS::EC2::Volume" {
            return None;
        }
        let modifies = |name: Option<&str>| {
            name.is_some_and(|name| ["Iops", "Size", "VolumeType"].contains(&name))
        };
        let mut changes = self.properties.iter();
        let changes = changes
            .by_ref()
            .filter(|change| modifies(change.path.first()));
        changes
            .map(|change| {
                let number = |value: &Option<Json>| value.as_ref().and_then(number);
                match (number(&change.old), number(&change.new)) {
                    (Some(old), Some(new)) if change.path.first() == Some("Size") && new < old => {
                        VolumeChange::Shrinks
                    }
                    _ => VolumeChange::CoolsDown,
                }
            })
            .max_by_key(|change| *change == VolumeChange::Shrinks)
    }
}

/// A number, also as a string.
fn number(value: &Json) -> Option<i64> {
    match value {
        Json::Integer(number) => Some(*number),
        value => value.as_str()?.parse().ok(),
    }
}
