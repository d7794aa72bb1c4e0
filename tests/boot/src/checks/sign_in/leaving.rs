//! Developers who are locked out: at the provider, by the operator, by the declaration.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Company, TOKEN, url};
use crate::report::{promise, seconds};
use crate::team::DOMAIN;
use crate::{files, wait, work_folder};

/// An open WebSocket to a server in a workspace, through the door and the login.
struct Socket {
    client: Child,
}

impl Socket {
    fn open(company: &Company<'_>, name: &str, cookie: &str) -> Self {
        // A server of the workspace that holds the connection.
        company.host.answer(&format!(
            "docker exec vsc-{name} sh -c 'ss -ltn 2> /dev/null | grep -q :3000' || docker exec --detach vsc-{name} /usr/lib/code-server/node -e 'require(\"http\").createServer((q, s) => s.end(\"app\")).on(\"upgrade\", (q, s) => s.write(\"HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n\")).on(\"error\", () => {{}}).listen(3000)'; sleep 2"
        ));
        let ready = work_folder().join(format!("sign-in/{name}.ready"));
        let _ = fs::remove_file(&ready);
        let mut client = Command::new("python3")
            .arg(files().join("sign_in/socket_client.py"))
            .args([super::ADDRESS, "443", &format!("3000.{name}.{DOMAIN}")])
            .arg(&company.scene.certificates.authority)
            .arg("/")
            .arg(&ready)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let mut input = client.stdin.take().expect("it is piped");
        input.write_all(cookie.as_bytes()).expect("it listens");
        drop(input);
        wait("the WebSocket", Duration::from_secs(30), || ready.exists());
        Self { client }
    }

    fn is_open(&mut self) -> bool {
        self.client
            .try_wait()
            .expect("it can be waited for")
            .is_none()
    }

    /// Waits until the server has ended it.
    fn ended(mut self, limit: u64) {
        let limit = Duration::from_secs(limit);
        let took = wait("the end of the WebSocket", limit, || !self.is_open());
        promise("an open window ended after", took, limit);
        let output = self.client.wait_with_output().expect("it has ended");
        assert!(output.status.success(), "{output:?}");
    }
}

/// Waits until a request is rejected, and returns how long that took.
fn rejected(company: &Company<'_>, name: &str, cookie: &str, limit: u64) -> Duration {
    let limit = Duration::from_secs(limit);
    let took = wait(&format!("{name} to be out"), limit, || {
        let status = company.status(name, cookie);
        assert!(matches!(status, 200 | 302 | 401), "{status}");
        status != 200
    });
    promise(&format!("{name} is out after"), took, limit);
    took
}

/// The provider blocks a developer: the next request after the end of the access token is rejected, and with it
/// the open window.
pub(crate) fn at_the_provider(company: &Company<'_>) {
    let alice = url("alice");
    let cookie = company
        .open("alice", &[&alice])
        .session(&format!("alice.{DOMAIN}"));
    assert_eq!(company.status("alice", &cookie), 200);
    // With a token that is renewed, a session outlives it.
    company.provider.administer("forget");
    std::thread::sleep(Duration::from_secs(u64::from(TOKEN)));
    assert_eq!(
        company.status("alice", &cookie),
        200,
        "the token is renewed"
    );
    assert!(company.provider.count("refresh_token") > 0);
    let mut socket = Socket::open(company, "alice", &cookie);

    assert!(company.provider.administer("block/alice").0);
    let took = rejected(company, "alice", &cookie, u64::from(TOKEN) + 5);
    println!(
        "        blocked at the provider: out after {} of {TOKEN} s",
        seconds(took)
    );
    // No request with this session passes ever after, nor one from a browser that asks the provider.
    assert_eq!(company.status("alice", &cookie), 401);
    assert!(
        !company
            .open("alice", &[&alice])
            .text(0, "url")
            .starts_with(&alice)
    );
    assert!(socket.is_open() || socket.client.wait().is_ok_and(|status| status.success()));
    let started = Instant::now();
    socket.ended(75);
    println!(
        "        its open window ended {} later",
        seconds(started.elapsed())
    );

    // A window that only uses its WebSocket: it has to connect again after half an hour.
    assert!(company.provider.administer("unblock/alice").0);
    let cookie = company
        .open("alice", &[&alice])
        .session(&format!("alice.{DOMAIN}"));
    let socket = Socket::open(company, "alice", &cookie);
    assert!(company.provider.administer("block/alice").0);
    company.host.answer(". /usr/local/libexec/vsc/settings; touch -d '-31 min' $LOGIN_STATE/oidc/alice/mod-auth-openidc-s-*; systemctl start vsc-recheck");
    socket.ended(10);
    rejected(company, "alice", &cookie, u64::from(TOKEN) + 5);

    // A provider that is down renews nothing.
    assert!(company.provider.administer("unblock/alice").0);
    let cookie = company
        .open("alice", &[&alice])
        .session(&format!("alice.{DOMAIN}"));
    assert_eq!(company.status("alice", &cookie), 200);
    assert!(company.provider.administer("down/yes").0);
    rejected(company, "alice", &cookie, u64::from(TOKEN) + 5);
    assert!(company.provider.administer("down/no").0);
    assert_eq!(
        company.status("alice", &cookie),
        401,
        "the session has ended"
    );
}

/// The operator locks a developer out on the host.
pub(crate) fn by_revocation(company: &Company<'_>) {
    let (bob, host) = (url("bob"), format!("bob.{DOMAIN}"));
    let visits = company.open("bob", &[&bob]);
    let cookie = visits.session(&host);
    assert_eq!(company.status("bob", &cookie), 200);
    let socket = Socket::open(company, "bob", &cookie);
    let ran = company.host.shell("/usr/local/libexec/vsc/revoke bob");
    assert!(ran.success, "{}{}", ran.text, ran.errors);
    println!("        revoked in {}", seconds(ran.took));
    assert_ne!(company.status("bob", &cookie), 200);
    socket.ended(5);
    let again = company.open("bob", &[&bob]);
    assert_eq!(again.status(0), 403, "{}", again.text(0, "body"));

    let ran = company
        .host
        .shell("/usr/local/libexec/vsc/revoke bob admit");
    assert!(ran.success, "{}{}", ran.text, ran.errors);
    assert_eq!(company.open("bob", &[&bob]).status(0), 200);
    assert_eq!(
        company.status("bob", &cookie),
        401,
        "the old session has ended"
    );
}

/// The declaration lets a developer go.
pub(crate) fn by_the_declaration(company: &Company<'_>) {
    let (carol, host) = (url("carol"), format!("carol.{DOMAIN}"));
    let visits = company.open("carol", &[&carol]);
    let cookie = visits.session(&host);
    assert_eq!(company.status("carol", &cookie), 200);
    let socket = Socket::open(company, "carol", &cookie);
    let took = company.change(&["alice", "bob"]);
    println!("        the team changed in {}", seconds(took));
    assert_eq!(company.status("carol", &cookie), 404);
    socket.ended(5);
    let rest = company
        .host
        .answer(". /usr/local/libexec/vsc/settings; ls $LOGIN_STATE/oidc");
    assert!(rest.contains("alice") && !rest.contains("carol"), "{rest}");
}
