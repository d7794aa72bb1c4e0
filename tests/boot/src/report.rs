//! What was shown, and how long it took.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Carries out the steps of the proof and counts how they end.
#[derive(Default)]
pub(crate) struct Report {
    passed: u32,
    /// Parts of the names of the steps that are wanted; all are where there is none.
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

    /// Carries out a step. One that fails is reported, and the others go on: they are independent.
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
            println!("FAILED  {name} ({took})");
            self.failed.push(name.to_owned());
        }
    }

    /// Reports the count; whether something was shown, and nothing failed.
    pub(crate) fn close(self) -> bool {
        for name in &self.failed {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed.len());
        self.passed > 0 && self.failed.is_empty()
    }
}

/// A duration as people read it.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
