//! Sessions begin at the login page, and end: by logging out, by time, with the password, by an operator.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::screenshot;
use crate::scene::Scene;
use crate::session::{attempt, request};
use crate::team::DOMAIN;
use crate::{wait, work_folder};

/// The options of curl, the page of a user, and a new session there.
struct Client {
    options: String,
    page: String,
    cookie: String,
}

impl Client {
    fn new(scene: &Scene<'_>, user: &str) -> Self {
        let page = format!("https://{user}.{DOMAIN}/");
        Self {
            options: scene.reach(&page),
            cookie: scene.cookie(&page, (user, &scene.password(user))),
            page,
        }
    }

    fn status(&self) -> u16 {
        request(&self.options, &self.page, &self.cookie).0
    }

    fn is_in(&self) -> bool {
        matches!(self.status(), 200 | 302)
    }
}

/// A deep link leads back to itself through the login, and no link leads elsewhere.
pub(crate) fn links(scene: &Scene<'_>, user: &str) {
    let page = format!("https://{user}.{DOMAIN}");
    let job = json!({
        "kind": "visit",
        "url": format!("{page}/?folder=/home/coder&a=b%20c"),
        "user": user,
        "password": scene.password(user),
    });
    let result = scene.browser.run("links", &[job]).remove(0);
    assert_eq!(
        result["url"],
        format!("{page}/?folder=/home/coder&a=b%20c"),
        "{result}"
    );
    for to in [
        "//evil.example",
        "/%5cevil.example",
        "/%2fevil.example",
        "https://evil.example",
        "https://bob.code.example.com/",
        "https://3000.alice.code.example.com.evil.example/",
        "https://3000.alice.code.example.com%5c@evil.example/",
        "/%0d%0aSet-Cookie:%20a=b",
        "javascript:alert(1)",
    ] {
        let options = format!("{}include\n", scene.reach(&page));
        let (_, text) = request(&options, &format!("{page}/.login/go?to={to}"), "");
        let location = text.lines().filter_map(|line| line.split_once(": "));
        let last = location
            .filter(|(name, _)| name.eq_ignore_ascii_case("location"))
            .map(|(_, location)| location)
            .next_back()
            .expect("it redirects");
        assert!(
            last.starts_with(&format!("{page}/")),
            "{to} leads to {last}"
        );
    }
}

/// What a workspace and its apps get: who it is, the cookies and the authorization of the app, and no session.
pub(crate) fn hidden(scene: &Scene<'_>, user: &str) {
    const APP: &str = "require(\"http\").createServer((q, r) => r.end(JSON.stringify(q.headers))).listen(3999); setTimeout(() => process.exit(), 60000)";
    let client = Client::new(scene, user);
    scene.host.answer(&format!(
        "docker exec --detach vsc-{user} /usr/lib/code-server/node -e '{APP}'"
    ));
    let url = format!("https://3999.{user}.{DOMAIN}/");
    let cookies = format!("a=1; {}; b=2", client.cookie);
    let options = format!(
        "{}header = \"Authorization: Bearer of-the-app\"\nheader = \"X-Forwarded-User: somebody\"\n",
        scene.reach(&url)
    );
    let mut answer = (0, String::new());
    wait("the app", Duration::from_secs(20), || {
        answer = request(&options, &url, &cookies);
        answer.0 == 200
    });
    let headers: serde_json::Value = serde_json::from_str(&answer.1).expect("it is JSON");
    assert_eq!(headers["cookie"], "a=1; b=2", "{headers}");
    assert_eq!(headers["authorization"], "Bearer of-the-app", "{headers}");
    assert_eq!(headers["x-forwarded-user"], user, "{headers}");
    let (_, key) = client.cookie.split_once('=').expect("it has a value");
    assert!(!answer.1.contains(key), "{headers}");
}

/// Logging out ends the session, of copied cookies as well, and the open connections of its windows.
pub(crate) fn log_out(scene: &Scene<'_>, user: &str) {
    let copied = Client::new(scene, user);
    assert!(copied.is_in());
    let url = format!("{}.login/logout", copied.page);
    // A link to the page, from whatever site, ends nothing.
    assert_eq!(request(&copied.options, &url, &copied.cookie).0, 200);
    assert!(copied.is_in());
    let post = format!("{}request = \"POST\"\n", copied.options);
    assert_eq!(request(&post, &url, "").0, 401, "without a session");
    assert_eq!(request(&post, &url, &copied.cookie).0, 307);
    assert_eq!(copied.status(), 401, "a copied cookie opens the workspace");

    let job = json!({
        "kind": "leave",
        "url": copied.page,
        "user": user,
        "password": scene.password(user),
        "screenshot": screenshot("signed-out"),
    });
    let result = scene.browser.run("leave", &[job]).remove(0);
    println!(
        "        after logging out, connections end in {} ms",
        result["ended"]
    );
    assert_ne!(result["before"], 0, "{result}");
    assert_eq!(result["open"], 0, "{result}");
    assert_eq!(result["status"], 401, "{result}");
    assert!(
        result["ended"].as_u64().is_some_and(|took| took < 10_000),
        "{result}"
    );
}

