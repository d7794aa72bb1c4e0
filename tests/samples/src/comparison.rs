//! The differences between two linters.

use std::fmt;
use std::path::Path;

use crate::linters::{Resource, Verdict};
use crate::templates::Template;

/// A resource about which the linters differ, and the errors of one of them.
struct Difference {
    resource: String,
    errors: Vec<String>,
}

/// Both linters over all resources.
pub(crate) struct Comparison {
    templates: usize,
    resources: usize,
    rejected: usize,
    alarms: Vec<Difference>,
    misses: Vec<Difference>,
}

impl Comparison {
    pub(crate) fn new(
        folder: &Path,
        templates: &[Template],
        ours: &Verdict,
        theirs: &Verdict,
    ) -> Self {
        let mut comparison = Self {
            templates: templates.len(),
            resources: 0,
            rejected: 0,
            alarms: Vec::new(),
            misses: Vec::new(),
        };
        // Errors in other files would be about nothing that is compared.
        for (file, _) in ours.errors.keys().chain(theirs.errors.keys()) {
            let is_there = |template: &Template| template.path.display().to_string() == *file;
            assert!(
                templates.iter().any(is_there),
                "{file} is not among the templates"
            );
        }
        for template in templates {
            let shown = template.path.strip_prefix(folder).unwrap_or(&template.path);
            for resource in &template.resources {
                let key = (template.path.display().to_string(), resource.clone());
                let name = format!("{}:{resource}", shown.display());
                comparison.add(&key, name, ours, theirs);
            }
        }
        comparison
    }

    fn add(&mut self, resource: &Resource, name: String, ours: &Verdict, theirs: &Verdict) {
        let reported =
            |verdict: &Verdict| verdict.errors.get(resource).cloned().unwrap_or_default();
        let (ours, theirs) = (reported(ours), reported(theirs));
        let family = || theirs.iter().filter(|(rule, _)| rule.starts_with("E3"));
        self.resources += 1;
        if !ours.is_empty() && !theirs.is_empty() {
            self.rejected += 1;
        }
        let messages = |errors: &mut dyn Iterator<Item = &(String, String)>| {
            let messages = errors.map(|(rule, message)| format!("{rule}: {message}"));
            messages.collect()
        };
        if !ours.is_empty() && theirs.is_empty() {
            let errors = messages(&mut ours.iter());
            self.alarms.push(Difference {
                resource: name,
                errors,
            });
        } else if ours.is_empty() && family().next().is_some() {
            let errors = messages(&mut family());
            self.misses.push(Difference {
                resource: name,
                errors,
            });
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "these are some thousands")]
    fn share(&self, count: usize) -> f64 {
        count as f64 / self.resources as f64
    }

    /// The share of the resources about which the linters agree.
    pub(crate) fn agreement(&self) -> f64 {
        self.share(self.resources - self.alarms.len() - self.misses.len())
    }

    /// The share of the resources that we alone reject.
    pub(crate) fn false_alarms(&self) -> f64 {
        self.share(self.alarms.len())
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, differences) in [("alarm", &self.alarms), ("miss", &self.misses)] {
            for Difference { resource, errors } in differences {
                writeln!(f, "{kind:<6} {resource}: {}", errors.join("; "))?;
            }
        }
        writeln!(
            f,
            "{} templates, {} resources, {} of them rejected by both",
            self.templates, self.resources, self.rejected
        )?;
        writeln!(
            f,
            "agreement {:.2} %, false alarms {} ({:.2} %), misses {} ({:.2} %)",
            self.agreement() * 100.0,
            self.alarms.len(),
            self.false_alarms() * 100.0,
            self.misses.len(),
            self.share(self.misses.len()) * 100.0
        )
    }
}
