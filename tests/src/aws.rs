//! The real `aws` command line with an emulator.

use serde_json::Value;

use crate::emulator::Emulator;
use crate::python::{Environment, run};

/// The `aws` command line.
#[derive(Debug)]
pub struct Aws<'a> {
    environment: Environment,
    emulator: &'a Emulator,
}

impl<'a> Aws<'a> {
    /// The command line for an emulator.
    pub fn new(emulator: &'a Emulator) -> Self {
        Self {
            environment: Environment::new("moto"),
            emulator,
        }
    }

    /// Calls `aws` with the words of a line, and parses its output.
    ///
    /// # Panics
    ///
    /// When the call fails.
    pub fn call(&self, line: &str) -> Value {
        self.call_with(line, &[])
    }

    /// Calls `aws` with the words of a line and further arguments.
    ///
    /// # Panics
    ///
    /// When the call fails.
    pub fn call_with(&self, line: &str, more: &[&str]) -> Value {
        let mut command = self.environment.program("aws");
        command
            .args(line.split_whitespace())
            .args(more)
            .args(["--output", "json"])
            .env("AWS_ENDPOINT_URL", self.emulator.endpoint())
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env_remove("AWS_PROFILE");
        let output = run(&mut command).stdout;
        if output.iter().all(u8::is_ascii_whitespace) {
            return Value::Null;
        }
        serde_json::from_slice(&output).expect("aws prints JSON")
    }
}
