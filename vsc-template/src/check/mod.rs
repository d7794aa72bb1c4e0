//! Checks whole templates: everything that CloudFormation would reject, and insecure settings.
//!
//! The lints are the constants of [`lint`]; each has a stable ID. The checks read no files and make no
//! calls.
//!
//! ```
//! use vsc_core::check::{self, lint};
//! use vsc_core::template::Source;
//!
//! let source = Source::read("Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n      BuketName: logs\n")?;
//! let diagnostics = check::template(source.json(), source.size());
//! assert_eq!(diagnostics[0].lint, lint::PROPERTY);
//! assert_eq!(diagnostics[0].diagnostic.help.as_deref(), Some("did you mean `BucketName`?"));
//! # Ok::<(), vsc_core::template::SourceError>(())
//! ```

mod argument;
mod condition;
mod cycle;
mod dynamic;
mod fit;
#[cfg(test)]
mod fit_tests;
mod function;
pub mod lint;
mod mapping;
mod output;
mod parameter;
mod rain;
mod relation;
mod report;
mod resource;
#[cfg(test)]
mod resource_tests;
mod section;
#[cfg(test)]
mod section_tests;
mod security;
mod suppression;
#[cfg(test)]
mod tests;
mod transform;

use vsc_spec::document::Position;
use vsc_spec::resource::{Location, Target};
use vsc_spec::{Diagnostic, Json};

use crate::template::{Repetition, Source, quota, reference};

pub use lint::{Lint, Severity};
use lint::{merge_key, yaml_alias};
use report::Report;
use suppression::Suppressions;
use transform::Transforms;

/// A diagnostic of a template, with its lint and location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintDiagnostic {
    /// The lint that reports it.
    pub lint: Lint,
    /// The location in the template.
    pub location: Location,
    /// The message, note and help.
    pub diagnostic: Diagnostic,
}

impl LintDiagnostic {
    /// The severity of the lint.
    pub const fn severity(&self) -> Severity {
        self.lint.severity()
    }
}

/// Whether a custom macro processes the template. Its output is not known, so only resources, quotas
/// and security are checked.
pub fn is_open(template: &Json) -> bool {
    Transforms::of(template).custom
}

/// The error for a resource type whose transform is missing in the template.
pub fn missing_transform(template: &Json, type_name: &str) -> Option<Diagnostic> {
    Transforms::of(template).missing(type_name)
}

/// All diagnostics of a template in source order, except those that the template suppresses. `size` is
/// the length of its text in bytes.
///
/// Functions are in their long forms, as from [`Source::json`](crate::template::Source::json).
pub fn template(template: &Json, size: usize) -> Vec<LintDiagnostic> {
    checked(template, size).diagnostics
}

/// The diagnostics of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Checked {
    /// The diagnostics to report.
    pub diagnostics: Vec<LintDiagnostic>,
    /// The diagnostics that `Metadata: {vsc: {suppress: […]}}` of the template or a resource suppresses.
    pub suppressed: Vec<LintDiagnostic>,
}

/// All diagnostics of a template, including suppressed ones: see [`template`].
pub fn checked(template: &Json, size: usize) -> Checked {
    let all = all(template, size);
    let suppressions = Suppressions::of(template);
    let (suppressed, diagnostics) = all
        .into_iter()
        .partition(|diagnostic| suppressions.contain(diagnostic));
    Checked {
        diagnostics,
        suppressed,
    }
}

/// Features of YAML that CloudFormation does not support: AWS CloudFormation User Guide,
/// "Template format: YAML".
pub fn repetitions(source: &Source) -> impl Iterator<Item = (Position, LintDiagnostic)> {
    source.repetitions().iter().map(|(position, repetition)| {
        let (lint, diagnostic) = match repetition {
            Repetition::Merge => (lint::MERGE_KEY, merge_key::unknown()),
            Repetition::Alias => (lint::YAML_ALIAS, yaml_alias::unsupported()),
        };
        let location = Location {
            path: Vec::new(),
            target: Target::Value,
        };
        (
            *position,
            LintDiagnostic {
                lint,
                location,
                diagnostic,
            },
        )
    })
}

/// Only the errors, except those that the template suppresses.
pub(crate) fn errors(template: &Json, size: usize) -> Vec<LintDiagnostic> {
    let suppressions = Suppressions::of(template);
    let mut errors = find_errors(template, size, Purpose::Build).in_order(template);
    errors.retain(|one| one.severity() == Severity::Error && !suppressions.contain(one));
    errors
}

fn all(template: &Json, size: usize) -> Vec<LintDiagnostic> {
    let mut report = find_errors(template, size, Purpose::Review);
    security::check(template, &mut report);
    suppression::check(template, &mut report);
    report.in_order(template)
}

/// What a template is checked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// To be built: errors alone, and a custom macro is trusted to fix those of resources, since
    /// the author of the template knows it.
    Build,
    /// To be reviewed: advice as well, and what a custom macro has to fix.
    Review,
}

/// The errors that CloudFormation or a service would report.
fn find_errors(template: &Json, size: usize, purpose: Purpose) -> Report {
    let mut report = Report::default();
    let Some(sections) = template.as_object() else {
        return report;
    };
    let transforms = Transforms::of(template);
    section::check(sections, transforms, &mut report);
    transform::check(template, transforms, &mut report);
    // A custom macro may change anything but, in most cases, resources.
    if !transforms.custom {
        parameter::check(template, &mut report);
        mapping::check(template, &mut report);
        condition::check(template, transforms, &mut report);
        resource::check(template, transforms, purpose, &mut report);
        relation::check(template, &mut report);
        output::check(template, transforms, &mut report);
        function::check(template, transforms.dialect(), &mut report);
        fit::check(template, &mut report);
        argument::check(template, &mut report);
        for violation in reference::check(template, transforms.added()) {
            report.add(lint::REFERENCE, violation);
        }
        cycle::check(template, &mut report);
        dynamic::check(template, &mut report);
        if !transforms.include
            && let Some(violation) = quota::nothing(template)
        {
            report.add(lint::NO_RESOURCES, violation);
        }
    } else if purpose == Purpose::Review {
        resource::check(template, transforms, purpose, &mut report);
        report.note("a macro of the template may change it");
    }
    rain::check(template, &mut report);
    for violation in quota::check(template, size) {
        report.add(lint::QUOTA, violation);
    }
    report
}

/// The items of a list; any other value is a single item.
fn items(value: &Json) -> &[Json] {
    match value {
        Json::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}
