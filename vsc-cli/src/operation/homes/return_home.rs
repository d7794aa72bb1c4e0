//! `homes return`: gives a kept home to its developer, who comes back, or to a newcomer of the name.

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::home::Home;
use crate::aws::host;
use crate::aws::io::Event;
use crate::aws::session::Session;
use crate::aws::shell::argument;
use crate::failure::Hint;
use crate::operation::each::Target;
use crate::operation::on_host;

/// The folder of the homes on the host.
const FOLDER: &str = "/home/vsc/.homes";

/// Marks the home of a user, so that the user gets it when a deployment adds the user to the team.
/// Without the mark a newcomer gets an empty home, and the kept one stays.
///
/// # Errors
///
/// When no home of the user was kept, or the user is in the team.
pub(crate) fn run(target: &Target, stack: &Stack, user: &str) -> Result<(), Failure> {
    super::check_name(user)?;
    target.on(stack, async |session| mark(session, stack, user).await)
}

async fn mark(session: &Session, stack: &Stack, user: &str) -> Result<(), Failure> {
    let instance = on_host::running(session, stack).await?;
    let homes = super::of(session, stack, &instance.id).await?;
    let older = homes
        .iter()
        .find(|home| home.user() == user && home.name != user)
        .map(|home| home.name.clone());
    let home = super::named(homes, user, stack)?;
    if home.user() != home.name {
        return Err(Failure::input(format!(
            "{user} is an older home: only the home of the last user of this name can return"
        ))
        .hint(Hint::run(
            "copy from it with",
            &["restore", home.user(), "--from", user],
        )));
    }
    if home.is_present() {
        return Err(present(&home, older));
    }
    // `home` on the host reads the mark when the user is added. The home may be gone since it was listed.
    let image = argument(&format!("{FOLDER}/{user}.ext4")).into_owned();
    let mark = argument(&format!("{FOLDER}/{user}.return")).into_owned();
    let command = format!("test -e {image} && touch {mark} && sync {mark}");
    let output = host::run(session, &instance.id, &command).await;
    let what = format!("the home of {user} is not marked");
    on_host::succeeded(stack, output, &what)?;
    session.io.report(Event::HomeReturns {
        user,
        stack: &stack.name,
    });
    Ok(())
}

/// The failure if the user has a home already.
fn present(home: &Home, older: Option<String>) -> Failure {
    let name = &home.name;
    let failure = Failure::input(format!("{name} is in the team, and has a home"));
    match older {
        Some(older) => failure.hint(Hint::run(
            "copy from the older one, which was kept, with",
            &["restore", name, "--from", &older],
        )),
        None => failure,
    }
}
