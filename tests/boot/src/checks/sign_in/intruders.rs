//! Everybody but the owner of a workspace, by every trick of `files/sign_in/attacks.py`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{Company, email, url};
use crate::host::Host;
use crate::provider::Provider;
use crate::scene::{self, Scene};
use crate::session::sign_in;
use crate::team::DOMAIN;
use crate::{files, piped};

const RECORDED: &str = "/run/vsc/recorded";

/// What stands behind the door of a workspace while it is attacked.
struct Recorder<'a> {
    host: &'a Host<'a>,
    name: &'a str,
}

impl<'a> Recorder<'a> {
    fn start(host: &'a Host<'a>, name: &'a str) -> Self {
        let script =
            std::fs::read_to_string(files().join("sign_in/recorder.py")).expect("it is there");
        host.fed("cat > /run/vsc/recorder.py", &script);
        host.answer(&format!(
            "rm -f {RECORDED}; touch {RECORDED}; . /etc/vsc/workspaces/{name}.env; systemctl stop vsc-door@{name}.socket vsc-door@{name}.service; systemd-run --quiet --unit recorder python3 /run/vsc/recorder.py \"$ADDRESS\" 20000 {RECORDED}; for i in $(seq 50); do (echo > \"/dev/tcp/$ADDRESS/20000\") 2> /dev/null && break; sleep 0.2; done"
        ));
        Self { host, name }
    }

    fn requests(&self) -> Vec<String> {
        let text = self
            .host
            .answer(&format!("cat {RECORDED} | tr '\\0' '\\1'"));
        text.split('\u{1}')
            .map(|request| request.trim().to_owned())
            .filter(|request| !request.is_empty())
            .collect()
    }
}

impl Drop for Recorder<'_> {
    fn drop(&mut self) {
        self.host.shell(&format!(
            "systemctl stop recorder; systemctl start vsc-door@{}.socket",
            self.name
        ));
    }
}

/// What is attacked.
struct Target<'a> {
    address: &'a str,
    authority: &'a Path,
    owner: String,
    cookie_name: &'a str,
}

/// Every how many of the tricks is tried: all of them take minutes.
fn every() -> usize {
    let is_all = std::env::var("VSC_FAULTS").is_ok_and(|extent| extent == "all");
    if is_all { 1 } else { 10 }
}

/// Tries the tricks with each cookie.
fn attempts(
    provider: &Provider,
    target: &Target<'_>,
    identities: &BTreeMap<&str, String>,
) -> Vec<Value> {
    let task = json!({
        "address": target.address,
        "port": 443,
        "domain": DOMAIN,
        "name": "alice",
        "colleague": "bob",
        "owner": target.owner,
        "authority": target.authority,
        "cookie_name": target.cookie_name,
        "identities": identities,
        "every": every(),
    });
    provider.script("attacks", &task)
}

/// Asserts that nothing reaches the workspace of alice, except with the owner's cookie.
fn attack(
    provider: &Provider,
    recorder: &Recorder<'_>,
    target: &Target<'_>,
    identities: &BTreeMap<&str, String>,
    owner: &str,
) {
    let results = attempts(provider, target, identities);
    let has_reached = |result: &&Value| result["reached"] != false;
    let reached: Vec<&Value> = results.iter().filter(has_reached).collect();
    let mut statuses: BTreeMap<u64, usize> = BTreeMap::new();
    for result in &results {
        let status = result["status"].as_u64().unwrap_or_default();
        *statuses.entry(status).or_default() += 1;
    }
    println!(
        "        {} of {} tries were rejected: {} tricks, {} cookies, statuses {statuses:?}",
        results.len() - reached.len(),
        results.len(),
        results.len() / identities.len(),
        identities.len()
    );
    assert!(results.len() / identities.len() > 400 / every());
    // His session lasts: it is his name that is rejected.
    let is_named = |result: &&Value| {
        result["identity"] == "bob, signed in at alice's" && result["status"] == 403
    };
    let named = results.iter().filter(is_named).count();
    assert!(named > 180 / every(), "{named}: {statuses:?}");
    assert!(reached.is_empty(), "{reached:?}");
    assert_eq!(recorder.requests(), Vec::<String>::new());
    // It is the cookie that counts: many of these requests would get there.
    let owner = BTreeMap::from([("owner", owner.to_owned())]);
    let results = attempts(provider, target, &owner);
    let reached = results.iter().filter(has_reached).count();
    println!("        {reached} of these tricks get there with the owner's cookie");
    assert!(reached > 150 / every(), "{reached}");
}

