//! What the declaration leaves open and only the operator can know.

use vsc_spec::Json;
use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::team::{AllowedSources, Login, TeamIde, Tls};

use crate::stack::Stack;
use crate::template::identifier::{HostedZoneId, ImageId, SubnetId, VpcId};
use crate::template::{Parameter, ParameterType, Value};

/// The values that are declared, or asked for when the stack is deployed.
pub(super) struct Parameters {
    pub(super) vpc: Value<VpcId>,
    pub(super) subnet: Value<SubnetId>,
    /// Where the names are kept, if there are names.
    pub(super) hosted_zone: Option<Value<HostedZoneId>>,
    pub(super) image: Value<ImageId>,
    /// The range that may reach the host, where the operator says it.
    pub(super) source: Option<Value<String>>,
    /// The parameters that hold the certificate and its key, if they come from there.
    pub(super) certificate: Option<Certificate>,
    /// The password that all share, if they do.
    pub(super) password: Option<Value<String>>,
}

/// The names of the parameters that hold the certificate and its key.
pub(super) struct Certificate {
    pub(super) certificate: Value<String>,
    pub(super) private_key: Value<String>,
}

/// An address range in either syntax; the security group needs to know which.
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
                    "A public subnet of that VPC: it has a route to an internet gateway",
                ),
            ),
        ),
    };
    let hosted_zone = ide.domain().map(|domain| match ide.hosted_zone() {
        Some(zone) => text(zone.as_str()),
        None => stack.parameter(
            "HostedZoneId",
            Parameter::new(ParameterType::HostedZone).description(format!(
                "The Route 53 hosted zone in which {} lies",
                domain.as_str()
            )),
        ),
    });
    let source = matches!(ide.allow(), AllowedSources::Parameter).then(|| {
        stack.parameter(
            "SourceIP",
            Parameter::new(ParameterType::String)
                .description(
                    "The range of IPv4 addresses from which the team comes, such as 203.0.113.0/24",
                )
                .allowed_pattern(CIDR)
                .constraint_description("a range of IPv4 addresses such as 203.0.113.0/24"),
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

/// Asks for the name of a Parameter Store parameter, never for its value: a value would become
/// part of the stack. The type is plain text: `AWS::SSM::Parameter::Name` would be checked when
/// the stack is created, and not every service that deploys templates knows it.
fn name_parameter(stack: &mut Stack, id: &'static str, what: &str) -> Value<String> {
    stack.parameter(
        id,
        Parameter::new(ParameterType::String)
            .description(format!(
                "The name of the Parameter Store parameter that holds {what} in PEM form"
            ))
            .allowed_pattern(r"^/[a-zA-Z0-9_.\-/]+$")
            .constraint_description("the name of a parameter, which begins with a slash"),
    )
}

/// A value as part of the text of `Fn::Sub`: what is declared stands there, a parameter in `${…}`.
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
