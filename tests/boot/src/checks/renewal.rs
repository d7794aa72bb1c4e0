//! The next run of cfn-init applies a renewed certificate and a changed password.

use std::process::Command;
use std::time::Duration;

use vsc_tests::python::run;

use crate::scene::{ADDRESS, Scene};
use crate::team::{DOMAIN, STACK};
use crate::{prepare, session, wait};

/// The command of `users rotate`: `APPLY` in vsc-cli/src/operation/rotate.rs, which is private.
const APPLY: &str = "/usr/local/libexec/vsc/step logins && if [ -e /run/vsc/failures/logins ]; then cat /run/vsc/failures/logins >&2; exit 1; fi";

/// Renews both, and checks that the proxy uses them without a restart.
pub(crate) fn both(scene: &Scene<'_>, user: &str) {
    let before = scene.host.containers();
    assert!(
        before.len() > 1,
        "the proxy and the workspaces run: {before:?}"
    );
    let (old_serial, old_password) = (serial(user), scene.password(user));
    let renewed = prepare::certificates(DOMAIN, "renewed");
    scene.cloud.store(&renewed);
    let new_password = "changed0by0the0operator0for0once";
    let change = |password: &str| {
        scene.cloud.aws().call(&format!(
            "secretsmanager put-secret-value --secret-id {STACK}/{user} --secret-string {password}"
        ));
    };
    change(new_password);

    scene.run_again();
    wait("the new certificate", Duration::from_secs(120), || {
        serial(user) != old_serial
    });
    scene.cloud.store(scene.certificates);
    scene.run_again();
    wait("the old certificate", Duration::from_secs(120), || {
        serial(user) == old_serial
    });
    assert!(scene.opens(user, new_password), "the new password works");
    assert!(
        !scene.opens(user, &old_password),
        "the old password does not work"
    );

    // The proxy takes a while to reload; `users rotate` waits only for the host's confirmation.
    let rotated = "rotated0by0the0operator0for0once";
    change(rotated);
    let page = format!("https://{user}.{DOMAIN}/");
    let session = scene.cookie(&page, (user, new_password));
    let door = format!("systemctl show --value --property MainPID vsc-door@{user}.service");
    let connections = scene.host.answer(&door);
    let confirmed = scene.host.shell(APPLY);
    assert!(confirmed.success, "{}", confirmed.errors);
    wait("the rotated password", Duration::from_secs(60), || {
        scene.opens(user, rotated)
    });
    assert!(
        !scene.opens(user, new_password),
        "the password before it opens as well"
    );
    let (status, _) = session::request(&scene.reach(&page), &page, &session);
    assert_eq!(status, 401, "a session of the password before it opens");
    assert_ne!(
        connections,
        scene.host.answer(&door),
        "windows of the password before it are open"
    );
    assert_eq!(before, scene.host.containers(), "nothing was restarted");
}

/// The serial number of the served certificate.
fn serial(user: &str) -> String {
    let line = format!(
        "openssl s_client -connect {ADDRESS}:443 -servername {user}.{DOMAIN} < /dev/null 2> /dev/null | openssl x509 -noout -serial"
    );
    let output = run(Command::new("bash").args(["-c", &line]));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
