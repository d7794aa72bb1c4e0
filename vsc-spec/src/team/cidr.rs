//! Ranges of addresses: RFC 4632 and RFC 4291, section 2.3.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::finding::Finding;

/// A range of addresses without host bits: `203.0.113.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

impl Cidr {
    /// A range in CIDR notation.
    ///
    /// # Errors
    ///
    /// When it is no address with a prefix length, or an address within the range rather than its
    /// first.
    pub fn new(text: &str) -> Result<Self, Finding> {
        let finding = || Finding::new(format!("{text:?} is not a range of addresses"));
        let Some((address, prefix)) = text.split_once('/') else {
            return Err(match text.parse::<IpAddr>() {
                Ok(IpAddr::V4(_)) => finding()
                    .why("the prefix length is missing")
                    .help(format!("write \"{text}/32\" for this address alone")),
                Ok(IpAddr::V6(_)) => finding()
                    .why("the prefix length is missing")
                    .help(format!("write \"{text}/128\" for this address alone")),
                Err(_) => finding().help("for example \"203.0.113.0/24\", or `anywhere`"),
            });
        };
        let Ok(address) = address.parse::<IpAddr>() else {
            return Err(finding()
                .why(format!("`{address}` is not an IP address"))
                .help("for example \"203.0.113.0/24\""));
        };
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let digits = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = match prefix.parse::<u8>() {
            Ok(prefix) if digits && prefix <= longest => prefix,
            _ => {
                return Err(finding().why(format!(
                    "the prefix length `{prefix}` is not a number from 0 to {longest}"
                )));
            }
        };
        let network = Self {
            address: network(address, prefix),
            prefix,
        };
        if network.address != address {
            return Err(Finding::new(format!("{text:?} has host bits set"))
                .why(format!(
                    "{address} lies within the range, which begins at {}",
                    network.address
                ))
                .help(format!("write \"{network}\"")));
        }
        Ok(network)
    }

    /// Whether the addresses are IPv4.
    pub fn is_ipv4(&self) -> bool {
        self.address.is_ipv4()
    }

    /// Whether every address of the other range is in this one.
    pub fn contains(&self, other: &Self) -> bool {
        self.is_ipv4() == other.is_ipv4()
            && self.prefix <= other.prefix
            && network(other.address, self.prefix) == self.address
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// The first address of the range in which the address lies.
fn network(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        Cidr::new(text).expect_err(text).to_string()
    }

    #[test]
    fn ranges_are_read() {
        for text in [
            "0.0.0.0/0",
            "203.0.113.0/24",
            "10.0.0.1/32",
            "::/0",
            "2001:db8::/32",
        ] {
            assert_eq!(Cidr::new(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        assert!(told("0.0.0.0/33").contains("not a number from 0 to 32"));
        assert!(told("::/129").contains("not a number from 0 to 128"));
        assert!(told("10.0.0.0/+8").contains("not a number"));
        assert!(told("10.0.0.0/").contains("not a number"));
        assert!(told("10.0.0/8").contains("`10.0.0` is not an IP address"));
        assert!(told("10.0.0.1").ends_with("write \"10.0.0.1/32\" for this address alone"));
        assert!(told("office").contains("is not a range"));
    }

    #[test]
    fn host_bits_are_told_with_the_network() {
        assert_eq!(
            told("10.0.0.1/8"),
            "\"10.0.0.1/8\" has host bits set\n10.0.0.1 lies within the range, which begins at 10.0.0.0\n= help: write \"10.0.0.0/8\""
        );
    }

    #[test]
    fn a_range_contains_its_parts() {
        let range = |text: &str| Cidr::new(text).expect(text);
        assert!(range("10.0.0.0/8").contains(&range("10.1.0.0/16")));
        assert!(range("0.0.0.0/0").contains(&range("10.1.0.0/16")));
        assert!(!range("10.1.0.0/16").contains(&range("10.0.0.0/8")));
        assert!(!range("0.0.0.0/0").contains(&range("::/0")));
    }
}
