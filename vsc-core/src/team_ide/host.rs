//! The EC2 instance.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::handles::{HomeVolume, Host, HostSecurityGroup};
use super::parameters::Parameters;
use super::{boot, suppressed, tags};
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::intrinsic::base64;

/// The resources that the host needs.
pub(super) struct Needs<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) security_group: &'a HostSecurityGroup,
    pub(super) profile: &'a Value<String>,
}

/// The logical ID of the host, with which `cfn-init` finds its metadata.
pub const LOGICAL_ID: &str = "Host";

/// The logical ID of the home volume, if there is one.
pub const HOME_VOLUME: &str = "HomeVolume";

pub(super) fn add(stack: &mut Stack, ide: &TeamIde, needs: &Needs<'_>) -> Host {
    let parameters = needs.parameters;
    let creation_policy = (signalled(ide) == LOGICAL_ID).then(creation_policy);
    let (checkov, public) = suppressed::checkov(suppressed::PUBLIC_ADDRESS);
    let metadata = boot::metadata(ide, parameters).with(checkov, public);
    let host = resource!(stack, (LOGICAL_ID): AWS::EC2::Instance {
        ImageId: &parameters.image,
        InstanceType: ide.instance().name().to_owned(),
        IamInstanceProfile: needs.profile,
        KeyName: ide.key_pair().map(vsc_spec::team::KeyPair::as_str),
        NetworkInterfaces: [{
            DeviceIndex: "0",
            // The host installs packages before its Elastic IP is associated.
            AssociatePublicIpAddress: true,
            SubnetId: &parameters.subnet,
            GroupSet: [needs.security_group],
        }],
        BlockDeviceMappings: [{
            DeviceName: "/dev/xvda",
            Ebs: {
                VolumeType: "gp3",
                VolumeSize: ide.root_volume().gib(),
                Encrypted: true,
                DeleteOnTermination: true,
            },
        }],
        MetadataOptions: {
            HttpEndpoint: "enabled",
            HttpTokens: "required",
            HttpPutResponseHopLimit: 1,
        },
        CreditSpecification: credits(ide),
        UserData: base64(boot::user_data(ide)),
        Tags: tags::of(ide, "host"),
    } with {
        CreationPolicy: creation_policy,
        Metadata: Json::Object(metadata),
    });
    stack.comment(&host, boot::packed_files(), boot::PACKED_FILES);
    Host::new((*host).clone())
}

/// The credit specification of a burstable host, if declared.
fn credits(ide: &TeamIde) -> Option<Json> {
    let credits = ide.credits()?;
    Some(Json::object([("CPUCredits", Json::from(credits.as_str()))]))
}

/// The host signals when every workspace answers.
fn creation_policy() -> Json {
    let signal = Json::object([
        ("Count", Json::Integer(1)),
        ("Timeout", Json::from("PT20M")),
    ]);
    Json::object([("ResourceSignal", signal)])
}

/// The resource that receives the host's signal. A home volume is attached after the creation of the
/// host, which waits for it, so CloudFormation cannot wait for the host itself.
pub(super) fn signalled(ide: &TeamIde) -> &'static str {
    match ide.home_volume() {
        Some(_) => "Ready",
        None => LOGICAL_ID,
    }
}

/// The wait condition of a host with a home volume.
pub(super) fn ready(stack: &mut Stack, ide: &TeamIde, host: &Host) {
    if signalled(ide) == LOGICAL_ID {
        return;
    }
    // An early signal would be rejected, so the wait condition is created as soon as the host boots.
    resource!(stack, (signalled(ide)): AWS::CloudFormation::WaitCondition {} with {
        DependsOn: [host],
        CreationPolicy: creation_policy(),
    });
}

/// The home volume, which outlives the host: it is attached to it, and a snapshot is kept when the stack
/// is deleted.
pub(super) fn home_volume(stack: &mut Stack, ide: &TeamIde, host: &Host) -> Option<HomeVolume> {
    let size = ide.home_volume()?;
    let volume = resource!(stack, (HOME_VOLUME): AWS::EC2::Volume {
        AvailabilityZone: host.availability_zone(),
        VolumeType: "gp3",
        Size: size.gib(),
        Encrypted: true,
        Tags: tags::of(ide, "homes"),
    } with {
        DeletionPolicy: "Snapshot",
        UpdateReplacePolicy: "Snapshot",
    });
    resource!(stack, HomeVolumeAttachment: AWS::EC2::VolumeAttachment {
        Device: "/dev/sdf",
        InstanceId: host,
        VolumeId: &volume,
    });
    Some(HomeVolume::new((*volume).clone()))
}
