//! A stand-in for an EC2 host: a container whose first process is systemd.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use vsc_tests::python::run;

use crate::cloud::CLOUD_ADDRESS;
use crate::engine::Engine;
use crate::{images, wait, work_folder};

/// The rights that systemd and a nested engine need in a container; `--privileged` would be more.
const RIGHTS: &str = "--cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW \
    --cap-add SYS_PTRACE --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
    --cgroupns=host --tmpfs /run --tmpfs /tmp --volume /sys/fs/cgroup:/sys/fs/cgroup:rw";

pub(crate) struct Host<'a> {
    engine: &'a Engine,
    name: String,
    /// The folder of its Docker.
    docker: PathBuf,
}

impl<'a> Host<'a> {
    /// Launches a host, which boots from now on.
    pub(crate) fn launch(engine: &'a Engine, image: &str, name: &str, address: &str) -> Self {
        let host = Self {
            engine,
            name: format!("vsc-boot-{name}"),
            docker: work_folder().join("hosts").join(name),
        };
        engine.remove(&host.name);
        let (private, _) = images::PRIVATE.split_once('/').unwrap_or_default();
        let registry = format!("{private}:{CLOUD_ADDRESS}");
        let _ = std::fs::remove_dir_all(&host.docker);
        std::fs::create_dir_all(&host.docker).expect("the folder of the host can be made");
        run(engine
            .docker()
            .args(["run", "--detach", "--name", &host.name, "--hostname", name])
            .args(["--network", "vsc-boot", "--ip", address])
            .args(["--add-host", &registry])
            .args(RIGHTS.split_whitespace())
            .args(["--device-cgroup-rule", "a *:* rwm", "--volume"])
            .arg(format!("{}:/var/lib/docker", host.docker.display()))
            .arg(image));
        host
    }

    /// Runs a shell line on the host.
    pub(crate) fn shell(&self, line: &str) -> Ran {
        let started = Instant::now();
        let output = self
            .command()
            .args(["bash", "-c", line])
            .output()
            .expect("docker runs");
        Ran {
            success: output.status.success(),
            code: output.status.code(),
            text: String::from_utf8_lossy(&output.stdout)
                .trim_end()
                .to_owned(),
            errors: String::from_utf8_lossy(&output.stderr)
                .trim_end()
                .to_owned(),
            took: started.elapsed(),
        }
    }

    /// Runs a shell line on the host, and returns its output.
    ///
    /// # Panics
    ///
    /// When it fails.
    pub(crate) fn answer(&self, line: &str) -> String {
        let ran = self.shell(line);
        assert!(ran.success, "{line}: {}\n{}", ran.text, ran.errors);
        ran.text
    }

    /// Runs a shell line with a text on standard input, and returns its output.
    ///
    /// # Panics
    ///
    /// When it fails.
    pub(crate) fn fed(&self, line: &str, text: &str) -> String {
        let mut command = self.engine.docker();
        command.args(["exec", "--interactive", &self.name, "bash", "-c", line]);
        let (status, text) = crate::piped(&mut command, text);
        assert!(status.success(), "{line}: {status}: {text}");
        text.trim_end().to_owned()
    }

    /// Copies a file to the host.
    pub(crate) fn copy(&self, file: &Path, to: &str) {
        run(self
            .engine
            .docker()
            .arg("cp")
            .arg(file)
            .arg(format!("{}:{to}", self.name)));
    }

    fn command(&self) -> Command {
        let mut command = self.engine.docker();
        command.args(["exec", &self.name]);
        command
    }

    /// Cuts and restores the power of the host, which keeps its volume.
    pub(crate) fn restart(&self) {
        let volume = self.shell("readlink /dev/sdf").text;
        self.engine.call(&format!("restart --time 0 {}", self.name));
        // The folder of the devices is new.
        if !volume.is_empty() {
            self.answer(&format!("ln -sfn {volume} /dev/sdf"));
        }
    }

    /// Whether it has not been stopped.
    pub(crate) fn is_running(&self) -> bool {
        self.engine.call(&format!(
            "inspect --format {{{{.State.Running}}}} {}",
            self.name
        )) == "true"
    }

    /// Starts it again after a stop.
    pub(crate) fn start(&self) {
        self.engine.call(&format!("start {}", self.name));
    }

    /// The container ID of each workspace; none while the engine is down.
    pub(crate) fn containers(&self) -> Vec<(String, String)> {
        self.shell("docker ps --no-trunc --format '{{.Names}} {{.ID}}' | sort")
            .text
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(name, id)| (name.to_owned(), id.to_owned()))
            .collect()
    }

    /// Waits for a condition on the host, and returns how long it took.
    pub(crate) fn until(&self, what: &str, limit: Duration, line: &str) -> Duration {
        wait(what, limit, || self.shell(line).success)
    }
}

impl Drop for Host<'_> {
    fn drop(&mut self) {
        if !crate::keep() {
            self.engine.remove(&self.name);
            // Gigabytes: all hosts of a run would fill a small disk.
            let _ = std::fs::remove_dir_all(&self.docker);
        }
    }
}

/// The result of a shell line.
pub(crate) struct Ran {
    pub(crate) success: bool,
    pub(crate) code: Option<i32>,
    pub(crate) text: String,
    pub(crate) errors: String,
    pub(crate) took: Duration,
}
