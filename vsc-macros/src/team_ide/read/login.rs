//! How developers sign in: `generated`, `shared`, `oidc(…)` or `cognito(…)`.

use syn::Expr;
use vsc_spec::team::{DeclarationPath, LoginDeclaration, LoginPart, placeholder};
use vsc_spec::{Diagnostic, Text, suggest};

use super::super::literal::{Expected, plain, wrong};
use super::Reader;
use super::forms::form;

const FORMS: [&str; 4] = ["generated", "shared", "oidc", "cognito"];

const OIDC: &str = "login = oidc(issuer = \"https://accounts.google.com\", client_id = \"…\", client_secret = \"acme/oidc\")";

const COGNITO: &str = "login = cognito(domain_prefix = \"acme-ide\")";

impl Reader<'_> {
    pub(super) fn login(&mut self, expression: &Expr) {
        let Some((name, parts)) = form(expression) else {
            let forms = "`generated`, `shared`, `oidc(…)` or `cognito(…)`";
            return wrong(self.wanted(), forms, expression, self.diagnostics);
        };
        self.reading.declaration.login = match name.to_string().as_str() {
            "generated" => self.word_alone("generated", &parts, LoginDeclaration::Generated),
            "shared" => self.word_alone("shared", &parts, LoginDeclaration::Shared),
            "oidc" => Some(self.oidc(&parts)),
            "cognito" => Some(self.cognito(&parts)),
            other => {
                let diagnostic = Diagnostic::new(format!("`login` cannot be `{other}`"))
                    .note("expected `generated`, a password for each developer, `shared`, one for all, `oidc`, accounts at a provider, or `cognito`, accounts in a user pool of the stack")
                    .maybe_help(suggest::did_you_mean(other, FORMS));
                self.diagnostics.reject(name.span(), &diagnostic);
                // Only providers have arguments: operators and users are checked as those of one.
                (!parts.is_empty()).then(|| {
                    let mut prefix = [None];
                    self.invalid([LoginPart::DomainPrefix], &mut prefix);
                    let [domain_prefix] = prefix;
                    LoginDeclaration::Cognito { domain_prefix }
                })
            }
        };
    }

    fn word_alone(
        &mut self,
        word: &str,
        parts: &[&Expr],
        login: LoginDeclaration,
    ) -> Option<LoginDeclaration> {
        self.without_arguments(word, parts).then_some(login)
    }

    fn oidc(&mut self, parts: &[&Expr]) -> LoginDeclaration {
        let known = [
            LoginPart::Issuer,
            LoginPart::ClientId,
            LoginPart::ClientSecret,
        ];
        let [issuer, client_id, client_secret] = self.login_parts("oidc", OIDC, parts, known);
        LoginDeclaration::Oidc {
            issuer,
            client_id,
            client_secret,
        }
    }

    fn cognito(&mut self, parts: &[&Expr]) -> LoginDeclaration {
        let known = [LoginPart::DomainPrefix];
        let [domain_prefix] = self.login_parts("cognito", COGNITO, parts, known);
        LoginDeclaration::Cognito { domain_prefix }
    }

    /// The arguments of a form, which are strings. If one of them is invalid, which is reported, those that are
    /// missing have a placeholder: they may be meant by it.
    fn login_parts<const N: usize>(
        &mut self,
        form: &str,
        example: &str,
        parts: &[&Expr],
        known: [LoginPart; N],
    ) -> [Option<Text>; N] {
        let names = known.map(LoginPart::name);
        let (values, mut readable) = self.parts(form, example, parts, names);
        let mut texts = [const { None }; N];
        for ((part, value), text) in known.into_iter().zip(values).zip(&mut texts) {
            let Some(value) = value else { continue };
            let wanted = Expected {
                subject: part.name(),
                example,
            };
            *text = self.text(DeclarationPath::Login(part), wanted, plain(value));
            readable &= text.is_some();
        }
        if !readable {
            self.invalid(known, &mut texts);
        }
        texts
    }

    /// Fills in placeholders, whose errors are not reported.
    fn invalid<const N: usize>(&mut self, known: [LoginPart; N], texts: &mut [Option<Text>; N]) {
        let missing = known.into_iter().zip(texts);
        for (part, text) in missing.filter(|(_, text)| text.is_none()) {
            let path = DeclarationPath::Login(part);
            let range = self.argument.key_span;
            self.reading.found_invalid(path, range);
            *text = Some(Text::Borrowed(placeholder::TEXT));
        }
    }
}
