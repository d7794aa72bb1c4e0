//! Where the certificate comes from.

use super::declaration::TlsDeclaration;
use super::key::Key;
use super::place::{Place, Refusal};
use crate::finding::Finding;

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From parameters of Parameter Store that the operator names when the stack is deployed.
    SsmParameters,
    /// From these parameters of Parameter Store.
    Ssm {
        /// The parameter that holds the certificate with its chain.
        certificate: ParameterName,
        /// The parameter that holds the private key.
        private_key: ParameterName,
    },
}

/// The name of a parameter in Parameter Store: AWS Systems Manager API Reference, `PutParameter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterName(String);

impl ParameterName {
    /// The name of a parameter.
    ///
    /// # Errors
    ///
    /// When it has characters that names do not have, is too long or too deep, or begins as AWS's
    /// own do.
    pub fn new(name: &str) -> Result<Self, Finding> {
        let refused = |why: String| {
            Err(
                Finding::new(format!("{name:?} is not the name of a parameter"))
                    .why(why)
                    .help("for example \"/vsc/certificate\""),
            )
        };
        let allowed = |letter: &char| letter.is_ascii_alphanumeric() || "_.-/".contains(*letter);
        if name.is_empty() {
            return refused("it is empty".to_owned());
        }
        if let Some(odd) = name.chars().find(|letter| !allowed(letter)) {
            return refused(format!(
                "`{odd}` is not allowed: a name is made of letters, digits and `_`, `.`, `-`, `/`"
            ));
        }
        if name.len() > 1_011 {
            return refused(format!(
                "it has {} characters, and a name has at most 1011",
                name.len()
            ));
        }
        let levels = name.trim_start_matches('/').split('/');
        if levels.clone().any(str::is_empty) {
            return refused("a level of it is empty".to_owned());
        }
        if levels.clone().count() > 15 {
            return refused("it has more than 15 levels".to_owned());
        }
        if !name.starts_with('/') && name.contains('/') {
            return refused("a name with levels begins with a slash".to_owned());
        }
        let first = levels
            .clone()
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if first.starts_with("aws") || first.starts_with("ssm") {
            return refused("names that begin with `aws` or `ssm` are AWS's own".to_owned());
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Judges where the certificate comes from.
pub(super) fn check(tls: Option<&TlsDeclaration>) -> Result<Tls, Vec<Refusal>> {
    let (certificate, private_key) = match tls {
        None
        | Some(TlsDeclaration::Ssm {
            certificate: None,
            private_key: None,
        }) => {
            return Ok(Tls::SsmParameters);
        }
        Some(TlsDeclaration::Ssm {
            certificate,
            private_key,
        }) => (certificate, private_key),
    };
    let mut refusals = Vec::new();
    let mut judge = |name: Option<&String>, place: Place, part: &str| match name {
        Some(name) => match ParameterName::new(name) {
            Ok(name) => Some(name),
            Err(finding) => {
                refusals.push(Refusal { place, finding });
                None
            }
        },
        None => {
            let finding = Finding::new(format!("`ssm` needs `{part}` as well")).help(format!(
                "add `{part} = \"/vsc/{}\"`, or write `tls = ssm` to be asked for both",
                part.replace('_', "-")
            ));
            refusals.push(Refusal {
                place: Place::Value(Key::Tls),
                finding,
            });
            None
        }
    };
    let certificate = judge(certificate.as_ref(), Place::Certificate, "certificate");
    let private_key = judge(private_key.as_ref(), Place::PrivateKey, "private_key");
    match (certificate, private_key) {
        (Some(certificate), Some(private_key)) if certificate == private_key => {
            let finding =
                Finding::new("the certificate and its private key cannot be one parameter")
                    .why(format!("both are {:?}", private_key.as_str()))
                    .help("keep the private key in a SecureString parameter of its own");
            Err(vec![Refusal {
                place: Place::PrivateKey,
                finding,
            }])
        }
        (Some(certificate), Some(private_key)) => Ok(Tls::Ssm {
            certificate,
            private_key,
        }),
        _ => Err(refusals),
    }
}
