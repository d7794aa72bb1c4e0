//! The homes survive the replacement of the host: a new one takes their volume from the one that works.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use vsc::pattern;
use vsc::team::TeamIde;
use vsc_tests::python::run;
use vsc_tests::workspace;

use crate::browser::{Session, screenshot};
use crate::cloud::{Cloud, Deployed, STEADY};
use crate::elastic::{self, Elastic};
use crate::host::Host;
use crate::report::{promise, seconds};
use crate::scene::Scene;
use crate::session;
use crate::team::DOMAIN;
use crate::{wait, work_folder};

const STACK: &str = "homes";

const TEAM: [&str; 2] = ["alice", "bob"];

/// The host, the one that replaces it, and one that fails to.
const ADDRESSES: [&str; 3] = ["10.213.7.27", "10.213.7.28", "10.213.7.29"];

/// The instances of the second host and of the third.
const SUCCESSORS: [&str; 2] = ["i-0123456789abcdef0", "i-0123456789abcdef1"];

/// What a developer types and does not save.
const DRAFT: &str = "a thought that nobody has saved";

/// What another one types before the host is replaced, and goes on to type after it, in the same page.
const HELD: &str = "a sentence that begins";
const HELD_MORE: &str = " and ends on another host";

/// After this time everybody works again on a new host.
const BACK: Duration = Duration::from_secs(90);

/// The files of all homes with their SHA-256, but those that the editor itself writes all the time.
const SUMS: &str = "cd /home/vsc && find alice bob -xdev -type f -not -path '*/.local/share/code-server/*' -not -path '*/.cache/*' -exec sha256sum {} + | sort -k 2";

/// A host with a team at work.
fn at_work<'a>(scene: &Scene<'a>) -> (Deployed, Host<'a>) {
    let ide = TeamIde::builder()
        .stack_name(STACK)
        .user(TEAM[0])
        .user(TEAM[1])
        .domain(DOMAIN)
        .instance("t3.large")
        .home_volume("6 GiB")
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let template = pattern::synthesize(&ide)
        .expect("it keeps the quotas")
        .to_json();
    let deployed = scene.cloud.deploy(STACK, &template, &STEADY);
    scene.cloud.register(ADDRESSES[0], &deployed);
    let former = Host::launch(scene.engine, scene.image, STACK, ADDRESSES[0]);
    let (success, reason) = scene.signal(STACK);
    assert!(
        success,
        "{reason}\n{}",
        former.answer("journalctl --unit docker --output cat | tail -n 20; df -h /var/lib/docker")
    );
    for (user, bytes) in TEAM.into_iter().zip(["1G", "50M"]) {
        former.answer(&format!(
            "docker exec vsc-{user} sh -c 'mkdir project && git init -q project && echo {user} > project/name' && cd /home/vsc/{user}/project && head -c {bytes} /dev/urandom > data && chown --reference name data && sync data name"
        ));
    }
    (deployed, former)
}

