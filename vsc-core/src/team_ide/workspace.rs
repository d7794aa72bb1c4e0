//! What is the developers' own: the address, the memory, the home and the secret of each workspace.

use std::collections::HashSet;
use std::net::Ipv4Addr;

use vsc_spec::team::{TeamIde, User};

/// What the root volume has besides homes, in MiB: the system, its logs, and the images.
const SYSTEM_DISK: u64 = 10 * 1024;

/// The smallest home, in MiB.
const SMALLEST_HOME: u64 = 1024;

/// The loopback address of each workspace, in the order of the users.
///
/// It comes from the name alone, so that nobody's changes when somebody joins or leaves. Of two
/// names that give the same one, out of four millions, the later in the alphabet takes the next.
pub(super) fn addresses(ide: &TeamIde) -> Vec<Ipv4Addr> {
    let mut names: Vec<&str> = ide
        .users()
        .iter()
        .map(|user| user.name().as_str())
        .collect();
    names.sort_unstable();
    let mut taken = HashSet::new();
    let addresses: Vec<(&str, Ipv4Addr)> = names
        .into_iter()
        .map(|name| {
            let mut place = fnv(name);
            while !taken.insert(address(place)) {
                place = place.wrapping_add(1);
            }
            (name, address(place))
        })
        .collect();
    ide.users()
        .iter()
        .filter_map(|user| {
            let place = addresses.binary_search_by_key(&user.name().as_str(), |(name, _)| name);
            place.ok().and_then(|place| addresses.get(place))
        })
        .map(|(_, address)| *address)
        .collect()
}

/// One of 127.64.0.0/10: far from 127.0.0.1, where others listen.
fn address(place: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits((0x7f40_0000) | (place & 0x003f_ffff))
}

/// FNV-1a, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The environment file of a workspace; `${…}` is resolved by CloudFormation.
pub(super) fn environment(ide: &TeamIde, user: &User, address: Ipv4Addr) -> String {
    let promised = user.memory().mib();
    format!(
        "ADDRESS={address}\nMEMORY_PROMISED={promised}\nMEMORY_LIMIT={limit}\nHOME_SHARE={home}\nSECRET=${{{secret}}}\n",
        limit = limit(ide, promised),
        home = home(ide),
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

/// What a home may hold, in MiB: its share of the volume.
fn home(ide: &TeamIde) -> u64 {
    let volume = ide.root_volume().gib() * 1024;
    let users = u64::try_from(ide.users().len()).unwrap_or(u64::MAX);
    volume
        .saturating_sub(SYSTEM_DISK)
        .checked_div(users)
        .unwrap_or_default()
        .max(SMALLEST_HOME)
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::{Declaration, UserDeclaration, Users};

    use super::*;

    fn team(names: &[&str]) -> TeamIde {
        let named = names.iter().map(|name| UserDeclaration {
            name: (*name).to_owned(),
            ..UserDeclaration::default()
        });
        let declaration = Declaration {
            type_name: "Team".into(),
            users: Some(Users::Named(named.collect())),
            domain: Some("code.x.com".into()),
            ..Declaration::default()
        };
        declaration.check().expect("nothing is wrong with it")
    }

    #[test]
    fn addresses_stay_when_the_team_changes() {
        let before = addresses(&team(&["alice", "bob", "carol"]));
        let after = addresses(&team(&["dave", "carol", "alice"]));
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
        assert_eq!(home(&team(&["alice", "bob"])), 10 * 1024);
    }
}
