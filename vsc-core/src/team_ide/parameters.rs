//! Parameters for values that the declaration leaves open.

use vsc_spec::Json;
use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::team::{AllowedSources, Homes, Login, TeamIde, Tls};

use crate::stack::{Condition, Stack};
use crate::template::condition::{equals, not};
use crate::template::identifier::{HostedZoneId, ImageId, SubnetId, VpcId};
use crate::template::intrinsic::reference;
use crate::template::rule::{contains, value_of};
use crate::template::{Parameter, ParameterType, Rule, Value};

/// The values that are declared, or set when the stack is deployed.
pub(super) struct Parameters {
    pub(super) vpc: Value<VpcId>,
    pub(super) subnet: Value<SubnetId>,
    /// The hosted zone, if there is a domain.
    pub(super) hosted_zone: Option<Value<HostedZoneId>>,
    pub(super) image: Value<ImageId>,
    /// What makes another host when it changes.
    pub(super) generation: Value<String>,
    /// The parameters of the home volume, if there is one.
    pub(super) homes: Option<HomeParameters>,
    /// The range that may connect to the host, if it is a parameter.
    pub(super) source: Option<Value<String>>,
    /// The Parameter Store names of the certificate and its key, if it is read from there.
    pub(super) certificate: Option<Certificate>,
    /// The shared password, if there is one.
    pub(super) password: Option<Value<String>>,
}

/// The parameters of the home volume.
pub(super) struct HomeParameters {
    /// The zone of the subnet.
    pub(super) zone: Value<String>,
    /// The size of the volume in GiB: declared, or a parameter, since a volume never shrinks and what fits
    /// the team may.
    pub(super) gib: Value<i64>,
    /// The snapshot from which the volume is made, if there is one.
    pub(super) snapshot: Value<String>,
    /// Whether there is one.
    pub(super) restored: Condition,
}

/// The parameter of the host's generation.
pub const GENERATION: &str = "HostGeneration";

/// The parameter of the subnet's zone.
pub const ZONE: &str = "AvailabilityZone";

/// The parameter of the snapshot from which the homes are restored.
pub const SNAPSHOT: &str = "HomesSnapshot";

/// The parameter of the size of a home volume that is not declared.
pub const HOME_VOLUME_SIZE: &str = "HomeVolumeSize";

/// The largest gp3 volume, in GiB: Amazon EBS User Guide, "General Purpose SSD volumes".
const LARGEST_VOLUME: i64 = 16_384;

/// The Parameter Store names of the certificate and its key.
pub(super) struct Certificate {
    pub(super) certificate: Value<String>,
    pub(super) private_key: Value<String>,
}

/// An address range, IPv4 or IPv6, which the security group distinguishes.
const CIDR: &str = r"^(\d{1,3}\.){3}\d{1,3}/(3[0-2]|[12]?\d)$";

pub(super) fn add(stack: &mut Stack, ide: &TeamIde) -> Parameters {
    let (vpc, subnet) = match ide.network() {
        Some(network) => (text(network.vpc()), text(network.subnet())),
        None => (
            stack.parameter(
                "VpcId",
                Parameter::new(ParameterType::Vpc).description("The VPC of the host"),
            ),
            stack.parameter(
                "SubnetId",
                Parameter::new(ParameterType::Subnet).description(
                    "A public subnet of that VPC, with a route to an internet gateway",
                ),
            ),
        ),
    };
    let hosted_zone = ide.domain().map(|domain| match ide.hosted_zone() {
        Some(zone) => text(zone.as_str()),
        None => stack.parameter(
            "HostedZoneId",
            Parameter::new(ParameterType::HostedZone)
                .description(format!("The Route 53 hosted zone of {}", domain.as_str())),
        ),
    });
    let source = matches!(ide.allow(), AllowedSources::Parameter).then(|| {
        stack.parameter(
            "SourceIP",
            Parameter::new(ParameterType::String)
                .description("The IPv4 range from which the team connects, such as 203.0.113.0/24")
                .allowed_pattern(CIDR)
                .constraint_description("an IPv4 range such as 203.0.113.0/24"),
        )
    });
    let certificate = certificate(stack, ide);
    let password = matches!(ide.login(), Login::Shared).then(|| {
        stack.parameter(
            "AppPassword",
            Parameter::new(ParameterType::String)
                .description("The password that all developers share: 16 to 64 characters")
                .length(16, 64)
                .no_echo(),
        )
    });
    let image = stack.parameter(
        "ImageId",
        Parameter::new(ParameterType::SsmValueImage)
            .description("The public parameter that names the current Amazon Linux 2023")
            .default(format!(
                "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{}",
                ide.instance().architecture().as_str()
            )),
    );
    let generation = stack.parameter(
        GENERATION,
        Parameter::new(ParameterType::String)
            .description("Another value replaces the host by one from the current image")
            .default("1")
            .allowed_pattern("^[0-9A-Za-z-]{1,32}$")
            .constraint_description("1 to 32 letters, digits and hyphens"),
    );
    let homes = homes(stack, ide);
    Parameters {
        vpc,
        subnet,
        hosted_zone,
        image,
        generation,
        homes,
        source,
        certificate,
        password,
    }
}

