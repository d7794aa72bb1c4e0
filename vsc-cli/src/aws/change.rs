//! The changes of a change set, as CloudFormation reports them.

use aws_sdk_cloudformation::types::{ChangeAction, Replacement as AwsReplacement, ResourceChange};
use vsc_core::diff::Difference;
use vsc_spec::resource::{Step, UpdateType};
use vsc_spec::{Json, Object};

/// The action on a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Add,
    Modify,
    Remove,
    Import,
    /// `Dynamic`: known only when the change set is executed.
    Unknown,
}

/// Whether a resource is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replacement {
    No,
    Maybe,
    Yes,
}

/// A change of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) action: Action,
    pub(crate) logical_id: String,
    pub(crate) physical_id: Option<String>,
    pub(crate) resource_type: String,
    pub(crate) replacement: Replacement,
    /// The changed parts: names of properties, or `Tags`, `Metadata` and the like.
    pub(crate) parts: Vec<String>,
}

/// A change that needs confirmation before a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Risk {
    /// The resource is replaced, or may be.
    Replaces(String, Replacement),
    /// The resource is deleted.
    Removes(String),
    /// The instance is stopped and started: everything that runs on it ends.
    Restarts(String),
    /// The resource is unavailable for a while.
    Interrupts(String),
    /// Access is widened, or may be.
    Access(String),
}

impl Change {
    pub(crate) fn of(change: &ResourceChange) -> Self {
        let action = match change.action() {
            Some(ChangeAction::Add) => Action::Add,
            Some(ChangeAction::Modify) => Action::Modify,
            Some(ChangeAction::Remove) => Action::Remove,
            Some(ChangeAction::Import) => Action::Import,
            _ => Action::Unknown,
        };
        let replacement = match change.replacement() {
            Some(AwsReplacement::True) => Replacement::Yes,
            Some(AwsReplacement::Conditional) => Replacement::Maybe,
            _ => Replacement::No,
        };
        let mut parts: Vec<String> = Vec::new();
        for target in change.details().iter().filter_map(|detail| detail.target()) {
            let attribute = target
                .attribute()
                .map(aws_sdk_cloudformation::types::ResourceAttribute::as_str);
            let part = target.name().or(attribute).unwrap_or_default();
            if !part.is_empty() && !parts.iter().any(|known| known == part) {
                parts.push(part.to_owned());
            }
        }
        if parts.is_empty() && action == Action::Modify {
            parts.extend(change.scope().iter().map(|scope| scope.as_str().to_owned()));
        }
        Self {
            action,
            logical_id: change.logical_resource_id().unwrap_or_default().to_owned(),
            physical_id: change
                .physical_resource_id()
                .filter(|id| !id.is_empty())
                .map(str::to_owned),
            resource_type: change.resource_type().unwrap_or_default().to_owned(),
            replacement,
            parts,
        }
    }

    /// Whether a changed part interrupts the resource. CloudFormation also reports changes that no
    /// template shows: parameter values and stack tags.
    fn interrupts(&self) -> bool {
        let Some(resource) = vsc_spec::resource::find(&self.resource_type) else {
            return false;
        };
        let mut parts = self.parts.iter();
        parts.any(|part| {
            resource.update_of(&[Step::Key(part.clone().into())]) == UpdateType::Interrupts
        })
    }

    /// Whether the resource controls access.
    fn is_about_access(&self) -> bool {
        let kind = self.resource_type.as_str();
        kind.starts_with("AWS::IAM::")
            || kind.starts_with("AWS::EC2::SecurityGroup")
            || kind.starts_with("AWS::EC2::NetworkAcl")
            || kind == "AWS::Lambda::Permission"
            || kind == "AWS::KMS::Key"
            || kind.ends_with("Policy") && kind != "AWS::AutoScaling::ScalingPolicy"
    }

