//! The expected kinds of values in a resource. Each kind has its own traits, so that rustc's errors
//! describe the expected kind: a single message for all could only name a type.

use vsc_spec::Json;

use super::identifier;
use super::value::{self, Always, IntoValue};

macro_rules! kinds {
    ($expected:ident) => {
        $expected! {
            Text: String = "a string", "expected a string, found `{Self}`";
            Integer: i64 = "an integer", "expected an integer, found `{Self}`";
            Number: f64 = "a number", "expected a number, found `{Self}`";
            Boolean: bool = "a boolean", "expected a boolean, found `{Self}`";
            Anything: Json = "a value", "expected a value, found `{Self}`";
            AliasTargetHostedZoneId: identifier::AliasTargetHostedZoneId = "the hosted zone ID of an alias target", "expected the hosted zone ID of an alias target, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            Arn: identifier::Arn = "an ARN", "expected an ARN, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            BucketName: identifier::BucketName = "the name of a bucket", "expected the name of a bucket, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            CertificateArn: identifier::CertificateArn = "the ARN of a certificate", "expected the ARN of a certificate, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            FunctionArn: identifier::FunctionArn = "the ARN of a function", "expected the ARN of a function, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            HostedZoneId: identifier::HostedZoneId = "a hosted zone ID", "expected a hosted zone ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            ImageId: identifier::ImageId = "an AMI ID", "expected an AMI ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            KmsAliasName: identifier::KmsAliasName = "the name of a key's alias", "expected the name of a key's alias, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            KmsKey: identifier::KmsKey = "a KMS key", "expected a KMS key, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            KmsKeyArn: identifier::KmsKeyArn = "the ARN of a KMS key", "expected the ARN of a KMS key, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            KmsKeyId: identifier::KmsKeyId = "a KMS key ID", "expected a KMS key ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            LogGroupName: identifier::LogGroupName = "the name of a log group", "expected the name of a log group, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            Name: identifier::Name = "a name or an ID", "expected a name or an ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            QueueArn: identifier::QueueArn = "the ARN of a queue", "expected the ARN of a queue, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            RoleArn: identifier::RoleArn = "the ARN of an IAM role", "expected the ARN of an IAM role, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            SecurityGroup: identifier::SecurityGroup = "a security group", "expected a security group, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            SecurityGroupId: identifier::SecurityGroupId = "a security group ID", "expected a security group ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            SecurityGroupName: identifier::SecurityGroupName = "the name of a security group", "expected the name of a security group, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            SubnetId: identifier::SubnetId = "a subnet ID", "expected a subnet ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            TopicArn: identifier::TopicArn = "the ARN of a topic", "expected the ARN of a topic, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            Url: identifier::Url = "a URL", "expected a URL, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
            VpcId: identifier::VpcId = "a VPC ID", "expected a VPC ID, found `{Self}`",
                "a resource is passed as its `Ref`; its methods return its attributes, such as `.arn()`";
        }
    };
}

/// Required values.
pub mod required {
    use super::{Always, IntoValue, Json, identifier, value};

    macro_rules! expected {
        ($($name:ident: $kind:ty = $words:literal, $message:literal $(, $note:literal)?;)+) => {$(
            #[doc = concat!("Accepts ", $words, ".")]
            #[diagnostic::on_unimplemented(message = $message, label = $message $(, note = $note)?)]
            pub trait $name {
                /// The value.
                fn json(self) -> Json;
            }

            #[diagnostic::do_not_recommend]
            impl<X: IntoValue<$kind, Presence = Always>> $name for X {
                fn json(self) -> Json {
                    value::required(self)
                }
            }
        )+};
    }

    kinds!(expected);

    /// Accepts a list.
    #[diagnostic::on_unimplemented(
        message = "expected a list of `{T}`, found `{Self}`",
        label = "expected a list, found `{Self}`"
    )]
    pub trait List<T> {
        /// The value.
        fn json(self) -> Json;
    }

    #[diagnostic::do_not_recommend]
    impl<T, X: IntoValue<Vec<T>, Presence = Always>> List<T> for X {
        fn json(self) -> Json {
            value::required(self)
        }
    }
}

/// Optional values.
pub mod optional {
    use super::{IntoValue, Json, identifier, value};

    macro_rules! expected {
        ($($name:ident: $kind:ty = $words:literal, $message:literal $(, $note:literal)?;)+) => {$(
            #[doc = concat!("Accepts ", $words, ".")]
            #[diagnostic::on_unimplemented(message = $message, label = $message $(, note = $note)?)]
            pub trait $name {
                /// The value.
                fn json(self) -> Option<Json>;
            }

            #[diagnostic::do_not_recommend]
            impl<X: IntoValue<$kind>> $name for X {
                fn json(self) -> Option<Json> {
                    value::optional(self)
                }
            }
        )+};
    }

    kinds!(expected);

    /// Accepts a list.
    #[diagnostic::on_unimplemented(
        message = "expected a list of `{T}`, found `{Self}`",
        label = "expected a list, found `{Self}`"
    )]
    pub trait List<T> {
        /// The value.
        fn json(self) -> Option<Json>;
    }

    #[diagnostic::do_not_recommend]
    impl<T, X: IntoValue<Vec<T>>> List<T> for X {
        fn json(self) -> Option<Json> {
            value::optional(self)
        }
    }
}
