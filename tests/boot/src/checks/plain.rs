//! A team with plain HTTP without names, one shared password, and limits.

use std::time::Duration;

use vsc::pattern;
use vsc::team::{TeamIde, UserBuilder};

use crate::cloud::Cloud;
use crate::host::Host;
use crate::images;
use crate::scene::{DASHBOARD_PORT, Scene};
use crate::session::Sessions;
use crate::team::replaced;

const STACK: &str = "plain";

const ADDRESS: &str = "10.213.7.24";

const PASSWORD: &str = "a shared password of the team";

/// A repository whose server never responds.
const HANGS: (&str, &str) = (
    "https://hangs.invalid/team/project",
    "https://198.51.100.2:4002/team/project",
);

/// Boots it, and tests it from the outside.
pub(crate) fn team(scene: &Scene<'_>) {
    let ide = TeamIde::builder()
        .stack_name(STACK)
        .user(
            UserBuilder::new("alice")
                .cpus(0.5)
                .memory("1.5 GiB")
                .repo(HANGS.0),
        )
        // Cloning fails, but the workspace opens.
        .user(UserBuilder::new("bob").repo("https://git.invalid/team/project"))
        .instance("t3.large")
        .image(images::PRIVATE)
        .tls_none()
        .login_shared()
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let template = pattern::synthesize(&ide)
        .expect("it keeps the quotas")
        .to_json();
    let template = replaced(&template, HANGS);
    let cloud: &Cloud = scene.cloud;
    let deployed = cloud.deploy(STACK, &template, &[("AppPassword", PASSWORD)]);
    cloud.register(ADDRESS, &deployed);
    let host = Host::launch(scene.engine, scene.image, STACK, ADDRESS);
    let (success, reason) = scene.signal(STACK);
    assert!(success, "{reason}");

    let sessions = Sessions::default();
    let status = |port: u16, path: &str, login: Option<(&str, &str)>| {
        let url = format!("http://{ADDRESS}:{port}{path}");
        sessions.fetch("max-time = 10\n", &url, login).0
    };
    let alice = ide.workspace_port(0);
    let bob = ide.workspace_port(1);
    for (port, user) in [(alice, "alice"), (bob, "bob")] {
        assert_eq!(status(port, "/", None), 401);
        let own = status(port, "/", Some((user, PASSWORD)));
        assert!(matches!(own, 200 | 302), "{user}: {own}");
    }
    // Without names, a session is in a cookie of its own for each workspace.
    assert_eq!(status(bob, "/", Some(("alice", PASSWORD))), 403);
    assert_eq!(status(alice, "/", Some(("alice", "wrong"))), 401);
    let dashboard = |login| status(DASHBOARD_PORT, "/dashboard/", login);
    assert_eq!(dashboard(None), 401);
    assert_eq!(dashboard(Some(("bob", PASSWORD))), 200);

    // The image is of a private registry; no login to it remains.
    let image = host.answer("docker inspect --format '{{.Config.Image}}' vsc-alice");
    assert_eq!(image, images::PRIVATE);
    host.answer("! ls -d /run/vsc-pull.* /root/.docker 2> /dev/null");

    let limit = host.answer("docker inspect --format '{{.HostConfig.NanoCpus}}' vsc-alice");
    assert_eq!(limit, "500000000");
    // The clone hangs without blocking the workspace.
    let hangs = host.answer(
        "systemctl is-active vsc-equip@alice || true; docker top vsc-alice | grep -c '[g]it clone'",
    );
    assert!(hangs.starts_with("activating\n"), "{hangs}");
    // It does not block the workspace either.
    host.until(
        "the clone to fail",
        Duration::from_secs(120),
        "journalctl --namespace workspaces --unit vsc-equip@bob --output cat | grep -q 'not done for bob: clone https://git.invalid'",
    );
    let text = vsc::template::write_json(&template);
    assert!(!text.contains(PASSWORD), "the password is in the template");
    drop(host);
    scene.cloud.discard(STACK);
}
