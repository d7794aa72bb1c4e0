//! Apps in a workspace have names of their own, behind its login, and are shared on request.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use vsc_tests::python::run;

use crate::browser::screenshot;
use crate::scene::Scene;
use crate::team::DOMAIN;
use crate::{files, piped, wait, work_folder};

/// The program of the workspace that runs an app.
const NODE: &str = "/usr/lib/code-server/node";

/// The ports of the apps: one with a login of its own, and one that reloads what changes.
const APP: u16 = 3000;
const SITE: u16 = 5173;

/// What a request got.
struct Answer {
    status: u16,
    text: String,
}

/// An app works at its name for its developer, and for nobody else until it is shared.
pub(crate) fn everything(scene: &Scene<'_>, developer: &str, colleague: &str) {
    let home = format!("/home/vsc/{developer}");
    scene.host.fed(
        &format!("cat > {home}/app.mjs && chmod 644 {home}/app.mjs"),
        &fs::read_to_string(files().join("previews/app.mjs")).expect("the app is there"),
    );
    scene.host.answer(&format!(
        "docker exec --detach vsc-{developer} {NODE} app.mjs {APP}"
    ));
    let cookie = |user: &str| {
        let url = format!("https://{developer}.{DOMAIN}/");
        let login = (user, &*scene.password(user));
        scene.cookie(&url, login)
    };
    let (own, other) = (cookie(developer), cookie(colleague));
    let url = format!("https://{APP}.{developer}.{DOMAIN}/");
    wait("the app", Duration::from_secs(30), || {
        ask(scene, &url, &own, &[]).status == 200
    });

    works(scene, &url, &own);
    let names = Names {
        url: &url,
        own: &own,
        other: &other,
        developer,
    };
    closed(scene, &names);
    shared_with_the_team(scene, &names);
    shared_by_a_link(scene, &names);
    no_session_in(
        &scene.host.answer(&format!("cat {home}/app.log")),
        &[&own, &other],
    );
    reloads(scene, developer);
}

/// The address of an app, and the sessions of its developer and of a colleague at the developer's name.
struct Names<'a> {
    url: &'a str,
    own: &'a str,
    other: &'a str,
    developer: &'a str,
}

/// Cookies and tokens of the app pass, and so do its own 401 and its WebSockets.
fn works(scene: &Scene<'_>, url: &str, own: &str) {
    let with_app = format!("{own}; app=1");
    let page = ask(scene, url, &with_app, &[]);
    assert!(page.text.contains("got app=1"), "{}", page.text);
    let private = format!("{url}private");
    let denied = ask(scene, &private, own, &[]);
    assert_eq!(denied.status, 401);
    assert!(denied.text.contains("the app asks for its token"));
    let allowed = ask(scene, &private, own, &["Authorization: Bearer of-the-app"]);
    assert_eq!(allowed.status, 200, "{}", allowed.text);
    assert_eq!(handshake(scene, url, own), 101);
    // From the path of the workspace to the name of the app.
    let (_, rest) = url.split_once('.').expect("a name");
    let path = ask(
        scene,
        &format!("https://{rest}proxy/{APP}/a/b?c=d"),
        own,
        &[],
    );
    assert_eq!(path.status, 302, "{}", path.text);
    let location = format!("\nlocation: {url}a/b?c=d");
    assert!(
        path.text.to_lowercase().contains(&location),
        "{}",
        path.text
    );
}

/// Nobody else opens it, whatever the host is called.
fn closed(scene: &Scene<'_>, names: &Names<'_>) {
    let Names {
        url, own, other, ..
    } = *names;
    for cookie in [
        "",
        other,
        "__Host-vsc-share=0123456789abcdef0123456789abcdef",
    ] {
        let status = ask(scene, url, cookie, &[]).status;
        let expected = if cookie == other { 403 } else { 401 };
        assert_eq!(status, expected, "{cookie}");
        assert_eq!(handshake(scene, url, cookie), expected, "{cookie}");
    }
    // The workspace itself, which has a port, too, and what is not a port.
    for port in ["8080", "08080", "03000", "70000000", "0", "a"] {
        let name = url.replacen(&APP.to_string(), port, 1);
        let answer = ask(scene, &name, own, &[]);
        assert!(
            matches!(answer.status, 0 | 403 | 404),
            "{name}: {} {}",
            answer.status,
            answer.text
        );
    }
    let cross = [
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Mode: cors",
        "Sec-Fetch-Dest: empty",
    ];
    let origin = |name: &str| format!("Origin: https://{name}.{DOMAIN}");
    let fetch = |name: &str| {
        let origin = origin(name);
        let headers: Vec<&str> = cross.into_iter().chain([origin.as_str()]).collect();
        ask(scene, url, own, &headers).status
    };
    assert_eq!(fetch("bob"), 404, "a colleague's page");
    assert_eq!(
        fetch(&format!("3001.{}", names.developer)),
        200,
        "an own app"
    );
}

