//! The results of the steps, and their durations.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::work_folder;

/// Runs the steps and counts their results.
#[derive(Default)]
pub(crate) struct Report {
    passed: u32,
    /// Parts of the names of selected steps; if empty, all are selected.
    only: Vec<String>,
    failed: Vec<String>,
}

impl Report {
    /// A report of the steps whose names contain one of these texts, or of all.
    pub(crate) fn of(only: Vec<String>) -> Self {
        Self {
            only,
            ..Self::default()
        }
    }

    /// A report of the same steps, for those that run beside others.
    pub(crate) fn beside(&self) -> Self {
        Self::of(self.only.clone())
    }

    /// Adds the results of another report.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
    }

    /// Runs a step. If it fails, it is reported, and the others continue: they are independent.
    pub(crate) fn step(&mut self, name: &str, step: impl FnOnce()) {
        if !self.only.is_empty() && !self.only.iter().any(|part| name.contains(part)) {
            return;
        }
        let started = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(step));
        let took = seconds(started.elapsed());
        if ended.is_ok() {
            self.passed += 1;
            println!("ok      {name} ({took})");
        } else {
            println!("FAILED  {name} ({took}; {} of disk free)", free());
            self.failed.push(name.to_owned());
        }
    }

    /// Prints the counts; returns whether some steps passed and none failed.
    pub(crate) fn close(self) -> bool {
        for name in &self.failed {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed.len());
        self.passed > 0 && self.failed.is_empty()
    }
}

/// Prints how long something took beside what the product promises of it. What is promised in tens of seconds is
/// kept on a busy machine, too: a longer time is a fault.
///
/// # Panics
///
/// When it took longer.
pub(crate) fn promise(what: &str, took: Duration, promised: Duration) {
    let (took_text, promised_text) = (seconds(took), seconds(promised));
    println!("        {what} {took_text} (promised: {promised_text})");
    assert!(took < promised, "{what} {took_text}, not {promised_text}");
}

/// Formats a duration.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// The free space of the disk that the hosts share: a full one explains most failures.
fn free() -> String {
    let output = Command::new("df")
        .args(["--human-readable", "--output=avail"])
        .arg(work_folder())
        .output();
    let text = output.map_or_else(
        |error| error.to_string(),
        |output| String::from_utf8_lossy(&output.stdout).into_owned(),
    );
    text.split_whitespace().last().unwrap_or("?").to_owned()
}
