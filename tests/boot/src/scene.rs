//! A deployed team on its host, with helpers to inspect it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::browser::Browser;
use crate::cloud::{Cloud, Deployed};
use crate::engine::Engine;
use crate::host::Host;
use crate::prepare::Certificates;
use crate::session::sign_in;
use crate::team::{self, DOMAIN, STACK};
use crate::{piped, wait};

/// The address of the host.
pub(crate) const ADDRESS: &str = "10.213.7.10";

/// The port of the dashboard.
pub(crate) const DASHBOARD_PORT: u16 = 8090;

pub(crate) struct Scene<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) image: &'a str,
    pub(crate) cloud: &'a Cloud<'a>,
    pub(crate) certificates: &'a Certificates,
    pub(crate) browser: Browser,
    pub(crate) host: Host<'a>,
    pub(crate) deployed: Deployed,
    /// The cookie of each origin, user and password: attempts to sign in are limited.
    sessions: Mutex<BTreeMap<[String; 3], String>>,
}

impl<'a> Scene<'a> {
    /// Deploys a team and launches its host.
    pub(crate) fn launch(
        engine: &'a Engine,
        image: &'a str,
        cloud: &'a Cloud<'a>,
        certificates: &'a Certificates,
        users: &[&str],
    ) -> Self {
        let deployed = cloud.deploy(STACK, &team::template(users), &[]);
        cloud.register(ADDRESS, &deployed);
        Self {
            engine,
            image,
            cloud,
            certificates,
            browser: Browser::new(certificates, ADDRESS),
            host: Host::launch(engine, image, "host", ADDRESS),
            deployed,
            sessions: Mutex::default(),
        }
    }

    /// Updates the stack to another team, and waits until the host has applied it. It polls once a minute,
    /// and whenever it starts: `now` starts it.
    pub(crate) fn change(&self, users: &[&str], now: bool) -> Duration {
        let runs = "grep -c 'Build complete' /var/log/cfn-init.log";
        let before = self.host.answer(runs);
        self.cloud.deploy(STACK, &team::template(users), &[]);
        if now {
            self.host.answer("systemctl start vsc-apply.service");
        }
        self.host.until(
            "the change to be applied",
            Duration::from_secs(240),
            &format!("[ \"$({runs})\" != {before} ]"),
        )
    }

    /// Runs all steps of the host again.
    pub(crate) fn run_again(&self) -> Duration {
        let ran = self.host.shell("/usr/local/libexec/vsc/apply");
        assert!(ran.success, "{}", ran.errors);
        ran.took
    }

    /// Waits for the signal of a stack; returns whether it is a success, and its ID.
    pub(crate) fn signal(&self, stack: &str) -> (bool, String) {
        wait("the signal", Duration::from_secs(300), || {
            !self.cloud.signals(stack).is_empty()
        });
        self.cloud.signals(stack).remove(0)
    }

    /// The HTTP status of a host name at a port, with a login or without.
    pub(crate) fn status(&self, name: &str, port: u16, login: Option<(&str, &str)>) -> u16 {
        let scheme = if port == 80 { "http" } else { "https" };
        self.fetch(&format!("{scheme}://{name}.{DOMAIN}:{port}/"), login, 60)
            .0
    }

    /// The status of a page and its text; 0 without a response.
    pub(crate) fn fetch(
        &self,
        url: &str,
        login: Option<(&str, &str)>,
        limit: u16,
    ) -> (u16, String) {
        let request = |cookie: &str| {
            let mut options = format!(
                "{}url = \"{url}\"\nsilent\nmax-time = {limit}\nwrite-out = \"\\n%{{http_code}}\"\n",
                self.reach(url)
            );
            if !cookie.is_empty() {
                let _ = writeln!(options, "header = \"Cookie: {cookie}\"");
            }
            // Without a response curl fails, which is a valid result here.
            let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
            let (body, status) = text.rsplit_once('\n').unwrap_or(("", "0"));
            (status.trim().parse().unwrap_or(0), body.to_owned())
        };
        let Some(login) = login else {
            return request("");
        };
        if let Some(cookie) = self.known(url, login) {
            let answer = request(&cookie);
            if answer.0 != 401 {
                return answer;
            }
        }
        match self.cookie(url, login) {
            Ok(cookie) => request(&cookie),
            Err(status) => (status, String::new()),
        }
    }

    /// The options with which curl reaches the host of a URL.
    pub(crate) fn reach(&self, url: &str) -> String {
        let host = url.split("://").nth(1).unwrap_or(url);
        let host = host.split('/').next().unwrap_or(host);
        let host = match host.split_once(':') {
            Some(_) => host.to_owned(),
            None => format!("{host}:443"),
        };
        format!(
            "resolve = \"{host}:{ADDRESS}\"\ncacert = \"{}\"\n",
            self.certificates.authority.display()
        )
    }

    /// Signs in anew, and returns the cookie of the session, or the status of the response without one.
    pub(crate) fn cookie(&self, url: &str, login: (&str, &str)) -> Result<String, u16> {
        let cookie = sign_in(&self.reach(url), &origin(url), login)?;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(key(url, login), cookie.clone());
        Ok(cookie)
    }

    fn known(&self, url: &str, login: (&str, &str)) -> Option<String> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&key(url, login)).cloned()
    }

    /// A user's password.
    pub(crate) fn password(&self, user: &str) -> String {
        self.cloud.password(STACK, user)
    }

    /// Whether a login opens the user's workspace.
    pub(crate) fn opens(&self, user: &str, password: &str) -> bool {
        matches!(self.status(user, 443, Some((user, password))), 200 | 302)
    }

    /// Waits until a user can log in again.
    pub(crate) fn until_open(&self, user: &str, limit: u64) -> Duration {
        let password = self.password(user);
        wait(
            &format!("{user}'s page"),
            Duration::from_secs(limit),
            || self.opens(user, &password),
        )
    }

    /// The container of each user's workspace.
    pub(crate) fn workspaces(&self) -> BTreeMap<String, String> {
        self.host
            .containers()
            .into_iter()
            .filter_map(|(name, id)| Some((name.strip_prefix("vsc-")?.to_owned(), id)))
            .filter(|(name, _)| name != "proxy")
            .collect()
    }
}

fn origin(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

fn key(url: &str, login: (&str, &str)) -> [String; 3] {
    [origin(url), login.0.to_owned(), login.1.to_owned()]
}
