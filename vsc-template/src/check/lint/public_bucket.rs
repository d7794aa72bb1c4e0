//! `public-bucket`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::{Subject, is_false};

declare_lint! {
    /// Buckets are not open to the public.
    ///
    /// # Why
    ///
    /// Anyone can list a public bucket and read its objects. New buckets block public access unless the template
    /// turns that off; then one careless policy opens the bucket. A bucket with a `WebsiteConfiguration` may turn
    /// the block off, since a website is meant to be public.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Logs:
    ///     Type: AWS::S3::Bucket
    ///     Properties:
    ///       PublicAccessBlockConfiguration:
    ///         BlockPublicPolicy: false
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Logs:
    ///     Type: AWS::S3::Bucket
    ///     Properties:
    ///       PublicAccessBlockConfiguration:
    ///         BlockPublicAcls: true
    ///         BlockPublicPolicy: true
    ///         IgnorePublicAcls: true
    ///         RestrictPublicBuckets: true
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage"
    /// - AWS Security Hub, control S3.8
    /// - checkov CKV_AWS_53, CKV_AWS_54, CKV_AWS_55 and CKV_AWS_56
    pub const PUBLIC_BUCKET: Warning = "public-bucket";
}

fn public(acl: &str) -> Diagnostic {
    Diagnostic::new(format!("the bucket is public: `{acl}`"))
        .note("anyone can list it and read its objects")
        .help("remove `AccessControl`, and serve files through CloudFront")
}

fn unblocked(name: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` is off: the bucket can become public"))
        .note("it is on by default; without it, one careless policy opens the bucket")
        .help(format!("write `{name}: true`"))
}

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, report: &mut Report) {
    let properties = subject.properties;
    if subject.type_name != "AWS::S3::Bucket" {
        return;
    }
    if let Some(acl @ ("PublicRead" | "PublicReadWrite" | "AuthenticatedRead")) =
        properties.get("AccessControl").and_then(Json::as_str)
    {
        report.at("AccessControl", |report| {
            report.value(PUBLIC_BUCKET, public(acl));
        });
    }
    let Some(block) = properties.get("PublicAccessBlockConfiguration") else {
        return;
    };
    let is_website = properties.get("WebsiteConfiguration").is_some();
    for name in [
        "BlockPublicAcls",
        "BlockPublicPolicy",
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    ] {
        // A website in a bucket is meant to be public.
        if is_false(block.get(name)) && !is_website {
            report.along(&["PublicAccessBlockConfiguration", name], |report| {
                report.value(PUBLIC_BUCKET, unblocked(name));
            });
        }
    }
}
