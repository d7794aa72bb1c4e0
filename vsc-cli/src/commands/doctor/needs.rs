//! The needs of a stack in the account, from its declaration and the parameters of earlier
//! deployments. Where these suffice, the check does not ask AWS.

use std::collections::BTreeMap;

use vsc_spec::team::{TeamIde, Tls};

use super::check::Check;
use super::private_images;
use crate::cli::stacks::DeclaredStack;

pub(super) const STACK: &str = "stack";
pub(super) const ZONE: &str = "hosted zone";
pub(super) const CERTIFICATE: &str = "certificate";
pub(super) const NETWORK: &str = "network";
pub(super) const RANGES: &str = "address ranges";
pub(super) const KEY_PAIR: &str = "key pair";
pub(super) const PRIVATE_IMAGE: &str = "private image";
pub(super) const VCPUS: &str = "vCPU quota";
pub(super) const ADDRESSES: &str = "Elastic IPs";

type Answers = BTreeMap<String, String>;

/// The checks of a stack where AWS cannot be asked: those that need it are skipped.
pub(super) fn offline(stack: &DeclaredStack, answers: &Answers, lacks: &str) -> Vec<Check> {
    let unchecked = |subject| Check::skipped(subject, format!("not checked: needs {lacks}"));
    let mut checks = vec![unchecked(STACK)];
    let Some(ide) = stack.ide() else {
        return checks;
    };
    checks.push(zone(ide, answers).map_or_else(|check| check, |_| unchecked(ZONE)));
    checks.push(certificate(ide, answers).map_or_else(|check| check, |_| unchecked(CERTIFICATE)));
    checks.push(network(ide, answers).map_or_else(|check| check, |_| unchecked(NETWORK)));
    checks.push(unchecked(RANGES));
    let key_pair = ide.key_pair().map(|_| unchecked(KEY_PAIR));
    checks.extend(key_pair);
    checks.extend(
        private_images::of(ide)
            .iter()
            .map(|_| unchecked(PRIVATE_IMAGE)),
    );
    checks.extend([VCPUS, ADDRESSES].map(unchecked));
    checks
}

/// The domain, and the ID of its hosted zone.
pub(super) fn zone<'a>(ide: &'a TeamIde, answers: &Answers) -> Result<(&'a str, String), Check> {
    let Some(domain) = ide.domain() else {
        return Err(Check::skipped(ZONE, "the team has no domain"));
    };
    let declared = ide.hosted_zone().map(|zone| zone.as_str().to_owned());
    let id = declared.or_else(|| answers.get("HostedZoneId").cloned());
    let id = id.ok_or_else(|| Check::skipped(ZONE, "`deploy` asks for HostedZoneId"))?;
    Ok((domain.as_str(), id))
}

/// The parameters that hold the certificate and its private key.
pub(super) fn certificate(ide: &TeamIde, answers: &Answers) -> Result<(String, String), Check> {
    let answer = |name: &str| answers.get(name).cloned();
    let names = match ide.tls() {
        tls @ Tls::Acme { .. } => {
            if let Some(diagnostic) = tls.untrusted() {
                return Err(Check::doubtful(CERTIFICATE, diagnostic));
            }
            let what = "Let's Encrypt issues it when the host boots";
            return Err(Check::good(CERTIFICATE, what));
        }
        Tls::None => return Err(Check::skipped(CERTIFICATE, "the team is served over HTTP")),
        Tls::Ssm {
            certificate,
            private_key,
        } => Some((
            certificate.as_str().to_owned(),
            private_key.as_str().to_owned(),
        )),
        Tls::SsmParameters => {
            answer("CertificateParameterName").zip(answer("PrivateKeyParameterName"))
        }
    };
    names
        .ok_or_else(|| Check::skipped(CERTIFICATE, "`deploy` asks for the names of its parameters"))
}

/// The VPC and its subnet.
pub(super) fn network(ide: &TeamIde, answers: &Answers) -> Result<(String, String), Check> {
    let answer = |name: &str| answers.get(name).cloned();
    let declared = ide
        .network()
        .map(|network| (network.vpc().to_owned(), network.subnet().to_owned()));
    let known = declared.or_else(|| answer("VpcId").zip(answer("SubnetId")));
    known.ok_or_else(|| Check::skipped(NETWORK, "`deploy` asks for VpcId and SubnetId"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_for_trials_is_doubtful() {
        let found = |team: vsc_spec::team::TeamIdeBuilder| {
            let team = team.users(2).domain("code.x.com").build();
            let check = certificate(&team.expect("it is a team"), &Answers::new());
            check.expect_err("AWS is not asked").text()
        };
        let trial = found(TeamIde::builder().tls_acme_staging("ops@x.com"));
        let warning = "browsers do not trust the certificate";
        assert!(trial.contains(warning), "{trial}");
        assert!(trial.contains("remove `staging`"), "{trial}");
        let real = found(TeamIde::builder().tls_acme("ops@x.com"));
        assert!(!real.contains(warning), "{real}");
    }
}
