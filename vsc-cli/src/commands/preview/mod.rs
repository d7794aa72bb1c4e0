//! `preview`: runs the host's own files in Docker on this machine.
//!
//! The files are those that the template gives to `cfn-init`. Only what needs AWS or root differs:
//! passwords are generated here, homes are in memory, the proxy is published on the loopback
//! interface and reaches the workspaces over their networks.

mod certificate;
mod docker;
mod login;
mod plan;
mod ready;
mod unit;

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io, thread};

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::Failure;
use crate::assembly::Preview;
use crate::cli::Context;
use crate::cli::stacks;
use crate::interruption::Interruption;
use crate::terminal::Terminal;
use crate::text::shown;
use docker::Docker;
use plan::Plan;
use vsc_core::file;

/// The options of the command.
pub(crate) struct Options {
    /// The port of the workspaces on this machine.
    pub(crate) port: u16,
    /// The port of the dashboard on this machine; by default the declared one.
    pub(crate) dashboard_port: Option<u16>,
    /// The images of the workspaces and of the proxy.
    pub(crate) images: Vec<String>,
}

pub(crate) fn command() -> Command {
    Command::new("preview")
        .about("Boot a stack's host on this machine, with Docker")
        .long_about("Boot a stack's host on this machine: the same files, in containers.\n\nPrints a URL and a password for each user, and takes everything down on Ctrl-C.")
        .arg(stacks::argument_of_one())
        .arg(
            Arg::new("port")
                .long("port")
                .short('p')
                .value_name("PORT")
                .value_parser(value_parser!(u16).range(1..))
                .default_value("8443")
                .help("Serve the workspaces on this port"),
        )
        .arg(
            Arg::new("dashboard-port")
                .long("dashboard-port")
                .value_name("PORT")
                .value_parser(value_parser!(u16).range(1..))
                .help("Serve the dashboard on this port [default: as declared]"),
        )
        .arg(
            Arg::new("images")
                .long("images")
                .value_name("WORKSPACE,PROXY")
                .value_delimiter(',')
                .num_args(1..=2)
                .help("Use these local images instead of the declared ones"),
        )
        .after_help("Examples:\n  cargo run -- preview\n  cargo run -- preview staging --port 9443")
}

/// Previews the one stack that the arguments select.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = stacks::only(context.selected(matches)?, "to preview")?;
    let Some(text) = &stack.preview else {
        return Err(Failure::usage(format!(
            "`{}` has no host to preview: it is not the stack of a team",
            stack.name
        )));
    };
    let previewed = Preview::read(text)?;
    let options = Options {
        port: matches.get_one("port").copied().unwrap_or(8_443),
        dashboard_port: matches.get_one("dashboard-port").copied(),
        images: matches
            .get_many::<String>("images")
            .map(|images| images.cloned().collect())
            .unwrap_or_default(),
    };
    preview(context.terminal, &stack.name, &previewed, &options)
}

/// Boots a team, prints how to reach it, and takes it down when it is interrupted.
fn preview(
    terminal: &Terminal,
    stack: &str,
    previewed: &Preview,
    options: &Options,
) -> Result<(), Failure> {
    let interrupted = Interruption::watch()?;
    let plan = Plan::new(stack, previewed, options)?;
    let docker = Docker::connect(plan.label(), terminal)?;
    docker.clear()?;
    for port in plan.ports() {
        free(port)?;
    }
    let folder = Folder::new(plan.name())?;
    // Whatever happens from here on, what was started is taken down.
    let result = boot(&docker, &plan, folder.path(), &interrupted, terminal);
    if result.is_ok() && !interrupted.is_there() {
        docker.note("Press Ctrl-C to take everything down.");
        while !interrupted.is_there() {
            thread::sleep(Duration::from_millis(200));
        }
    }
    docker.note("taking everything down");
    let cleared = docker.clear();
    result.and(cleared)
}

fn boot(
    docker: &Docker,
    plan: &Plan,
    folder: &Path,
    interrupted: &Interruption,
    terminal: &Terminal,
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
    let health = docker.published(&proxy, plan::HEALTH_PORT)?;
    for workspace in plan.workspaces() {
        ready::wait(docker, health, workspace, interrupted)?;
        if interrupted.is_there() {
            return Ok(());
        }
    }
    terminal.print(&plan.table(&logins))?;
    for workspace in plan.workspaces() {
        docker.equip(workspace);
    }
    Ok(())
}

/// Checks that a port of the loopback interface is free.
fn free(port: u16) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(Failure::input(format!("port {port} is already in use"))
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
