//! Headless Chromium, which does what a developer does.

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
    /// A browser that trusts the authority, and finds all names of the domain at an address.
    pub(crate) fn new(certificates: &Certificates, address: &str) -> Self {
        let folder = prepare::browser();
        prepare::trust(&certificates.authority, &folder);
        Self {
            folder,
            address: address.to_owned(),
        }
    }

    /// Does the jobs one after the other, and gives what came of each.
    pub(crate) fn run(&self, name: &str, jobs: &[Value]) -> Vec<Value> {
        let output = self
            .start(name, jobs)
            .wait_with_output()
            .expect("the browser ends");
        results(&output)
    }

    /// Starts the jobs.
    pub(crate) fn start(&self, name: &str, jobs: &[Value]) -> Child {
        let file = self.folder.join(format!("{name}.json"));
        let task = json!({ "address": self.address, "domain": DOMAIN, "jobs": jobs });
        fs::write(&file, task.to_string()).expect("the jobs can be written");
        Command::new("node")
            .arg("drive.mjs")
            .arg(file)
            .current_dir(&self.folder)
            .env("HOME", &self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts")
    }
}

/// What came of jobs, from what the driver printed.
pub(crate) fn results(output: &std::process::Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// Where screenshots are kept.
pub(crate) fn screenshot(name: &str) -> String {
    let folder = work_folder().join("screenshots");
    fs::create_dir_all(&folder).expect("the folder of the screenshots can be made");
    folder.join(format!("{name}.png")).display().to_string()
}
