//! `section`.

use vsc_spec::cloudformation::Section;
use vsc_spec::{Diagnostic, Json, suggest};

use super::declare::declare_lint;

declare_lint! {
    /// A template has only known sections, and `Resources` among them.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a template with an unknown section, a malformed section, or a loop without its
    /// transform.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// Output: {}
    /// ```
    ///
    /// ```yaml
    /// Resources:
    ///   Fn::ForEach::Topics:
    ///     - Name
    ///     - [A, B]
    ///     - Topic${Name}: { Type: AWS::SNS::Topic }
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
    /// - AWS CloudFormation User Guide, "CloudFormation template sections"
    /// - cfn-lint E1001, E1032
    pub const SECTION: Error = "section";
}

pub(in crate::check) fn unknown(name: &str) -> Diagnostic {
    Diagnostic::new(format!("a template has no section `{name}`"))
        .note(format!("it has {}", suggest::list(Section::names())))
        .maybe_help(suggest::did_you_mean(name, Section::names()))
}

pub(in crate::check) fn unknown_version() -> Diagnostic {
    Diagnostic::new("unknown template format version")
        .note("the only version is `2010-09-09`")
        .help("write `AWSTemplateFormatVersion: 2010-09-09`, or remove it")
}

pub(in crate::check) fn invalid_description() -> Diagnostic {
    Diagnostic::new("the description is not a string")
}

/// A transform that names no macro (AWS CloudFormation User Guide, "Transform section").
pub(in crate::check) fn invalid_transform() -> Diagnostic {
    Diagnostic::new("`Transform` names no macro")
        .help("write the name of a macro, a list of names, or an object of `Name` and `Parameters`")
}

pub(in crate::check) fn not_an_object(name: &str, value: &Json) -> Diagnostic {
    let help = match value {
        Json::Null => "remove it",
        _ => "write logical IDs, and below each its definition",
    };
    Diagnostic::new(format!("`{name}` is not an object")).help(help)
}

/// A loop without the transform that processes it.
pub(in crate::check) fn missing_transform() -> Diagnostic {
    Diagnostic::new("`Fn::ForEach` needs a transform")
        .help("add `Transform: AWS::LanguageExtensions` to the template")
}
