//! Pseudo parameters: AWS CloudFormation Template Reference, "Pseudo parameters".

use std::fmt;

/// Declares the pseudo parameters with their names.
macro_rules! pseudo_parameters {
    ($($(#[$about:meta])* $parameter:ident = $name:literal,)*) => {
        /// A parameter that CloudFormation predefines in every template.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum PseudoParameter {
            $($(#[$about])* $parameter,)*
        }

        impl PseudoParameter {
            /// All pseudo parameters, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$parameter,)*];

            /// The name in a template: `AWS::Region`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$parameter => $name,)*
                }
            }

            /// The pseudo parameter of this name.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$parameter),)*
                    _ => None,
                }
            }
        }
    };
}

pseudo_parameters! {
    /// The account of the stack.
    AccountId = "AWS::AccountId",
    /// The value that removes a property.
    NoValue = "AWS::NoValue",
    /// The topics that receive the stack's events.
    NotificationArns = "AWS::NotificationARNs",
    /// `aws`, or another partition: `aws-cn`, `aws-us-gov`.
    Partition = "AWS::Partition",
    /// The region of the stack.
    Region = "AWS::Region",
    /// The ARN of the stack.
    StackId = "AWS::StackId",
    /// The name of the stack.
    StackName = "AWS::StackName",
    /// The suffix of AWS's domain: `amazonaws.com`, or another one in China.
    UrlSuffix = "AWS::URLSuffix",
}

impl PseudoParameter {
    /// The names of all pseudo parameters.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().map(|parameter| parameter.name())
    }

    /// Whether the name is reserved by CloudFormation, known or not: names of a template have no colons.
    pub fn is_reserved(name: &str) -> bool {
        name.starts_with("AWS::")
    }
}

impl fmt::Display for PseudoParameter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl From<PseudoParameter> for crate::json::Text {
    fn from(parameter: PseudoParameter) -> Self {
        Self::Borrowed(parameter.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_reads_back() {
        assert_eq!(PseudoParameter::ALL.len(), 8);
        assert!(PseudoParameter::names().is_sorted());
        for parameter in PseudoParameter::ALL {
            assert_eq!(PseudoParameter::parse(parameter.name()), Some(*parameter));
            assert!(PseudoParameter::is_reserved(parameter.name()));
        }
        assert_eq!(PseudoParameter::parse("AWS::Reigon"), None);
    }
}
