//! `login-urls`: the URLs that a provider has to know.

use std::fmt::Write as _;

use clap::{ArgMatches, Command};
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::{LoginKind, Stack, Team};
use crate::cli::stacks;
use crate::cli::{Context, global};
use crate::terminal::style::{NAME, TITLE};

pub(crate) fn command() -> Command {
    Command::new("login-urls")
        .about("Print the redirect URIs to register at an OpenID Connect provider")
        .long_about(
            "Print the URIs to register at an OpenID Connect provider: those to which it sends \
             browsers after a login, and after a log-out. There is one of each for every workspace, and for \
             the dashboard.\n\n\
             With `login = cognito(…)` the stack registers them itself.",
        )
        .args(stacks::arguments())
        .arg(global::json())
        .after_help("Examples:\n  cargo run -- login-urls\n  cargo run -- login-urls --json production")
}

/// Prints the URLs of the selected stacks.
///
/// # Errors
///
/// When the arguments are not right, or no provider signs the developers of any of them in.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected(matches)?;
    let teams = || {
        let stacks = selected.iter();
        let teams = stacks.filter_map(|stack| Some((stack.name.as_str(), stack.team.as_ref()?)));
        teams.filter(|(_, team)| !team.login.urls.is_empty())
    };
    if teams().next().is_none() {
        return Err(without_provider(&selected));
    }
    if matches.get_flag("json") {
        let urls = teams().flat_map(|(name, team)| described(name, team));
        return context.terminal.print_json(&Json::array(urls));
    }
    let texts: Vec<String> = teams().map(|(name, team)| text(name, team)).collect();
    context.terminal.print(&texts.join("\n"))?;
    for (name, _) in teams().filter(|(_, team)| team.login.kind == LoginKind::Cognito) {
        context
            .terminal
            .note(&format!("{name} registers them at its user pool itself"));
    }
    Ok(())
}

fn without_provider(selected: &[Stack]) -> Failure {
    let names: Vec<&str> = selected.iter().map(|stack| stack.name.as_str()).collect();
    Failure::input(format!(
        "no provider signs in the developers of {}",
        names.join(", ")
    ))
    .hint("declare `login = oidc(…)` or `login = cognito(…)`")
}

/// The URLs, one a line, to be copied.
fn text(name: &str, team: &Team) -> String {
    let mut text = format!("{NAME}{name}{NAME:#}\n");
    let urls = || team.login.urls.iter();
    let callbacks: Vec<&str> = urls().map(|urls| urls.callback.as_str()).collect();
    let signed_out: Vec<&str> = urls().map(|urls| urls.signed_out.as_str()).collect();
    let lists = [
        ("redirect URIs", callbacks),
        ("URIs after a log-out", signed_out),
    ];
    for (title, urls) in lists {
        // Writing into a string cannot fail.
        _ = writeln!(text, "{TITLE}{title}{TITLE:#}\n{}", urls.join("\n"));
    }
    text
}

fn described<'a>(stack: &'a str, team: &'a Team) -> impl Iterator<Item = Json> + 'a {
    team.login.urls.iter().map(move |urls| {
        Json::Object(
            Object::new()
                .with("stack", stack.to_owned())
                .with_some("user", urls.user.clone())
                .with("callback", urls.callback.clone())
                .with("signedOut", urls.signed_out.clone()),
        )
    })
}
