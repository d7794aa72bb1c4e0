//! `open-port`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::ingress::open_source;
use crate::check::security::range::Open;

declare_lint! {
    /// Only the ports 80 and 443 are open to the whole internet.
    ///
    /// # Why
    ///
    /// Anyone on the internet can connect to an open port, and scanners find it within minutes. Databases, SSH and
    /// internal services need a narrower range. Ranges are looked up in parameters' defaults, mappings, conditions
    /// and prefix lists of the same template.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Group:
    ///     Type: AWS::EC2::SecurityGroup
    ///     Properties:
    ///       GroupDescription: SSH
    ///       SecurityGroupIngress:
    ///         - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Group:
    ///     Type: AWS::EC2::SecurityGroup
    ///     Properties:
    ///       GroupDescription: SSH
    ///       SecurityGroupIngress:
    ///         - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 203.0.113.0/24 }
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon VPC User Guide, "Security group rules"
    /// - AWS Security Hub, controls EC2.18 and EC2.19
    /// - checkov CKV_AWS_24, CKV_AWS_25 and CKV_AWS_260
    pub const OPEN_PORT: Warning = "open-port";
}

fn open(ports: &str, extent: Open) -> Diagnostic {
    let whom = match extent {
        Open::Wholly => "the whole internet",
        Open::Partly => "a large part of the internet",
    };
    Diagnostic::new(format!("{ports} open to {whom}"))
        .note("anyone on the internet can connect to it, and scanners find it within minutes")
        .help("allow only the range that needs it, or expose only 443, behind a login")
}

/// Ports that may be public.
const PUBLIC: [i64; 2] = [80, 443];

/// Checks an ingress rule of a security group.
pub(in crate::check) fn check(rule: &Json, template: &Json, report: &mut Report) {
    if let Some((source, extent)) = open_source(rule, template)
        && let Some(ports) = ports(rule)
    {
        let diagnostic = open(&ports, extent);
        report.at(source, |report| report.value(OPEN_PORT, diagnostic));
    }
}

/// The open ports other than the public ones, in words; `None` if there are none, or if they are not
/// known yet.
fn ports(rule: &Json) -> Option<String> {
    let protocol = match rule.get("IpProtocol")? {
        Json::String(text) => text.to_ascii_lowercase(),
        Json::Integer(number) => number.to_string(),
        _ => return None,
    };
    match protocol.as_str() {
        "-1" => return Some("all ports are".to_owned()),
        "tcp" | "udp" | "6" | "17" => {}
        _ => return None,
    }
    let port = |name| match rule.get(name)? {
        Json::Integer(port) => Some(*port),
        Json::String(text) => text.parse::<i64>().ok(),
        _ => None,
    };
    match (port("FromPort")?, port("ToPort")?) {
        (from, to) if from == to && PUBLIC.contains(&from) => None,
        (from, to) if from == to => Some(format!("port {from} is")),
        (from, to) => Some(format!("ports {from} to {to} are")),
    }
}
