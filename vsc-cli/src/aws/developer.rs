//! The developers that a command selects.

use vsc_spec::suggest;

use crate::Failure;
use crate::assembly::{Team, User};

/// The developer of this name.
///
/// # Errors
///
/// When the team has no such user; the help suggests a name or lists them.
pub(crate) fn named<'a>(name: &str, team: Option<&'a Team>) -> Result<&'a User, Failure> {
    let users = || team.into_iter().flat_map(|team| &team.users);
    let names = || users().map(|user| user.name.as_str());
    users().find(|user| user.name == name).ok_or_else(|| {
        let help = suggest::did_you_mean(name, names());
        let help = help.unwrap_or_else(|| format!("the users are {}", suggest::list(names())));
        Failure::usage(format!("the team has no user `{name}`")).hint(help)
    })
}

/// The failure for a team whose developers have accounts at a provider.
pub(crate) fn without_passwords(stack: &str) -> Failure {
    Failure::input(format!(
        "the developers of {stack} have no passwords here: a provider signs them in"
    ))
    .hint("they reset their passwords there")
}