    pub(crate) fn to_json(&self) -> Json {
        let action = match self.action {
            Action::Add => "add",
            Action::Modify => "modify",
            Action::Remove => "remove",
            Action::Import => "import",
            Action::Unknown => "unknown",
        };
        let replacement = match self.replacement {
            Replacement::No => "no",
            Replacement::Maybe => "maybe",
            Replacement::Yes => "yes",
        };
        Json::Object(
            Object::new()
                .with("action", action)
                .with("logicalId", self.logical_id.clone())
                .with("type", self.resource_type.clone())
                .with_some("physicalId", self.physical_id.clone())
                .with("replacement", replacement)
                .with("parts", Json::array(self.parts.iter().cloned())),
        )
    }
}

/// The changes that need confirmation. Where the templates can be compared, these include only wider
/// access; otherwise every change of a resource that controls access.
pub(crate) fn risks(changes: &[Change], difference: Option<&Difference>) -> Vec<Risk> {
    let mut risks = Vec::new();
    for change in changes {
        let id = || change.logical_id.clone();
        match (change.action, change.replacement) {
            (Action::Remove, _) => risks.push(Risk::Removes(id())),
            (Action::Modify, Replacement::No) if is_interrupted(change, difference) => {
                risks.push(match change.resource_type.as_str() {
                    "AWS::EC2::Instance" => Risk::Restarts(id()),
                    _ => Risk::Interrupts(id()),
                });
            }
            (_, Replacement::No) => {}
            (_, replacement) => risks.push(Risk::Replaces(id(), replacement)),
        }
    }
    let mut access: Vec<&str> = match difference {
        Some(difference) => {
            let grants = difference.access.iter().filter(|change| change.widens());
            let rules = difference.network.iter().filter(|change| change.widens);
            grants
                .map(|change| change.grant.id.as_str())
                .chain(rules.map(|change| change.rule.group.as_str()))
                .collect()
        }
        None => changes
            .iter()
            .filter(|change| change.action != Action::Remove && change.is_about_access())
            .map(|change| change.logical_id.as_str())
            .collect(),
    };
    access.sort_unstable();
    access.dedup();
    risks.extend(access.into_iter().map(|id| Risk::Access(id.to_owned())));
    risks
}

/// Whether the change takes the resource out of service for a while.
fn is_interrupted(change: &Change, difference: Option<&Difference>) -> bool {
    let mut resources = difference.into_iter().flat_map(|all| &all.resources);
    let known = resources.find(|resource| resource.id == change.logical_id);
    change.interrupts() || known.is_some_and(|known| known.update() == UpdateType::Interrupts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(action: Action, id: &str, kind: &str, replacement: Replacement) -> Change {
        Change {
            action,
            logical_id: id.to_owned(),
            physical_id: None,
            resource_type: kind.to_owned(),
            replacement,
            parts: Vec::new(),
        }
    }

    #[test]
    fn destructive_changes_need_confirmation() {
        let changes = [
            change(
                Action::Modify,
                "Host",
                "AWS::EC2::Instance",
                Replacement::Yes,
            ),
            change(
                Action::Modify,
                "Address",
                "AWS::EC2::EIP",
                Replacement::Maybe,
            ),
            change(
                Action::Remove,
                "BobRecord",
                "AWS::Route53::RecordSet",
                Replacement::No,
            ),
            change(
                Action::Modify,
                "HostRole",
                "AWS::IAM::Role",
                Replacement::No,
            ),
            change(
                Action::Add,
                "CarolRecord",
                "AWS::Route53::RecordSet",
                Replacement::No,
            ),
            change(Action::Remove, "OldRole", "AWS::IAM::Role", Replacement::No),
        ];
        assert_eq!(
            crate::view::change::risks(&risks(&changes, None)),
            "replaces `Host`, may replace `Address`, removes `BobRecord` and `OldRole`, grants access through `HostRole`"
        );
    }

    #[test]
    fn harmless_changes_need_no_confirmation() {
        let changes = [
            change(
                Action::Add,
                "Record",
                "AWS::Route53::RecordSet",
                Replacement::No,
            ),
            change(
                Action::Modify,
                "Host",
                "AWS::EC2::Instance",
                Replacement::No,
            ),
        ];
        assert!(risks(&changes, None).is_empty());
    }
}