/// The owner's request gets there, without the session and without what the client forged.
fn control(recorder: &Recorder<'_>, target: &Target<'_>, cookie: &str) {
    let options = format!(
        "url = \"https://alice.{DOMAIN}/x\"\nresolve = \"alice.{DOMAIN}:443:{}\"\ncacert = \"{}\"\nheader = \"Cookie: app=1; {cookie}; other=2\"\nheader = \"X-Forwarded-User: mallory\"\nheader = \"X_Forwarded_User: mallory\"\nheader = \"Authorization: Bearer of-the-app\"\nsilent\nmax-time = 20\n",
        target.address,
        target.authority.display()
    );
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    assert_eq!(text.trim(), "REACHED", "the owner gets there");
    let requests = recorder.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let request = &requests[0];
    let value = cookie.split_once('=').map_or(cookie, |(_, value)| value);
    assert!(value.len() > 15, "{cookie}");
    assert!(
        !request.contains(value),
        "the workspace sees the session: {request}"
    );
    assert!(!request.contains("mallory"), "{request}");
    assert!(request.contains("Cookie: app=1; other=2"), "{request}");
    assert!(
        request.contains("Authorization: Bearer of-the-app"),
        "{request}"
    );
    assert!(
        request.to_lowercase().contains(&format!(
            "x-forwarded-user: {}",
            target.owner.to_lowercase()
        )),
        "{request}"
    );
    recorder.host.answer(&format!(": > {RECORDED}"));
}

/// Colleagues and strangers at a workspace whose owner signs in at a provider.
pub(crate) fn at_a_provider(company: &Company<'_>) {
    let (alice, bob) = (url("alice"), url("bob"));
    let host = |name: &str| format!("{name}.{DOMAIN}");
    let as_bob = company.open("bob", &[&alice, &bob]);
    let as_alice = company.open("alice", &[&alice, &bob]);
    let ended = company.open("alice", &[&alice]).session(&host("alice"));
    assert_eq!(company.status("alice", &ended), 200);
    log_out(company, &ended);
    company.until_recorded("ended", "alice", "alice");
    let identities = BTreeMap::from([
        ("nobody", String::new()),
        ("bob, signed in at alice's", as_bob.session(&host("alice"))),
        ("bob, signed in at his own", as_bob.session(&host("bob"))),
        ("alice, signed in at bob's", as_alice.session(&host("bob"))),
        ("alice, after the log-out", ended),
        (
            "unproven",
            company.open("unproven", &[&alice]).session(&host("alice")),
        ),
    ]);
    for (who, cookie) in &identities {
        assert!(
            *who == "nobody" || cookie.contains('='),
            "{who} has no session: {cookie}"
        );
    }
    let target = Target {
        address: super::ADDRESS,
        authority: &company.scene.certificates.authority,
        owner: email("alice"),
        cookie_name: "__Secure-oidc",
    };
    let recorder = Recorder::start(&company.host, "alice");
    let owner = as_alice.session(&host("alice"));
    control(&recorder, &target, &owner);
    attack(&company.provider, &recorder, &target, &identities, &owner);
}

/// Signs out as the button does: a form, and two redirects, the second one to the provider.
fn log_out(company: &Company<'_>, cookie: &str) {
    let options = format!(
        "url = \"https://alice.{DOMAIN}/.login/logout\"\nresolve = \"alice.{DOMAIN}:443:{}\"\ncacert = \"{}\"\nheader = \"Cookie: {cookie}\"\nrequest = POST\nlocation\nmax-redirs = 5\nsilent\nmax-time = 20\noutput = /dev/null\nwrite-out = \"%{{url_effective}}\"\n",
        super::ADDRESS,
        company.scene.certificates.authority.display()
    );
    let (_, end) = piped(Command::new("curl").args(["--config", "-"]), &options);
    assert_eq!(end, format!("https://alice.{DOMAIN}/.login/out"));
}

/// Colleagues and strangers at a workspace whose owner signs in with a password.
pub(crate) fn with_passwords(scene: &Scene<'_>) {
    let origin = |name: &str| format!("https://{name}.{DOMAIN}");
    let session = |at: &str, who: &str| {
        let origin = origin(at);
        sign_in(&scene.reach(&origin), &origin, (who, &scene.password(who)))
            .unwrap_or_else(|status| panic!("{who} at {at}: {status}"))
    };
    let ended = session("alice", "alice");
    let reach = scene.reach(&origin("alice"));
    let options = format!(
        "{reach}url = \"{}/.login/logout\"\nheader = \"Cookie: {ended}\"\nrequest = POST\nsilent\nmax-time = 20\noutput = /dev/null\nwrite-out = \"%{{http_code}}\"\n",
        origin("alice")
    );
    let (_, status) = piped(Command::new("curl").args(["--config", "-"]), &options);
    assert!(status.starts_with('3'), "{status}");
    let identities = BTreeMap::from([
        ("nobody", String::new()),
        ("bob, signed in at alice's", session("alice", "bob")),
        ("bob, signed in at his own", session("bob", "bob")),
        ("alice, signed in at bob's", session("bob", "alice")),
        ("alice, after the log-out", ended),
    ]);
    let target = Target {
        address: scene::ADDRESS,
        authority: &scene.certificates.authority,
        owner: "alice".to_owned(),
        cookie_name: "__Secure-vsc",
    };
    let owner = session("alice", "alice");
    let recorder = Recorder::start(&scene.host, "alice");
    control(&recorder, &target, &owner);
    attack(&Provider::new(), &recorder, &target, &identities, &owner);
}
