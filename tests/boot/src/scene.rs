//! A deployed team on its host, with helpers to inspect it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::browser::Browser;
use crate::cloud::{Cloud, Deployed};
use crate::engine::Engine;
use crate::host::Host;
use crate::prepare::Certificates;
use crate::session::Sessions;
use crate::team::{self, DOMAIN, STACK};
use crate::wait;

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
    sessions: Sessions,
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
            sessions: Sessions::default(),
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
        let options = format!("{}max-time = {limit}\n", self.reach(url));
        self.sessions.fetch(&options, url, login)
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

    /// Signs in again, and returns the cookie of the session.
    ///
    /// # Panics
    ///
    /// When the login page rejects the password.
    pub(crate) fn cookie(&self, url: &str, login: (&str, &str)) -> String {
        let session = self.sessions.renew(&self.reach(url), url, login);
        session.unwrap_or_else(|status| panic!("{url} answers {status} to {}", login.0))
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
