//! The memory and start time of workspaces, for teams of several sizes.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::scene::Scene;
use crate::team::DOMAIN;
use crate::{wait, work_folder};

/// A row of the table.
struct Row {
    users: usize,
    start: Duration,
    idle: u64,
    open: u64,
    rest: u64,
}

/// Measures teams of these sizes and writes the table of the documentation.
pub(crate) fn table(scene: &Scene<'_>, sizes: &[usize]) {
    let mut table = "| users | all pages answer after | a workspace, idle | with a window open | proxy, login and Docker |\n| ---: | ---: | ---: | ---: | ---: |\n".to_owned();
    for size in sizes {
        let row = measure(scene, *size);
        let _ = writeln!(
            table,
            "| {} | {:.1} s | {} MiB | {} MiB | {} MiB |",
            row.users,
            row.start.as_secs_f64(),
            row.idle,
            row.open,
            row.rest
        );
    }
    print!("{table}");
    fs::write(work_folder().join("measured.md"), table).expect("the table can be written");
}

fn measure(scene: &Scene<'_>, size: usize) -> Row {
    let users: Vec<String> = (1..=size).map(|number| format!("dev-{number}")).collect();
    let names: Vec<&str> = users.iter().map(String::as_str).collect();
    scene.change(&names, true);
    let passwords: Vec<String> = names.iter().map(|name| scene.password(name)).collect();

    let host = &scene.host;
    host.answer("systemctl stop 'vsc-workspace@*'");
    host.answer("systemctl start --no-block $(sed 's/.*/vsc-workspace@&.service/' /etc/vsc/users)");
    let start = wait("all pages", Duration::from_secs(180), || {
        names
            .iter()
            .zip(&passwords)
            .all(|(name, password)| scene.opens(name, password))
    });
    std::thread::sleep(Duration::from_secs(5));
    let idle = memory(scene, &names);

    let (ready, stop) = (
        work_folder().join("measure.ready"),
        work_folder().join("measure.stop"),
    );
    for file in [&ready, &stop] {
        let _ = fs::remove_file(file);
    }
    let opens: Vec<Value> = names
        .iter()
        .zip(&passwords)
        .map(|(name, password)| {
            json!({ "kind": "open", "url": format!("https://{name}.{DOMAIN}/"), "user": name, "password": password })
        })
        .chain([json!({ "kind": "hold", "ready": ready, "stop": stop })])
        .collect();
    let session = scene.browser.start("measure", &opens);
    wait("all windows", Duration::from_secs(240), || ready.exists());
    let open = memory(scene, &names);
    fs::write(&stop, "").expect("the file can be written");
    let ended = session.results();
    assert!(
        ended.iter().all(|result| result["error"].is_null()),
        "{ended:?}"
    );

    let rest = sum(
        scene,
        "ps -e -o pid=,comm= | awk '$2 ~ /^(traefik|dockerd|docker|containerd|httpd|audit|systemd-socket)/ { print $1 }'",
    );
    Row {
        users: size,
        start,
        idle,
        open,
        rest,
    }
}

/// The average memory of a workspace, in MiB.
fn memory(scene: &Scene<'_>, users: &[&str]) -> u64 {
    let all: u64 = users
        .iter()
        .map(|user| sum(scene, &format!("docker top vsc-{user} -o pid | tail -n +2")))
        .sum();
    all / u64::try_from(users.len()).unwrap_or(1)
}

/// The memory of the processes that a shell line lists, in MiB: their private memory, and their part of
/// shared memory, without reclaimable file caches.
fn sum(scene: &Scene<'_>, processes: &str) -> u64 {
    let line = format!(
        "for pid in $({processes}); do sed -n 's/^Pss: *\\([0-9]*\\).*/\\1/p' /proc/$pid/smaps_rollup 2> /dev/null; done | awk '{{ sum += $1 }} END {{ print int(sum / 1024) }}'"
    );
    let sum = scene.host.answer(&line).parse().expect("it is a number");
    assert!(sum > 0, "nothing was measured: {processes}");
    sum
}
