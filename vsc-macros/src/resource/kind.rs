//! The Rust type that a place in a resource asks for, or that a reference gives.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use vsc_spec::resource::{AttributeType, Expectation, Types};

/// Formats that identify something, and the kind that stands for each.
const IDENTIFIERS: [(&str, &str); 17] = [
    ("AWS::ACM::Certificate.Arn", "CertificateArn"),
    ("AWS::EC2::Image.Id", "ImageId"),
    ("AWS::EC2::SecurityGroup.Id", "SecurityGroupId"),
    ("AWS::EC2::SecurityGroup.Name", "SecurityGroupName"),
    ("AWS::EC2::Subnet.Id", "SubnetId"),
    ("AWS::EC2::VPC.Id", "VpcId"),
    ("AWS::IAM::Role.Arn", "RoleArn"),
    ("AWS::KMS::Alias.AliasName", "KmsAliasName"),
    ("AWS::KMS::Key.Arn", "KmsKeyArn"),
    ("AWS::KMS::Key.Id", "KmsKeyId"),
    ("AWS::Lambda::Function.Arn", "FunctionArn"),
    ("AWS::Logs::LogGroup.Name", "LogGroupName"),
    (
        "AWS::Route53::AliasTarget.HostedZoneId",
        "AliasTargetHostedZoneId",
    ),
    ("AWS::Route53::HostedZone.Id", "HostedZoneId"),
    ("AWS::S3::Bucket.Name", "BucketName"),
    ("AWS::SNS::Topic.Arn", "TopicArn"),
    ("AWS::SQS::Queue.Arn", "QueueArn"),
];

/// The kind of value that may stand in a place.
pub(crate) fn expected(krate: &TokenStream, expectation: &Expectation) -> TokenStream {
    let text = |formats: &[String]| match identifier(formats) {
        Some(kind) => named(krate, kind),
        None => quote! { ::std::string::String },
    };
    let types = expectation.types;
    if types == Types::ARRAY {
        let item = match &expectation.items {
            None => quote! { #krate::Json },
            Some(items) => {
                // A list of identifiers may say what they are on the list or on its items.
                let mut items = (**items).clone();
                items
                    .formats
                    .extend(expectation.formats.iter().map(|format| singular(format)));
                expected(krate, &items)
            }
        };
        return quote! { ::std::vec::Vec<#item> };
    }
    match types {
        Types::STRING => text(&expectation.formats),
        Types::INTEGER => quote! { i64 },
        Types::NUMBER => quote! { f64 },
        Types::BOOLEAN => quote! { bool },
        _ => quote! { #krate::Json },
    }
}

/// The kind of value that `Ref` or `Fn::GetAtt` gives.
pub(crate) fn given(krate: &TokenStream, attribute: &AttributeType) -> TokenStream {
    let text = |formats: &[String]| named(krate, identifier(formats).unwrap_or("Unidentified"));
    match attribute.types {
        Types::INTEGER => quote! { i64 },
        Types::NUMBER => quote! { f64 },
        Types::BOOLEAN => quote! { bool },
        Types::ARRAY if attribute.item_types == Types::STRING => {
            let formats: Vec<String> = attribute
                .formats
                .iter()
                .map(|format| singular(format))
                .collect();
            let item = text(&formats);
            quote! { ::std::vec::Vec<#item> }
        }
        Types::ARRAY => quote! { ::std::vec::Vec<#krate::Json> },
        Types::OBJECT => quote! { #krate::Json },
        _ => text(&attribute.formats),
    }
}

/// A kind by its name.
pub(crate) fn named(krate: &TokenStream, kind: &str) -> TokenStream {
    let kind = format_ident!("{kind}");
    quote! { #krate::identifier::#kind }
}

fn identifier(formats: &[String]) -> Option<&'static str> {
    let mut kinds: Vec<&str> = formats
        .iter()
        .filter_map(|format| IDENTIFIERS.iter().find(|(known, _)| known == format))
        .map(|(_, kind)| *kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.as_slice() {
        [only] => Some(only),
        ["SecurityGroupId", "SecurityGroupName"] => Some("SecurityGroup"),
        [first, .., last] if first.starts_with("Kms") && last.starts_with("Kms") => Some("KmsKey"),
        _ => None,
    }
}

/// `AWS::EC2::Subnet.Ids` is a list of what `AWS::EC2::Subnet.Id` is.
fn singular(format: &str) -> String {
    format.strip_suffix('s').unwrap_or(format).to_owned()
}
