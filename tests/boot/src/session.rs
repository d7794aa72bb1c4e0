//! Sessions of the login page, as `curl` has them.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use crate::piped;

/// Signs in at the login page of an origin (`https://NAME:PORT`), and returns the cookie of the session, or the
/// status of the response without one. Waits if there were too many attempts.
///
/// The options of `curl` say how to reach the origin.
pub(crate) fn sign_in(options: &str, origin: &str, login: (&str, &str)) -> Result<String, u16> {
    for _ in 0..8 {
        match attempt(options, origin, login) {
            Err(429) => sleep(Duration::from_secs(12)),
            other => return other,
        }
    }
    Err(429)
}

/// Tries a name and a password once.
pub(crate) fn attempt(options: &str, origin: &str, login: (&str, &str)) -> Result<String, u16> {
    let (user, password) = login;
    // The password is not an argument: those are visible to all users.
    let options = format!(
        "{options}url = \"{origin}/.login/submit\"\ndata-urlencode = \"httpd_username={user}\"\ndata-urlencode = \"httpd_password={password}\"\nsilent\ninclude\nmax-time = 20\nwrite-out = \"\\n%{{http_code}}\"\n"
    );
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    let cookie = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .and_then(|(_, cookie)| cookie.split(';').next());
    let status = text.lines().last().unwrap_or_default();
    cookie
        .map(str::to_owned)
        .ok_or(status.trim().parse().unwrap_or(0))
}

/// The status of a page and its text, with the cookies of a session, or with none; 0 without a response.
pub(crate) fn request(options: &str, url: &str, cookies: &str) -> (u16, String) {
    let cookies = match cookies {
        "" => String::new(),
        _ => format!("header = \"Cookie: {cookies}\"\n"),
    };
    let options =
        format!("{options}{cookies}url = \"{url}\"\nsilent\nwrite-out = \"\\n%{{http_code}}\"\n");
    // Without a response curl fails, which is a valid result here.
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    let (body, status) = text.rsplit_once('\n').unwrap_or(("", "0"));
    (status.trim().parse().unwrap_or(0), body.to_owned())
}

/// Sessions that are kept, since attempts to sign in are limited.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<[String; 3], String>>);

impl Sessions {
    /// The status of a page and its text, with a login or without. Signs in if there is no session yet, or if it
    /// has ended; without a session, the status is that of the login page.
    pub(crate) fn fetch(
        &self,
        options: &str,
        url: &str,
        login: Option<(&str, &str)>,
    ) -> (u16, String) {
        let Some(login) = login else {
            return request(options, url, "");
        };
        if let Some(cookie) = self.get(url, login) {
            let answer = request(options, url, &cookie);
            if answer.0 != 401 {
                return answer;
            }
        }
        match self.renew(options, url, login) {
            Ok(cookie) => request(options, url, &cookie),
            Err(status) => (status, String::new()),
        }
    }

    /// Signs in again, and returns the cookie of the session, or the status of the login page.
    pub(crate) fn renew(
        &self,
        options: &str,
        url: &str,
        login: (&str, &str),
    ) -> Result<String, u16> {
        let cookie = sign_in(options, &origin(url), login)?;
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(key(url, login), cookie.clone());
        Ok(cookie)
    }

    fn get(&self, url: &str, login: (&str, &str)) -> Option<String> {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&key(url, login)).cloned()
    }
}

fn origin(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

fn key(url: &str, login: (&str, &str)) -> [String; 3] {
    [origin(url), login.0.to_owned(), login.1.to_owned()]
}
