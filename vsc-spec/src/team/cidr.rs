//! Ranges of addresses: RFC 4632 and RFC 4291, section 2.3.

use std::fmt;

use super::address::{Address, parse};
use crate::const_finding::ConstFinding;
use crate::text;

/// A range of addresses without host bits: `203.0.113.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: Address,
    prefix: u32,
}

impl Cidr {
    /// A range in CIDR notation.
    ///
    /// # Errors
    ///
    /// When it is no address with a prefix length, or an address within the range rather than its
    /// first.
    pub const fn new(range: &str) -> Result<Self, ConstFinding> {
        let finding = ConstFinding::new("")
            .quoted(range)
            .text(" is not a range of addresses");
        let Some((address, prefix)) = text::split_once(range, b'/') else {
            return Err(match parse(range) {
                Some(address) => finding
                    .why("the prefix length is missing")
                    .help("write \"")
                    .text(range)
                    .text("/")
                    .number(address.longest_prefix() as u128)
                    .text("\" for this address alone"),
                None => finding.help("for example \"203.0.113.0/24\", or `anywhere`"),
            });
        };
        let Some(parsed) = parse(address) else {
            return Err(finding
                .why("")
                .quoted(address)
                .text(" is not an IP address")
                .help("for example \"203.0.113.0/24\""));
        };
        let longest = parsed.longest_prefix();
        let prefix = match text::number(prefix) {
            // A prefix is 128 at the most.
            #[allow(clippy::cast_possible_truncation)]
            Some(prefix) if prefix <= longest as u64 => prefix as u32,
            _ => {
                return Err(finding
                    .why("the prefix length `")
                    .text(prefix)
                    .text("` is not a number from 0 to ")
                    .number(longest as u128));
            }
        };
        let network = Self {
            address: parsed.network(prefix),
            prefix,
        };
        if network.address.equals(parsed) {
            return Ok(network);
        }
        Err(ConstFinding::new("")
            .quoted(range)
            .text(" has host bits set")
            .why("")
            .text(address)
            .text(" lies within the range, which begins at ")
            .address(network.address)
            .help("write \"")
            .range(network)
            .text("\""))
    }

    /// Whether the addresses are IPv4.
    pub const fn is_ipv4(&self) -> bool {
        matches!(self.address, Address::V4(_))
    }

    /// Whether it is all addresses.
    pub const fn is_everything(&self) -> bool {
        self.prefix == 0
    }

    /// Whether every address of the other range is in this one.
    pub const fn contains(&self, other: &Self) -> bool {
        self.is_ipv4() == other.is_ipv4()
            && self.prefix <= other.prefix
            && other.address.network(self.prefix).equals(self.address)
    }
}

impl ConstFinding {
    const fn range(self, range: Cidr) -> Self {
        self.address(range.address)
            .text("/")
            .number(range.prefix as u128)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ConstFinding::new("").range(*self).as_str())
    }
}

/// Adds a range to a finding.
pub(super) const fn tell(finding: ConstFinding, range: Cidr) -> ConstFinding {
    finding.range(range)
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
        assert!(told("10.0.0/8").contains("\"10.0.0\" is not an IP address"));
        assert!(told("10.0.0.1").ends_with("write \"10.0.0.1/32\" for this address alone"));
        assert!(told("office").contains("is not a range"));
    }

    #[test]
    fn host_bits_are_told_with_the_network() {
        assert_eq!(
            told("10.0.0.1/8"),
            "\"10.0.0.1/8\" has host bits set\n10.0.0.1 lies within the range, which begins at 10.0.0.0\n= help: write \"10.0.0.0/8\""
        );
        assert!(told("2001:db8::1/32").ends_with("write \"2001:db8::/32\""));
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
