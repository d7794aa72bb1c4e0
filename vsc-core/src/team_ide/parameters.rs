//! Parameters for values that the declaration leaves open.

use vsc_spec::Json;
use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::team::{AllowedSources, Login, TeamIde, Tls};

use crate::stack::Stack;
use crate::template::identifier::{HostedZoneId, ImageId, SubnetId, VpcId};
use crate::template::{Parameter, ParameterType, Value};

/// The values that are declared, or set when the stack is deployed.
pub(super) struct Parameters {
    pub(super) vpc: Value<VpcId>,
    pub(super) subnet: Value<SubnetId>,
    /// The hosted zone, if there is a domain.
    pub(super) hosted_zone: Option<Value<HostedZoneId>>,
    pub(super) image: Value<ImageId>,
    /// The range that may connect to the host, if it is a parameter.
    pub(super) source: Option<Value<String>>,
    /// The Parameter Store names of the certificate and its key, if it is read from there.
    pub(super) certificate: Option<Certificate>,
    /// The shared password, if there is one.
    pub(super) password: Option<Value<String>>,
}

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
    Parameters {
        vpc,
        subnet,
        hosted_zone,
        image,
        source,
        certificate,
        password,
    }
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
