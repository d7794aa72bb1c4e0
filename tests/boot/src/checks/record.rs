//! The host records who signs in, shows it to operators, and locks developers out at once.

use std::time::Duration;

use crate::report::promise;
use crate::scene::{DASHBOARD_PORT, Scene};
use crate::team::DOMAIN;

/// The logins of a user and of a colleague are recorded, and the page of the operators shows them.
pub(crate) fn logins(scene: &Scene<'_>, user: &str, colleague: &str) {
    let password = scene.password(user);
    assert!(scene.opens(user, &password));
    let own = format!("https://{user}.{DOMAIN}/");
    let login = (colleague, scene.password(colleague));
    // It opens nothing there, but it is a session.
    assert_ne!(scene.cookie(&own, (login.0, &login.1)), "");
    assert_eq!(scene.status(user, 443, Some((user, "wrong"))), 401);
    let log = "/var/log/vsc/audit.jsonl";
    for (event, person) in [("login", user), ("login", colleague), ("denied", user)] {
        let entry = format!(
            "\"event\": \"{event}\", \"person\": \"{person}\", \"workspace\": \"{user}\", \"address\": \"10.213.7."
        );
        let line = format!("grep -qF '{entry}' {log}");
        scene.host.until(&entry, Duration::from_secs(20), &line);
    }
    let parsed = "python3 -c 'import json, sys; print(all(\"event\" in json.loads(line) for line in sys.stdin))'";
    assert_eq!(scene.host.answer(&format!("{parsed} < {log}")), "True");
    let mode = scene.host.answer(&format!("stat -c '%a %U' {log}"));
    assert_eq!(mode, "600 root");

    scene.host.answer("systemctl start vsc-page.service");
    let page = format!("https://monitor.{DOMAIN}:{DASHBOARD_PORT}/");
    assert_eq!(scene.fetch(&page, None, 30).0, 401);
    let (status, text) = scene.fetch(&page, Some((user, &password)), 30);
    assert_eq!(status, 200);
    for part in [
        "<h1>Workspaces of ".to_owned(),
        format!("<th scope=\"row\">{user}</th><td class=\"good\">runs</td>"),
        " MiB of ".to_owned(),
        "<th scope=\"row\">Certificate</th>".to_owned(),
        format!("<td>login</td><td>{colleague}</td><td>{user}</td>"),
    ] {
        assert!(text.contains(&part), "{part}: {text}");
    }
    for secret in [password.as_str(), "$2y$", "<script"] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// A revoked developer is out within seconds, whatever the session, and comes back when admitted.
pub(crate) fn revoked(scene: &Scene<'_>, user: &str, colleague: &str) {
    let password = scene.password(user);
    assert!(scene.opens(user, &password));
    let other = scene.password(colleague);
    assert!(scene.opens(colleague, &other));
    let ran = scene
        .host
        .shell(&format!("/usr/local/libexec/vsc/revoke {user}"));
    assert!(ran.success, "{}", ran.errors);
    promise(
        &format!("{user} is locked out after"),
        ran.took,
        Duration::from_secs(20),
    );
    // The session has ended, and there is no other.
    assert_eq!(scene.status(user, 443, Some((user, &password))), 401);
    let page = format!("https://monitor.{DOMAIN}:{DASHBOARD_PORT}/");
    assert_eq!(scene.fetch(&page, Some((user, &password)), 30).0, 401);
    assert!(scene.opens(colleague, &other));
    let report = scene.host.answer("/usr/local/libexec/vsc/report local");
    assert!(report.contains(&format!("revoked={user}")), "{report}");
    let reason = "grep -c '\"reason\": \"revoked\"' /var/log/vsc/audit.jsonl";
    assert_eq!(scene.host.answer(reason), "1");

    let ran = scene
        .host
        .shell(&format!("/usr/local/libexec/vsc/revoke {user} admit"));
    assert!(ran.success, "{}", ran.errors);
    scene.until_open(user, 120);
}
