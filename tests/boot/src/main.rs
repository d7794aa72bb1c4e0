//! The proof that the host boots, from the template to a terminal in the browser.
//!
//! A stack is deployed to an emulator of AWS; the user data of the deployed instance runs on a
//! stand-in for an EC2 host, where AWS's own cfn-init carries out the deployed metadata. What comes
//! of it is looked at from the outside, from inside a workspace, and through a browser.

mod browser;
mod checks;
mod cloud;
mod engine;
mod host;
mod images;
mod prepare;
mod report;
mod scene;
mod team;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use checks::{
    attacks, change, comforts, failures, homes, hostile, isolation, issued, login, measure,
    outside, permissions, plain, preview, recovery, renewal, secrets, trouble,
};
use cloud::Cloud;
use engine::Engine;
use prepare::Certificates;
use report::Report;
use scene::Scene;

fn main() -> ExitCode {
    prepare::packages();
    let engine = Engine::start();
    let image = images::build(&engine);
    let certificates = prepare::certificates(team::DOMAIN, "first");
    let cloud = Cloud::start(&engine, &image, &certificates);

    let mut report = Report::of(std::env::args().skip(1).collect());
    prove(&mut report, &engine, &image, &cloud, &certificates);
    if report.close() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The whole proof, in the order in which a team would live through it.
fn prove(
    report: &mut Report,
    engine: &Engine,
    image: &str,
    cloud: &Cloud<'_>,
    certificates: &Certificates,
) {
    let team = ["alice", "bob"];
    let scene = Scene::launch(engine, image, cloud, certificates, &team);
    report.step("the boot signals success", || {
        let (success, id) = scene.signal(team::STACK);
        assert!(success, "{id}");
    });
    report.step("everybody works with their own password", || {
        login::own(&scene, &team);
    });
    report.step("nobody gets in with another one", || {
        login::others(&scene, &team);
    });
    report.step("HTTP leads to HTTPS", || login::redirect(&scene, team[0]));
    report.step("the dashboard asks for a login", || {
        login::dashboard(&scene, team[0]);
    });
    report.step("nothing answers without a login", || {
        outside::nothing_without_login(&scene, team[0]);
    });
    report.step("no way leads to a colleague or the host", || {
        isolation::no_way(&scene, team[0], team[1]);
    });
    report.step("the hop limit keeps the role from workspaces", || {
        isolation::hop_limit(&scene, team[0]);
    });
    report.step("a private range that is declared is open", || {
        isolation::reach(&scene, team[0]);
    });
    report.step("temporary files, logins to Git, watched files", || {
        comforts::everything(&scene, team[0]);
    });
    attacks_on(report, &scene, team);
    report.step("the role of the host is enough", || {
        secrets::role_is_enough(&scene);
    });
    report.step(
        "attack 9: a secret of the same prefix is not the team's",
        || {
            secrets::of_the_stack_alone(&scene);
        },
    );
    report.step("cfn-init once more changes nothing", || {
        change::nothing(&scene);
    });
    // These take a minute to give up, in which the others go on.
    let mut failing = Vec::new();
    report.step("hosts with something wrong start", || {
        failing = failures::launch(&scene);
    });
    report.step("a new certificate and password are taken up", || {
        renewal::both(&scene, team[1]);
    });
    report.step("one joins, one leaves, nobody else notices", || {
        change::team(&scene, "alice", "bob", "carol");
    });
    report.step("who comes back finds the home", || {
        change::return_of(&scene, &["alice", "bob", "carol"], "bob");
    });
    report.step("a change that is taken back leaves nothing", || {
        change::taken_back(&scene, &["alice", "bob", "carol"], "eve");
    });
    report.step("a boot that fails says why", || {
        failures::reasons(&scene, &failing);
    });
    drop(failing);
    let team = ["alice", "bob", "carol"];
    report.step("what is killed comes back", || {
        recovery::everything(&scene, &team);
    });
    report.step("a full home, a fork bomb, a memory hog", || {
        hostile::everything(&scene, "alice", "bob");
    });
    report.step("what is wrong is said plainly", || {
        trouble::everything(&scene, "alice");
    });
    report.step("no secret is where it does not belong", || {
        secrets::nowhere(&scene, &team);
    });
    report.step("plain HTTP without names, one password for all", || {
        plain::team(&scene);
    });
    report.step("issued certificates outlive the host", || {
        issued::certificates(&scene);
    });
    report.step("homes on a volume of their own", || homes::volume(&scene));
    report.step("each permission is used, and no other", || {
        permissions::table(&scene);
    });
    report.step("a preview on a user's own machine", || {
        preview::quickstart(&scene);
    });
    report.step("what a workspace costs", || {
        measure::table(&scene, &[1, 3, 6]);
    });
}

/// What strangers, colleagues and other sites try on a team.
fn attacks_on(report: &mut Report, scene: &Scene<'_>, team: [&str; 2]) {
    report.step("each workspace is a user of its own", || {
        attacks::own_accounts(scene, team);
    });
    report.step("the dashboard shows no hashes", || {
        attacks::dashboard_without_hashes(scene, team[0]);
    });
    report.step("other sites lead to a workspace, and no further", || {
        attacks::other_sites(scene, team[0]);
    });
    report.step("who guesses is slowed down", || {
        attacks::guessing(scene, team[0]);
    });
    report.step("2,000 slow clients, and a developer works on", || {
        attacks::slow_clients(scene, team[0]);
    });
    report.step("a flood of lines evicts nothing of others", || {
        attacks::flood(scene, team[0]);
    });
    report.step("disk and connections are shared", || {
        attacks::shares(scene, team[1]);
    });
}

/// The folder in which the proof keeps what it builds and starts.
pub(crate) fn work_folder() -> PathBuf {
    let folder = vsc_tests::work_folder().with_file_name("boot");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.canonicalize().expect("it is there")
}

/// Whether what runs is kept for a look at it.
pub(crate) fn keep() -> bool {
    std::env::var_os("VSC_BOOT_KEEP").is_some()
}

/// The folder of the files of the proof.
pub(crate) fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("files")
}

/// Waits until a condition holds, and reports how long that took.
///
/// # Panics
///
/// When it does not hold in time.
pub(crate) fn wait(what: &str, limit: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < limit, "{what}: not after {limit:?}");
        sleep(Duration::from_millis(250));
    }
    started.elapsed()
}

/// What a program makes of a text, and how it ends.
pub(crate) fn piped(command: &mut Command, text: &str) -> (ExitStatus, String) {
    use std::io::Write as _;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(text.as_bytes()).expect("it listens");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status, text)
}
