//! A team that signs in at an OpenID Connect provider.

mod developers;
mod intruders;
mod leaving;
mod secrets;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use vsc::pattern;
use vsc::team::{TeamIde, UserBuilder};

pub(crate) use developers::{browsers, names, webkit};
pub(crate) use intruders::{at_a_provider, with_passwords};
pub(crate) use leaving::{at_the_provider, by_revocation, by_the_declaration};
pub(crate) use secrets::nowhere;

use crate::browser::Browser;
use crate::cloud::{Deployed, STEADY};
use crate::host::Host;
use crate::piped;
use crate::provider::{CLIENT, Provider, Visits};
use crate::scene::{DASHBOARD_PORT, Scene};
use crate::team::{DOMAIN, replaced};

const STACK: &str = "company";

const ADDRESS: &str = "10.213.7.30";

/// The life of an access token: shorter than at any provider.
const TOKEN: u32 = 40;

/// The team, its host and its provider.
pub(crate) struct Company<'a> {
    scene: &'a Scene<'a>,
    provider: Provider,
    host: Host<'a>,
    browser: Browser,
    /// The secret of the client.
    secret: String,
}

impl<'a> Company<'a> {
    /// Boots the host.
    pub(crate) fn launch(scene: &'a Scene<'a>) -> Self {
        let mut provider = Provider::new();
        let secret = create_secret(scene);
        let deployed = deploy(scene, &provider, &["alice", "bob", "carol"]);
        let names: Vec<String> = ["alice", "bob", "carol"]
            .iter()
            .map(|name| format!("{name}.{DOMAIN}"))
            .chain([format!("monitor.{DOMAIN}:{DASHBOARD_PORT}")])
            .collect();
        let account = |name: &str, is_verified: bool| json!({ "email": email(name), "email_verified": is_verified });
        let users = json!({
            "alice": account("Alice", true),
            "bob": account("bob", true),
            "carol": account("carol", true),
            // Accounts whose claims look like those of alice.
            "unproven": account("alice", false),
            "longer": { "email": format!("{}.example.org", email("alice")), "email_verified": true },
            "spaced": { "email": " alice@example.com", "email_verified": true },
            "lined": { "email": "alice@example.com\n", "email_verified": true },
            "listed": { "email": ["alice@example.com"], "email_verified": true },
            "html": { "email": "<img src=x>@example.com", "email_verified": true },
            "nobody": {},
        });
        provider.start(&secret, &names, &users, TOKEN);
        scene.cloud.register(ADDRESS, &deployed);
        let host = Host::launch(scene.engine, scene.image, STACK, ADDRESS);
        let (success, reason) = scene.signal(STACK);
        assert!(success, "{reason}");
        Self {
            scene,
            provider,
            browser: scene.browser.at(ADDRESS),
            host,
            secret,
        }
    }

    /// The address and the authority, for clients.
    fn reach(&self) -> (&str, &PathBuf) {
        (ADDRESS, &self.scene.certificates.authority)
    }

    /// A developer's browser that opens these URLs.
    fn open(&self, subject: &str, urls: &[&str]) -> Visits {
        Visits::open(&self.provider, self.reach(), subject, urls)
    }

    /// The status of the workspace of a user with a cookie: 200 if it lets in.
    fn status(&self, name: &str, cookie: &str) -> u16 {
        let name = format!("{name}.{DOMAIN}");
        let options = format!(
            "url = \"https://{name}/healthz\"\nresolve = \"{name}:443:{ADDRESS}\"\ncacert = \"{}\"\nheader = \"Cookie: {cookie}\"\nsilent\nmax-time = 20\noutput = /dev/null\nwrite-out = \"%{{http_code}}\"\n",
            self.scene.certificates.authority.display()
        );
        let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
        text.trim().parse().unwrap_or(0)
    }

    /// Waits until the host has recorded an event of a person at a workspace.
    fn until_recorded(&self, event: &str, person: &str, workspace: &str) {
        let entry = format!(
            "\"event\": \"{event}\", \"person\": \"{}\", \"workspace\": \"{workspace}\", \"address\": \"10.213.7.",
            email(person)
        );
        let line = format!(
            "grep --quiet --ignore-case --fixed-strings '{entry}' /var/log/vsc/audit.jsonl"
        );
        self.host.until(&entry, Duration::from_secs(20), &line);
    }

    /// Deploys another team, and makes the host apply it. Returns how long that took.
    fn change(&self, users: &[&str]) -> Duration {
        deploy(self.scene, &self.provider, users);
        self.host
            .shell("/usr/local/libexec/vsc/apply --if-changed")
            .took
    }
}

impl Drop for Company<'_> {
    fn drop(&mut self) {
        self.scene.cloud.discard(STACK);
    }
}

fn email(name: &str) -> String {
    format!("{name}@example.com")
}

fn url(name: &str) -> String {
    format!("https://{name}.{DOMAIN}/")
}

/// The issuer of the declaration, which is HTTPS, and stands for the provider on this machine.
const ISSUER: &str = "https://login.example.com";

/// The secret with that of the client, which is not of the stack.
const CLIENT_SECRET: &str = "acme/oidc";

/// Deploys a team that signs in at a provider.
fn deploy(scene: &Scene<'_>, provider: &Provider, users: &[&str]) -> Deployed {
    let team = TeamIde::builder()
        .stack_name(STACK)
        .domain(DOMAIN)
        .instance("t3.large")
        .home_volume("6 GiB")
        .login_oidc(ISSUER, CLIENT, CLIENT_SECRET);
    let ide = users
        .iter()
        .fold(team, |team, name| {
            team.user(UserBuilder::new((*name).to_owned()).email(email(name)))
        })
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let template = pattern::synthesize(&ide)
        .expect("it keeps the quotas")
        .to_json();
    let template = replaced(&template, (ISSUER, &provider.issuer()));
    scene.cloud.deploy(STACK, &template, &STEADY)
}

/// Creates the secret of the client, which nobody chose.
fn create_secret(scene: &Scene<'_>) -> String {
    let aws = scene.cloud.aws();
    let random = aws.call("secretsmanager get-random-password --exclude-punctuation");
    let secret = random["RandomPassword"].as_str().expect("a string");
    aws.call_with(
        &format!("secretsmanager create-secret --name {CLIENT_SECRET} --secret-string"),
        &[secret],
    );
    secret.to_owned()
}
