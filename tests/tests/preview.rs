//! `preview` with a fake engine: its output, and the files it leaves.

#![cfg(unix)]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use vsc_tests::synth::example;
use vsc_tests::tool::program;
use vsc_tests::work_folder;

/// A folder with a `docker` that runs this script; without a script there is none.
fn engine(name: &str, script: Option<&str>) -> PathBuf {
    let folder = work_folder().join("preview").join(name);
    let _ = fs::remove_dir_all(&folder);
    for folder in ["bin", "tmp"].map(|name| folder.join(name)) {
        fs::create_dir_all(folder).expect("it can be made");
    }
    if let Some(script) = script {
        let docker = folder.join("bin/docker");
        fs::write(&docker, format!("#!/bin/sh\n{script}")).expect("it is written");
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(docker, mode).expect("it can be run");
    }
    folder
}

/// A preview at these ports, with only that engine.
fn preview(folder: &Path, ports: [u16; 2]) -> Output {
    // Builds it if necessary.
    example("quickstart", &["list"]);
    let mut command = Command::new(program("quickstart"));
    command
        .env("PATH", folder.join("bin"))
        .env("TMPDIR", folder.join("tmp"))
        .env_remove("DOCKER_HOST")
        .args(["preview", "--port", &ports[0].to_string()])
        .args(["--dashboard-port", &ports[1].to_string()]);
    command.output().expect("it runs")
}

/// A preview at free ports. Another process may take them before they are used.
fn preview_at_free_ports(folder: &Path) -> String {
    for _ in 0..20 {
        let [one, other] =
            [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).expect("there is one"));
        let ports = [&one, &other].map(|it| it.local_addr().expect("it is bound").port());
        drop((one, other));
        let output = preview(folder, ports);
        let reported = String::from_utf8(output.stderr).expect("the errors are text");
        if !reported.contains("is taken") {
            assert_eq!(output.status.code(), Some(1), "{reported}");
            return reported;
        }
    }
    panic!("no port stays free");
}

#[test]
fn an_engine_that_does_not_respond_is_reported() {
    let folder = engine(
        "down",
        Some("echo first >&2; echo Cannot connect >&2; exit 1"),
    );
    // Ports are not checked before there is an engine.
    let output = preview(&folder, [1, 2]);
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert_eq!(output.status.code(), Some(1), "{reported}");
    assert!(
        reported.contains("the Docker engine does not answer: Cannot connect\n= help: "),
        "{reported}"
    );
}

#[test]
fn a_machine_without_docker_is_reported() {
    let folder = engine("missing", None);
    let output = preview(&folder, [1, 2]);
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert_eq!(output.status.code(), Some(1), "{reported}");
    assert!(
        reported.contains("`docker` is not installed\n= help: "),
        "{reported}"
    );
}

#[test]
fn a_port_that_is_taken_is_reported() {
    let folder = engine("ports", Some("exit 0"));
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let port = listener.local_addr().expect("it is bound").port();
    let output = preview(&folder, [port, port]);
    let reported = String::from_utf8(output.stderr).expect("the errors are text");
    assert_eq!(output.status.code(), Some(1), "{reported}");
    assert!(
        reported.contains(&format!("port {port} is already in use")),
        "{reported}"
    );
}

/// Prints the mounted folder and its parent when the proxy starts.
const SHOW: &str = r#"
PATH=/usr/bin:/bin
case "$*" in
  run*vsc-*_proxy*)
    for word; do case "$word" in *:/etc/traefik:ro) folder=${word%%:*};; esac; done
    stat -c '%a %F' "$folder/.." "$folder" "$folder/routers" "$folder/traefik.yaml" > "$0.seen"
    echo "$folder" >> "$0.folders"
    exit 1;;
esac
exit 0
"#;

#[test]
fn the_files_of_a_preview_are_private_to_its_user() {
    let folder = engine("private", Some(SHOW));
    for _ in 0..2 {
        preview_at_free_ports(&folder);
        let seen = fs::read_to_string(folder.join("bin/docker.seen")).expect("the proxy started");
        assert_eq!(
            seen,
            "700 directory\n755 directory\n755 directory\n644 regular file\n"
        );
    }
    let folders = fs::read_to_string(folder.join("bin/docker.folders")).expect("it started");
    let folders: Vec<&str> = folders.lines().collect();
    assert_eq!(folders.len(), 2, "{folders:?}");
    assert!(
        folders.windows(2).all(|two| two[0] != two[1]),
        "{folders:?}"
    );
    let left = fs::read_dir(folder.join("tmp"))
        .expect("it is there")
        .count();
    assert_eq!(left, 0, "nothing is left");
}
