//! Who reaches what over the network.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::Subject;
use super::range::{self, Open};

/// Ports that are meant for everybody.
const PUBLIC: [i64; 2] = [80, 443];

pub(super) fn check(subject: Subject<'_>, id: &str, template: &Json, report: &mut Report) {
    match subject.type_name {
        "AWS::EC2::SecurityGroup" => {
            let Some(rules) = subject.properties.get("SecurityGroupIngress") else {
                return;
            };
            // It is reported once for all rules, at the first one.
            let mut is_plaintext = takes_plaintext(id, template);
            report.at("SecurityGroupIngress", |report| {
                each(rules, report, &mut |rule, report| {
                    ingress(rule, template, report);
                    if let Some((source, _)) = open_source(rule, template)
                        && std::mem::take(&mut is_plaintext)
                    {
                        login(source, report);
                    }
                });
            });
        }
        "AWS::EC2::SecurityGroupIngress" => ingress(subject.properties, template, report),
        _ => {}
    }
}

/// Looks at each rule, whatever the conditions: a list of them, or one alone, and in either branch
/// of `Fn::If`.
fn each(rules: &Json, report: &mut Report, look: &mut impl FnMut(&Json, &mut Report)) {
    match rules {
        Json::Array(rules) => {
            for (index, rule) in rules.iter().enumerate() {
                report.item(index, |report| each(rule, report, look));
            }
        }
        Json::Object(object) => match object.single() {
            Some(("Fn::If", Json::Array(arguments))) => {
                for (index, branch) in arguments.iter().enumerate().skip(1) {
                    report.along(&["Fn::If"], |report| {
                        report.item(index, |report| each(branch, report, look));
                    });
                }
            }
            _ => look(rules, report),
        },
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

fn login(source: &str, report: &mut Report) {
    let finding = Finding::new("passwords cross the internet in plain text")
        .why("without TLS, everybody between a developer and the host can read the password and the session")
        .help("declare `tls = ssm` or `tls = acme(…)`, or allow the addresses of a VPN only");
    report.at(source, |report| report.value(Rule::PlaintextLogin, finding));
}

/// The property that opens a rule to the internet.
fn open_source(rule: &Json, template: &Json) -> Option<(&'static str, Open)> {
    let open = |name: &'static str| {
        let value = rule.get(name)?;
        let open = match name {
            "SourcePrefixListId" => listed(value, template),
            _ => range::open(value, template),
        };
        Some((name, open?))
    };
    ["CidrIp", "CidrIpv6", "SourcePrefixListId"]
        .into_iter()
        .filter_map(open)
        .max_by_key(|(_, open)| *open)
}

/// How open a prefix list of the same template is.
fn listed(value: &Json, template: &Json) -> Option<Open> {
    let list = match value.as_object()?.single()? {
        ("Ref", Json::String(name)) => name.as_ref(),
        ("Fn::GetAtt", Json::Array(path)) => path.first()?.as_str()?,
        _ => return None,
    };
    let list = template.get("Resources")?.get(list)?;
    let entries = list.get("Properties")?.get("Entries")?.as_array()?;
    let ranges = entries.iter().filter_map(|entry| entry.get("Cidr"));
    ranges
        .filter_map(|range| range::open(range, template))
        .max()
}

fn ingress(rule: &Json, template: &Json, report: &mut Report) {
    let (Some((source, open)), Some(ports)) = (open_source(rule, template), ports(rule)) else {
        return;
    };
    let whom = match open {
        Open::Wholly => "the whole internet",
        Open::Partly => "a large part of the internet",
    };
    let finding = Finding::new(format!("{ports} open to {whom}"))
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
