//! The type of lints, and the macro that declares one.

use std::fmt;
use std::hash::{Hash, Hasher};

use vsc_spec::{Json, Text};

/// The severity of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// CloudFormation accepts the template, but it is insecure or outdated.
    Warning,
    /// CloudFormation or the service rejects the template.
    Error,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A lint of [`check`](crate::check): its ID, its severity and its page.
///
/// Each is a constant of [`lint`](super), whose documentation is also its page in `docs/lints`.
#[derive(Clone, Copy)]
pub struct Lint {
    id: &'static str,
    severity: Severity,
    page: &'static str,
}

impl Lint {
    pub(super) const fn new(id: &'static str, severity: Severity, page: &'static str) -> Self {
        Self { id, severity, page }
    }

    /// The ID in kebab-case, which does not change: `open-port`.
    pub const fn id(self) -> &'static str {
        self.id
    }

    /// The severity of this lint.
    pub const fn severity(self) -> Severity {
        self.severity
    }

    /// A summary in one sentence: the first line of its page.
    pub fn summary(self) -> &'static str {
        self.page.lines().next().unwrap_or_default().trim()
    }

    /// Its page in Markdown: a summary, then the sections `Why`, `Bad`, `Good` and `Sources`.
    pub const fn page(self) -> &'static str {
        self.page
    }

    /// The URL of its page.
    pub fn url(self) -> String {
        format!(
            "{}/blob/main/docs/lints/{}.md",
            env!("CARGO_PKG_REPOSITORY"),
            self.id
        )
    }
}

/// The suppression of a lint in a template.
impl Lint {
    /// An entry of `Metadata: {vsc: {suppress: […]}}`: the ID with the reason.
    pub fn suppressed_for(self, reason: impl Into<Text>) -> Json {
        Json::object([
            ("id", Json::from(self.id)),
            ("reason", Json::String(reason.into())),
        ])
    }
}

/// The ID identifies a lint.
impl PartialEq for Lint {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Lint {}

impl Hash for Lint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Debug for Lint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// Declares the lint of a file, and tests the examples of its page.
macro_rules! declare_lint {
    ($(#[doc = $page:literal])+ pub const $name:ident: $severity:ident = $id:literal;) => {
        $(#[doc = $page])+
        pub const $name: $crate::check::Lint = $crate::check::Lint::new(
            $id,
            $crate::check::Severity::$severity,
            concat!($($page, "\n"),+),
        );

        #[cfg(test)]
        #[test]
        fn examples() {
            $crate::check::lint::examples::assert_hold($name);
        }
    };
}

pub(super) use declare_lint;
