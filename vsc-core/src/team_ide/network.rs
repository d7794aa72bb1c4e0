//! The security group and the address of the host.

use vsc_spec::Json;
use vsc_spec::team::{AllowedSources, Cidr, TeamIde};

use super::handles::{Host, HostAddress, HostSecurityGroup};
use super::parameters::Parameters;
use super::{suppressed, tags};
use crate::check::lint;
use crate::resource;
use crate::stack::Stack;

/// The security group: only the ports of the proxy, open to the allowed ranges.
pub(super) fn security_group(
    stack: &mut Stack,
    ide: &TeamIde,
    parameters: &Parameters,
) -> HostSecurityGroup {
    let description = format!(
        "The {} workspaces: their proxy, for those who are allowed",
        ide.stack_name().as_str()
    );
    let group = resource!(stack, HostSecurityGroup: AWS::EC2::SecurityGroup {
        GroupDescription: description,
        VpcId: &parameters.vpc,
        SecurityGroupIngress: ingress(ide, parameters),
        SecurityGroupEgress: [
            {
                IpProtocol: "-1",
                CidrIp: "0.0.0.0/0",
                Description: "Packages, images, repositories and AWS itself",
            },
            // A subnet may assign an IPv6 address, which is preferred.
            {
                IpProtocol: "-1",
                CidrIpv6: "::/0",
                Description: "The same over IPv6",
            },
        ],
        Tags: tags::of(ide, "host"),
    } with {
        Metadata: lints(ide),
    });
    HostSecurityGroup::new((*group).clone())
}

/// Metadata for `check`: `allow = anywhere` is deliberate, and without TLS these ports accept passwords in
/// plain text.
fn lints(ide: &TeamIde) -> Option<Json> {
    let anywhere = matches!(ide.allow(), AllowedSources::Anywhere);
    let suppressed = anywhere.then(|| {
        let entry = lint::OPEN_PORT.suppressed_for("the declaration allows access from anywhere");
        ("suppress", Json::array([entry]))
    });
    let login = (!ide.is_https()).then(|| ("login", Json::from("plaintext")));
    let own: Vec<_> = suppressed.into_iter().chain(login).collect();
    let own = (!own.is_empty()).then(|| ("vsc", Json::object(own)));
    let others = anywhere.then(|| suppressed::checkov(suppressed::OPEN_PORT));
    let members: Vec<_> = own.into_iter().chain(others).collect();
    (!members.is_empty()).then(|| Json::object(members))
}

fn ingress(ide: &TeamIde, parameters: &Parameters) -> Vec<Json> {
    let last = ide.workspace_port(ide.users().len().saturating_sub(1));
    let mut ports = vec![(ide.port(), last, "Workspaces")];
    if ide.is_https() {
        ports.push((80, 80, "Redirect to HTTPS"));
    }
    ports.push((ide.dashboard_port(), ide.dashboard_port(), "Dashboard"));
    if ide.key_pair().is_some() {
        ports.push((22, 22, "SSH"));
    }
    let mut rules = Vec::new();
    for (source, range) in sources(ide, parameters) {
        for (first, last, purpose) in &ports {
            rules.push(Json::object([
                ("IpProtocol", Json::from("tcp")),
                ("FromPort", Json::Integer((*first).into())),
                ("ToPort", Json::Integer((*last).into())),
                (source, range.clone()),
                ("Description", Json::from(*purpose)),
            ]));
        }
    }
    rules
}

/// The property of a source, and its value.
fn sources(ide: &TeamIde, parameters: &Parameters) -> Vec<(&'static str, Json)> {
    match ide.allow() {
        AllowedSources::Parameter => parameters
            .source
            .iter()
            .map(|source| ("CidrIp", source.json().clone()))
            .collect(),
        AllowedSources::Anywhere => {
            vec![
                ("CidrIp", Json::from("0.0.0.0/0")),
                ("CidrIpv6", Json::from("::/0")),
            ]
        }
        AllowedSources::Ranges(ranges) => ranges.iter().map(range).collect(),
    }
}

fn range(range: &Cidr) -> (&'static str, Json) {
    let property = if range.is_ipv4() {
        "CidrIp"
    } else {
        "CidrIpv6"
    };
    (property, Json::from(range.to_string()))
}

/// The host's Elastic IP, which is kept when the host is replaced. It has no declared tags, only those of
/// the stack that `deploy` sets: a change of its tags disassociates it for a moment
/// (vsc-spec/src/resource/update.rs).
pub(super) fn address(stack: &mut Stack, ide: &TeamIde, host: &Host) -> HostAddress {
    let address = resource!(stack, Address: AWS::EC2::EIP {
        Domain: "vpc",
        Tags: tags::name_alone(ide, "address"),
    });
    resource!(stack, AddressAssociation: AWS::EC2::EIPAssociation {
        AllocationId: address.allocation_id(),
        InstanceId: host,
    });
    HostAddress::new((*address).clone())
}
