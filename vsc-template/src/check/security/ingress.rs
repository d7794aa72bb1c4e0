//! Ingress rules of security groups, and which of them are open to the internet.

use vsc_spec::Json;
use vsc_spec::cloudformation::IntrinsicFunction;

use super::Subject;
use super::range::{self, Open};
use crate::check::lint::{open_port, plaintext_login};
use crate::check::report::Report;

pub(super) fn check(subject: Subject<'_>, id: &str, template: &Json, report: &mut Report) {
    match subject.type_name {
        "AWS::EC2::SecurityGroup" => {
            let Some(rules) = subject.properties.get("SecurityGroupIngress") else {
                return;
            };
            // Reported once for all rules, at the first one.
            let mut is_plaintext = plaintext_login::is_plaintext(id, template);
            report.at("SecurityGroupIngress", |report| {
                each(rules, report, &mut |rule, report| {
                    open_port::check(rule, template, report);
                    if let Some((source, _)) = open_source(rule, template)
                        && std::mem::take(&mut is_plaintext)
                    {
                        plaintext_login::report(source, report);
                    }
                });
            });
        }
        "AWS::EC2::SecurityGroupIngress" => {
            open_port::check(subject.properties, template, report);
        }
        _ => {}
    }
}

/// Visits each rule under any condition: a list or a single rule, in both branches of `Fn::If`.
fn each(rules: &Json, report: &mut Report, look: &mut impl FnMut(&Json, &mut Report)) {
    match rules {
        Json::Array(rules) => {
            for (index, rule) in rules.iter().enumerate() {
                report.item(index, |report| each(rule, report, look));
            }
        }
        Json::Object(object) => match object.function() {
            Some((IntrinsicFunction::If, Json::Array(arguments))) => {
                for (index, branch) in arguments.iter().enumerate().skip(1) {
                    report.at(IntrinsicFunction::If.name(), |report| {
                        report.item(index, |report| each(branch, report, look));
                    });
                }
            }
            _ => look(rules, report),
        },
        _ => {}
    }
}

/// The property that opens a rule to the internet.
pub(in crate::check) fn open_source(rule: &Json, template: &Json) -> Option<(&'static str, Open)> {
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

/// The extent of a prefix list of the same template.
fn listed(value: &Json, template: &Json) -> Option<Open> {
    let list = match value.function()? {
        (IntrinsicFunction::Ref, Json::String(name)) => name.as_ref(),
        (IntrinsicFunction::GetAtt, Json::Array(path)) => path.first()?.as_str()?,
        _ => return None,
    };
    let list = template.get("Resources")?.get(list)?;
    let entries = list.get("Properties")?.get("Entries")?.as_array()?;
    let ranges = entries.iter().filter_map(|entry| entry.get("Cidr"));
    ranges
        .filter_map(|range| range::open(range, template))
        .max()
}
