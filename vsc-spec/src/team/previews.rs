//! Where previews of ports are.

use super::declaration::{Declaration, Previews};
use super::host_name::LONGEST_NAME;
use super::key::Key;
use super::path::DeclarationPath;
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;

/// Validates where previews are. With HTTPS there is a domain.
pub(super) const fn check(validation: &mut Validation, previews: Option<Previews>, is_plain: bool) {
    if is_plain && matches!(previews, Some(Previews::Subdomains)) {
        let diagnostic = ConstDiagnostic::new("previews below subdomains need HTTPS")
            .note("`tls = none` has no cookies that only one developer's names receive")
            .help("write `previews = paths`, or remove it");
        validation.reject(DeclarationPath::Value(Key::Previews), diagnostic);
    }
}

/// The label of the highest port, which has the longest name.
const LONGEST_PORT: usize = "65535".len();

/// Validates the length of the names of a user's previews, `PORT.NAME.DOMAIN`.
pub(super) const fn check_length(name: &str, domain: &str) -> Result<(), ConstDiagnostic> {
    let length = LONGEST_PORT + 1 + name.len() + 1 + domain.len();
    if length <= LONGEST_NAME {
        return Ok(());
    }
    Err(ConstDiagnostic::new("the host names of the previews of ")
        .quoted(name)
        .text(" are too long")
        .note("that of port 65535 has ")
        .count(length)
        .text(" characters, and a host name has at most ")
        .count(LONGEST_NAME)
        .help("write a shorter name, or `previews = paths`"))
}

impl Declaration {
    /// Whether previews have names, given whether the workspaces have some.
    pub(super) const fn previews_below(&self, has_domain: bool) -> bool {
        let previews = Previews::admit(self.previews, self.is_plain(), has_domain);
        matches!(previews, Previews::Subdomains)
    }
}

impl Previews {
    /// Where previews are: below subdomains if there are such, unless something else is declared.
    pub(super) const fn admit(declared: Option<Self>, is_plain: bool, has_domain: bool) -> Self {
        match declared {
            Some(declared) => declared,
            None if is_plain || !has_domain => Self::Paths,
            None => Self::Subdomains,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{TeamIde, TeamIdeBuilder};

    #[test]
    fn previews_have_names_where_there_are_some() {
        let team = || TeamIde::builder().users(2);
        let of = |team: TeamIdeBuilder| {
            let ide = team.build();
            ide.map(|ide| ide.previews())
                .map_err(|error| error.to_string())
        };
        let named = || team().domain("code.x.com");
        for (team, expected) in [
            (named(), Previews::Subdomains),
            (named().previews(Previews::Subdomains), Previews::Subdomains),
            (named().previews(Previews::Paths), Previews::Paths),
            (named().tls_none(), Previews::Paths),
            (team().tls_none().previews(Previews::Paths), Previews::Paths),
        ] {
            assert_eq!(of(team), Ok(expected));
        }
        let plain = of(named().tls_none().previews(Previews::Subdomains));
        assert_eq!(
            plain.expect_err("no HTTPS"),
            "previews below subdomains need HTTPS\n`tls = none` has no cookies that only one developer's names receive\n= help: write `previews = paths`, or remove it"
        );
        // The missing domain is the only error.
        let nameless = of(team().previews(Previews::Subdomains));
        let error = nameless.expect_err("no domain");
        assert!(error.starts_with("the domain is missing"), "{error}");
        assert!(!error.contains("previews"), "{error}");
    }
}