/// Replaces the host while everybody works, then restores a home from a snapshot.
pub(crate) fn survive(scene: &Scene<'_>) {
    let (deployed, former) = at_work(scene);
    let opened = |address: &str, kind: &str| {
        let job = json!({
            "kind": kind,
            "url": format!("https://{}.{DOMAIN}/", TEAM[0]),
            "user": TEAM[0],
            "password": scene.cloud.password(STACK, TEAM[0]),
            "text": DRAFT,
            "screenshot": screenshot(&format!("{kind}-{address}")),
        });
        scene.browser.at(address).run(kind, &[job]).remove(0)
    };
    let draft = opened(ADDRESSES[0], "draft");
    assert_eq!(draft["error"], Value::Null, "{draft}");
    let kept = former.answer(&format!("grep -rl '{DRAFT}' /home/vsc/{}", TEAM[0]));
    println!("        unsaved text is in {kept}");
    // The server is killed, and then, with the host, stopped.
    former.answer(&format!("docker kill vsc-{}", TEAM[0]));
    former.until(
        "the workspace to start again",
        Duration::from_secs(60),
        &format!("docker exec vsc-{} true", TEAM[0]),
    );
    std::thread::sleep(Duration::from_secs(5));
    let killed = opened(ADDRESSES[0], "drafted");
    let before = former.answer(SUMS);
    assert!(before.lines().count() > 20, "{before}");
    former.answer("sync");
    let yesterday = Cloud::volume(STACK).with_extension("snapshot");
    run(Command::new("cp")
        .arg("--sparse=always")
        .args([&Cloud::volume(STACK), &yesterday]));

    // Whoever works has signed in: the sessions are among what is kept.
    let sessions = TEAM.map(|user| sign_in(scene, user));
    let address = Elastic::new(ADDRESSES[0]);
    let held = Held::open(scene, TEAM[1]);
    scene
        .cloud
        .register_as(ADDRESSES[1], &deployed, SUCCESSORS[0]);
    let host = Host::launch(scene.engine, scene.image, "homes-new", ADDRESSES[1]);
    host.until(
        "the homes to be taken",
        Duration::from_secs(300),
        "[ -e /run/vsc/taking ]",
    );
    let stopped = Instant::now();
    for (user, session) in TEAM.iter().zip(&sessions) {
        wait(&format!("{user}'s page"), Duration::from_secs(300), || {
            works(scene, user, session)
        });
    }
    promise(
        "everybody is back after the former host's stop",
        stopped.elapsed(),
        BACK,
    );
    host.until(
        "the new host",
        Duration::from_secs(300),
        "[ -e /var/lib/vsc/applied ]",
    );
    // CloudFormation moves the address when the new host has signaled success.
    address.moves_to(ADDRESSES[1]);
    held.goes_on(&host, TEAM[1], stopped);
    assert_eq!(before, host.answer(SUMS), "the homes are others");
    assert!(
        !scene.cloud.is_torn(),
        "the volume left a host that used it"
    );
    assert!(!former.is_running(), "two hosts serve");

    let replaced = opened(ADDRESSES[1], "drafted");
    println!("        unsaved text after kill -9: {killed}, on the new host: {replaced}");
    assert_eq!(killed["found"], true, "{killed}");
    assert_eq!(replaced["found"], true, "{replaced}");

    yields(&former, &host);
    drop(former);

    fails_to_replace(scene, &host, &deployed, &sessions);
    restored(&host, &yesterday);
    host.answer("/usr/local/libexec/vsc/unmount-homes");
    drop(host);
    scene.cloud.discard(STACK);
}

/// An editor that stays open in its page while the host is replaced.
struct Held {
    session: Session,
    stop: std::path::PathBuf,
}

impl Held {
    fn open(scene: &Scene<'_>, user: &str) -> Self {
        let [ready, stop] = ["held.ready", "held.stop"].map(|name| work_folder().join(name));
        for file in [&ready, &stop] {
            let _ = std::fs::remove_file(file);
        }
        let job = json!({
            "kind": "across",
            "url": format!("https://{user}.{DOMAIN}/"),
            "user": user,
            "password": scene.cloud.password(STACK, user),
            "text": HELD,
            "more": HELD_MORE,
            "ready": ready,
            "stop": stop,
            "screenshot": screenshot("held"),
        });
        let session = scene.browser.at(elastic::ADDRESS).start("held", &[job]);
        wait("the editor", Duration::from_secs(120), || ready.exists());
        Self { session, stop }
    }

    /// Asserts that what was typed before is there, and that typing goes on: the server keeps what is typed, so
    /// that it is connected again.
    fn goes_on(self, host: &Host<'_>, user: &str, stopped: Instant) {
        host.until(
            "the typing to go on",
            Duration::from_secs(300),
            &format!("grep -rqs '{HELD}{HELD_MORE}' /home/vsc/{user}/.local/share/code-server/User/Backups"),
        );
        let took = stopped.elapsed();
        std::fs::write(&self.stop, "").expect("the editor can be closed");
        let result = self.session.results().remove(0);
        println!("        the open editor: {result}");
        assert_eq!(result["error"], Value::Null, "{result}");
        assert_eq!(result["kept"], true, "{result}");
        promise(
            "an open editor goes on after the former host's stop",
            took,
            BACK,
        );
    }
}

/// The former host, started again, does not serve.
fn yields(former: &Host<'_>, host: &Host<'_>) {
    former.start();
    former.until(
        "the former host to give up",
        Duration::from_secs(120),
        "journalctl --unit vsc-homes --output cat | grep -q 'the successor of this host'",
    );
    former.answer("[ -z \"$(docker ps --quiet --filter name=^vsc-)\" ]");
    // It stopped in order: nothing waited for what waited for it, or was killed after a time.
    let disorder =
        "journalctl --output cat | grep -E 'ordering cycle|Stopping timed out' | sort -u";
    assert_eq!(former.shell(disorder).text, "");
    host.answer("mountpoint -q /home/vsc/alice");
}

