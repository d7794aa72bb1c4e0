//! The addresses of the workspaces' own networks.

use vsc_spec::team::{AllowedSources, Cidr, TeamIde};

/// Ranges for the networks of the workspaces, a /28 for each. The second is for benchmarks alone
/// (RFC 2544), so that hardly any network has it.
const POOLS: [&str; 4] = [
    "172.30.0.0/16",
    "198.18.0.0/16",
    "192.168.0.0/16",
    "10.213.0.0/16",
];

/// The first range that no client comes from: the host could not answer a client with an address of
/// one of its own networks.
pub(super) fn pool(ide: &TeamIde) -> &'static str {
    let AllowedSources::Ranges(clients) = ide.allow() else {
        return POOLS[0];
    };
    let is_free = |pool: &&&str| {
        Cidr::new(pool).is_ok_and(|pool| !clients.iter().any(|client| client.overlaps(&pool)))
    };
    POOLS.iter().find(is_free).copied().unwrap_or(POOLS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool_beside(ranges: &[&'static str]) -> &'static str {
        let team = TeamIde::builder().users(2).domain("code.x.com");
        let ranges = ranges.iter().copied();
        pool(
            &team
                .allow(ranges)
                .build()
                .expect("nothing is wrong with it"),
        )
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
}
