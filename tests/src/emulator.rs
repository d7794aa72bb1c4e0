//! Emulators of AWS, started for a test and stopped with it.

use std::fs::{self, File};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::python::Environment;
use crate::system::signal;
use crate::work_folder;

/// The default address of emulators.
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A running emulator.
#[derive(Debug)]
pub struct Emulator {
    process: Child,
    address: IpAddr,
    port: u16,
    log: PathBuf,
}

impl Emulator {
    /// Starts moto's server, which chooses its port and prints it.
    pub fn moto() -> Self {
        let mut command = Environment::new("moto").program("moto_server");
        command.args(["--host", "127.0.0.1", "--port", "0"]);
        let mut started = Started::new(command, "moto");
        let says = |said: &str| {
            let (_, rest) = said.split_once("Running on http://127.0.0.1:")?;
            rest.lines().next()?.trim().parse().ok()
        };
        let port = started.until(says).unwrap_or_else(|| started.fails());
        started.at(LOOPBACK, port)
    }

    /// Starts LocalStack without Docker.
    pub fn localstack() -> Self {
        Self::localstack_at(LOOPBACK)
    }

    /// Starts LocalStack without Docker at an address of this machine, with its second engine for stack
    /// updates: the first one cannot update an instance.
    ///
    /// # Panics
    ///
    /// When it does not start.
    pub fn localstack_at(address: IpAddr) -> Self {
        // It cannot choose its port itself, and another process may take this one first.
        for _ in 0..5 {
            let port = free_port(address);
            let mut started = Started::new(Self::localstack_command(address, port), "localstack");
            if started
                .until(|said| said.contains("Ready.").then_some(()))
                .is_some()
            {
                return started.at(address, port);
            }
            let said = started.said();
            assert!(
                said.contains("already in use"),
                "localstack did not start: {said}"
            );
        }
        panic!("no port stays free for localstack")
    }

    fn localstack_command(address: IpAddr, port: u16) -> Command {
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
        command
    }

    /// The URL at which it listens.
    pub fn endpoint(&self) -> String {
        format!("http://{}:{}", self.address, self.port)
    }
}

/// The time limit for the start of an emulator, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(600);

/// A starting process and the file of its output.
struct Started {
    process: Child,
    log: PathBuf,
    name: &'static str,
}

impl Started {
    fn new(mut command: Command, name: &'static str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        // Tests run in parallel, in one process and in several.
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let log = work_folder().join(format!("{name}-{}-{number}.log", std::process::id()));
        let file = File::create(&log).expect("the log can be written");
        let process = command
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("the log can be shared"))
            .stderr(file)
            .process_group(0)
            .env("PYTHONUNBUFFERED", "1")
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { process, log, name }
    }

    fn said(&self) -> String {
        fs::read(&self.log).map_or_else(
            |_| String::new(),
            |said| String::from_utf8_lossy(&said).into_owned(),
        )
    }

    /// Waits for some output; none if it ends before.
    fn until<T>(&mut self, says: impl Fn(&str) -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // In this order, so that the last output is read.
            let ended = self.process.try_wait().expect("it can be asked").is_some();
            if let Some(said) = says(&self.said()) {
                return Some(said);
            }
            if ended {
                return None;
            }
            assert!(
                Instant::now() < deadline,
                "{} does not start: {}",
                self.name,
                self.said()
            );
            sleep(Duration::from_millis(100));
        }
    }

    fn fails(&self) -> ! {
        panic!("{} did not start: {}", self.name, self.said())
    }

    fn at(self, address: IpAddr, port: u16) -> Emulator {
        Emulator {
            process: self.process,
            address,
            port,
            log: self.log,
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // The emulators have child processes: the whole group is killed.
        let group = format!("-{}", self.process.id());
        let _ = signal("KILL", &group);
        let _ = self.process.wait();
        // The output is kept for a failed test.
        if !std::thread::panicking() {
            let _ = fs::remove_file(&self.log);
        }
    }
}

/// A port at which nothing listens.
fn free_port(address: IpAddr) -> u16 {
    let listener = TcpListener::bind((address, 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}
