//! `instance-metadata-v1`.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::Subject;

declare_lint! {
    /// Instances require version 2 of the instance metadata service.
    ///
    /// # Why
    ///
    /// Version 1 answers any request that reaches it, so anyone who can make the instance fetch a URL can read the
    /// credentials of its role. Not reported are images that require version 2 themselves, such as Amazon Linux
    /// 2023, and instances with a launch template, which may require it.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Host:
    ///     Type: AWS::EC2::Instance
    ///     Properties:
    ///       ImageId: ami-0a1b2c3d4e5f67890
    ///       InstanceType: t3.micro
    ///       MetadataOptions: { HttpTokens: optional }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Host:
    ///     Type: AWS::EC2::Instance
    ///     Properties:
    ///       ImageId: ami-0a1b2c3d4e5f67890
    ///       InstanceType: t3.micro
    ///       MetadataOptions: { HttpTokens: required }
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon EC2 User Guide, "Use the Instance Metadata Service to access instance metadata"
    /// - Amazon Linux 2023 User Guide, "IMDSv2"; the Bottlerocket documentation
    /// - AWS Security Hub, control EC2.8
    pub const INSTANCE_METADATA_V1: Warning = "instance-metadata-v1";
}

const DANGER: &str =
    "anyone who can make the instance fetch a URL can read the credentials of its role";

fn unset() -> Diagnostic {
    Diagnostic::new("the instance may allow version 1 of the instance metadata service")
        .note(format!("unless its image requires version 2, {DANGER}"))
        .help("add `MetadataOptions: {HttpTokens: required}`")
}

fn optional() -> Diagnostic {
    Diagnostic::new("the instance allows version 1 of the instance metadata service")
        .note(DANGER)
        .help("write `HttpTokens: required`")
}

/// Images that require version 2 themselves.
const REQUIRING: [&str; 2] = ["al2023", "bottlerocket"];

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, template: &Json, report: &mut Report) {
    let properties = subject.properties;
    let image = match subject.type_name {
        "AWS::EC2::LaunchTemplate" => properties.get("LaunchTemplateData"),
        _ => Some(properties),
    };
    let image = image.and_then(|data| data.get("ImageId"));
    if image.is_some_and(|image| requires_itself(image, template)) {
        return;
    }
    match subject.type_name {
        // A launch template may require it for the instance.
        "AWS::EC2::Instance" if properties.get("LaunchTemplate").is_none() => {
            metadata(properties, report);
        }
        "AWS::EC2::LaunchTemplate" => {
            if let Some(data) = properties.get("LaunchTemplateData")
                // A launch template without an image is completed where it is used.
                && data.get("ImageId").is_some()
            {
                report.at("LaunchTemplateData", |report| metadata(data, report));
            }
        }
        "AWS::AutoScaling::LaunchConfiguration" => metadata(properties, report),
        _ => {}
    }
}

/// Whether the image is known to require version 2, by its name or the default of its parameter.
fn requires_itself(image: &Json, template: &Json) -> bool {
    let parameter = image
        .get(IntrinsicFunction::Ref.name())
        .and_then(Json::as_str);
    let default = parameter
        .and_then(|id| template.get("Parameters")?.get(id)?.get("Default"))
        .unwrap_or(image);
    let text = default.as_str().unwrap_or_default();
    REQUIRING.iter().any(|name| text.contains(name))
}

fn metadata(properties: &Json, report: &mut Report) {
    const NAME: &str = "MetadataOptions";
    let Some(members) = properties.as_object() else {
        return;
    };
    let Some(options) = members.get(NAME) else {
        return report.name(INSTANCE_METADATA_V1, unset());
    };
    if options.get("HttpEndpoint").and_then(Json::as_str) == Some("disabled") {
        return;
    }
    if options.get("HttpTokens").and_then(Json::as_str) == Some("optional") {
        report.along(&[NAME, "HttpTokens"], |report| {
            report.value(INSTANCE_METADATA_V1, optional());
        });
    }
}
