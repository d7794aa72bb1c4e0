//! The developers that a command is about.

use vsc_spec::suggest;
use vsc_spec::team::{TeamIde, User};

use crate::Failure;

/// The developer of the team who is called so.
///
/// # Errors
///
/// When nobody is: who is meant, or who there is.
pub(crate) fn named<'a>(name: &str, ide: Option<&'a TeamIde>) -> Result<&'a User, Failure> {
    let users = || ide.into_iter().flat_map(TeamIde::users);
    let names = || users().map(|user| user.name().as_str());
    users()
        .find(|user| user.name().as_str() == name)
        .ok_or_else(|| {
            let help = suggest::did_you_mean(name, names());
            let help = help.unwrap_or_else(|| format!("there is {}", suggest::list(names())));
            Failure::Usage(format!(
                "nobody in the team is called `{name}`\n= help: {help}"
            ))
        })
}