/// What the team opens is the app, never the workspace.
fn shared_with_the_team(scene: &Scene<'_>, names: &Names<'_>) {
    let Names {
        url,
        own,
        other,
        developer,
    } = *names;
    let said = share(scene, developer, "3000 team");
    assert!(said.contains(url), "{said}");
    until(scene, url, other, 200);
    assert_eq!(handshake(scene, url, other), 101);
    assert_eq!(ask(scene, url, "", &[]).status, 401);
    let workbench = format!("https://{developer}.{DOMAIN}/");
    assert_eq!(ask(scene, &workbench, other, &[]).status, 403);
    let another = url.replacen("3000", "3001", 1);
    assert_eq!(ask(scene, &another, other, &[]).status, 403);
    never_the_workspace(scene, names, other);
    let mut open = held_open(scene, url, other);
    share(scene, developer, "3000 off");
    until(scene, url, other, 403);
    wait(
        "the end of an open connection",
        Duration::from_secs(30),
        || open.try_wait().expect("it can be asked").is_some(),
    );
    assert_eq!(ask(scene, url, own, &[]).status, 200);
}

/// Whoever has the link opens the app, until it ends.
fn shared_by_a_link(scene: &Scene<'_>, names: &Names<'_>) {
    let Names { url, developer, .. } = *names;
    let said = share(scene, developer, "3000 link");
    let link = said.split_whitespace().next().unwrap_or_default();
    assert!(link.starts_with(&format!("{url}.login/link?")), "{said}");
    let opened = ask(scene, link, "", &[]);
    assert_eq!(opened.status, 303, "{}", opened.text);
    let cookie = opened
        .text
        .lines()
        .find_map(|line| {
            line.to_lowercase()
                .strip_prefix("set-cookie: ")
                .map(str::to_owned)
        })
        .unwrap_or_default();
    assert!(
        cookie.contains("; path=/; secure; httponly; samesite=lax"),
        "{cookie}"
    );
    // The name of a cookie has upper and lower case.
    let cookie = cookie
        .split(';')
        .next()
        .unwrap_or_default()
        .replace("__host-", "__Host-");
    until(scene, url, &cookie, 200);
    assert_eq!(handshake(scene, url, &cookie), 101);
    assert_eq!(ask(scene, url, "", &[]).status, 401);
    for other in [
        "https://DEVELOPER.DOMAIN/",
        "https://3001.DEVELOPER.DOMAIN/",
        "https://bob.DOMAIN/",
    ] {
        let other = other
            .replace("DEVELOPER", developer)
            .replace("DOMAIN", DOMAIN);
        assert_eq!(ask(scene, &other, &cookie, &[]).status, 401, "{other}");
    }
    never_the_workspace(scene, names, &cookie);
    let log = scene.host.answer("cat /var/log/vsc/audit.jsonl");
    assert!(
        log.contains("\"shared\"") && log.contains("\"link\""),
        "{log}"
    );
    let wrong = scene
        .host
        .shell(&format!("docker exec vsc-{developer} share 8080 link"));
    assert!(
        !wrong.success && wrong.errors.contains("the workspace itself"),
        "{}",
        wrong.errors
    );
    share(scene, developer, "3000 off");
    until(scene, url, &cookie, 401);
}

/// Whoever may open a shared app opens nothing else by another form of its name: code-server would serve the
/// workspace at a name that it does not know.
fn never_the_workspace(scene: &Scene<'_>, names: &Names<'_>, cookie: &str) {
    let host = format!("{APP}.{}.{DOMAIN}", names.developer);
    let workbench = format!("{}.{DOMAIN}", names.developer);
    let forms = [
        format!("Host: {host}:443"),
        format!("Host: {host}:8443"),
        format!("Host: {host}."),
        format!("Host: {}", host.to_uppercase()),
        format!("Host: {APP}.{}.{DOMAIN}", names.developer.to_uppercase()),
        format!("X-Forwarded-Host: {workbench}"),
        format!("X-Forwarded-Host: 8080.{workbench}"),
        format!("X_Forwarded_Host: {workbench}"),
        format!("Forwarded: host={workbench}"),
        format!("X-Original-Host: {workbench}"),
        "X-Forwarded-Prefix: /..".to_owned(),
        "X-Original-URL: /".to_owned(),
    ];
    let paths = [
        "",
        "proxy/8080/",
        "../",
        "%2e%2e/",
        "//",
        "_static/",
        "healthz",
        "login",
        "absproxy/8080/",
    ];
    for form in &forms {
        for path in paths {
            let answer = ask(scene, &format!("{}{path}", names.url), cookie, &[form]);
            let app = answer.text.contains(&format!("the app on {APP} got"));
            assert!(
                app || matches!(answer.status, 0 | 400 | 401 | 403 | 404),
                "{form}, {path}: {} {}",
                answer.status,
                answer.text
            );
        }
    }
}

