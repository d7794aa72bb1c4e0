//! Where the certificate comes from: `ssm(…)`, `acme(…)` or `none`.

use proc_macro2::Ident;
use syn::Expr;
use vsc_spec::team::{Key, Place, TlsDeclaration, TlsPart};
use vsc_spec::{Finding, Text, suggest};

use super::super::literal::{Wanted, plain, wrong};
use super::{Reader, unknown_part};
use crate::diagnostics::Range;

const FORMS: [&str; 3] = ["ssm", "acme", "none"];

impl Reader<'_> {
    pub(super) fn tls(&mut self, expression: &Expr) {
        let (name, parts) = match expression {
            Expr::Path(path) => (path.path.get_ident(), Vec::new()),
            Expr::Call(call) => match call.func.as_ref() {
                Expr::Path(path) => (path.path.get_ident(), call.args.iter().collect()),
                _ => (None, Vec::new()),
            },
            _ => (None, Vec::new()),
        };
        let Some(name) = name else {
            let forms = "`ssm`, `acme(…)` or `none`";
            return wrong(self.wanted(), forms, expression, self.diagnostics);
        };
        self.reading.declaration.tls = match name.to_string().as_str() {
            "ssm" => self.ssm(&parts),
            "acme" => self.acme(&parts),
            "none" => self.none(&parts),
            other => {
                let finding = Finding::new(format!("`tls` cannot be `{other}`"))
                    .why("its forms are `ssm`, a certificate in Parameter Store; `acme`, one from Let's Encrypt; and `none`")
                    .maybe_help(suggest::did_you_mean(other, FORMS));
                self.diagnostics.refuse(name.span(), &finding);
                None
            }
        };
    }

    fn ssm(&mut self, parts: &[&Expr]) -> Option<TlsDeclaration> {
        let known = [
            ("certificate", TlsPart::Certificate),
            ("private_key", TlsPart::PrivateKey),
        ];
        let [certificate, private_key] = self.parts("ssm", Key::Tls.example(), parts, known)?;
        Some(TlsDeclaration::Ssm {
            certificate,
            private_key,
        })
    }

    fn acme(&mut self, parts: &[&Expr]) -> Option<TlsDeclaration> {
        let known = [("email", TlsPart::Email), ("until", TlsPart::Until)];
        let example = "tls = acme(email = \"ops@x.com\")";
        let [email, until] = self.parts("acme", example, parts, known)?;
        Some(TlsDeclaration::Acme { email, until })
    }

    fn none(&mut self, parts: &[&Expr]) -> Option<TlsDeclaration> {
        if let Some(part) = parts.first() {
            let finding = Finding::new("`none` has no parts").help("write `tls = none`");
            self.diagnostics.refuse(Range::of(part), &finding);
            return None;
        }
        Some(TlsDeclaration::None)
    }

    /// The parts of a form by their names; nothing if one of them cannot be read.
    fn parts<const N: usize>(
        &mut self,
        form: &str,
        example: &str,
        parts: &[&Expr],
        known: [(&str, TlsPart); N],
    ) -> Option<[Option<Text>; N]> {
        let mut values = [const { None }; N];
        let mut readable = true;
        for part in parts {
            let Some((name, value)) = named(part) else {
                let finding = Finding::new(format!("the parts of `{form}` have names"))
                    .help(format!("write `{example}`"));
                self.diagnostics.refuse(Range::of(part), &finding);
                readable = false;
                continue;
            };
            let text = name.to_string();
            let Some(at) = known.iter().position(|(known, _)| *known == text) else {
                let names = known.map(|(name, _)| name);
                self.diagnostics
                    .refuse(name.span(), &unknown_part(form, &text, &names));
                readable = false;
                continue;
            };
            if values[at].is_some() {
                let finding =
                    Finding::new(format!("`{name}` is declared twice")).help("remove one of them");
                self.diagnostics.refuse(name.span(), &finding);
                continue;
            }
            let wanted = Wanted {
                subject: &text,
                example,
            };
            values[at] = self.text(Place::Tls(known[at].1), wanted, plain(value));
            readable &= values[at].is_some();
        }
        readable.then_some(values)
    }
}

/// `name = value`.
fn named(part: &Expr) -> Option<(&Ident, &Expr)> {
    let Expr::Assign(assign) = part else {
        return None;
    };
    match assign.left.as_ref() {
        Expr::Path(path) => Some((path.path.get_ident()?, assign.right.as_ref())),
        _ => None,
    }
}
