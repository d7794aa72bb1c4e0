//! Intrinsic functions: AWS CloudFormation Template Reference, "Intrinsic functions", "Condition
//! functions" and "Rule functions".

use std::fmt;

use crate::json::Text;

/// The prefix of the names of all functions but `Ref`.
const PREFIX: &str = "Fn::";

/// Declares the functions with their names.
macro_rules! functions {
    ($($(#[$about:meta])* $function:ident = $name:literal,)*) => {
        /// An intrinsic function of CloudFormation.
        ///
        /// ```
        /// use vsc_spec::cloudformation::IntrinsicFunction;
        ///
        /// let sub = IntrinsicFunction::parse("Fn::Sub");
        /// assert_eq!(sub, Some(IntrinsicFunction::Sub));
        /// assert_eq!(IntrinsicFunction::Sub.short(), "Sub");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum IntrinsicFunction {
            $($(#[$about])* $function,)*
        }

        impl IntrinsicFunction {
            /// All functions.
            pub const ALL: &'static [Self] = &[$(Self::$function,)*];

            /// The name in a template: `Fn::GetAtt`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$function => $name,)*
                }
            }

            /// The function of this name in its long form, `Fn::GetAtt`.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$function),)*
                    _ => None,
                }
            }
        }
    };
}

functions! {
    /// The value of a parameter, or the identifier of a resource.
    Ref = "Ref",
    /// An attribute of a resource.
    GetAtt = "Fn::GetAtt",
    /// A string with variables.
    Sub = "Fn::Sub",
    /// The items of a list with a delimiter between them.
    Join = "Fn::Join",
    /// An item of a list.
    Select = "Fn::Select",
    /// The parts of a string.
    Split = "Fn::Split",
    /// A string in Base64.
    Base64 = "Fn::Base64",
    /// Subnets of an address range.
    Cidr = "Fn::Cidr",
    /// The availability zones of a region.
    GetAZs = "Fn::GetAZs",
    /// A value of a mapping.
    FindInMap = "Fn::FindInMap",
    /// An export of another stack.
    ImportValue = "Fn::ImportValue",
    /// One of two values, by a condition.
    If = "Fn::If",
    /// The output of a macro.
    Transform = "Fn::Transform",
    /// The length of a list.
    Length = "Fn::Length",
    /// An object or a list as a string.
    ToJsonString = "Fn::ToJsonString",
    /// An output of another stack.
    GetStackOutput = "Fn::GetStackOutput",
    /// Whether all conditions hold.
    And = "Fn::And",
    /// Whether one of the conditions holds.
    Or = "Fn::Or",
    /// Whether a condition does not hold.
    Not = "Fn::Not",
    /// Whether two values are the same.
    Equals = "Fn::Equals",
    /// Whether a value is in a list.
    Contains = "Fn::Contains",
    /// Whether all items of a list are the value.
    EachMemberEquals = "Fn::EachMemberEquals",
    /// Whether all items of a list are in another one.
    EachMemberIn = "Fn::EachMemberIn",
    /// The values of all parameters of a type.
    RefAll = "Fn::RefAll",
    /// An attribute of a parameter's value.
    ValueOf = "Fn::ValueOf",
    /// An attribute of the values of all parameters of a type.
    ValueOfAll = "Fn::ValueOfAll",
}

impl IntrinsicFunction {
    /// The name without its prefix, as in the short form of YAML: `GetAtt`, written `!GetAtt`.
    pub fn short(self) -> &'static str {
        let name = self.name();
        name.strip_prefix(PREFIX).unwrap_or(name)
    }

    /// The long name of a function in its short form: `Fn::Sub` of `Sub`, also for unknown functions.
    pub fn long_name(short: &str) -> String {
        format!("{PREFIX}{short}")
    }

    /// The name without `Fn::`, also of unknown functions.
    pub fn strip_prefix(name: &str) -> Option<&str> {
        name.strip_prefix(PREFIX)
    }

    /// Whether the function returns a condition, in the sections `Conditions` and `Rules`.
    pub const fn is_condition_function(self) -> bool {
        matches!(self, Self::And | Self::Equals | Self::Not | Self::Or)
    }

    /// Whether the function returns a condition, only in the section `Rules`.
    pub const fn is_rule_condition(self) -> bool {
        matches!(
            self,
            Self::Contains | Self::EachMemberEquals | Self::EachMemberIn
        )
    }

    /// Whether the function returns the values of parameters, in the section `Rules`.
    pub const fn is_rule_operand(self) -> bool {
        matches!(self, Self::RefAll | Self::ValueOf | Self::ValueOfAll)
    }

    /// Whether the function is only allowed in the sections `Conditions` and `Rules`, and never as the
    /// value of a property.
    pub const fn is_of_section(self) -> bool {
        self.is_condition_function() || self.is_rule_condition() || self.is_rule_operand()
    }

    /// Whether the function returns a list, whatever its arguments.
    pub const fn returns_list(self) -> bool {
        matches!(self, Self::Cidr | Self::GetAZs | Self::Split)
    }

    /// Whether the name is that of a loop: `Fn::ForEach::Name`, a member of an object, which ends with a
    /// name chosen by the template.
    pub fn is_loop(name: &str) -> bool {
        name.starts_with("Fn::ForEach::")
    }
}

impl fmt::Display for IntrinsicFunction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl From<IntrinsicFunction> for Text {
    fn from(function: IntrinsicFunction) -> Self {
        Self::Borrowed(function.name())
    }
}

impl PartialEq<IntrinsicFunction> for str {
    fn eq(&self, other: &IntrinsicFunction) -> bool {
        self == other.name()
    }
}

impl PartialEq<IntrinsicFunction> for &str {
    fn eq(&self, other: &IntrinsicFunction) -> bool {
        *self == other.name()
    }
}

/// Whether the only member of an object makes it an intrinsic function, known or not: `Ref`, and names that
/// begin with `Fn::`.
pub fn is_function(name: &str) -> bool {
    name == IntrinsicFunction::Ref || has_function_prefix(name)
}

/// Whether one of several members is a function rather than a name: `Fn::Transform` and
/// `Fn::ForEach::Name` can be among others. `Ref` cannot; there it is a name like any other.
pub fn has_function_prefix(name: &str) -> bool {
    name.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_reads_back() {
        assert_eq!(IntrinsicFunction::ALL.len(), 26);
        for function in IntrinsicFunction::ALL {
            let name = function.name();
            assert_eq!(IntrinsicFunction::parse(name), Some(*function));
            assert!(is_function(name), "{name}");
            assert_eq!(format!("{function:?}"), function.short());
            let is_ref = *function == IntrinsicFunction::Ref;
            assert_eq!(has_function_prefix(name), !is_ref, "{name}");
        }
        for name in ["Fn::Sbu", "Sub", "ref", "Condition", ""] {
            assert_eq!(IntrinsicFunction::parse(name), None, "{name}");
        }
    }

    #[test]
    fn functions_are_distinguished_from_names() {
        assert!(is_function("Fn::Sbu") && has_function_prefix("Fn::ForEach::Topic"));
        assert!(IntrinsicFunction::is_loop("Fn::ForEach::Topic"));
        for name in ["Condition", "Fn", "Fn:Sub", "Reference", "GetAtt", ""] {
            assert!(!is_function(name), "{name}");
        }
    }
}
