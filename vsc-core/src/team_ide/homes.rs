//! The volume of the homes, which outlives every host, and its snapshots.

use vsc_spec::Json;
use vsc_spec::team::{Snapshots, TeamIde};

use super::handles::HomeVolume;
use super::parameters::HomeParameters;
use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::intrinsic::{if_, pseudo, sub};

/// The logical ID of the home volume, if there is one.
pub const HOME_VOLUME: &str = "HomeVolume";

/// The tag of the volume and of its snapshots; its value is the stack name. It is how snapshots are found
/// when the stack is gone.
pub const HOMES_TAG: &str = "vsc:homes";

/// Adds the volume. It is made before the host, which attaches it when it boots, and a snapshot is kept
/// when it is deleted.
pub(super) fn volume(stack: &mut Stack, ide: &TeamIde, parameters: &HomeParameters) -> HomeVolume {
    let restored: Value<String> = if_(
        &parameters.restored,
        &parameters.snapshot,
        pseudo::no_value::<String>(),
    );
    let volume = resource!(stack, (HOME_VOLUME): AWS::EC2::Volume {
        AvailabilityZone: &parameters.zone,
        VolumeType: "gp3",
        Size: &parameters.gib,
        Encrypted: true,
        SnapshotId: restored,
        Tags: tagged(ide),
    } with {
        DeletionPolicy: "Snapshot",
        UpdateReplacePolicy: "Snapshot",
    });
    HomeVolume::new((*volume).clone())
}

fn tagged(ide: &TeamIde) -> Vec<Json> {
    let mut tags = tags::of(ide, "homes");
    tags.push(tag());
    tags
}

fn tag() -> Json {
    Json::object([
        ("Key", Json::from(HOMES_TAG)),
        ("Value", sub("${AWS::StackName}").into_json()),
    ])
}

/// Adds the schedule of snapshots, if there is one.
pub(super) fn snapshots(stack: &mut Stack, ide: &TeamIde) {
    let Snapshots::Daily { keep } = ide.snapshots() else {
        return;
    };
    // The policy that AWS recommends for it: Amazon EBS User Guide, "IAM service roles for Amazon Data
    // Lifecycle Manager".
    let managed = sub(
        "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole",
    );
    let role = resource!(stack, SnapshotRole: AWS::IAM::Role {
        Description: format!("Snapshots of the homes of {}", ide.stack_name().as_str()),
        AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [{
                Effect: "Allow",
                Principal: { Service: "dlm.amazonaws.com" },
                Action: "sts:AssumeRole",
            }],
        },
        ManagedPolicyArns: [managed],
        Tags: tags::of(ide, "homes"),
    });
    resource!(stack, HomeSnapshots: AWS::DLM::LifecyclePolicy {
        Description: format!("Snapshots of the homes of {}", ide.stack_name().as_str()),
        ExecutionRoleArn: role.arn(),
        State: "ENABLED",
        PolicyDetails: {
            PolicyType: "EBS_SNAPSHOT_MANAGEMENT",
            ResourceTypes: ["VOLUME"],
            TargetTags: [tag()],
            Schedules: [{
                Name: "daily",
                CreateRule: { Interval: 24, IntervalUnit: "HOURS", Times: ["03:00"] },
                RetainRule: { Count: i64::from(keep) },
                CopyTags: true,
            }],
        },
        Tags: tags::of(ide, "homes"),
    });
}
