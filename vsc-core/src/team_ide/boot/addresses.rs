//! The addresses of the workspaces' own networks.

use vsc_spec::team::{AllowedSources, Cidr, TeamIde};

/// Ranges for the networks of the workspaces, a /28 for each. The second is reserved for benchmarks
/// (RFC 2544), so hardly any network uses it.
const POOLS: [&str; 4] = [
    "172.30.0.0/16",
    "198.18.0.0/16",
    "192.168.0.0/16",
    "10.213.0.0/16",
];

/// The range of the workspaces' networks: the first without allowed clients and declared peers. The host
/// could not answer a client with an address of its own networks, and a workspace would look for such a
/// peer in its own network.
pub fn pool(ide: &TeamIde) -> &'static str {
    let clients: &[Cidr] = match ide.allow() {
        AllowedSources::Ranges(clients) => clients,
        _ => &[],
    };
    let apart_from = |others: &[&[Cidr]]| {
        let is_free = |pool: &&&str| {
            Cidr::new(pool)
                .is_ok_and(|pool| !others.concat().iter().any(|other| other.overlaps(&pool)))
        };
        POOLS.iter().find(is_free).copied()
    };
    // With clients from anywhere, hardly any is from a private range.
    apart_from(&[clients, ide.reach()])
        .or_else(|| apart_from(&[ide.reach()]))
        .unwrap_or(POOLS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool_beside(ranges: &[&'static str]) -> &'static str {
        pool_between(ranges, &[])
    }

    fn pool_between(clients: &[&'static str], reach: &[&'static str]) -> &'static str {
        let team = TeamIde::builder().users(2).domain("code.x.com");
        let team = team.allow(clients.iter().copied());
        let team = team.reach(reach.iter().copied());
        pool(&team.build().expect("nothing is wrong with it"))
    }

    #[test]
    fn no_client_has_an_address_of_a_workspace() {
        assert_eq!(pool_beside(&["203.0.113.0/24"]), "172.30.0.0/16");
        assert_eq!(pool_beside(&["172.30.5.0/24"]), "198.18.0.0/16");
        assert_eq!(
            pool_beside(&["172.16.0.0/12", "10.0.0.0/8"]),
            "198.18.0.0/16"
        );
        assert_eq!(
            pool_beside(&["172.30.0.1/32", "198.18.0.0/15"]),
            "192.168.0.0/16"
        );
        assert_eq!(pool_beside(&["0.0.0.0/0"]), "172.30.0.0/16");
        assert_eq!(pool_beside(&["2001:db8::/32"]), "172.30.0.0/16");
    }

    #[test]
    fn no_peer_has_an_address_of_a_workspace() {
        let office = &["203.0.113.0/24"];
        assert_eq!(pool_between(office, &["10.0.5.0/24"]), "172.30.0.0/16");
        assert_eq!(pool_between(office, &["172.16.0.0/12"]), "198.18.0.0/16");
        assert_eq!(
            pool_between(&["198.18.0.0/15"], &["172.30.7.0/24"]),
            "192.168.0.0/16"
        );
        assert_eq!(
            pool_between(&["0.0.0.0/0"], &["172.30.7.0/24"]),
            "198.18.0.0/16"
        );
    }
}