/// A session ends when it is not used for a while, and some time after the login even if it is used. A check every
/// minute ends its connections.
pub(crate) fn lifetime(scene: &Scene<'_>, user: &str) {
    const SET: &str = "sed -i 's/^SESSION=.*/SESSION=30/; s/^IDLE=.*/IDLE=12/' /etc/vsc/host.env /var/lib/vsc/host.env && /usr/local/libexec/vsc/logins kept && sleep 1";
    let host = &scene.host;
    host.answer(&format!(
        "cp /etc/vsc/host.env /run/host.env && systemctl stop vsc-recheck.timer && {SET}"
    ));
    let client = Client::new(scene, user);
    let door = format!("systemctl show --value --property MainPID vsc-door@{user}.service");
    let (started, before) = (Instant::now(), host.answer(&door));
    while started.elapsed() < Duration::from_secs(20) {
        assert!(
            client.is_in(),
            "a used session ended after {:?}",
            started.elapsed()
        );
        sleep(Duration::from_secs(2));
    }
    wait("the end of a used session", Duration::from_secs(12), || {
        !client.is_in()
    });
    assert_eq!(client.status(), 401);
    assert_ne!(before, "0", "no connection is open");
    host.answer("/usr/local/libexec/vsc/recheck");
    assert_ne!(before, host.answer(&door), "the connections were not cut");

    let idle = Client::new(scene, user);
    assert!(idle.is_in());
    sleep(Duration::from_secs(14));
    assert_eq!(idle.status(), 401, "an idle session is open");
    host.answer("cp /run/host.env /etc/vsc/host.env && cp /run/host.env /var/lib/vsc/host.env && /usr/local/libexec/vsc/logins kept && systemctl start vsc-recheck.timer && sleep 1");
}

/// A revoked user is out at once, at colleagues' and at the dashboard as well, until admitted again.
pub(crate) fn revoked(scene: &Scene<'_>, user: &str) {
    let client = Client::new(scene, user);
    let login = (user, scene.password(user));
    let origin = client.page.trim_end_matches('/');
    scene
        .host
        .answer(&format!("/usr/local/libexec/vsc/revoke {user}"));
    assert_eq!(client.status(), 401, "the session is open");
    let again = attempt(&client.options, origin, (login.0, &login.1));
    assert_eq!(again, Err(401), "{user} can sign in");
    // A later run of all steps, as after a change of the team, does not admit the user.
    scene.host.answer("/usr/local/libexec/vsc/step logins");
    assert_eq!(client.status(), 401);
    scene
        .host
        .answer(&format!("/usr/local/libexec/vsc/revoke {user} admit"));
    assert!(Client::new(scene, user).is_in());
}

/// Without Apache nobody gets in, and a broken configuration leaves the earlier one in use.
pub(crate) fn closed(scene: &Scene<'_>, user: &str) {
    const CONFIGURATION: &str = "/usr/local/libexec/vsc/login/login-form.conf";
    let host = &scene.host;
    let client = Client::new(scene, user);
    host.answer(&format!(
        "cp {CONFIGURATION} /run/form.conf && echo Nonsense >> {CONFIGURATION}"
    ));
    let ran = host.shell("/usr/local/libexec/vsc/logins kept");
    host.answer(&format!("mv /run/form.conf {CONFIGURATION}"));
    assert!(
        !ran.success && ran.errors.contains("not used"),
        "{}",
        ran.errors
    );
    assert!(client.is_in());
    host.answer("systemctl stop vsc-login.service");
    let without = client.status();
    host.answer("systemctl start vsc-login.service");
    assert_eq!(without, 500, "Apache is down");
    wait("the login to be back", Duration::from_secs(10), || {
        client.is_in()
    });
    host.answer("kill -KILL $(systemctl show --value --property MainPID vsc-login.service)");
    wait("the login to start again", Duration::from_secs(20), || {
        client.is_in()
    });
}

/// Text that is typed before, during and after a cut of the connections is in the file.
pub(crate) fn typing(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    let home = format!("/home/vsc/{user}");
    host.answer(&format!(
        "touch {home}/typed.txt && chown --reference {home} {home}/typed.txt"
    ));
    let (ready, go) = (
        work_folder().join("typing.ready"),
        work_folder().join("typing.go"),
    );
    for file in [&ready, &go] {
        let _ = fs::remove_file(file);
    }
    let session = scene.browser.start(
        "typing",
        &[json!({
            "kind": "retype",
            "url": format!("https://{user}.{DOMAIN}/?folder=/home/coder"),
            "user": user,
            "password": scene.password(user),
            "name": "typed.txt",
            "text": "before the cut",
            "more": " and on",
            "ready": ready,
            "go": go,
            "screenshot": screenshot("typed-over-a-cut"),
        })],
    );
    wait("text to be typed", Duration::from_secs(90), || {
        ready.exists()
    });
    host.answer(&format!("/usr/local/libexec/vsc/cut {user}"));
    fs::write(&go, "").expect("the file can be written");
    let result = session.results().remove(0);
    let typed = host.answer(&format!("cat {home}/typed.txt; rm {home}/typed.txt"));
    println!(
        "        {} of {} connections ended, {} letters are in the file",
        result["closed"],
        result["opened"],
        typed.len()
    );
    assert!(
        result["closed"].as_u64().is_some_and(|closed| closed > 0),
        "{result}"
    );
    let (first, rest) = typed.split_at("before the cut".len().min(typed.len()));
    assert_eq!(first, "before the cut", "{result}");
    assert!(rest.len() >= 5 * " and on".len(), "{typed}");
    assert_eq!(rest.replace(" and on", ""), "", "{typed}");
}
