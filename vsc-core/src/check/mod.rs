//! Checks whole templates: everything that CloudFormation would reject, and what is not safe.
//!
//! The lints are the constants of [`lint`]; each has an ID that does not change. Nothing is read and
//! nothing is called.
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

mod condition;
mod cycle;
mod dynamic;
mod fit;
#[cfg(test)]
mod fit_tests;
mod function;
mod handed;
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

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintDiagnostic {
    /// The lint that reports it.
    pub lint: Lint,
    /// Where in the template.
    pub location: Location,
    /// What is wrong, why, and what to write instead.
    pub diagnostic: Diagnostic,
}

impl LintDiagnostic {
    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.lint.severity()
    }
}

/// Whether a macro that somebody registered processes the template. What it makes of the template
/// is not known here, so that only its resources, quotas and security are looked at.
pub fn is_open(template: &Json) -> bool {
    Transforms::of(template).custom
}

/// Why a resource type is not known in a template: the transform that brings it is missing.
pub fn missing_transform(template: &Json, type_name: &str) -> Option<Diagnostic> {
    Transforms::of(template).missing(type_name)
}

/// Everything that is wrong with a template, in the order of its parts, but for what the template
/// itself suppresses. `size` is how long its text is, in bytes.
///
/// Functions stand there in their long forms, as [`Source::json`](crate::template::Source::json)
/// gives them.
pub fn template(template: &Json, size: usize) -> Vec<LintDiagnostic> {
    checked(template, size).diagnostics
}

/// What is wrong with a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is to be reported.
    pub diagnostics: Vec<LintDiagnostic>,
    /// What `Metadata: {vsc: {suppress: […]}}` of the template or of a resource suppresses.
    pub suppressed: Vec<LintDiagnostic>,
}

/// Everything that is wrong with a template, and what of it the template itself suppresses: as
/// [`template`].
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

/// What CloudFormation lacks of YAML in the text of a template: AWS CloudFormation User Guide,
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

/// The errors alone, but for what the template itself suppresses.
pub(crate) fn errors(template: &Json, size: usize) -> Vec<LintDiagnostic> {
    let suppressions = Suppressions::of(template);
    let mut errors = broken(template, size, Purpose::Build).in_order(template);
    errors.retain(|one| one.severity() == Severity::Error && !suppressions.contain(one));
    errors
}

fn all(template: &Json, size: usize) -> Vec<LintDiagnostic> {
    let mut report = broken(template, size, Purpose::Review);
    security::check(template, &mut report);
    suppression::check(template, &mut report);
    report.in_order(template)
}

/// What a template is checked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// To be built: errors alone, and a registered macro is trusted to mend the resources, since
    /// whoever builds the template knows it.
    Build,
    /// To be read by people: advice as well, and what a registered macro has to mend.
    Review,
}

/// What CloudFormation or a service rejects.
fn broken(template: &Json, size: usize, purpose: Purpose) -> Report {
    let mut report = Report::default();
    let Some(sections) = template.as_object() else {
        return report;
    };
    let transforms = Transforms::of(template);
    section::check(sections, transforms, &mut report);
    transform::check(template, transforms, &mut report);
    // A macro of one's own may make anything of anything, resources least of all.
    if !transforms.custom {
        parameter::check(template, &mut report);
        mapping::check(template, &mut report);
        condition::check(template, transforms, &mut report);
        resource::check(template, transforms, purpose, &mut report);
        relation::check(template, &mut report);
        output::check(template, transforms, &mut report);
        function::check(template, transforms.dialect(), &mut report);
        fit::check(template, &mut report);
        handed::check(template, &mut report);
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

/// The items of a list; a value that is no list is its only item.
fn items(value: &Json) -> &[Json] {
    match value {
        Json::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}
