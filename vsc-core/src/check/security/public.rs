//! What answers anybody, or over plain HTTP.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::Subject;

pub(super) fn check(subject: Subject<'_>, report: &mut Report) {
    let properties = subject.properties;
    match subject.type_name {
        "AWS::Lambda::Url" if properties.get("AuthType").and_then(Json::as_str) == Some("NONE") => {
            let finding = Finding::new("the function's URL answers everybody")
                .why("nobody is asked who they are, and each call is on the account's bill")
                .help("write `AuthType: AWS_IAM`, or check who calls in the function itself");
            report.at("AuthType", |report| {
                report.value(Rule::OpenFunction, finding);
            });
        }
        "AWS::CloudFront::Distribution" => {
            let Some(config) = properties.get("DistributionConfig") else {
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
        _ => {}
    }
}

fn viewers(behavior: &Json, report: &mut Report) {
    let policy = behavior.get("ViewerProtocolPolicy").and_then(Json::as_str);
    if policy == Some("allow-all") {
        let finding = Finding::new("visitors may come over plain HTTP")
            .why("whoever is on the way reads and changes what is served")
            .help("write `ViewerProtocolPolicy: redirect-to-https`");
        report.at("ViewerProtocolPolicy", |report| {
            report.value(Rule::PlainHttp, finding);
        });
    }
}
