//! `plain-http`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::Subject;

declare_lint! {
    /// Distributions do not serve plain HTTP.
    ///
    /// # Why
    ///
    /// Anyone on the network path can read and change what is served over HTTP.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Site:
    ///     Type: AWS::CloudFront::Distribution
    ///     Properties:
    ///       DistributionConfig:
    ///         Enabled: true
    ///         Origins:
    ///           - Id: site
    ///             DomainName: www.example.com
    ///             CustomOriginConfig: { OriginProtocolPolicy: https-only }
    ///         DefaultCacheBehavior:
    ///           TargetOriginId: site
    ///           CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
    ///           ViewerProtocolPolicy: allow-all
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Site:
    ///     Type: AWS::CloudFront::Distribution
    ///     Properties:
    ///       DistributionConfig:
    ///         Enabled: true
    ///         Origins:
    ///           - Id: site
    ///             DomainName: www.example.com
    ///             CustomOriginConfig: { OriginProtocolPolicy: https-only }
    ///         DefaultCacheBehavior:
    ///           TargetOriginId: site
    ///           CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
    ///           ViewerProtocolPolicy: redirect-to-https
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon CloudFront Developer Guide, "Require HTTPS for communication between viewers and CloudFront"
    /// - AWS Security Hub, control CloudFront.3
    /// - checkov CKV_AWS_34
    pub const PLAIN_HTTP: Warning = "plain-http";
}

fn plain() -> Diagnostic {
    Diagnostic::new("the distribution serves plain HTTP")
        .note("anyone on the network path can read and change what is served")
        .help("write `ViewerProtocolPolicy: redirect-to-https`")
}

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, report: &mut Report) {
    if subject.type_name != "AWS::CloudFront::Distribution" {
        return;
    }
    let Some(config) = subject.properties.get("DistributionConfig") else {
        return;
    };
    report.at("DistributionConfig", |report| {
        if let Some(behavior) = config.get("DefaultCacheBehavior") {
            report.at("DefaultCacheBehavior", |report| viewers(behavior, report));
        }
        let others = config.get("CacheBehaviors").and_then(Json::as_array);
        for (index, behavior) in others.into_iter().flatten().enumerate() {
            report.at("CacheBehaviors", |report| {
                report.item(index, |report| viewers(behavior, report));
            });
        }
    });
}

fn viewers(behavior: &Json, report: &mut Report) {
    let policy = behavior.get("ViewerProtocolPolicy").and_then(Json::as_str);
    if policy == Some("allow-all") {
        report.at("ViewerProtocolPolicy", |report| {
            report.value(PLAIN_HTTP, plain());
        });
    }
}
