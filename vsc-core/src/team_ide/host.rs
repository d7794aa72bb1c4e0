//! The EC2 instance.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::handles::{Host, HostSecurityGroup};
use super::parameters::{Parameters, in_sub};
use super::{boot, suppressed, tags};
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::intrinsic::{base64, pseudo, select, split, sub_with};

/// The resources that the host needs.
pub(super) struct Needs<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) security_group: &'a HostSecurityGroup,
    pub(super) profile: &'a Value<String>,
}

/// The logical ID of the host, with which `cfn-init` finds its metadata.
pub const LOGICAL_ID: &str = "Host";

pub(super) fn add(stack: &mut Stack, ide: &TeamIde, needs: &Needs<'_>) -> Host {
    let parameters = needs.parameters;
    // Its name is create-only: another generation makes another launch template, and with it another host.
    let image = resource!(stack, HostImage: AWS::EC2::LaunchTemplate {
        LaunchTemplateName: name_of_image(ide, parameters),
        LaunchTemplateData: { ImageId: &parameters.image },
        TagSpecifications: [{
            ResourceType: "launch-template",
            Tags: tags::of(ide, "host"),
        }],
    } with {
        Metadata: suppressed::metadata(suppressed::METADATA_OF_THE_HOST),
    });
    let (checkov, public) = suppressed::checkov(suppressed::PUBLIC_ADDRESS);
    let metadata = boot::metadata(ide, parameters).with(checkov, public);
    let host = resource!(stack, (LOGICAL_ID): AWS::EC2::Instance {
        // Version 1 has the image of the day on which the launch template was made. A newer image makes
        // another version, which no host uses: it replaces nothing.
        LaunchTemplate: { LaunchTemplateId: &image, Version: "1" },
        AvailabilityZone: parameters.homes.as_ref().map(|homes| &homes.zone),
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
        UserData: base64(boot::user_data()),
        Tags: tags::of(ide, "host"),
    } with {
        CreationPolicy: creation_policy(),
        Metadata: Json::Object(metadata),
    });
    stack.comment(&host, boot::packed_files(), boot::PACKED_FILES);
    Host::new((*host).clone())
}

/// The name of the launch template: a stack's own name may be as long as that. An instance cannot change its
/// architecture, so another one makes another launch template.
fn name_of_image(ide: &TeamIde, parameters: &Parameters) -> Value<String> {
    let id = select::<String>(2, split("/", pseudo::stack_id()));
    let generation = in_sub(&parameters.generation);
    let architecture = ide.instance().architecture().as_str();
    let name = format!("vsc-${{Id}}-{architecture}-{generation}");
    sub_with(name, [("Id", id)])
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
        ("Timeout", Json::from("PT30M")),
    ]);
    Json::object([("ResourceSignal", signal)])
}
