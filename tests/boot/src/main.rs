//! The proof that the host boots, from the template to a terminal in the browser.
//!
//! A stack is deployed to an emulator of AWS; the user data of the deployed instance runs on a
//! stand-in for an EC2 host, where AWS's own cfn-init applies the deployed metadata. The result is
//! tested from the outside, from inside a workspace, and through a browser.

mod browser;
mod checks;
mod cloud;
mod elastic;
mod engine;
mod host;
mod images;
mod prepare;
mod provider;
mod report;
mod scene;
mod session;
mod team;
mod volume;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use checks::sign_in::Company;
use checks::{
    attacks, change, comforts, failures, homes, hostile, isolation, issued, login, measure,
    outside, permissions, plain, preview, previews, problems, record, recovery, renewal, secrets,
    sessions, sign_in,
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

/// All steps, in the order of a team's life.
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
    let mut beside = report.beside();
    std::thread::scope(|threads| {
        threads.spawn(|| on_own_hosts(&mut beside, &scene));
        on_one_host(report, &scene, team);
    });
    report.add(beside);
    report.step("exactly the granted permissions are used", || {
        permissions::table(&scene);
    });
    report.step("a preview on a user's own machine", || {
        preview::quickstart(&scene);
    });
    report.step("the resources of a workspace", || {
        measure::table(&scene, &[1, 3, 6]);
    });
}

/// What needs hosts of its own runs beside the rest, which mostly waits, too.
fn on_own_hosts(report: &mut Report, scene: &Scene<'_>) {
    report.step("homes survive the replacement of the host", || {
        homes::survive(scene);
    });
    company(report, scene);
    report.step("issued certificates survive the host", || {
        issued::certificates(scene);
    });
    report.step("plain HTTP without names, one password for all", || {
        plain::team(scene);
    });
}

/// The life of a team on its host.
fn on_one_host(report: &mut Report, scene: &Scene<'_>, team: [&str; 2]) {
    logins_of(report, scene, team);
    report.step(
        "a workspace reaches neither colleagues nor the host",
        || {
            isolation::no_way(scene, team[0], team[1]);
        },
    );
    report.step("the hop limit hides the role from workspaces", || {
        isolation::hop_limit(scene, team[0]);
    });
    report.step("a declared private range is reachable", || {
        isolation::reach(scene, team[0]);
    });
    report.step("temporary files, logins to Git, watched files", || {
        comforts::everything(scene, team[0]);
    });
    sessions_of(report, scene, team);
    attacks_on(report, scene, team);
    report.step("the role of the host is sufficient", || {
        secrets::role_is_enough(scene);
    });
    report.step(
        "attack 9: a secret of the same prefix is not the team's",
        || {
            secrets::of_the_stack_alone(scene);
        },
    );
    report.step("running cfn-init again changes nothing", || {
        change::nothing(scene);
    });
    // These take a minute to fail, while the others continue.
    let mut failing = Vec::new();
    report.step("broken hosts start", || {
        failing = failures::launch(scene);
    });
    report.step("a new certificate and password are applied", || {
        renewal::both(scene, team[1]);
    });
    report.step("a user joins, one leaves, others are not affected", || {
        change::team(scene, "alice", "bob", "carol");
    });
    report.step("a returning user finds the home", || {
        change::return_of(scene, &["alice", "bob", "carol"], "bob");
    });
    report.step("a rolled back change leaves nothing", || {
        change::rolled_back(scene, &["alice", "bob", "carol"], "eve");
    });
    report.step("a failed boot reports the reason", || {
        failures::reasons(scene, &failing);
    });
    drop(failing);
    let team = ["alice", "bob", "carol"];
    report.step("killed processes recover", || {
        recovery::everything(scene, &team);
    });
    report.step("a full home, a fork bomb, a memory hog", || {
        hostile::everything(scene, "alice", "bob");
    });
    report.step("problems are reported", || {
        problems::everything(scene, "alice");
    });
    report.step("no secret leaks", || {
        secrets::nowhere(scene, &team);
    });
}

/// Who gets in by the login page, and who does not.
fn logins_of(report: &mut Report, scene: &Scene<'_>, team: [&str; 2]) {
    report.step("users log in with their own passwords", || {
        login::own(scene, &team);
    });
    report.step("no other password works", || {
        login::others(scene, &team);
    });
    report.step("HTTP redirects to HTTPS", || {
        login::redirect(scene, team[0]);
    });
    report.step("the dashboard requires a login", || {
        login::dashboard(scene, team[0]);
    });
    report.step("logins are recorded, and shown to operators", || {
        record::logins(scene, team[0], team[1]);
    });
    report.step("a revoked developer is locked out", || {
        record::revoked(scene, team[1], team[0]);
    });
    report.step("nothing responds without a login", || {
        outside::nothing_without_login(scene, team[0]);
    });
}

