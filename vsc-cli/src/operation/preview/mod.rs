//! `preview`: runs the host's own files in Docker on this machine.
//!
//! The files are those that the template gives to `cfn-init`. Only what needs AWS or root differs:
//! passwords are generated here, homes are in memory, the proxy is published on the loopback
//! interface and reaches the workspaces over their networks, and Apache shares the network of the proxy.

mod apache;
mod certificate;
mod docker;
mod login;
mod plan;
mod ready;
mod unit;

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, thread};

use vsc_core::file;

use super::local::{LocalEvent, LocalIo};
use crate::Failure;
use crate::assembly::Preview;
use crate::interruption::Interruption;
use crate::text::shown;
use docker::Docker;
use plan::Plan;

/// The options of a preview.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The port of the workspaces on this machine.
    pub(crate) port: u16,
    /// The port of the dashboard on this machine; by default the declared one.
    pub(crate) dashboard_port: Option<u16>,
    /// The images of the workspaces, of the proxy and of the login.
    pub(crate) images: Vec<String>,
}

/// Boots a team, gives how to reach it, and takes it down when it is interrupted.
///
/// # Errors
///
/// When Docker does not answer, an image is missing, a port is in use, or a workspace does not start.
pub(crate) fn run(
    io: &dyn LocalIo,
    stack: &str,
    previewed: &Preview,
    options: &Options,
) -> Result<(), Failure> {
    let interrupted = Interruption::watch()?;
    let plan = Plan::new(stack, previewed, options)?;
    let docker = Docker::connect(plan.label(), io)?;
    docker.clear()?;
    for port in plan.ports() {
        free(port)?;
    }
    let folder = Folder::new(plan.name())?;
    // Whatever happens from here on, what was started is taken down.
    let result = boot(&docker, &plan, folder.path(), &interrupted, io);
    if result.is_ok() && !interrupted.is_there() {
        io.report(LocalEvent::Running);
        while !interrupted.is_there() {
            thread::sleep(Duration::from_millis(200));
        }
    }
    io.report(LocalEvent::TakingDown);
    let cleared = docker.clear();
    result.and(cleared)
}

fn boot(
    docker: &Docker<'_>,
    plan: &Plan,
    folder: &Path,
    interrupted: &Interruption,
    io: &dyn LocalIo,
) -> Result<(), Failure> {
    for image in plan.images() {
        docker.ensure_image(image, interrupted)?;
    }
    let logins = plan.write(folder)?;
    for workspace in plan.workspaces() {
        docker.create_network(&workspace.network)?;
        docker.start(&workspace.arguments)?;
    }
    let networks = plan
        .workspaces()
        .iter()
        .map(|workspace| workspace.network.as_str());
    let proxy = plan.proxy_name();
    docker.start_proxy(&proxy, &plan.proxy(folder), networks)?;
    docker.start(&plan.login(folder))?;
    let health = docker.published(&proxy, plan::HEALTH_PORT)?;
    for workspace in plan.workspaces() {
        ready::wait(docker, health, workspace, interrupted)?;
        if interrupted.is_there() {
            return Ok(());
        }
    }
    io.give(&plan.reachable(&logins))?;
    for workspace in plan.workspaces() {
        docker.equip(workspace);
    }
    Ok(())
}

/// Checks that a port of the loopback interface is free.
fn free(port: u16) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(Failure::input(format!("port {port} is already in use"))

            .hint("stop the program that listens on it, or pass other ports: `--port`, `--dashboard-port`")),
        Err(error) => Err(Failure::input(format!("cannot listen on port {port}: {error}"))

            .hint("pass another port: `--port`")),
    }
}

/// A temporary folder for the files of the proxy. It is in a private folder, since the proxy in its
/// container can read only files that are readable by all.
struct Folder {
    private: PathBuf,
    files: PathBuf,
}

impl Folder {
    fn new(name: &str) -> Result<Self, Failure> {
        let parent = env::temp_dir();
        let private = file::private_folder(&parent, name);
        let private =
            private.map_err(|error| Failure::input(format!("{}: {error}", shown(&parent))))?;
        let files = private.join("proxy");
        Ok(Self { private, files })
    }

    fn path(&self) -> &Path {
        &self.files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A leftover in the folder for temporary files is removed at the next restart.
        let _ = fs::remove_dir_all(&self.private);
    }
}
