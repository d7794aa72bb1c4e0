//! Emulators of AWS, started for a test and stopped with it.

use std::fs::File;
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::python::Environment;
use crate::work_folder;

/// Where emulators listen when nothing else is said.
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A running emulator.
#[derive(Debug)]
pub struct Emulator {
    process: Child,
    address: IpAddr,
    port: u16,
}

impl Emulator {
    /// Starts moto's server.
    pub fn moto() -> Self {
        let port = free_port(LOOPBACK);
        let mut command = Environment::new("moto").program("moto_server");
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        Self::start(command, LOOPBACK, port, "moto")
    }

    /// Starts LocalStack without Docker.
    pub fn localstack() -> Self {
        Self::localstack_at(LOOPBACK)
    }

    /// Starts LocalStack without Docker at an address of this machine. Stacks are updated by the
    /// second of its engines: the first one cannot update an instance.
    pub fn localstack_at(address: IpAddr) -> Self {
        let port = free_port(address);
        let mut command = Environment::new("localstack").program("python");
        command
            .args(["-m", "localstack.runtime.main"])
            .env("PROVIDER_OVERRIDE_CLOUDFORMATION", "engine-v2")
            .env("GATEWAY_LISTEN", format!("{address}:{port}"))
            .env(
                "LOCALSTACK_VOLUME_DIR",
                work_folder().join(format!("localstack-volume-{port}")),
            )
            .env("SKIP_SSL_CERT_DOWNLOAD", "1")
            .env("DISABLE_EVENTS", "1");
        Self::start(command, address, port, "localstack")
    }

    /// The address at which it answers.
    pub fn endpoint(&self) -> String {
        format!("http://{}:{}", self.address, self.port)
    }

    fn start(mut command: Command, address: IpAddr, port: u16, name: &str) -> Self {
        let log = work_folder().join(format!("{name}.log"));
        let file = File::create(&log).expect("the log can be written");
        let process = command
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("the log can be shared"))
            .stderr(file)
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut emulator = Self {
            process,
            address,
            port,
        };
        let deadline = Instant::now() + Duration::from_secs(120);
        while TcpStream::connect((address, port)).is_err() {
            let ended = emulator
                .process
                .try_wait()
                .expect("it can be asked")
                .is_some();
            assert!(
                !ended && Instant::now() < deadline,
                "{name} did not start: see {}",
                log.display()
            );
            sleep(Duration::from_millis(200));
        }
        emulator
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // The emulators have children of their own: the whole group ends.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// A port at which nothing listens.
fn free_port(address: IpAddr) -> u16 {
    let listener = TcpListener::bind((address, 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}
