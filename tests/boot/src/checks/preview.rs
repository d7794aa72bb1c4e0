//! The same files on a user's own machine: `cargo run -- preview`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use vsc::team::Pin;
use vsc_tests::workspace;

use crate::scene::Scene;
use crate::session::sign_in;
use crate::{images, piped, wait};

/// Two free ports. If another process takes them before they are used, others are chosen.
fn free_ports() -> [u16; 2] {
    let listeners =
        [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).expect("there is a free port"));
    listeners.map(|listener| listener.local_addr().expect("it is bound").port())
}

/// Previews the quickstart, opens each workspace, and interrupts it.
pub(crate) fn quickstart(scene: &Scene<'_>) {
    let local = [Pin::WORKSPACE, Pin::PROXY, Pin::LOGIN].map(images::local);
    vsc_tests::tool::build();
    let built = Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args([
            "build",
            "--quiet",
            "--package",
            "quickstart",
            "--message-format",
            "json",
        ])
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "the quickstart does not build");
    let messages = String::from_utf8_lossy(&built.stdout);
    let program = messages
        .lines()
        .rev()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(str::to_owned))
        .expect("the quickstart is a program");
    let started = (0..20).find_map(|_| {
        let ports = free_ports();
        let [port, dashboard_port] = ports.map(|port| port.to_string());
        let mut command = Command::new(&program);
        command
            .arg("preview")
            .args(["--port", &port, "--dashboard-port", &dashboard_port])
            .args(["--images", &local.join(",")])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        scene.engine.point(&mut command);
        let mut preview = command.spawn().expect("the preview starts");
        match table(&mut preview) {
            Ok(rows) => Some((preview, rows, ports)),
            Err(errors) if errors.contains("is taken") => None,
            Err(errors) => panic!("the preview ends too early: {errors}"),
        }
    });
    let (mut preview, rows, [port, dashboard_port]) = started.expect("a port stays free");
    assert_eq!(rows.len(), 6, "{rows:?}");
    for [name, password, url] in &rows {
        assert_eq!(*url, format!("https://{name}.localhost:{port}/"));
        assert_eq!(status(url, None), 401);
        assert_eq!(session(url, (name, "wrong")), Err(401));
        let own = session(url, (name, password)).expect("the password is right");
        let own = status(url, Some(&own));
        assert!(matches!(own, 200 | 302), "{name}: {own}");
    }
    let [[one, password, _], [_, _, other], ..] = rows.as_slice() else {
        panic!("{rows:?}");
    };
    // A colleague is known there, and rejected.
    let colleague = session(other, (one, password)).expect("the password is right");
    assert_eq!(status(other, Some(&colleague)), 403);
    let dashboard = format!("https://monitor.localhost:{dashboard_port}/dashboard/");
    assert_eq!(status(&dashboard, None), 401);
    let operator = session(&dashboard, (one, password)).expect("the password is right");
    assert_eq!(status(&dashboard, Some(&operator)), 200);
    let page = format!("https://monitor.localhost:{dashboard_port}/");
    assert_eq!(status(&page, Some(&operator)), 200);

    // The searches after its end find something while it runs.
    let label = "--quiet --filter label=vsc.preview";
    for (what, least) in [("ps", rows.len()), ("network ls", 1)] {
        let there = scene.engine.call(&format!("{what} {label}"));
        assert!(there.lines().count() >= least, "{what}: {there}");
    }

    let id = preview.id().to_string();
    Command::new("kill")
        .args(["-INT", &id])
        .status()
        .expect("kill runs");
    let mut ended = None;
    wait("the end of the preview", Duration::from_secs(300), || {
        ended = preview.try_wait().expect("it can be waited for");
        ended.is_some()
    });
    assert!(ended.is_some_and(|status| status.success()), "{ended:?}");
    for what in ["ps --all", "network ls"] {
        let left = scene.engine.call(&format!("{what} {label}"));
        assert_eq!(left, "", "{what}");
    }
}

/// The rows of the table that the preview prints when it is ready, or its errors if it ended.
fn table(preview: &mut Child) -> Result<Vec<[String; 3]>, String> {
    let output = preview.stdout.take().expect("it is piped");
    let mut rows = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line.expect("it is text");
        if line.starts_with("The dashboard accepts") {
            return Ok(rows);
        }
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        if let Ok(row) = <[String; 3]>::try_from(words)
            && row[0] != "NAME"
        {
            rows.push(row);
        }
    }
    let mut errors = String::new();
    if let Some(mut output) = preview.stderr.take() {
        output.read_to_string(&mut errors).expect("it is text");
    }
    Err(errors)
}

/// The options of `curl` for a page; names below `localhost` resolve to this machine.
fn reach(url: &str) -> String {
    let host = url.split('/').nth(2).unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    format!("resolve = \"{name}:{port}:127.0.0.1\"\ninsecure\nmax-time = 10\n")
}

/// The session of a user at the origin of a page, or the status without one.
fn session(url: &str, login: (&str, &str)) -> Result<String, u16> {
    let origin: Vec<&str> = url.split('/').take(3).collect();
    sign_in(&reach(url), &origin.join("/"), login)
}

/// The status of a page in a session.
fn status(url: &str, session: Option<&str>) -> u16 {
    let cookie = session.map(|cookie| format!("header = \"Cookie: {cookie}\"\n"));
    let options = format!(
        "{}url = \"{url}\"\nsilent\noutput = /dev/null\nwrite-out = \"%{{http_code}}\"\n{}",
        reach(url),
        cookie.unwrap_or_default()
    );
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    text.trim().parse().unwrap_or(0)
}
