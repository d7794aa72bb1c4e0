//! What is the developers' own: the port, the limits, the secret and the equipment of each.

use std::fmt::Write as _;

use vsc_spec::team::{Login, TeamIde, User};

use super::secrets::SHARED;

/// The first of the ports at which workspaces listen on the host's loopback interface.
const FIRST_PORT: u16 = vsc_spec::team::FIRST_WORKSPACE_PORT;

/// The loopback port of the workspace at a place in the team.
pub(super) fn port(place: usize) -> u16 {
    FIRST_PORT.saturating_add(u16::try_from(place).unwrap_or(u16::MAX))
}

/// The environment file of a workspace; `${…}` is resolved by CloudFormation. Both systemd and the
/// shell read it.
pub(super) fn environment(ide: &TeamIde, user: &User, place: usize) -> String {
    let promised = user.memory().mib();
    let secret = match ide.login() {
        Login::Generated => user.logical_id("Password"),
        Login::Shared => SHARED.to_owned(),
    };
    let mut text = format!(
        "PORT={port}\nMEMORY_PROMISED={promised}\nMEMORY_LIMIT={limit}\nSECRET=${{{secret}}}\n",
        port = port(place),
        limit = limit(ide, promised),
    );
    // Writing into a string cannot fail.
    if let Some(cpus) = user.cpus() {
        _ = writeln!(text, "CPU_LIMIT=\"--cpus {cpus}\"");
    }
    if let Some(repo) = user.repo() {
        _ = writeln!(text, "REPO=\"{}\"", repo.as_str());
    }
    if !user.extensions().is_empty() {
        let extensions: Vec<&str> = user
            .extensions()
            .iter()
            .map(vsc_spec::team::ExtensionId::as_str)
            .collect();
        _ = writeln!(text, "EXTENSIONS=\"{}\"", extensions.join(" "));
    }
    text
}

/// What a workspace may use at most, in MiB: its share of what the host does not need itself.
fn limit(ide: &TeamIde, promised: u64) -> u64 {
    let promises: u64 = ide.users().iter().map(|user| user.memory().mib()).sum();
    let spare = ide
        .instance()
        .memory()
        .mib()
        .saturating_sub(vsc_spec::team::HOST_MEMORY.mib());
    (spare * promised)
        .checked_div(promises)
        .unwrap_or(promised)
        .max(promised)
}
