//! The Docker engine in which the stand-ins run.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use vsc_tests::python::run;

use crate::{wait, work_folder};

/// A Docker engine: the one running on this machine, otherwise one of our own.
pub(crate) struct Engine {
    /// The socket of our own engine.
    socket: Option<PathBuf>,
    process: Option<Child>,
}

impl Engine {
    pub(crate) fn start() -> Self {
        let engine = Self {
            socket: None,
            process: None,
        };
        if engine.answers() {
            return engine;
        }
        let folder = work_folder().join("engine");
        fs::create_dir_all(&folder).expect("the folder of the engine can be made");
        let mut engine = Self {
            process: None,
            socket: Some(folder.join("socket")),
        };
        // An aborted run leaves its engine running.
        if !engine.answers() {
            engine.process = Some(Self::launch(&folder));
            wait("the Docker engine", Duration::from_secs(60), || {
                engine.answers()
            });
        }
        engine
    }

    fn launch(folder: &Path) -> Child {
        // A killed engine leaves this file, which prevents the next one from starting.
        let _ = fs::remove_file(folder.join("pid"));
        // Its network state may be half written, which prevents a start. Every run creates the networks
        // again.
        let _ = fs::remove_dir_all(folder.join("data/network"));
        let log = File::create(folder.join("log")).expect("the log can be written");
        Command::new("dockerd")
            .arg("--data-root")
            .arg(folder.join("data"))
            .arg("--exec-root")
            .arg(folder.join("run"))
            .arg("--pidfile")
            .arg(folder.join("pid"))
            .arg("--host")
            .arg(format!("unix://{}", folder.join("socket").display()))
            .args(["--bridge", "none"])
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the log can be shared"))
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("dockerd starts")
    }

    fn answers(&self) -> bool {
        let output = self.docker().arg("info").output();
        output.is_ok_and(|output| output.status.success())
    }

    /// The docker command line.
    pub(crate) fn docker(&self) -> Command {
        let mut command = Command::new("docker");
        self.point(&mut command);
        command
    }

    /// Makes a program that calls docker use this engine.
    pub(crate) fn point(&self, command: &mut Command) {
        if let Some(socket) = &self.socket {
            command.env("DOCKER_HOST", format!("unix://{}", socket.display()));
        }
    }

    /// The socket at which it listens.
    pub(crate) fn socket(&self) -> &Path {
        let socket = self.socket.as_deref();
        socket.unwrap_or(Path::new("/var/run/docker.sock"))
    }

    /// Runs docker with the words of a line, and returns its output.
    pub(crate) fn call(&self, line: &str) -> String {
        let output = run(self.docker().args(line.split_whitespace()));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Removes a container, if there is one of this name.
    pub(crate) fn remove(&self, name: &str) {
        let _ = self
            .docker()
            .args(["rm", "--force", "--volumes", name])
            .output();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if self.socket.is_none() || crate::keep() {
            return;
        }
        // It is asked to stop, not killed, so that it stops its containers.
        let file = work_folder().join("engine/pid");
        let id = fs::read_to_string(&file).unwrap_or_default();
        let _ = Command::new("kill").arg(id.trim()).status();
        match &mut self.process {
            Some(process) => {
                let _ = process.wait();
            }
            None => {
                wait("the end of Docker", Duration::from_secs(60), || {
                    !file.exists()
                });
            }
        }
        // It mounts its data folder over itself, which could not be removed then.
        let _ = Command::new("umount")
            .arg(work_folder().join("engine/data"))
            .output();
    }
}
