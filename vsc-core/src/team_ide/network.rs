//! Who reaches the host, and at which address.

use vsc_spec::Json;
use vsc_spec::team::{AllowedSources, Cidr, TeamIde};

use super::handles::{Host, HostAddress, HostSecurityGroup};
use super::parameters::Parameters;
use super::{suppressed, tags};
use crate::check::lint;
use crate::resource;
use crate::stack::Stack;

/// The firewall: the ports of the proxy, open to those who are allowed; nothing else.
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
            // A subnet may give the host an address of IPv6, which is tried first.
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

/// What `check` cannot see in the group: who declares `allow = anywhere` means it, and without TLS
/// what listens on these ports takes passwords in plain text.
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

/// The property that names a source, and the source.
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

/// The host's Elastic IP, which stays when the host is replaced. Declared tags are left to its stack,
/// whose tags reach it where `deploy` gives them: a change of its tags takes it off the host for a
/// moment (vsc-spec/src/resource/update.rs).
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
