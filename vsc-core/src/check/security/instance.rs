//! Instances and what their metadata gives away.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::Subject;

/// Images that ask for version 2 themselves: Amazon Linux 2023 User Guide, "IMDSv2", and the
/// Bottlerocket documentation.
const ASKING: [&str; 2] = ["al2023", "bottlerocket"];

pub(super) fn check(subject: Subject<'_>, template: &Json, report: &mut Report) {
    let properties = subject.properties;
    let image = match subject.type_name {
        "AWS::EC2::LaunchTemplate" => properties.get("LaunchTemplateData"),
        _ => Some(properties),
    };
    let image = image.and_then(|data| data.get("ImageId"));
    if image.is_some_and(|image| asks_itself(image, template)) {
        return;
    }
    match subject.type_name {
        // A launch template may say it for the instance.
        "AWS::EC2::Instance" if properties.get("LaunchTemplate").is_none() => {
            metadata(properties, "MetadataOptions", report);
        }
        "AWS::EC2::LaunchTemplate" => {
            if let Some(data) = properties.get("LaunchTemplateData")
                // A template without an image is completed by whoever uses it.
                && data.get("ImageId").is_some()
            {
                report.at("LaunchTemplateData", |report| {
                    metadata(data, "MetadataOptions", report);
                });
            }
        }
        "AWS::AutoScaling::LaunchConfiguration" => {
            metadata(properties, "MetadataOptions", report);
        }
        _ => {}
    }
}

/// Whether the image is known to be one that asks for version 2, by its name or the default of its
/// parameter.
fn asks_itself(image: &Json, template: &Json) -> bool {
    let parameter = image.get("Ref").and_then(Json::as_str);
    let default = parameter
        .and_then(|id| template.get("Parameters")?.get(id)?.get("Default"))
        .unwrap_or(image);
    let text = default.as_str().unwrap_or_default();
    ASKING.iter().any(|name| text.contains(name))
}

fn metadata(properties: &Json, name: &str, report: &mut Report) {
    let Some(members) = properties.as_object() else {
        return;
    };
    let help = "add `MetadataOptions: {HttpTokens: required}`";
    let why = "whoever can make the instance fetch a URL reads the credentials of its role";
    match members.get(name) {
        None => {
            let what = "version 1 of the instance metadata service may answer";
            let why = format!("unless its image asks for version 2, {why}");
            let finding = Finding::new(what).why(why).help(help);
            report.name(Rule::InstanceMetadata, finding);
        }
        Some(options) => {
            if options.get("HttpEndpoint").and_then(Json::as_str) == Some("disabled") {
                return;
            }
            if options.get("HttpTokens").and_then(Json::as_str) == Some("optional") {
                let what = "version 1 of the instance metadata service answers";
                let finding = Finding::new(what)
                    .why(why)
                    .help("write `HttpTokens: required`");
                report.along(&[name, "HttpTokens"], |report| {
                    report.value(Rule::InstanceMetadata, finding);
                });
            }
        }
    }
}
