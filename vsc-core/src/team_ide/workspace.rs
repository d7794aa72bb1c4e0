//! What is the developers' own: the port, the memory and the secret of each workspace.

use vsc_spec::team::{TeamIde, User};

/// The first of the ports at which workspaces listen on the host's loopback interface.
const FIRST_PORT: u16 = vsc_spec::team::FIRST_WORKSPACE_PORT;

/// The loopback port of the workspace at a place in the team.
pub(super) fn port(place: usize) -> u16 {
    FIRST_PORT.saturating_add(u16::try_from(place).unwrap_or(u16::MAX))
}

/// The environment file of a workspace; `${…}` is resolved by CloudFormation.
pub(super) fn environment(ide: &TeamIde, user: &User, place: usize) -> String {
    let promised = user.memory().mib();
    format!(
        "PORT={port}\nMEMORY_PROMISED={promised}\nMEMORY_LIMIT={limit}\nSECRET=${{{secret}}}\n",
        port = port(place),
        limit = limit(ide, promised),
        secret = user.logical_id("Password"),
    )
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
