//! Killed processes recover by themselves, with unchanged homes.

use std::time::{Duration, Instant};

use crate::report::seconds;
use crate::scene::Scene;
use crate::wait;

/// Kills a workspace, the proxy, the Docker engine and the host, one after the other.
pub(crate) fn everything(scene: &Scene<'_>, users: &[&str]) {
    let user = users[0];
    scene.host.answer(&format!(
        "docker exec vsc-{user} sh -c 'echo kept > ~/kept.txt'"
    ));
    let workspace = format!("vsc-{user}");
    let all: Vec<String> = users
        .iter()
        .map(|user| format!("vsc-{user}"))
        .chain(["vsc_proxy".to_owned()])
        .collect();
    let kill_engine = "kill -KILL $(cat /run/docker.pid)".to_owned();
    for (what, line, fallen) in [
        (
            "a workspace",
            format!("docker kill {workspace}"),
            std::slice::from_ref(&workspace),
        ),
        (
            "the proxy",
            "docker kill vsc_proxy".to_owned(),
            &all[users.len()..],
        ),
        ("the Docker engine", kill_engine, &all[..]),
    ] {
        let before = scene.host.containers();
        let started = Instant::now();
        scene.host.answer(&line);
        // What responds now may be about to stop.
        wait("new containers", Duration::from_secs(120), || {
            let now = scene.host.containers();
            fallen.iter().all(|name| {
                now.iter()
                    .any(|new| new.0 == *name && !before.contains(new))
            })
        });
        back(scene, what, users, started);
    }
    let started = Instant::now();
    scene.host.restart();
    back(scene, "the host", users, started);
    let wall = scene.host.shell("systemctl is-active vsc-firewall.service");
    assert_eq!(wall.text, "active");
}

fn back(scene: &Scene<'_>, what: &str, users: &[&str], started: Instant) {
    for user in users {
        scene.until_open(user, 180);
    }
    let took = seconds(started.elapsed());
    println!("        {what} was killed; everybody can log in after {took}");
    let kept = scene
        .host
        .answer(&format!("docker exec vsc-{} cat kept.txt", users[0]));
    assert_eq!(kept, "kept");
}