/// A third host takes the homes and fails after everybody's workspace has started on it: the second one gets
/// them back, and serves them again.
fn fails_to_replace(
    scene: &Scene<'_>,
    host: &Host<'_>,
    deployed: &Deployed,
    sessions: &[String; 2],
) {
    let before = host.answer(SUMS);
    let signals = scene.cloud.signals(STACK).len();
    scene
        .cloud
        .register_as(ADDRESSES[2], deployed, SUCCESSORS[1]);
    let failing = Host::launch(scene.engine, scene.image, "homes-failing", ADDRESSES[2]);
    // What a step leaves that fails on a host in use. The last step asks for it, when all workspaces answer.
    failing.answer(
        "mkdir -p /run/vsc/failures && echo 'proof: it is to fail' > /run/vsc/failures/proof",
    );
    failing.until(
        "the homes to be taken again",
        Duration::from_secs(300),
        "[ -e /run/vsc/taking ]",
    );
    let stopped = Instant::now();
    failing.until(
        "everybody to work on the third host",
        Duration::from_secs(300),
        "[ $(docker ps --quiet --filter name=^vsc-alice --filter name=^vsc-bob | wc -l) = 2 ]",
    );
    wait("the third signal", Duration::from_secs(300), || {
        scene.cloud.signals(STACK).len() > signals
    });
    let given_back = stopped.elapsed();
    let (success, reason) = scene.cloud.signals(STACK).remove(signals);
    assert!(!success, "it does not fail");
    assert!(reason.starts_with("proof: it is to fail"), "{reason}");
    for (user, session) in TEAM.iter().zip(sessions) {
        wait(&format!("{user}'s page"), Duration::from_secs(300), || {
            works(scene, user, session)
        });
    }
    println!(
        "        a host that failed gave the homes back after {}, and everybody was back after {}",
        seconds(given_back),
        seconds(stopped.elapsed())
    );
    assert_eq!(before, host.answer(SUMS), "the homes are others");
    failing.answer("! mountpoint -q /home/vsc && ! [ -e /var/lib/vsc/taken-from ]");
    assert!(
        !scene.cloud.is_torn(),
        "the volume left a host that used it"
    );
}

/// How `curl` reaches a user's page at a host.
fn reach(scene: &Scene<'_>, user: &str, address: &str) -> String {
    format!(
        "resolve = \"{user}.{DOMAIN}:443:{address}\"\ncacert = \"{}\"\nmax-time = 5\n",
        scene.certificates.authority.display(),
    )
}

/// Signs a user in at the first host, and returns the cookie of the session.
fn sign_in(scene: &Scene<'_>, user: &str) -> String {
    let password = scene.cloud.password(STACK, user);
    let origin = format!("https://{user}.{DOMAIN}");
    session::sign_in(
        &reach(scene, user, ADDRESSES[0]),
        &origin,
        (user, &password),
    )
    .unwrap_or_else(|status| panic!("{origin} answers {status} to {user}"))
}

/// Whether a user's session opens the workspace at the new host. Nobody signs in again, which is limited, too.
fn works(scene: &Scene<'_>, user: &str, session: &str) -> bool {
    let url = format!("https://{user}.{DOMAIN}/");
    let (status, _) = session::request(&reach(scene, user, ADDRESSES[1]), &url, session);
    matches!(status, 200 | 302)
}

/// Restores the home of one user from the volume of yesterday.
fn restored(host: &Host<'_>, yesterday: &std::path::Path) {
    let output = run(Command::new("losetup")
        .args(["--find", "--show"])
        .arg(yesterday));
    let device = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let containers = host.containers();
    host.answer(&format!(
        "ln -sfn {device} /dev/sdg; docker exec vsc-alice rm -rf project"
    ));
    // The tool sends its script.
    let script = workspace().join("vsc-cli/src/aws/scripts/restore");
    let script = std::fs::read_to_string(script).expect("the tool has the script");
    host.answer(&format!(
        "cat > /run/vsc/tool-restore << 'END_OF_SCRIPT'\n{script}END_OF_SCRIPT"
    ));
    let ran = host.shell("bash /run/vsc/tool-restore alice /dev/sdg restored");
    assert!(ran.success, "{}{}", ran.text, ran.errors);
    promise(
        "a home of 1 GiB is restored after",
        ran.took,
        Duration::from_secs(60),
    );
    host.answer("docker exec vsc-alice sh -c 'cd restored/project && grep -qx alice name && git status -s > /dev/null && [ $(stat -c %s data) = 1073741824 ]'");
    assert_eq!(containers, host.containers(), "somebody was disturbed");
    let _ = Command::new("losetup").args(["--detach", &device]).output();
    let _ = std::fs::remove_file(yesterday);
}
