//! Headless Chromium, which acts as a developer.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::prepare::{self, Certificates};
use crate::team::DOMAIN;
use crate::work_folder;

pub(crate) struct Browser {
    folder: PathBuf,
    address: String,
}

impl Browser {
    /// A browser that trusts the authority, and resolves all names of the domain to an address.
    pub(crate) fn new(certificates: &Certificates, address: &str) -> Self {
        let folder = prepare::browser();
        prepare::trust(&certificates.authority, &folder);
        Self {
            folder,
            address: address.to_owned(),
        }
    }

    /// The same browser, which resolves the names to another address.
    pub(crate) fn at(&self, address: &str) -> Self {
        Self {
            folder: self.folder.clone(),
            address: address.to_owned(),
        }
    }

    /// Runs the jobs one after the other, and returns their results.
    pub(crate) fn run(&self, name: &str, jobs: &[Value]) -> Vec<Value> {
        self.start(name, jobs).results()
    }

    /// Starts the jobs.
    pub(crate) fn start(&self, name: &str, jobs: &[Value]) -> Session {
        let file = self.folder.join(format!("{name}.json"));
        let task = json!({ "address": self.address, "domain": DOMAIN, "jobs": jobs });
        fs::write(&file, task.to_string()).expect("the jobs can be written");
        let driver = Command::new("node")
            .arg("drive.mjs")
            .arg(file)
            .current_dir(&self.folder)
            .env("HOME", &self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        Session {
            driver,
            count: jobs.len(),
        }
    }
}

/// Running jobs.
pub(crate) struct Session {
    driver: Child,
    count: usize,
}

impl Session {
    /// The results of the jobs.
    ///
    /// # Panics
    ///
    /// When the driver fails, or a job has no result, since a job that did not run proves nothing.
    pub(crate) fn results(self) -> Vec<Value> {
        let output = self.driver.wait_with_output().expect("the browser ends");
        assert!(output.status.success(), "the driver: {}", output.status);
        let text = String::from_utf8(output.stdout).expect("results are text");
        let result = |line| serde_json::from_str(line).expect("each line is a result");
        let results: Vec<Value> = text.lines().map(result).collect();
        assert_eq!(results.len(), self.count, "every job has a result: {text}");
        results
    }
}

/// The path of a screenshot.
pub(crate) fn screenshot(name: &str) -> String {
    let folder = work_folder().join("screenshots");
    fs::create_dir_all(&folder).expect("the folder of the screenshots can be made");
    folder.join(format!("{name}.png")).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The results of a driver that runs this script, of which one is expected.
    fn results(script: &str) -> Vec<Value> {
        let driver = Command::new("sh")
            .args(["-c", script])
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh starts");
        Session { driver, count: 1 }.results()
    }

    #[test]
    fn each_job_has_a_result() {
        assert_eq!(
            results("echo '{\"status\": 401}'"),
            [json!({ "status": 401 })]
        );
    }

    #[test]
    #[should_panic(expected = "every job has a result")]
    fn a_driver_that_does_nothing_proves_nothing() {
        results("true");
    }

    #[test]
    #[should_panic(expected = "the driver: exit status: 3")]
    fn a_driver_that_fails_proves_nothing() {
        results("echo '{\"status\": 401}'; exit 3");
    }
}