/// Changes reach an open page without loading it again.
fn reloads(scene: &Scene<'_>, developer: &str) {
    let folder = site();
    let home = format!("/home/vsc/{developer}");
    let account = scene.host.answer(&format!("stat --format %u {home}"));
    let archive = work_folder().join("site.tar");
    run(Command::new("tar")
        .arg("-C")
        .arg(&folder)
        .arg("-cf")
        .arg(&archive)
        .arg("."));
    scene.host.copy(&archive, "/var/tmp/site.tar");
    scene.host.answer(&format!(
        "mkdir -p {home}/site && tar -C {home}/site -xf /var/tmp/site.tar && chown -R {account}:{account} {home}/site && rm /var/tmp/site.tar"
    ));
    scene.host.answer(&format!(
        "docker exec --detach --workdir /home/coder/site vsc-{developer} sh -c '{NODE} node_modules/vite/bin/vite.js --port {SITE} --strictPort > vite.log 2>&1'"
    ));
    scene.host.until(
        "the server of the site",
        Duration::from_secs(60),
        &format!("grep -q {SITE} {home}/site/vite.log"),
    );
    let ready = work_folder().join("site.ready");
    let _ = fs::remove_file(&ready);
    let job = json!({
        "kind": "reload",
        "url": format!("https://{SITE}.{developer}.{DOMAIN}/"),
        "user": developer,
        "password": scene.password(developer),
        "first": "the first version",
        "second": "the second version",
        "ready": ready,
        "screenshot": screenshot("preview"),
    });
    let session = scene.browser.start("reload", &[job]);
    wait(
        "the first version of the site",
        Duration::from_secs(120),
        || ready.exists(),
    );
    scene
        .host
        .answer(&format!("sed -i s/first/second/ {home}/site/text.js"));
    let result = session.results().remove(0);
    let log = scene.host.shell(&format!("cat {home}/site/vite.log")).text;
    assert_eq!(result["error"], Value::Null, "{result}\n{log}");
    assert_eq!(result["kept"], true, "the page was loaded again: {result}");
}

/// A site with a development server, installed on this machine.
fn site() -> PathBuf {
    let folder = work_folder().join("site");
    fs::create_dir_all(&folder).expect("the folder of the site can be made");
    for name in ["package.json", "index.html", "main.js", "text.js"] {
        fs::copy(files().join("previews/site").join(name), folder.join(name))
            .expect("the files of the site can be copied");
    }
    if !folder.join("node_modules/vite").exists() {
        run(Command::new("npm")
            .args(["install", "--silent", "--prefix"])
            .arg(&folder)
            .current_dir(&folder));
    }
    folder
}

fn share(scene: &Scene<'_>, developer: &str, arguments: &str) -> String {
    scene
        .host
        .answer(&format!("docker exec vsc-{developer} share {arguments}"))
}

fn until(scene: &Scene<'_>, url: &str, cookie: &str, status: u16) {
    wait(
        &format!("{status} of {url}"),
        Duration::from_secs(60),
        || ask(scene, url, cookie, &[]).status == status,
    );
}

fn no_session_in(log: &str, sessions: &[&str]) {
    assert!(log.lines().count() > 10, "{log}");
    for session in sessions {
        let (_, key) = session.split_once('=').expect("a cookie");
        assert!(!log.contains(key), "an app got a session: {log}");
    }
    assert!(
        !log.contains("__Secure-") && !log.contains("__Host-"),
        "{log}"
    );
    assert!(log.contains("\"x-forwarded-user\",\"alice\""), "{log}");
}

fn options(scene: &Scene<'_>, url: &str, cookie: &str, headers: &[&str]) -> String {
    let mut options = format!(
        "{}url = \"{url}\"\nsilent\ninclude\npath-as-is\nwrite-out = \"\\n%{{http_code}}\"\n",
        scene.reach(url)
    );
    let cookie = (!cookie.is_empty()).then(|| format!("Cookie: {cookie}"));
    for header in cookie.as_deref().into_iter().chain(headers.iter().copied()) {
        // Writing into a string cannot fail.
        _ = writeln!(options, "header = \"{header}\"");
    }
    options
}

fn ask(scene: &Scene<'_>, url: &str, cookie: &str, headers: &[&str]) -> Answer {
    let options = options(scene, url, cookie, headers) + "max-time = 20\n";
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    let (text, status) = text.rsplit_once('\n').unwrap_or(("", "0"));
    Answer {
        status: status.trim().parse().unwrap_or(0),
        text: text.replace('\r', ""),
    }
}

const HANDSHAKE: [&str; 4] = [
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

/// The status of the handshake of a WebSocket.
fn handshake(scene: &Scene<'_>, url: &str, cookie: &str) -> u16 {
    let options = options(scene, url, cookie, &HANDSHAKE) + "http1.1\nmax-time = 5\n";
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    let status = text.lines().next().and_then(|line| line.split(' ').nth(1));
    status.and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// A WebSocket that stays open.
fn held_open(scene: &Scene<'_>, url: &str, cookie: &str) -> Child {
    let file = work_folder().join("socket.conf");
    let options = options(scene, url, cookie, &HANDSHAKE) + "http1.1\n";
    fs::write(&file, options).expect("the options can be written");
    let mut open = Command::new("curl")
        .arg("--config")
        .arg(&file)
        .stdout(Stdio::null())
        .spawn()
        .expect("curl starts");
    std::thread::sleep(Duration::from_secs(2));
    assert!(
        open.try_wait().expect("it can be asked").is_none(),
        "it did not stay open"
    );
    open
}
