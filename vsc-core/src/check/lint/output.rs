//! `output`.

use vsc_spec::{Finding, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// Outputs have a value that is a string.
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

pub(in crate::check) fn not_an_object(id: &str) -> Finding {
    Finding::new(format!("the output `{id}` is an object")).help("write its value below `Value`")
}

pub(in crate::check) fn unknown_member(name: &str, members: &[&str]) -> Finding {
    Finding::new(format!("an output has no `{name}`"))
        .why(format!("it has {}", suggest::list(members.iter().copied())))
        .maybe_help(suggest::did_you_mean(name, members.iter().copied()))
}

pub(in crate::check) fn null(name: &str) -> Finding {
    Finding::new(format!("`{name}` cannot be `null`")).help("leave it out")
}

pub(in crate::check) fn list() -> Finding {
    Finding::new("the value of an output is text, not a list").help("join it with `Fn::Join`")
}

pub(in crate::check) fn object() -> Finding {
    Finding::new("the value of an output is text, not an object")
}

pub(in crate::check) fn list_of_function() -> Finding {
    Finding::new("the value of an output is a string, not a list").help("join it with `Fn::Join`")
}

pub(in crate::check) fn long_description(length: usize, longest: usize) -> Finding {
    let message = format!("the description of an output has {length} bytes");
    Finding::new(message).why(format!("at most {longest}"))
}

pub(in crate::check) fn invalid_description() -> Finding {
    Finding::new("the description of an output is a string").why("there are no functions in it")
}

pub(in crate::check) fn missing_export_name() -> Finding {
    Finding::new("an export has a `Name`").help("write `Export: {Name: …}`")
}

pub(in crate::check) fn unknown_in_export(name: &str) -> Finding {
    Finding::new(format!("an export has no `{name}`")).help("write `Export: {Name: …}`")
}

pub(in crate::check) fn missing_value(id: &str) -> Finding {
    Finding::new(format!("the output `{id}` has no `Value`")).help("add `Value: …`")
}
