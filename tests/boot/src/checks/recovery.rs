//! What falls comes back by itself, with the homes as they were.

use crate::report::seconds;
use crate::scene::Scene;

/// Kills a workspace, the proxy, the Docker engine and the host, one after the other.
pub(crate) fn everything(scene: &Scene<'_>, users: &[&str]) {
    let user = users[0];
    scene.host.answer(&format!(
        "docker exec vsc-{user} sh -c 'echo kept > ~/kept.txt'"
    ));
    for (what, line) in [
        ("a workspace", format!("docker kill vsc-{user}")),
        ("the proxy", "docker kill vsc-proxy".to_owned()),
        (
            "the Docker engine",
            "kill -KILL $(cat /run/docker.pid)".to_owned(),
        ),
    ] {
        scene.host.answer(&line);
        back(scene, what, users);
    }
    scene.host.restart();
    back(scene, "the host", users);
    let wall = scene
        .host
        .shell("systemctl is-active vsc-firewall.service")
        .text;
    assert_eq!(wall, "active");
}

fn back(scene: &Scene<'_>, what: &str, users: &[&str]) {
    let took: Vec<String> = users
        .iter()
        .map(|user| seconds(scene.until_open(user, 180)))
        .collect();
    println!(
        "        {what} was killed; {} is in again after {}",
        users[0], took[0]
    );
    let kept = scene
        .host
        .answer(&format!("docker exec vsc-{} cat kept.txt", users[0]));
    assert_eq!(kept, "kept");
}
