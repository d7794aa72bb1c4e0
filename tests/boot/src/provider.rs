//! An OpenID Connect provider, and developers with accounts there.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use vsc_tests::python::{Environment, run};

use crate::cloud::GATEWAY;
use crate::team::DOMAIN;
use crate::{files, piped, wait, work_folder};

/// The client of the team.
pub(crate) const CLIENT: &str = "team-ide";

/// A provider on this machine, which hosts and browsers reach at the gateway.
pub(crate) struct Provider {
    environment: Environment,
    port: u16,
    process: Option<Child>,
}

impl Provider {
    /// A provider that is not started yet, so that a team can name it.
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind((GATEWAY, 0)).expect("the gateway has free ports");
        let port = listener.local_addr().expect("it is bound").port();
        Self {
            environment: Environment::new("sign-in"),
            port,
            process: None,
        }
    }

    pub(crate) fn issuer(&self) -> String {
        format!("http://{GATEWAY}:{}", self.port)
    }

    /// Starts it, with these users and their claims, and tokens that live this number of seconds.
    pub(crate) fn start(
        &mut self,
        secret: &str,
        names: &[String],
        users: &Value,
        token_seconds: u32,
    ) {
        let callback = |name: &String| format!("https://{name}/.login/callback");
        let settings = json!({
            "address": GATEWAY,
            "port": self.port,
            "client": CLIENT,
            "secret": secret,
            "redirect_uris": names.iter().map(callback).collect::<Vec<_>>(),
            "users": users,
            "token_seconds": token_seconds,
        });
        let file = file("provider", &settings);
        let log = fs::File::create(file.with_extension("log")).expect("the log can be written");
        let process = self
            .environment
            .program("python")
            .arg(files().join("sign_in/provider.py"))
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("python starts");
        self.process = Some(process);
        wait("the provider", Duration::from_secs(60), || {
            self.administer("forget").0
        });
    }

    /// Does something as an administrator; returns whether it worked, and the output.
    pub(crate) fn administer(&self, what: &str) -> (bool, String) {
        let url = format!("{}/test/{what}", self.issuer());
        let mut curl = Command::new("curl");
        let (status, text) = piped(curl.args(["--silent", "--fail", &url]), "");
        (status.success(), text)
    }

    /// How often it was asked something, since it was told to forget that.
    pub(crate) fn count(&self, what: &str) -> usize {
        let log: Vec<String> = serde_json::from_str(&self.administer("log").1).expect("a list");
        log.iter().filter(|line| *line == what).count()
    }

    /// Runs a script of the folder `sign_in` with a task, and returns its lines of JSON.
    pub(crate) fn script(&self, name: &str, task: &Value) -> Vec<Value> {
        let mut python = self.environment.program("python");
        let script = files().join("sign_in").join(format!("{name}.py"));
        let output = run(python.arg(script).arg(file(name, task)));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = |line| serde_json::from_str(line).expect("each line is JSON");
        text.lines().map(line).collect()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// What a developer's browser got at the URLs that it opened one after the other, and its cookies.
pub(crate) struct Visits {
    result: Value,
}

impl Visits {
    pub(crate) fn open(
        provider: &Provider,
        (address, authority): (&str, &PathBuf),
        subject: &str,
        urls: &[&str],
    ) -> Self {
        let task = json!({
            "address": address,
            "domain": DOMAIN,
            "authority": authority,
            "subject": subject,
            "urls": urls,
        });
        Self {
            result: provider.script("developer", &task).remove(0),
        }
    }

    pub(crate) fn status(&self, index: usize) -> u64 {
        self.result["visits"][index]["status"].as_u64().unwrap_or(0)
    }

    pub(crate) fn text(&self, index: usize, member: &str) -> &str {
        self.result["visits"][index][member]
            .as_str()
            .unwrap_or_default()
    }

    /// How often the provider asked who it is, until the end of a visit.
    pub(crate) fn prompts(&self, index: usize) -> u64 {
        self.result["visits"][index]["prompts"]
            .as_u64()
            .unwrap_or(u64::MAX)
    }

    /// The cookie of the session at a host.
    pub(crate) fn session(&self, host: &str) -> String {
        let cookies = self.result["cookies"][host].as_str().unwrap_or_default();
        let is_session = |cookie: &&str| {
            let name = cookie.split('=').next().unwrap_or_default();
            name.ends_with("-oidc")
        };
        let session = cookies.split("; ").find(is_session);
        session.unwrap_or_default().to_owned()
    }
}

/// The file of a task. No other has its name: tasks of several teams run at the same time.
fn file(name: &str, task: &Value) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = work_folder().join("sign-in");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let file = folder.join(format!("{name}-{count}.json"));
    fs::write(&file, task.to_string()).expect("the task can be written");
    file
}
