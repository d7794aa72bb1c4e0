//! `output`.

use vsc_spec::{Diagnostic, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Outputs have a string as their value.
    ///
    /// # Why
    ///
    /// CloudFormation rejects an output without a value, with a list or object as its value, or with an unknown
    /// member.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Outputs:
    ///   Topic: { Valu: !Ref Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Outputs:
    ///   Topic: { Value: !Ref Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Outputs section"
    /// - cfn-lint E6001, E6002, E6101
    pub const OUTPUT: Error = "output";
}

pub(in crate::check) fn not_an_object(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the output `{id}` is not an object")).help("write `Value: …` below it")
}

pub(in crate::check) fn unknown_member(name: &str, members: &[&str]) -> Diagnostic {
    Diagnostic::new(format!("an output has no `{name}`"))
        .note(format!("it has {}", suggest::list(members.iter().copied())))
        .maybe_help(suggest::did_you_mean(name, members.iter().copied()))
}

pub(in crate::check) fn null(name: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` cannot be `null`")).help("leave it out")
}

pub(in crate::check) fn list() -> Diagnostic {
    Diagnostic::new("the value of an output is a string, not a list")
        .help("join it with `Fn::Join`")
}

pub(in crate::check) fn object() -> Diagnostic {
    Diagnostic::new("the value of an output is a string, not an object")
}

pub(in crate::check) fn list_of_function() -> Diagnostic {
    Diagnostic::new("the value of an output is a string, not a list")
        .help("join it with `Fn::Join`")
}

pub(in crate::check) fn long_description(length: usize, longest: usize) -> Diagnostic {
    let message = format!("the description of an output has {length} bytes");
    Diagnostic::new(message).note(format!("it may have at most {longest}"))
}

pub(in crate::check) fn invalid_description() -> Diagnostic {
    Diagnostic::new("the description of an output is a string").note("it cannot contain functions")
}

pub(in crate::check) fn missing_export_name() -> Diagnostic {
    Diagnostic::new("an export needs a `Name`").help("write `Export: {Name: …}`")
}

pub(in crate::check) fn unknown_in_export(name: &str) -> Diagnostic {
    Diagnostic::new(format!("an export has no `{name}`")).help("write `Export: {Name: …}`")
}

pub(in crate::check) fn missing_value(id: &str) -> Diagnostic {
    Diagnostic::new(format!("the output `{id}` has no `Value`")).help("add `Value: …`")
}
