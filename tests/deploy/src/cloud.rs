//! An emulated account with the resources of an operator, and the command line that uses it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use vsc_tests::aws::Aws;
use vsc_tests::emulator::Emulator;
use vsc_tests::system::signal;
use vsc_tests::work_folder;

use crate::proxy::Proxy;

/// The bucket of the program for templates that are too large for a request, as every team's is.
pub const BUCKET: &str = "vsc-templates-123456789012-us-east-1";

/// The account.
#[derive(Debug)]
pub struct Cloud {
    program: PathBuf,
    folder: PathBuf,
    emulator: Emulator,
    /// The proxy between the command line and the account.
    pub proxy: Proxy,
}

/// The result of a command.
#[derive(Debug)]
pub struct Ended {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ended {
    /// Asserts the exit code.
    ///
    /// # Panics
    ///
    /// When it is another one.
    #[must_use]
    #[track_caller]
    pub fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.err, self.out);
        self
    }

    /// Asserts that standard error contains these texts in this order.
    ///
    /// # Panics
    ///
    /// When it does not.
    #[track_caller]
    pub fn reports(&self, texts: &[&str]) {
        let mut rest = self.err.as_str();
        for text in texts {
            let Some((_, behind)) = rest.split_once(text) else {
                panic!("{text:?} is not reported in this order:\n{}", self.err);
            };
            rest = behind;
        }
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Cloud {
    /// Starts an account. The name is that of the test; the program is the command line.
    ///
    /// # Panics
    ///
    /// When the emulator does not start.
    pub fn start(name: &str, program: &str) -> Self {
        let emulator = Emulator::moto();
        let upstream = emulator.endpoint().replace("http://", "");
        let folder = work_folder().join("deployments").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let cloud = Self {
            program: PathBuf::from(program),
            folder,
            emulator,
            proxy: Proxy::start(upstream),
        };
        cloud.furnish();
        cloud
    }

    /// Creates the resources of an operator, and writes their names into a parameters file.
    fn furnish(&self) {
        let aws = self.aws();
        // The first call of a service is slow in the emulator.
        aws.call("cloudformation describe-stacks");
        aws.call(&format!("s3api create-bucket --bucket {BUCKET}"));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let vpc = text(&aws.call("ec2 create-vpc --cidr-block 10.1.0.0/16")["Vpc"]["VpcId"]);
        // Not every zone offers every instance type, and the emulator would choose one at random.
        let subnet = format!(
            "ec2 create-subnet --vpc-id {vpc} --cidr-block 10.1.0.0/24 --availability-zone us-east-1a"
        );
        let subnet = text(&aws.call(&subnet)["Subnet"]["SubnetId"]);
        let zone = aws.call("route53 create-hosted-zone --name code.x.com --caller-reference test");
        let zone = text(&zone["HostedZone"]["Id"]).replace("/hostedzone/", "");
        let lines = format!(
            "# Resources of the tests.\nVpcId = \"{vpc}\"\nSubnetId = \"{subnet}\"\nHostedZoneId = \"{zone}\"\n\
             SourceIP = \"203.0.113.0/24\"\nCertificateParameterName = \"/vsc/certificate\"\n\
             PrivateKeyParameterName = \"/vsc/private-key\"\n"
        );
        fs::write(self.parameters(), lines).expect("the folder can be written");
    }

    /// The folder of the crate, as cargo would set it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The parameters file.
    pub fn parameters(&self) -> PathBuf {
        self.folder.join("values.toml")
    }

    /// The AWS CLI, which bypasses the proxy.
    pub fn aws(&self) -> Aws<'_> {
        Aws::new(&self.emulator)
    }

    /// The command line with the words of a line.
    pub fn command(&self, line: &str) -> Command {
        // It handles SIGHUP, even if the tests run under `nohup`.
        vsc_tests::tool::build();
        let mut command = Command::new("env");
        command
            .arg("--default-signal=HUP")
            .arg(&self.program)
            .args(line.split_whitespace())
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            // The profiles of the user who runs the tests are not read.
            .env("HOME", &self.folder)
            .env("RUSTUP_HOME", rustup())
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("AWS_ENDPOINT_URL", self.proxy.endpoint())
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_EC2_METADATA_DISABLED", "true");
        command
    }

    /// Runs the command line with the words of a line.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn run(&self, line: &str) -> Ended {
        self.command(line).output().expect("it can be run").into()
    }

    /// `deploy --yes` with the values of the file.
    pub fn deploy(&self) -> Ended {
        self.run("deploy --yes --parameters-file values.toml")
    }

    /// Starts the command line in the background.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn spawn(&self, line: &str) -> Running {
        self.spawned(&mut self.command(line))
    }

    /// Starts a command in the background.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn spawned(&self, command: &mut Command) -> Running {
        Running(command.spawn().expect("it can be run"))
    }

    /// The statuses of all stacks that are not deleted.
    pub fn stacks(&self) -> Vec<String> {
        let stacks = self.aws().call("cloudformation describe-stacks");
        let stacks = stacks["Stacks"].as_array().cloned().unwrap_or_default();
        let states = stacks
            .iter()
            .filter_map(|stack| stack["StackStatus"].as_str());
        states.map(str::to_owned).collect()
    }
}

/// The path of the toolchain that builds the tests.
fn rustup() -> PathBuf {
    let named = std::env::var_os("RUSTUP_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(PathBuf::from);
    named.unwrap_or_else(|| home.unwrap_or_default().join(".rustup"))
}

/// A running command.
#[derive(Debug)]
pub struct Running(Child);

impl Running {
    /// Sends it a signal, such as `INT`.
    ///
    /// # Panics
    ///
    /// When it cannot be sent.
    pub fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        assert!(signal(name, &id), "{name} is sent");
    }

    /// Waits for its end.
    ///
    /// # Panics
    ///
    /// When it does not end within five minutes.
    pub fn end(mut self) -> Ended {
        let deadline = Instant::now() + Duration::from_secs(300);
        while self.0.try_wait().expect("it can be asked").is_none() {
            if Instant::now() > deadline {
                let _ = self.0.kill();
                panic!("it does not end");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.0.wait_with_output().expect("it has ended").into()
    }
}
