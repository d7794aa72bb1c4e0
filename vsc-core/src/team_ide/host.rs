//! The EC2 instance.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::parameters::Parameters;
use super::{boot, tags};
use crate::resource;
use crate::stack::{Handle, Stack};
use crate::template::Value;
use crate::template::identifier::SecurityGroupId;
use crate::template::intrinsic::base64;

/// What the host is made from.
pub(super) struct Needs<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) security_group: Value<SecurityGroupId>,
    pub(super) profile: Value<String>,
}

/// The logical ID of the host, by which `cfn-init` finds its metadata.
pub(super) const LOGICAL_ID: &str = "Host";

pub(super) fn add(stack: &mut Stack, ide: &TeamIde, needs: &Needs<'_>) -> Handle {
    let parameters = needs.parameters;
    let host = resource!(stack, (LOGICAL_ID): AWS::EC2::Instance {
        ImageId: &parameters.image,
        InstanceType: ide.instance().name().to_owned(),
        IamInstanceProfile: &needs.profile,
        KeyName: ide.key_pair().map(vsc_spec::team::KeyPair::as_str),
        NetworkInterfaces: [{
            DeviceIndex: "0",
            // The host installs packages before its Elastic IP is there.
            AssociatePublicIpAddress: true,
            SubnetId: &parameters.subnet,
            GroupSet: [&needs.security_group],
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
        UserData: base64(boot::user_data()),
        Tags: tags::of(ide, "host"),
    } with {
        CreationPolicy: { ResourceSignal: { Count: 1, Timeout: "PT20M" } },
        Metadata: Json::Object(boot::metadata(ide, parameters)),
    });
    (*host).clone()
}
