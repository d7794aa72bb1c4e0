//! The source of the certificate: `ssm(…)`, `acme(…)` or `none`.

use syn::Expr;
use vsc_spec::team::{DeclarationPath, Key, TlsDeclaration, TlsPart};
use vsc_spec::{Diagnostic, Text, suggest};

use super::super::literal::{Expected, Written, boolean, plain, wrong};
use super::Reader;
use super::forms::form;

const FORMS: [&str; 3] = ["ssm", "acme", "none"];

impl Reader<'_> {
    pub(super) fn tls(&mut self, expression: &Expr) {
        let Some((name, parts)) = form(expression) else {
            let forms = "`ssm`, `acme(…)` or `none`";
            return wrong(self.wanted(), forms, expression, self.diagnostics);
        };
        self.reading.declaration.tls = match name.to_string().as_str() {
            "ssm" => self.ssm(&parts),
            "acme" => self.acme(&parts),
            "none" => self.none(&parts).then_some(TlsDeclaration::None),
            other => {
                let diagnostic = Diagnostic::new(format!("`tls` cannot be `{other}`"))
                    .note("expected `ssm`, a certificate in Parameter Store, `acme`, one from Let's Encrypt, or `none`")
                    .maybe_help(suggest::did_you_mean(other, FORMS));
                self.diagnostics.reject(name.span(), &diagnostic);
                None
            }
        };
    }

    fn ssm(&mut self, parts: &[&Expr]) -> Option<TlsDeclaration> {
        let known = [
            ("certificate", TlsPart::Certificate),
            ("private_key", TlsPart::PrivateKey),
        ];
        let example = Key::Tls.example();
        let (parts, readable) = self.parts("ssm", example, parts, known.map(|(name, _)| name));
        let texts = self.texts(example, known, parts);
        let [certificate, private_key] = texts.filter(|_| readable)?;
        Some(TlsDeclaration::Ssm {
            certificate,
            private_key,
        })
    }

    fn acme(&mut self, parts: &[&Expr]) -> Option<TlsDeclaration> {
        let known = [("email", TlsPart::Email), ("until", TlsPart::Until)];
        let example = "tls = acme(email = \"ops@x.com\")";
        let names = ["email", "until", "staging"];
        let ([email, until, staging], readable) = self.parts("acme", example, parts, names);
        let texts = self.texts(example, known, [email, until]);
        let staging = match staging {
            Some(value) => self.staging(value),
            None => Some(false),
        };
        let ([email, until], staging) = texts.zip(staging).filter(|_| readable)?;
        Some(TlsDeclaration::Acme {
            email,
            until,
            staging,
        })
    }

    /// `staging`; for a constant, `false`, since no rule depends on it.
    fn staging(&mut self, expression: &Expr) -> Option<bool> {
        let wanted = Expected {
            subject: "staging",
            example: "tls = acme(email = \"ops@x.com\", staging = true)",
        };
        let path = DeclarationPath::Tls(TlsPart::Staging);
        match boolean(wanted, expression, self.diagnostics)? {
            Written::Literal(boolean, span) => {
                self.reading.found(path, span);
                Some(boolean)
            }
            Written::Constant(expression) => {
                self.reading.found_constant(path, expression);
                Some(false)
            }
        }
    }

    /// The arguments of a form that are strings; `None` if one of them is invalid.
    fn texts<const N: usize>(
        &mut self,
        example: &str,
        known: [(&str, TlsPart); N],
        values: [Option<&Expr>; N],
    ) -> Option<[Option<Text>; N]> {
        let mut texts = [const { None }; N];
        let mut readable = true;
        for (at, value) in values.into_iter().enumerate() {
            let Some(value) = value else { continue };
            let (subject, part) = known[at];
            let wanted = Expected { subject, example };
            texts[at] = self.text(DeclarationPath::Tls(part), wanted, plain(value));
            readable &= texts[at].is_some();
        }
        readable.then_some(texts)
    }
}
