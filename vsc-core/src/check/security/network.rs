//! Who reaches what over the network.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::Subject;

/// Ports that are meant for everybody.
const PUBLIC: [i64; 2] = [80, 443];

pub(super) fn check(subject: Subject<'_>, id: &str, template: &Json, report: &mut Report) {
    match subject.type_name {
        "AWS::EC2::SecurityGroup" => {
            let rules = subject.properties.get("SecurityGroupIngress");
            let rules = rules.and_then(Json::as_array).unwrap_or_default();
            report.at("SecurityGroupIngress", |report| {
                for (index, rule) in rules.iter().enumerate() {
                    report.item(index, |report| ingress(rule, report));
                }
                let is_plaintext = || takes_plaintext(id, template);
                if let Some((index, source)) = first_open(rules).filter(|_| is_plaintext()) {
                    report.item(index, |report| login(source, report));
                }
            });
        }
        "AWS::EC2::SecurityGroupIngress" => ingress(subject.properties, report),
        _ => {}
    }
}

/// Whether the metadata of a group say that passwords come in plain text: `vsc: {login: plaintext}`.
fn takes_plaintext(id: &str, template: &Json) -> bool {
    let login = ["Resources", id, "Metadata", "vsc", "login"]
        .iter()
        .try_fold(template, |value, name| value.get(name));
    login.and_then(Json::as_str) == Some("plaintext")
}

/// It is reported once for all rules, at the first one.
fn login(source: &str, report: &mut Report) {
    let finding = Finding::new("passwords cross the internet in plain text")
        .why("without TLS, everybody between a developer and the host can read the password and the session")
        .help("declare `tls = ssm` or `tls = acme(…)`, or allow the addresses of a VPN only");
    report.at(source, |report| report.value(Rule::PlaintextLogin, finding));
}

/// The first rule whose source is the whole internet.
fn first_open(rules: &[Json]) -> Option<(usize, &'static str)> {
    let mut rules = rules.iter().enumerate();
    rules.find_map(|(index, rule)| Some((index, open_source(rule)?)))
}

/// The property that opens a rule to the whole internet.
fn open_source(rule: &Json) -> Option<&'static str> {
    ["CidrIp", "CidrIpv6"].into_iter().find(|name| {
        let range = rule.get(name).and_then(Json::as_str);
        matches!(range, Some("0.0.0.0/0" | "::/0"))
    })
}

fn ingress(rule: &Json, report: &mut Report) {
    let (Some(source), Some(ports)) = (open_source(rule), ports(rule)) else {
        return;
    };
    let finding = Finding::new(format!("{ports} open to the whole internet"))
        .why("every address in the world reaches it, and is tried by scanners within minutes")
        .help("name the range that needs it, or expose only 443, behind a login");
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