/// Sessions of the login page, from their begin to their end.
fn sessions_of(report: &mut Report, scene: &Scene<'_>, team: [&str; 2]) {
    report.step("apps have names of their own, and are shared", || {
        previews::everything(scene, team[0], team[1]);
    });
    report.step("a link survives the login, and leads nowhere else", || {
        sessions::links(scene, team[0]);
    });
    report.step("no workspace and no app sees a session", || {
        sessions::hidden(scene, team[1]);
    });
    report.step("logging out ends the session and its connections", || {
        sessions::log_out(scene, team[0]);
    });
    report.step("sessions end by time", || {
        sessions::lifetime(scene, team[1]);
    });
    report.step("a revoked user is out at once", || {
        sessions::revoked(scene, team[0]);
    });
    report.step("nobody gets in without the login", || {
        sessions::closed(scene, team[1]);
    });
    report.step("typing over a cut loses nothing", || {
        sessions::typing(scene, team[0]);
    });
}

/// A team that signs in at a provider.
fn company(report: &mut Report, scene: &Scene<'_>) {
    let mut company = None;
    report.step("a host of a team with a provider starts", || {
        company = Some(Company::launch(scene));
    });
    let Some(company) = company else { return };
    report.step("a provider: each name lets in its owner", || {
        sign_in::names(&company);
    });
    report.step("a provider: Chromium opens a workbench", || {
        sign_in::browsers(&company);
    });
    report.step("a provider: WebKit opens a workbench", || {
        sign_in::webkit(&company);
    });
    report.step("a provider: by no trick past the login", || {
        sign_in::at_a_provider(&company);
    });
    report.step("a provider: no secret leaks", || {
        sign_in::nowhere(&company);
    });
    report.step("a provider: who is blocked there is out", || {
        sign_in::at_the_provider(&company);
    });
    report.step("a provider: who is revoked is out", || {
        sign_in::by_revocation(&company);
    });
    report.step("a provider: who leaves the team is out", || {
        sign_in::by_the_declaration(&company);
    });
}

/// Attacks of strangers, colleagues and other sites.
fn attacks_on(report: &mut Report, scene: &Scene<'_>, team: [&str; 2]) {
    report.step("each workspace is a user of its own", || {
        attacks::own_accounts(scene, team);
    });
    report.step("the dashboard shows no hashes", || {
        attacks::dashboard_without_hashes(scene, team[0]);
    });
    report.step("other sites can only link to a workspace", || {
        attacks::other_sites(scene, team[0]);
    });
    report.step("guessing is slowed down", || {
        attacks::guessing(scene, team[0], team[1]);
    });
    report.step("by no trick past a login with a password", || {
        sign_in::with_passwords(scene);
    });
    report.step("2,000 slow clients do not disturb a developer", || {
        attacks::slow_clients(scene, team[0]);
    });
    report.step("a flood of lines evicts nothing of others", || {
        attacks::flood(scene, team[0]);
    });
    report.step("disk and connections are shared", || {
        attacks::shares(scene, team[1]);
    });
}

/// The folder for everything that the test builds and starts.
pub(crate) fn work_folder() -> PathBuf {
    let folder = vsc_tests::work_folder().with_file_name("boot");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.canonicalize().expect("it is there")
}

/// Whether to keep the host running for inspection.
pub(crate) fn keep() -> bool {
    std::env::var_os("VSC_BOOT_KEEP").is_some()
}

/// The folder of the test's files.
pub(crate) fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("files")
}

/// How many times longer than on an idle machine something may take.
const PATIENCE: u32 = 3;

/// Waits until a condition holds, and returns how long it took. The limit is that of an idle machine.
///
/// # Panics
///
/// When it does not hold in time.
pub(crate) fn wait(what: &str, limit: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let (started, limit) = (Instant::now(), limit * PATIENCE);
    while !holds() {
        assert!(started.elapsed() < limit, "{what}: not after {limit:?}");
        sleep(Duration::from_millis(250));
    }
    started.elapsed()
}

/// Runs a program with a text on standard input; returns its status and output.
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
