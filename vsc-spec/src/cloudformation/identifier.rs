//! The kinds of identifiers: the formats of CloudFormation's resource schemas that name one, and the
//! forms of those that they do not name.

/// Declares the kinds with what they are in words and the format of the schemas.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident = $words:literal $(, $format:literal)?;)*) => {
        /// A kind of identifier, as the properties of resources and references have one.
        ///
        /// ```
        /// use vsc_spec::cloudformation::IdentifierKind;
        ///
        /// assert_eq!(IdentifierKind::SubnetId.words(), "a subnet ID");
        /// assert!(IdentifierKind::KmsKey.includes(IdentifierKind::KmsKeyArn));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum IdentifierKind {
            $($(#[$about])* $kind,)*
        }

        impl IdentifierKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The name of its type in the template model: `SubnetId`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)*
                }
            }

            /// The kind in words: `a subnet ID`.
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$kind => $words,)*
                }
            }

            /// The format in resource schemas; `None` of a kind that schemas do not name.
            pub const fn format(self) -> Option<&'static str> {
                match self {
                    $(Self::$kind => kinds!(@format $($format)?),)*
                }
            }
        }
    };
    (@format) => { None };
    (@format $format:literal) => { Some($format) };
}

kinds! {
    /// The ID of the hosted zone of an alias's target.
    AliasTargetHostedZoneId = "the hosted zone ID of an alias target",
        "AWS::Route53::AliasTarget.HostedZoneId";
    /// An ARN.
    Arn = "an ARN";
    /// The name of a bucket.
    BucketName = "the name of a bucket", "AWS::S3::Bucket.Name";
    /// The ARN of a certificate in Certificate Manager.
    CertificateArn = "the ARN of a certificate", "AWS::ACM::Certificate.Arn";
    /// The ARN of a function.
    FunctionArn = "the ARN of a function", "AWS::Lambda::Function.Arn";
    /// The ID of a hosted zone.
    HostedZoneId = "a hosted zone ID", "AWS::Route53::HostedZone.Id";
    /// The ID of a machine image.
    ImageId = "an AMI ID", "AWS::EC2::Image.Id";
    /// The name of a key's alias, with `alias/`.
    KmsAliasName = "the name of a key's alias", "AWS::KMS::Alias.AliasName";
    /// A key, by its ID, its ARN or an alias.
    KmsKey = "a KMS key";
    /// The ARN of a key.
    KmsKeyArn = "the ARN of a KMS key", "AWS::KMS::Key.Arn";
    /// The ID of a key.
    KmsKeyId = "a KMS key ID", "AWS::KMS::Key.Id";
    /// The name of a log group.
    LogGroupName = "the name of a log group", "AWS::Logs::LogGroup.Name";
    /// A name or an ID: a string that is neither an ARN nor a URL.
    Name = "a name or an ID";
    /// The ARN of a queue.
    QueueArn = "the ARN of a queue", "AWS::SQS::Queue.Arn";
    /// The ARN of a role.
    RoleArn = "the ARN of an IAM role", "AWS::IAM::Role.Arn";
    /// A security group, by its ID or its name.
    SecurityGroup = "a security group";
    /// The ID of a security group.
    SecurityGroupId = "a security group ID", "AWS::EC2::SecurityGroup.Id";
    /// The name of a security group.
    SecurityGroupName = "the name of a security group", "AWS::EC2::SecurityGroup.Name";
    /// The ID of a subnet.
    SubnetId = "a subnet ID", "AWS::EC2::Subnet.Id";
    /// The ARN of a topic.
    TopicArn = "the ARN of a topic", "AWS::SNS::Topic.Arn";
    /// A URL with its scheme.
    Url = "a URL";
    /// The ID of a VPC.
    VpcId = "a VPC ID", "AWS::EC2::VPC.Id";
}

impl IdentifierKind {
    /// The kind of a format of resource schemas.
    pub fn of_format(format: &str) -> Option<Self> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.format() == Some(format))
    }

    /// The kind of the ARNs of a resource type.
    pub fn of_arns(resource_type: &str) -> Option<Self> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.resource_type_of_arn() == Some(resource_type))
    }

    /// The resource type whose ARNs are of this kind.
    pub fn resource_type_of_arn(self) -> Option<&'static str> {
        self.format()?.strip_suffix(".Arn")
    }

    /// Whether it is known to be an ARN.
    pub const fn is_arn(self) -> bool {
        matches!(
            self,
            Self::Arn
                | Self::CertificateArn
                | Self::FunctionArn
                | Self::KmsKeyArn
                | Self::QueueArn
                | Self::RoleArn
                | Self::TopicArn
        )
    }

    /// Whether only its form is known, and nothing of what it identifies.
    pub const fn is_form(self) -> bool {
        matches!(self, Self::Arn | Self::Name | Self::Url)
    }

    /// Whether it has a form.
    pub fn has_form(self, form: Self) -> bool {
        match form {
            Self::Arn => self.is_arn() || self == Self::KmsKey,
            Self::Name => !self.is_arn() && self != Self::Url,
            _ => false,
        }
    }

    /// Whether the other kind is one of the several by which this one may be identified.
    pub const fn includes(self, other: Self) -> bool {
        matches!(
            (self, other),
            (
                Self::KmsKey,
                Self::KmsKeyId | Self::KmsKeyArn | Self::KmsAliasName
            ) | (
                Self::SecurityGroup,
                Self::SecurityGroupId | Self::SecurityGroupName
            )
        )
    }

    /// The kind that includes all of these: that of one, or the one by which each may be identified.
    pub fn that_includes(kinds: &[Self]) -> Option<Self> {
        match kinds {
            [] => None,
            [only] => Some(*only),
            several => {
                let mut all = Self::ALL.iter().copied();
                all.find(|all| several.iter().all(|kind| all.includes(*kind)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IdentifierKind;

    #[test]
    fn names_and_formats_are_unique() {
        let mut formats = Vec::new();
        for kind in IdentifierKind::ALL {
            if let Some(format) = kind.format() {
                assert_eq!(IdentifierKind::of_format(format), Some(*kind));
                formats.push(format);
            }
        }
        assert_eq!(formats.len(), 17);
        assert_eq!(IdentifierKind::of_format("AWS::EC2::Instance.Id"), None);
    }

    #[test]
    fn arns_are_named_so() {
        for kind in IdentifierKind::ALL {
            assert_eq!(kind.is_arn(), kind.name().ends_with("Arn"), "{kind:?}");
            let of = kind.resource_type_of_arn();
            assert_eq!(of.and_then(IdentifierKind::of_arns), of.map(|_| *kind));
        }
    }

    #[test]
    fn several_kinds_have_one_that_includes_them() {
        use IdentifierKind::{
            KmsAliasName, KmsKey, KmsKeyId, SecurityGroup, SecurityGroupId, SecurityGroupName,
            SubnetId,
        };
        for (kinds, expected) in [
            (&[][..], None),
            (&[SubnetId], Some(SubnetId)),
            (&[KmsAliasName, KmsKeyId], Some(KmsKey)),
            (&[SecurityGroupId, SecurityGroupName], Some(SecurityGroup)),
            (&[SecurityGroupId, SubnetId], None),
        ] {
            assert_eq!(IdentifierKind::that_includes(kinds), expected, "{kinds:?}");
        }
    }
}
