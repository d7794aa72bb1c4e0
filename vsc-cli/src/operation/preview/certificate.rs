//! A certificate for the names of a preview.

use std::path::Path;
use std::process::{Command, Stdio};

/// Creates a certificate with `mkcert`, whose authority the browser may trust already, or with
/// OpenSSL. Without either, the proxy creates one itself.
pub(super) fn make(folder: &Path, names: &[String]) {
    let (certificate, key) = (
        folder.join("certificate.pem"),
        folder.join("private-key.pem"),
    );
    let mut mkcert = Command::new("mkcert");
    mkcert.arg("-cert-file").arg(&certificate);
    mkcert.arg("-key-file").arg(&key).args(names);
    if succeeds(&mut mkcert) {
        return;
    }
    let subject: Vec<String> = names.iter().map(|name| format!("DNS:{name}")).collect();
    let mut openssl = Command::new("openssl");
    openssl.args([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "7",
    ]);
    openssl.args(["-subj", "/CN=vsc preview", "-addext"]);
    openssl.arg(format!("subjectAltName={}", subject.join(",")));
    openssl
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate);
    succeeds(&mut openssl);
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
