//! The needs of a stack in the account, from its declaration and the parameters of earlier
//! deployments. Where these suffice, the check does not ask AWS.

use std::collections::BTreeMap;

use super::check::Check;
use super::private_images;
use crate::assembly::{Certificate, DeclaredValue, Needs, Stack, Team};

pub(super) const STACK: &str = "stack";
pub(super) const ZONE: &str = "hosted zone";
pub(super) const CERTIFICATE: &str = "certificate";
pub(super) const PROVIDER: &str = "provider";
pub(super) const CLIENT_SECRET: &str = "client secret";
pub(super) const NETWORK: &str = "network";
pub(super) const RANGES: &str = "address ranges";
pub(super) const KEY_PAIR: &str = "key pair";
pub(super) const PRIVATE_IMAGE: &str = "private image";
pub(super) const VCPUS: &str = "vCPU quota";
pub(super) const ADDRESSES: &str = "Elastic IPs";

type Answers = BTreeMap<String, String>;

/// The checks of a stack where AWS cannot be asked: those that need it are skipped.
pub(super) fn offline(stack: &Stack, answers: &Answers, lacks: &str) -> Vec<Check> {
    let unchecked = |subject| Check::skipped(subject, format!("not checked: needs {lacks}"));
    let mut checks = vec![unchecked(STACK)];
    let Some(team) = &stack.team else {
        return checks;
    };
    let needs = &team.needs;
    checks.push(zone(needs, answers).map_or_else(|check| check, |_| unchecked(ZONE)));
    let certificate = certificate(team, answers);
    checks.push(certificate.map_or_else(|check| check, |_| unchecked(CERTIFICATE)));
    checks.push(network(needs, answers).map_or_else(|check| check, |_| unchecked(NETWORK)));
    if team.login.provider.is_some() {
        checks.extend([PROVIDER, CLIENT_SECRET].map(unchecked));
    }
    checks.push(unchecked(RANGES));
    let key_pair = needs.key_pair.as_ref().map(|_| unchecked(KEY_PAIR));
    checks.extend(key_pair);
    let images = private_images::of(&team.images).into_iter();
    checks.extend(images.map(|_| unchecked(PRIVATE_IMAGE)));
    checks.extend([VCPUS, ADDRESSES].map(unchecked));
    checks
}

/// The value, if it is declared or an earlier deployment answered.
fn value(declared: &DeclaredValue, answers: &Answers) -> Option<String> {
    match declared {
        DeclaredValue::Value(value) => Some(value.clone()),
        DeclaredValue::Parameter(name) => answers.get(name).cloned(),
    }
}

/// The domain, and the ID of its hosted zone.
pub(super) fn zone<'a>(needs: &'a Needs, answers: &Answers) -> Result<(&'a str, String), Check> {
    let Some(zone) = &needs.hosted_zone else {
        return Err(Check::skipped(ZONE, "the team has no domain"));
    };
    let id = value(&zone.id, answers);
    let id = id.ok_or_else(|| Check::skipped(ZONE, "`deploy` asks for HostedZoneId"))?;
    Ok((&zone.domain, id))
}

/// The parameters that hold the certificate and its private key.
pub(super) fn certificate(team: &Team, answers: &Answers) -> Result<(String, String), Check> {
    let (certificate, private_key) = match &team.needs.certificate {
        None => return Err(Check::skipped(CERTIFICATE, "the team is served over HTTP")),
        Some(Certificate::Issued { issuer, .. }) => {
            if let Some(diagnostic) = team.notes().next() {
                return Err(Check::doubtful(CERTIFICATE, diagnostic));
            }
            let what = format!("{issuer} issues it when the host boots");
            return Err(Check::good(CERTIFICATE, what));
        }
        Some(Certificate::Stored {
            certificate,
            private_key,
        }) => (certificate, private_key),
    };
    value(certificate, answers)
        .zip(value(private_key, answers))
        .ok_or_else(|| Check::skipped(CERTIFICATE, "`deploy` asks for the names of its parameters"))
}

/// The VPC and its subnet.
pub(super) fn network(needs: &Needs, answers: &Answers) -> Result<(String, String), Check> {
    let network = &needs.network;
    value(&network.vpc, answers)
        .zip(value(&network.subnet, answers))
        .ok_or_else(|| Check::skipped(NETWORK, "`deploy` asks for VpcId and SubnetId"))
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::TeamIdeBuilder;

    use super::*;
    use crate::assembly::written::team;

    #[test]
    fn a_certificate_for_trials_is_doubtful() {
        let found = |change: fn(TeamIdeBuilder) -> TeamIdeBuilder| {
            let team = team(change).team.expect("it is a team");
            let check = certificate(&team, &Answers::new());
            crate::view::doctor::text(&check.expect_err("AWS is not asked"))
        };
        let trial = found(|team| team.tls_acme_staging("ops@x.com"));
        let warning = "browsers do not trust the certificate";
        assert!(trial.contains(warning), "{trial}");
        assert!(trial.contains("remove `staging`"), "{trial}");
        let real = found(|team| team.tls_acme("ops@x.com"));
        assert!(!real.contains(warning), "{real}");
    }
}
