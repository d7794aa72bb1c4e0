//! A failed boot reports the reason.

use vsc::team::Pin;

use crate::cloud::STEADY;
use crate::host::Host;
use crate::scene::Scene;
use crate::team;

/// A fault and the expected reason.
struct Case {
    stack: &'static str,
    address: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    text: (&'static str, &'static str),
    reason: &'static str,
}

const CASES: [Case; 3] = [
    Case {
        stack: "no-certificate",
        address: "10.213.7.21",
        parameters: &[("CertificateParameterName", "/vsc/missing")],
        text: ("", ""),
        reason: "certificate: /vsc/missing: ParameterNotFound",
    },
    Case {
        stack: "no-password",
        address: "10.213.7.22",
        parameters: &STEADY,
        text: (
            ":secret:${AWS::StackName}/*",
            ":secret:${AWS::StackName}/nobody-*",
        ),
        reason: "logins: the password of alice: AccessDeniedException",
    },
    Case {
        stack: "no-image",
        address: "10.213.7.23",
        parameters: &STEADY,
        text: (Pin::WORKSPACE.image(), "codercom/code-server:0.0.0"),
        reason: "images: codercom/code-server:0.0.0: ",
    },
];

/// Launches a host for each case. They take a while to fail.
pub(crate) fn launch<'a>(scene: &Scene<'a>) -> Vec<Host<'a>> {
    CASES
        .iter()
        .map(|case| {
            let template = team::replaced(&team::template(&["alice"]), case.text);
            let deployed = scene.cloud.deploy(case.stack, &template, case.parameters);
            scene.cloud.register(case.address, &deployed);
            Host::launch(scene.engine, scene.image, case.stack, case.address)
        })
        .collect()
}

/// Asserts that each host signals its failure with the reason, after some retries.
pub(crate) fn reasons(scene: &Scene<'_>, hosts: &[Host<'_>]) {
    assert_eq!(hosts.len(), CASES.len());
    for (case, host) in CASES.iter().zip(hosts) {
        let (success, reason) = scene.signal(case.stack);
        println!("        {}: {reason}", case.stack);
        assert!(!success, "{}", case.stack);
        assert!(reason.starts_with(case.reason), "{}: {reason}", case.stack);
        let tries = host.answer("grep -c 'again in' /run/vsc/*.log | grep -v ':0' || true");
        assert!(tries.ends_with(":5"), "{}: {tries}", case.stack);
    }
}
