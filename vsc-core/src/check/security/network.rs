//! Who reaches what over the network.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::Subject;

/// Ports that are meant for everybody.
const PUBLIC: [i64; 2] = [80, 443];

pub(super) fn check(subject: Subject<'_>, report: &mut Report) {
    match subject.type_name {
        "AWS::EC2::SecurityGroup" => {
            let rules = subject.properties.get("SecurityGroupIngress");
            let rules = rules.and_then(Json::as_array).unwrap_or_default();
            for (index, rule) in rules.iter().enumerate() {
                report.at("SecurityGroupIngress", |report| {
                    report.item(index, |report| ingress(rule, report));
                });
            }
        }
        "AWS::EC2::SecurityGroupIngress" => ingress(subject.properties, report),
        _ => {}
    }
}

fn ingress(rule: &Json, report: &mut Report) {
    let source = ["CidrIp", "CidrIpv6"].into_iter().find(|name| {
        let range = rule.get(name).and_then(Json::as_str);
        matches!(range, Some("0.0.0.0/0" | "::/0"))
    });
    let (Some(source), Some(ports)) = (source, ports(rule)) else {
        return;
    };
    let finding = Finding::new(format!("{ports} open to the whole internet"))
        .why("every address in the world reaches it, and is tried by scanners within minutes")
        .help("name the range that needs it, or open 443 alone and ask who is there");
    report.at(source, |report| report.value(Rule::OpenPort, finding));
}

/// The ports that are open beyond the public ones, in words; `None` where there are none, or
/// where they are known only later.
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
