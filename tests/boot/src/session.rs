//! Sessions of the login page, as `curl` has them.

use std::process::Command;

use crate::piped;

/// Signs in at the login page of an origin (`https://NAME:PORT`), and returns the cookie of the session, or the
/// status of the response without one.
///
/// The options of `curl` say how to reach the origin; the password is not an argument, since those are visible to
/// all users.
pub(crate) fn sign_in(options: &str, origin: &str, login: (&str, &str)) -> Result<String, u16> {
    let (user, password) = login;
    let options = format!(
        "{options}url = \"{origin}/.login/submit\"\ndata-urlencode = \"httpd_username={user}\"\ndata-urlencode = \"httpd_password={password}\"\nsilent\ninclude\nwrite-out = \"\\n%{{http_code}}\"\n"
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