fn homes(stack: &mut Stack, ide: &TeamIde) -> Option<HomeParameters> {
    let needed = i64::try_from(ide.home_volume()?.gib()).unwrap_or(LARGEST_VOLUME);
    let zone = stack.parameter(
        ZONE,
        Parameter::new(ParameterType::AvailabilityZone)
            .description("The availability zone of the subnet, in which the homes are"),
    );
    let gib = match ide.homes() {
        Homes::OfSize(_) => Value::from_json(Json::Integer(needed)),
        Homes::Fitting(_) | Homes::Root => stack.parameter(
            HOME_VOLUME_SIZE,
            Parameter::new(ParameterType::Number)
                .description("The size of the volume of the homes in GiB, which never shrinks")
                .default(needed)
                .range(needed, LARGEST_VOLUME),
        ),
    };
    let snapshot = stack.parameter(
        SNAPSHOT,
        Parameter::new(ParameterType::String)
            .description("The snapshot from which a new stack gets its homes")
            .default("")
            .allowed_pattern("^(snap-[0-9a-f]{8,17})?$")
            .constraint_description("the ID of a snapshot, such as snap-0a1b2c3d4e5f67890"),
    );
    let is_set = not(equals(&snapshot, ""));
    let restored = stack.condition("HomesAreRestored", is_set);
    if ide.network().is_none() {
        // cfn-lint knows `Fn::ValueOf` in `Fn::Contains`, and not in `Fn::Equals`.
        let of_subnet = |attribute: &'static str| value_of("SubnetId", attribute).into_json();
        let is = |value: &Value<String>, attribute| {
            contains([value], Value::<String>::from_json(of_subnet(attribute)))
        };
        let rule = Rule::new(
            is(&zone, "AvailabilityZone"),
            "AvailabilityZone is not that of SubnetId",
        );
        let vpc = reference("VpcId");
        stack.rule(
            "ZoneOfTheSubnet",
            rule.assert(is(&vpc, "VpcId"), "SubnetId is not a subnet of VpcId"),
        );
    }
    Some(HomeParameters {
        zone,
        gib,
        snapshot,
        restored,
    })
}

fn certificate(stack: &mut Stack, ide: &TeamIde) -> Option<Certificate> {
    let (certificate, private_key) = match ide.tls() {
        Tls::Acme { .. } | Tls::None => return None,
        Tls::Ssm {
            certificate,
            private_key,
        } => (text(certificate.as_str()), text(private_key.as_str())),
        Tls::SsmParameters => (
            name_parameter(
                stack,
                "CertificateParameterName",
                "the certificate with its chain",
            ),
            name_parameter(
                stack,
                "PrivateKeyParameterName",
                "the private key of the certificate",
            ),
        ),
    };
    Some(Certificate {
        certificate,
        private_key,
    })
}

/// A parameter for the name of a Parameter Store parameter, never for its value, which would become part
/// of the stack. Its type is `String`: `AWS::SSM::Parameter::Name` would be validated when the stack is
/// created, and not every service that deploys templates supports it.
fn name_parameter(stack: &mut Stack, id: &'static str, content: &str) -> Value<String> {
    stack.parameter(
        id,
        Parameter::new(ParameterType::String)
            .description(format!(
                "The name of the Parameter Store parameter that holds {content}, in PEM format"
            ))
            .allowed_pattern(r"^/[a-zA-Z0-9_.\-/]+$")
            .constraint_description("a parameter name that begins with a slash"),
    )
}

/// A value in the string of `Fn::Sub`: a declared value as it is, a parameter as `${…}`.
pub(super) fn in_sub<T>(value: &Value<T>) -> String {
    match value.json() {
        Json::String(text) => text.to_string(),
        Json::Integer(number) => number.to_string(),
        reference => {
            let name = IntrinsicFunction::Ref.name();
            let parameter = reference.get(name).and_then(Json::as_str);
            format!("${{{}}}", parameter.unwrap_or_default())
        }
    }
}

fn text<T>(text: &str) -> Value<T> {
    Value::from_json(text.to_owned().into())
}
