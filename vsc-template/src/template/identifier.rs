//! Kinds of identifiers.
//!
//! A VPC's ID and a subnet's are both strings; a value's kind distinguishes them, so that one cannot be
//! passed for the other. The kinds are the `format`s of identifiers in CloudFormation's resource schemas.

use vsc_spec::Json;
use vsc_spec::cloudformation::IdentifierKind;

use super::value::Textual;

/// A kind of identifier.
pub trait Identifier {
    /// The kind, as resource schemas and diagnostics name it.
    const KIND: IdentifierKind;
}

/// A value of this kind is accepted where a `D` is expected.
#[diagnostic::on_unimplemented(
    message = "expected `{D}`, found `{Self}`",
    label = "expected `{D}`",
    note = "references have the kind of what they identify: pass a reference to a `{D}`"
)]
pub trait Fits<D> {}

/// A reference that identifies none of the kinds of this module, such as the ARN of a topic's policy:
/// a plain string.
#[derive(Clone, Copy, Debug)]
pub enum Unidentified {}

#[diagnostic::do_not_recommend]
impl Fits<Unidentified> for Unidentified {}
#[diagnostic::do_not_recommend]
impl Fits<String> for Unidentified {}
#[diagnostic::do_not_recommend]
impl Fits<Json> for Unidentified {}

/// The export of another stack: a string that is known only at deployment, accepted wherever a scalar
/// is expected.
#[derive(Clone, Copy, Debug)]
pub enum Imported {}

#[diagnostic::do_not_recommend]
impl<D: Textual> Fits<D> for Imported {}
#[diagnostic::do_not_recommend]
impl Fits<i64> for Imported {}
#[diagnostic::do_not_recommend]
impl Fits<f64> for Imported {}
#[diagnostic::do_not_recommend]
impl Fits<bool> for Imported {}

/// A value or a list in a mapping, whose key may be known only at deployment.
#[derive(Clone, Copy, Debug)]
pub enum Mapped {}

#[diagnostic::do_not_recommend]
impl<D> Fits<D> for Mapped {}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $kind:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub enum $kind {}

            impl Identifier for $kind {
                const KIND: IdentifierKind = IdentifierKind::$kind;
            }

            #[diagnostic::do_not_recommend]
            impl Fits<$kind> for $kind {}
            #[diagnostic::do_not_recommend]
            impl Fits<String> for $kind {}
            #[diagnostic::do_not_recommend]
            impl Fits<Json> for $kind {}
            // A string of unknown meaning may be anything.
            #[diagnostic::do_not_recommend]
            impl Fits<$kind> for String {}
        )+
    };
}

identifiers! {
    /// The ARN of a certificate in Certificate Manager.
    CertificateArn;
    /// The ID of a machine image.
    ImageId;
    /// The ID of a security group.
    SecurityGroupId;
    /// The name of a security group.
    SecurityGroupName;
    /// The ID of a subnet.
    SubnetId;
    /// The ID of a VPC.
    VpcId;
    /// The ARN of a role.
    RoleArn;
    /// The name of a key's alias, with `alias/`.
    KmsAliasName;
    /// The ARN of a key.
    KmsKeyArn;
    /// The ID of a key.
    KmsKeyId;
    /// The ARN of a function.
    FunctionArn;
    /// The name of a log group.
    LogGroupName;
    /// The ID of the hosted zone of an alias's target.
    AliasTargetHostedZoneId;
    /// The ID of a hosted zone.
    HostedZoneId;
    /// The name of a bucket.
    BucketName;
    /// The ARN of a topic.
    TopicArn;
    /// The ARN of a queue.
    QueueArn;
}

macro_rules! either {
    ($($(#[$doc:meta])* $kind:ident = $($member:ident)|+;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $kind {}

        impl Identifier for $kind {
            const KIND: IdentifierKind = IdentifierKind::$kind;
        }

        #[diagnostic::do_not_recommend]
        impl Fits<$kind> for $kind {}
        #[diagnostic::do_not_recommend]
        impl Fits<String> for $kind {}
        #[diagnostic::do_not_recommend]
        impl Fits<Json> for $kind {}
        #[diagnostic::do_not_recommend]
        impl Fits<$kind> for String {}
        $(
            #[diagnostic::do_not_recommend]
            impl Fits<$kind> for $member {}
            #[diagnostic::do_not_recommend]
            impl Fits<$member> for $kind {}
        )+
    )+};
}

either! {
    /// A key, by its ID, its ARN or an alias.
    KmsKey = KmsKeyId | KmsKeyArn | KmsAliasName;
    /// A security group, by its ID or its name.
    SecurityGroup = SecurityGroupId | SecurityGroupName;
}

macro_rules! forms {
    ($($(#[$doc:meta])* $form:ident: $($member:ident)*;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $form {}

        impl Identifier for $form {
            const KIND: IdentifierKind = IdentifierKind::$form;
        }

        #[diagnostic::do_not_recommend]
        impl Fits<$form> for $form {}
        #[diagnostic::do_not_recommend]
        impl Fits<String> for $form {}
        #[diagnostic::do_not_recommend]
        impl Fits<Json> for $form {}
        // A string of unknown meaning may be anything.
        #[diagnostic::do_not_recommend]
        impl Fits<$form> for String {}
        #[diagnostic::do_not_recommend]
        impl Fits<$form> for Unidentified {}
        $(
            #[diagnostic::do_not_recommend]
            impl Fits<$form> for $member {}
        )*
    )+};
}

forms! {
    /// An ARN.
    Arn: CertificateArn RoleArn KmsKeyArn FunctionArn TopicArn QueueArn KmsKey;
    /// A name or an ID: a string that is neither an ARN nor a URL.
    Name: ImageId SecurityGroupId SecurityGroupName SubnetId VpcId KmsAliasName KmsKeyId
        LogGroupName AliasTargetHostedZoneId HostedZoneId BucketName SecurityGroup KmsKey;
    /// A URL with its scheme.
    Url: ;
}

macro_rules! plain {
    ($($kind:ty: $($other:ty),*;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Fits<$kind> for $kind {}
        $(#[diagnostic::do_not_recommend]
impl Fits<$other> for $kind {})*
    )+};
}

// CloudFormation converts numbers and booleans to strings, and integers to numbers.
plain! {
    String: Json;
    i64: f64, String, Json;
    f64: String, Json;
    bool: String, Json;
    Json: ;
}

#[diagnostic::do_not_recommend]
impl<S: Fits<D>, D> Fits<Vec<D>> for Vec<S> {}
#[diagnostic::do_not_recommend]
impl<S> Fits<Json> for Vec<S> {}
