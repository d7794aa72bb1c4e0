//! `plaintext-login`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;

declare_lint! {
    /// Passwords are not sent over the internet in plain text.
    ///
    /// # Why
    ///
    /// Without TLS, anyone on the network path between a developer and the host can read the password and the
    /// session. A template marks the security group of such a login with `vsc: { login: plaintext }` in its
    /// metadata; a team with `tls = none` gets the mark automatically.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Group:
    ///     Type: AWS::EC2::SecurityGroup
    ///     Metadata:
    ///       vsc: { login: plaintext }
    ///     Properties:
    ///       GroupDescription: Workspaces
    ///       SecurityGroupIngress:
    ///         - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Group:
    ///     Type: AWS::EC2::SecurityGroup
    ///     Metadata:
    ///       vsc: { login: plaintext }
    ///     Properties:
    ///       GroupDescription: Workspaces
    ///       SecurityGroupIngress:
    ///         - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.0.0.0/8 }
    /// ```
    ///
    /// # Sources
    ///
    /// - CWE-319, "Cleartext Transmission of Sensitive Information"
    pub const PLAINTEXT_LOGIN: Warning = "plaintext-login";
}

fn plaintext() -> Diagnostic {
    Diagnostic::new("passwords are sent over the internet in plain text")
        .note("without TLS, anyone on the network path between a developer and the host can read the password and the session")
        .help("declare `tls = ssm` or `tls = acme(…)`, or allow only the addresses of a VPN")
}

/// Reports the property that opens a group of plaintext logins to the internet.
pub(in crate::check) fn report(source: &str, report: &mut Report) {
    report.at(source, |report| report.value(PLAINTEXT_LOGIN, plaintext()));
}

/// Whether the metadata of a group marks logins in plain text: `vsc: {login: plaintext}`.
pub(in crate::check) fn is_plaintext(id: &str, template: &Json) -> bool {
    let login = ["Resources", id, "Metadata", "vsc", "login"]
        .iter()
        .try_fold(template, |value, name| value.get(name));
    login.and_then(Json::as_str) == Some("plaintext")
}
