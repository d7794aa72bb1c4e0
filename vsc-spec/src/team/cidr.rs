//! Ranges of addresses: RFC 4632 and RFC 4291, section 2.3.

use std::fmt;

use super::address::{Address, parse};
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// All addresses, for [`Cidr::share`].
pub(super) const WHOLE: u64 = 1 << 63;

/// A range of addresses without host bits: `203.0.113.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: Address,
    prefix: u32,
}

impl Cidr {
    /// A range in CIDR syntax.
    ///
    /// # Errors
    ///
    /// When it is not an address with a prefix length, or has host bits set.
    pub const fn new(range: &str) -> Result<Self, ConstDiagnostic> {
        Self::like(range, "for example \"203.0.113.0/24\", or `anywhere`")
    }

    /// As [`Cidr::new`], with the help for a string that is not a range at all.
    pub(super) const fn like(range: &str, example: &str) -> Result<Self, ConstDiagnostic> {
        let Some((address, prefix)) = text::split_once(range, b'/') else {
            return Err(match parse(range) {
                Some(address) => not_a_range(range)
                    .note("the prefix length is missing")
                    .help("write \"")
                    .text(range)
                    .text("/")
                    .number(address.longest_prefix() as u128)
                    .text("\" for this address alone"),
                None => not_a_range(range).help(example),
            });
        };
        let Some(parsed) = parse(address) else {
            return Err(not_a_range(range)
                .note("")
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
                return Err(not_a_range(range)
                    .note("the prefix length `")
                    .text(prefix)
                    .text("` is not a number from 0 to ")
                    .number(longest as u128));
            }
        };
        let network = Self {
            address: parsed.network(prefix),
            prefix,
        };
        if let Some(ipv4) = network.mapped() {
            return Err(not_a_range(range)
                .note("it maps IPv4 to IPv6 (RFC 4291, section 2.5.5.2)")
                .help("write \"")
                .range(ipv4)
                .text("\""));
        }
        if network.address.equals(parsed) {
            return Ok(network);
        }
        Err(ConstDiagnostic::new("")
            .quoted(range)
            .text(" has host bits set")
            .note("")
            .text(address)
            .text(" is inside the range, which begins at ")
            .address(network.address)
            .help("write \"")
            .range(network)
            .text("\""))
    }

    /// The IPv4 range that it maps, within `::ffff:0:0/96`.
    const fn mapped(&self) -> Option<Self> {
        match self.address {
            Address::V6(bits) if bits >> 32 == 0xffff && self.prefix >= 96 => Some(Self {
                // The upper bits are those of the prefix.
                #[allow(clippy::cast_possible_truncation)]
                address: Address::V4(bits as u32),
                prefix: self.prefix - 96,
            }),
            _ => None,
        }
    }

    /// Whether the addresses are IPv4.
    pub const fn is_ipv4(&self) -> bool {
        matches!(self.address, Address::V4(_))
    }

    /// Its share of all public addresses of its version, in parts of [`WHOLE`]: of IPv4 all addresses, of
    /// IPv6 those of 2000::/3 (RFC 4291, section 2.4).
    pub(super) const fn share(&self) -> u64 {
        let parts = match self.address {
            Address::V4(_) => self.prefix,
            Address::V6(bits) if self.prefix >= 3 && bits >> 125 == 1 => self.prefix - 3,
            Address::V6(bits) if self.prefix < 3 && bits >> 125 <= 1 => 0,
            Address::V6(_) => return 0,
        };
        match WHOLE.checked_shr(parts) {
            Some(share) => share,
            None => 0,
        }
    }

    /// Whether the two have an address in common.
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// Whether every address of the other range is in this one.
    pub const fn contains(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && other.address.network(self.prefix).equals(self.address)
    }
}

const fn not_a_range(range: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(range)
        .text(" is not an IP address range")
}

impl ConstDiagnostic {
    const fn range(self, range: Cidr) -> Self {
        self.address(range.address)
            .text("/")
            .number(range.prefix as u128)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ConstDiagnostic::new("").range(*self).as_str())
    }
}

/// Adds a range to a diagnostic.
pub(super) const fn append(diagnostic: ConstDiagnostic, range: Cidr) -> ConstDiagnostic {
    diagnostic.range(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(text: &str) -> String {
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
            "2001:db8::1/128",
            "::fffe:0:0/95",
        ] {
            assert_eq!(Cidr::new(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn invalid_ranges_are_errors() {
        assert!(reported("0.0.0.0/33").contains("not a number from 0 to 32"));
        assert!(reported("::/129").contains("not a number from 0 to 128"));
        assert!(reported("10.0.0.0/+8").contains("not a number"));
        assert!(reported("10.0.0.0/").contains("not a number"));
        assert!(reported("10.0.0/8").contains("\"10.0.0\" is not an IP address"));
        assert!(reported("10.0.0.1").ends_with("write \"10.0.0.1/32\" for this address alone"));
        assert!(reported("office").contains("is not an IP address range"));
        assert!(reported("::ffff:10.0.0.0/104").ends_with("write \"10.0.0.0/8\""));
        assert!(reported("::ffff:0:0/96").ends_with("write \"0.0.0.0/0\""));
    }

    #[test]
    fn host_bits_are_an_error_with_the_network() {
        assert_eq!(
            reported("10.0.0.1/8"),
            "\"10.0.0.1/8\" has host bits set\n10.0.0.1 is inside the range, which begins at 10.0.0.0\n= help: write \"10.0.0.0/8\""
        );
        assert!(reported("2001:db8::1/32").ends_with("write \"2001:db8::/32\""));
    }

    #[test]
    fn a_range_contains_its_parts() {
        let range = |text: &str| Cidr::new(text).expect(text);
        assert!(range("10.0.0.0/8").contains(&range("10.1.0.0/16")));
        assert!(range("0.0.0.0/0").contains(&range("10.1.0.0/16")));
        assert!(!range("10.1.0.0/16").contains(&range("10.0.0.0/8")));
        assert!(!range("0.0.0.0/0").contains(&range("::/0")));
        for (a, b, expected) in [
            ("10.0.0.0/8", "10.1.0.0/16", true),
            ("10.1.0.0/16", "10.0.0.0/8", true),
            ("10.0.0.0/8", "10.0.0.0/8", true),
            ("10.0.0.0/8", "11.0.0.0/8", false),
            ("10.0.0.0/8", "11.1.0.0/16", false),
            ("2001:db8::/32", "2001:db8:1::/48", true),
            ("::/0", "0.0.0.0/0", false),
        ] {
            assert_eq!(range(a).overlaps(&range(b)), expected, "{a} {b}");
        }
        assert!(range("0.0.0.0/0").is_ipv4() && !range("::/0").is_ipv4());
    }
}
