//! The snapshots of the homes: `daily`, `daily(keep = …)` or `none`.

use syn::Expr;
use vsc_spec::team::{Key, SnapshotsDeclaration};
use vsc_spec::{Diagnostic, suggest};

use super::super::literal::{Expected, wrong};
use super::Reader;
use super::forms::form;

const FORMS: [&str; 2] = ["daily", "none"];

impl Reader<'_> {
    pub(super) fn snapshots(&mut self, expression: &Expr) {
        let Some((name, parts)) = form(expression) else {
            let forms = "`daily`, `daily(keep = …)` or `none`";
            return wrong(self.wanted(), forms, expression, self.diagnostics);
        };
        self.reading.declaration.snapshots = match name.to_string().as_str() {
            "daily" => self.daily(&parts),
            "none" => self.none(&parts).then_some(SnapshotsDeclaration::None),
            other => {
                let diagnostic = Diagnostic::new(format!("`snapshots` cannot be `{other}`"))
                    .note("expected `daily`, a snapshot each day, or `none`")
                    .maybe_help(suggest::did_you_mean(other, FORMS));
                self.diagnostics.reject(name.span(), &diagnostic);
                None
            }
        };
    }

    fn daily(&mut self, parts: &[&Expr]) -> Option<SnapshotsDeclaration> {
        let example = Key::Snapshots.example();
        let ([keep], readable) = self.parts("daily", example, parts, ["keep"]);
        let wanted = Expected {
            subject: "keep",
            example,
        };
        let keep = match keep {
            Some(keep) => Some(self.integer(wanted, keep)?),
            None => None,
        };
        readable.then_some(SnapshotsDeclaration::Daily { keep })
    }
}
