//! Docker on this machine, by its command line.

use std::io;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::plan::Workspace;
use crate::Failure;
use crate::interruption::Interruption;
use crate::operation::local::{Equipment, LocalEvent, LocalIo};

/// A running engine, and the label of the preview's containers and networks.
pub(super) struct Docker<'a> {
    program: &'static str,
    label: String,
    io: &'a dyn LocalIo,
}

/// The command line of the engine.
const PROGRAM: &str = "docker";

impl<'a> Docker<'a> {
    /// The engine, if there is one.
    pub(super) fn connect(label: &str, io: &'a dyn LocalIo) -> Result<Self, Failure> {
        let output = Command::new(PROGRAM)
            .args(["info", "--format", "{{.ServerVersion}}"])
            .output();
        match output {
            Ok(output) if output.status.success() => Ok(Self {
                program: PROGRAM,
                label: label.to_owned(),
                io,
            }),
            Ok(output) => Err(Failure::input(format!(
                "the Docker engine does not answer: {}",
                last_line(&output.stderr)
            ))
            .hint("start it, or set DOCKER_HOST")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Failure::input(
                "`docker` is not installed",
            )
            .hint(
                "a preview runs in containers: install Docker, https://docs.docker.com/get-docker",
            )),
            Err(error) => Err(Failure::input(format!("cannot run `docker`: {error}"))),
        }
    }

    /// Tells what happens.
    pub(super) fn report(&self, event: LocalEvent<'_>) {
        self.io.report(event);
    }

    /// Pulls an image unless it is on this machine.
    pub(super) fn ensure_image(
        &self,
        image: &str,
        interrupted: &Interruption,
    ) -> Result<(), Failure> {
        if self.call(&["image", "inspect", image]).is_ok() {
            return Ok(());
        }
        self.report(LocalEvent::PullingImage { image });
        let mut pull = Command::new(self.program)
            .args(["pull", "--quiet", image])
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| Failure::input(format!("cannot run `docker`: {error}")))?;
        loop {
            match pull.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(None) if !interrupted.is_there() => {
                    thread::sleep(Duration::from_millis(100));
                }
                _ => {
                    // It may have ended by itself just now.
                    let _ = pull.kill();
                    let _ = pull.wait();
                    return Err(Failure::input(format!("cannot pull the image {image}"))
                        .hint("pass an image of this machine with `--images`"));
                }
            }
        }
    }

    pub(super) fn create_network(&self, name: &str) -> Result<(), Failure> {
        self.call(&["network", "create", "--label", &self.label, name])
            .map(drop)
    }

    /// Starts a container in the background. The arguments are those of `docker run`.
    pub(super) fn start(&self, arguments: &[String]) -> Result<(), Failure> {
        let (run, rest) = arguments
            .split_first()
            .map_or(("run", arguments), |(run, rest)| (run.as_str(), rest));
        let mut all = vec![run, "--detach", "--label", &self.label];
        all.extend(rest.iter().map(String::as_str));
        self.call(&all).map(drop)
    }

    /// Starts the proxy, which is in the networks of all workspaces.
    pub(super) fn start_proxy<'b>(
        &self,
        name: &str,
        arguments: &[String],
        networks: impl Iterator<Item = &'b str>,
    ) -> Result<(), Failure> {
        self.start(arguments)?;
        for network in networks.skip(1) {
            self.call(&["network", "connect", network, name])?;
        }
        Ok(())
    }

    /// The port of this machine on which a port of a container is published.
    pub(super) fn published(&self, container: &str, port: u16) -> Result<u16, Failure> {
        let reported = self.call(&["port", container, &format!("{port}/tcp")])?;
        let port = reported
            .lines()
            .next()
            .and_then(|line| line.rsplit(':').next());
        port.and_then(|port| port.trim().parse().ok())
            .ok_or_else(|| Failure::input(format!("the proxy is not running: {reported}")))
    }

    pub(super) fn is_running(&self, container: &str) -> bool {
        let state = self.call(&["inspect", "--format", "{{.State.Running}}", container]);
        state.is_ok_and(|state| state.trim() == "true")
    }

    /// Clones the repository and installs the extensions of a workspace, as the host does at its
    /// first start. A failure is a warning: the workspace runs without them.
    pub(super) fn equip(&self, workspace: &Workspace) {
        let run = |with: Equipment<'_>, command: &[&str]| {
            let mut all = vec!["exec", &workspace.container];
            all.extend(command);
            self.report(LocalEvent::Equipped {
                user: &workspace.user,
                with,
                is_done: self.call(&all).is_ok(),
            });
        };
        if let Some(repo) = &workspace.repo {
            let folder = repo
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".git");
            let folder = format!("/home/coder/{folder}");
            run(
                Equipment::Repository(repo),
                &["git", "clone", "--quiet", repo, &folder],
            );
        }
        if let Some((script, url)) = &workspace.dotfiles {
            let command = ["sh", "-c", script, "dotfiles", url];
            run(Equipment::Installed(url), &command);
        }
        for extension in &workspace.extensions {
            let command = ["/usr/bin/code-server", "--install-extension", extension];
            run(Equipment::Installed(extension), &command);
        }
    }

    /// Removes everything that belongs to the preview, also what an earlier one left behind.
    pub(super) fn clear(&self) -> Result<(), Failure> {
        let filter = format!("label={}", self.label);
        let containers = self.call(&["ps", "--all", "--quiet", "--filter", &filter])?;
        let containers: Vec<&str> = containers.split_whitespace().collect();
        if !containers.is_empty() {
            let mut remove = vec!["rm", "--force", "--volumes"];
            remove.extend(containers);
            self.call(&remove)?;
        }
        let networks = self.call(&["network", "ls", "--quiet", "--filter", &filter])?;
        for network in networks.split_whitespace() {
            self.call(&["network", "rm", network])?;
        }
        Ok(())
    }

    /// Runs docker, and returns its output. An interrupt of the user does not reach it, since taking
    /// down must continue.
    fn call(&self, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new(self.program);
        command.args(arguments).stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let output = command
            .output()
            .map_err(|error| Failure::input(format!("cannot run `docker`: {error}")))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let verb = arguments.first().copied().unwrap_or_default();
        Err(Failure::input(format!(
            "`docker {verb}` failed: {}",
            last_line(&output.stderr)
        )))
    }
}

fn last_line(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    text.trim()
        .lines()
        .next_back()
        .unwrap_or_default()
        .to_owned()
}
