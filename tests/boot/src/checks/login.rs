//! Users can log in with their own password, and with no other.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::screenshot;
use crate::scene::{DASHBOARD_PORT, Scene};
use crate::team::DOMAIN;

/// Every user opens a terminal in the page and writes a file, which is then visible on the host.
pub(crate) fn own(scene: &Scene<'_>, users: &[&str]) {
    let jobs: Vec<Value> = users
        .iter()
        .map(|user| {
            json!({
                "kind": "work",
                "url": format!("https://{user}.{DOMAIN}/"),
                "user": user,
                "password": scene.password(user),
                "line": format!("echo written by {user} on $(hostname) > proof.txt; cat proof.txt"),
                "answer": format!("written by {user} on {user}"),
                "screenshot": screenshot(&format!("workbench-{user}")),
            })
        })
        .collect();
    let results = scene.browser.run("own", &jobs);
    assert_eq!(results.len(), users.len());
    for (user, result) in users.iter().zip(&results) {
        assert!(result["error"].is_null(), "{user}: {result}");
        println!(
            "        {user}'s workbench opened in {} ms",
            result["opened"]
        );
        let path = format!("/home/vsc/{user}/proof.txt");
        let written = format!("[ -s {path} ]");
        scene
            .host
            .until("the file", Duration::from_secs(120), &written);
        let file = scene.host.answer(&format!("cat {path}"));
        assert_eq!(file, format!("written by {user} on {user}"));
    }
}

/// A wrong password, a colleague's, and none. A colleague who signs in with the own password is rejected by name.
pub(crate) fn others(scene: &Scene<'_>, users: &[&str]) {
    let (mut jobs, mut expected) = (Vec::new(), Vec::new());
    for (index, user) in users.iter().enumerate() {
        let colleague = users[(index + 1) % users.len()];
        for (login, password, status) in [
            (Some(*user), "wrong".to_owned(), 401),
            (Some(*user), scene.password(colleague), 401),
            (Some(colleague), scene.password(colleague), 403),
            (Some("monitor"), scene.password(user), 401),
            (None, String::new(), 401),
        ] {
            expected.push(status);
            jobs.push(json!({
                "kind": "visit",
                "url": format!("https://{user}.{DOMAIN}/"),
                "user": login,
                "password": password,
            }));
        }
    }
    let results = scene.browser.run("others", &jobs);
    assert_eq!(results.len(), 5 * users.len());
    for (result, status) in results.iter().zip(expected) {
        assert_eq!(result["status"], status, "{result}");
    }
}

/// HTTP redirects to HTTPS, with a header that makes the browser remember it.
pub(crate) fn redirect(scene: &Scene<'_>, user: &str) {
    let job = json!({
        "kind": "visit",
        "url": format!("http://{user}.{DOMAIN}/"),
        "user": user,
        "password": scene.password(user),
    });
    let result = scene.browser.run("redirect", &[job]).remove(0);
    let url = result["url"].as_str().unwrap_or_default();
    assert!(
        url.starts_with(&format!("https://{user}.{DOMAIN}/")),
        "{result}"
    );
    let headers = scene.host.answer(&format!(
        "curl -sk -D - -o /dev/null --connect-to ::127.0.0.1:443 https://{user}.{DOMAIN}/"
    ));
    assert!(
        headers
            .to_lowercase()
            .contains("strict-transport-security: max-age=31536000"),
        "{headers}"
    );
}

/// The dashboard accepts the login of any developer.
pub(crate) fn dashboard(scene: &Scene<'_>, user: &str) {
    let visit = |login: Option<&str>, more: Value| {
        let mut job = json!({
            "kind": "visit",
            "url": format!("https://monitor.{DOMAIN}:{DASHBOARD_PORT}/dashboard/"),
            "user": login,
            "password": scene.password(user),
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            job[key] = value.clone();
        }
        job
    };
    let own = json!({ "screenshot": screenshot("dashboard"), "text": "Entrypoints" });
    let jobs = [
        visit(None, json!({})),
        visit(Some("monitor"), json!({ "password": scene.password(user) })),
        visit(Some(user), own),
    ];
    let statuses: Vec<Value> = scene
        .browser
        .run("dashboard", &jobs)
        .iter()
        .map(|result| result["status"].clone())
        .collect();
    assert_eq!(statuses, [401, 401, 200].map(Value::from));
}
