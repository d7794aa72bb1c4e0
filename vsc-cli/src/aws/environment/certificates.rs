//! The trusted certificates: those of the system and of `AWS_CA_BUNDLE`.
//!
//! The SDK panics on a certificate that it cannot parse, and if the system has none.

use std::fmt::Write as _;
use std::fs;

use aws_smithy_http_client::tls::TrustStore;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use vsc_core::template::encode_base64;

use super::{Environment, Found, variable};
use crate::Failure;
use crate::text::shown;

const EXPECTED: &str = "expected a PEM file of certificates";

impl Environment {
    /// The trust store.
    ///
    /// # Errors
    ///
    /// When a configured file contains no certificate.
    pub(crate) fn trusted(&self) -> Result<TrustStore, Failure> {
        let native = rustls_native_certs::load_native_certs().certs;
        let has_native = RootCertStore::empty().add_parsable_certificates(native).0 > 0;
        if let (false, Some(origin)) = (has_native, system()) {
            return Err(Failure::input(format!(
                "{origin}: no certificate found; {EXPECTED}"
            )));
        }
        let trusted = TrustStore::default().with_native_roots(has_native);
        Ok(match self.get(&["AWS_CA_BUNDLE"], "ca_bundle") {
            Some(bundle) => trusted.with_pem_certificate(read(&bundle)?),
            None => trusted,
        })
    }
}

/// The variable that sets the path of the system's certificates.
fn system() -> Option<&'static str> {
    ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .into_iter()
        .find(|name| variable(name).is_some())
}

/// The certificates of a file, without those that cannot be parsed.
fn read(bundle: &Found) -> Result<String, Failure> {
    let Found {
        value: file,
        origin,
    } = bundle;
    let file_name = shown(file);
    let text = fs::read(file);
    let text = text
        .map_err(|error| Failure::input(format!("{origin}: {file_name}: {error}; {EXPECTED}")))?;
    let mut pem = String::new();
    for certificate in CertificateDer::pem_slice_iter(&text).flatten() {
        if RootCertStore::empty().add(certificate.clone()).is_ok() {
            // Writing into a string cannot fail.
            _ = writeln!(
                pem,
                "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----",
                encode_base64(&certificate)
            );
        }
    }
    if pem.is_empty() {
        return Err(Failure::input(format!(
            "{origin}: {file_name} contains no certificate; {EXPECTED}"
        )));
    }
    Ok(pem)
}
