//! The address, memory, home and secret of each workspace.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::Ipv4Addr;

use vsc_spec::team::{ExtensionId, Login, Size, TeamIde, User};

use super::secrets::SHARED;

/// The memory that Docker needs for a workspace, in MiB: its client, its shim and its proxy. It is part
/// of the promised memory. `docs/capacity.md` has the measurements.
const OVERHEAD: u64 = 64;

/// The loopback address of each workspace, in the order of the users.
///
/// It depends only on the name, so that it does not change when somebody joins or leaves. If two names
/// collide, among four million addresses, the later in the alphabet gets the next one.
pub(super) fn addresses(ide: &TeamIde) -> Vec<Ipv4Addr> {
    let mut names: Vec<&str> = ide
        .users()
        .iter()
        .map(|user| user.name().as_str())
        .collect();
    names.sort_unstable();
    let mut taken = BTreeSet::new();
    let addresses: Vec<(&str, Ipv4Addr)> = names
        .into_iter()
        .map(|name| {
            let mut offset = fnv(name);
            while !taken.insert(address(offset)) {
                offset = offset.wrapping_add(1);
            }
            (name, address(offset))
        })
        .collect();
    ide.users()
        .iter()
        .filter_map(|user| {
            let index = addresses.binary_search_by_key(&user.name().as_str(), |(name, _)| name);
            index.ok().and_then(|index| addresses.get(index))
        })
        .map(|(_, address)| *address)
        .collect()
}

/// An address in 127.64.0.0/10: far from 127.0.0.1, on which other programs listen.
fn address(offset: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits((0x7f40_0000) | (offset & 0x003f_ffff))
}

/// The user ID of a workspace, unique like its address. It is far from those that a system assigns, and
/// in the range that systemd leaves to containers:
/// <https://systemd.io/UIDS-GIDS/>.
fn account(address: Ipv4Addr) -> u32 {
    0x4000_0000 | (address.to_bits() & 0x003f_ffff)
}

/// FNV-1a, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
pub(super) fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The environment file of the workspace at an index in the team; `${…}` is resolved by
/// CloudFormation. Both systemd and the shell read it.
pub(super) fn environment(ide: &TeamIde, index: usize, user: &User, address: Ipv4Addr) -> String {
    let promised = user.memory().mib().saturating_sub(OVERHEAD);
    let mut text = format!(
        "ADDRESS={address}\nACCOUNT={account}\nPORT={port}\nMEMORY_PROMISED={promised}\nMEMORY_LIMIT={limit}\nHOME_SHARE={home}\n",
        account = account(address),
        port = ide.workspace_port(index),
        limit = limit(ide, user),
        home = ide.home_share().mib(),
    );
    // Writing into a string cannot fail.
    if let Some(secret) = secret(ide, user) {
        _ = writeln!(text, "SECRET=${{{secret}}}");
    } else if let Some(email) = user.email() {
        _ = writeln!(text, "EMAIL=\"{}\"", email.as_str());
    }
    if let Some(cpus) = user.cpus() {
        _ = writeln!(text, "CPU_LIMIT=\"--cpus {cpus}\"");
    }
    if let Some(timezone) = ide.timezone() {
        _ = writeln!(text, "TIMEZONE=\"--env TZ={}\"", timezone.as_str());
    }
    if let Some(repo) = user.repo() {
        _ = writeln!(text, "REPO=\"{}\"", repo.as_str());
    }
    if let Some(dotfiles) = user.dotfiles() {
        _ = writeln!(text, "DOTFILES=\"{}\"", dotfiles.as_str());
    }
    if !user.extensions().is_empty() {
        let extensions: Vec<&str> = user.extensions().iter().map(ExtensionId::as_str).collect();
        _ = writeln!(text, "EXTENSIONS=\"{}\"", extensions.join(" "));
    }
    text
}

/// The logical ID of the secret with a user's password; `None` if a provider signs users in.
fn secret(ide: &TeamIde, user: &User) -> Option<String> {
    match ide.login() {
        Login::Generated => Some(user.logical_id("Password")),
        Login::Shared => Some(SHARED.to_owned()),
        Login::Oidc { .. } | Login::Cognito { .. } => None,
    }
}

/// The most memory that a workspace may use, including its container: its share of the memory that the
/// host does not need.
pub fn memory_limit(ide: &TeamIde, user: &User) -> Size {
    Size::from_mib(limit(ide, user).saturating_add(OVERHEAD))
}

/// The most memory that a workspace may use, in MiB: its share of the memory that the host does not need.
fn limit(ide: &TeamIde, user: &User) -> u64 {
    let promised = user.memory().mib();
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
        .saturating_sub(OVERHEAD)
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::{Declaration, Users};

    use super::*;

    fn team(names: &[&str]) -> TeamIde {
        let declaration = Declaration {
            type_name: "Team".into(),
            users: Some(Users::Names(
                names.iter().map(|name| (*name).to_owned()).collect(),
            )),
            domain: Some("code.x.com".into()),
            ..Declaration::default()
        };
        declaration.check().expect("nothing is wrong with it")
    }

    #[test]
    fn addresses_stay_when_the_team_changes() {
        let before = addresses(&team(&["alice", "bob", "carol"]));
        let after = addresses(&team(&["dave", "carol", "alice"]));
        assert_eq!((before.len(), after.len()), (3, 3));
        assert_eq!(before.first(), after.get(2), "alice");
        assert_eq!(before.get(2), after.get(1), "carol");
        for address in before {
            assert!(
                address.is_loopback() && address.octets()[1] >= 64,
                "{address}"
            );
        }
    }

    #[test]
    fn homes_share_the_volume() {
        assert_eq!(team(&["alice", "bob"]).home_share().gib(), 10);
    }
}
