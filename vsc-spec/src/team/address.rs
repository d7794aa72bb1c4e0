//! IP addresses in const evaluation, where the standard library cannot read them.

use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// An IP address as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    V4(u32),
    V6(u128),
}

impl Address {
    pub(super) const fn longest_prefix(self) -> u32 {
        match self {
            Self::V4(_) => 32,
            Self::V6(_) => 128,
        }
    }

    /// The first address of the range that contains the address.
    pub(super) const fn network(self, prefix: u32) -> Self {
        match self {
            Self::V4(bits) => Self::V4(match u32::MAX.checked_shl(32 - prefix) {
                Some(mask) => bits & mask,
                None => 0,
            }),
            Self::V6(bits) => Self::V6(match u128::MAX.checked_shl(128 - prefix) {
                Some(mask) => bits & mask,
                None => 0,
            }),
        }
    }

    pub(super) const fn equals(self, other: Self) -> bool {
        match (self, other) {
            (Self::V4(a), Self::V4(b)) => a == b,
            (Self::V6(a), Self::V6(b)) => a == b,
            _ => false,
        }
    }
}

/// Parses an address.
pub(super) const fn parse(text: &str) -> Option<Address> {
    if text::contains(text, b':') {
        match parse_ipv6(text) {
            Some(bits) => Some(Address::V6(bits)),
            None => None,
        }
    } else {
        match parse_ipv4(text) {
            Some(bits) => Some(Address::V4(bits)),
            None => None,
        }
    }
}

/// Four numbers from 0 to 255, without leading zeros.
const fn parse_ipv4(text: &str) -> Option<u32> {
    let (mut part, mut rest) = text::next_part(text, b'.');
    let (mut bits, mut count) = (0, 0);
    loop {
        let leading_zero = part.len() > 1 && part.as_bytes()[0] == b'0';
        match text::number(part) {
            #[allow(clippy::cast_possible_truncation)]
            Some(number) if number <= 255 && !leading_zero => bits = bits << 8 | number as u32,
            _ => return None,
        }
        count += 1;
        match rest {
            Some(more) => (part, rest) = text::next_part(more, b'.'),
            None if count == 4 => return Some(bits),
            _ => return None,
        }
    }
}

/// Eight groups of hexadecimal digits, of which `::` stands for one or more that are zero; the
/// last two may be an IPv4 address: RFC 4291, section 2.2.
const fn parse_ipv6(text: &str) -> Option<u128> {
    const GROUPS: usize = 8;
    let mut groups = [0; GROUPS];
    let (mut count, mut gap) = (0, None);
    let mut rest = match text::strip_prefix(text, "::") {
        Some(rest) => {
            gap = Some(0);
            rest
        }
        None => text,
    };
    if rest.is_empty() && gap.is_none() {
        return None;
    }
    while !rest.is_empty() {
        let (part, more) = text::next_part(rest, b':');
        if more.is_none() && text::contains(part, b'.') {
            match parse_ipv4(part) {
                Some(bits) if count + 2 <= GROUPS => {
                    groups[count] = (bits >> 16) as u128;
                    groups[count + 1] = (bits & 0xffff) as u128;
                    count += 2;
                    break;
                }
                _ => return None,
            }
        }
        let digits = !part.is_empty() && part.len() <= 4 && part.as_bytes()[0] != b'+';
        match u16::from_str_radix(part, 16) {
            Ok(group) if digits && count < GROUPS => groups[count] = group as u128,
            _ => return None,
        }
        count += 1;
        rest = match more {
            // A single colon at the end.
            Some(more) if more.is_empty() => return None,
            Some(more) => match text::strip_prefix(more, ":") {
                Some(_) if gap.is_some() => return None,
                Some(more) => {
                    gap = Some(count);
                    more
                }
                None => more,
            },
            None => "",
        };
    }
    let missing = GROUPS - count;
    let gap = match gap {
        Some(gap) if missing > 0 => gap,
        None if missing == 0 => GROUPS,
        _ => return None,
    };
    let (mut bits, mut at) = (0, 0);
    while at < GROUPS {
        let group = if at < gap {
            groups[at]
        } else if at < gap + missing {
            0
        } else {
            groups[at - missing]
        };
        bits = bits << 16 | group;
        at += 1;
    }
    Some(bits)
}

impl ConstDiagnostic {
    pub(super) const fn address(self, address: Address) -> Self {
        match address {
            Address::V4(bits) => {
                let [a, b, c, d] = bits.to_be_bytes();
                self.number(a as u128)
                    .text(".")
                    .number(b as u128)
                    .text(".")
                    .number(c as u128)
                    .text(".")
                    .number(d as u128)
            }
            Address::V6(bits) => self.ipv6(bits),
        }
    }

    /// The canonical form: RFC 5952, section 4.
    const fn ipv6(self, bits: u128) -> Self {
        let zeros = longest_zeros(bits);
        let mut diagnostic = self;
        let mut at = 0;
        while at < 8 {
            if let Some(zeros) = zeros
                && at == zeros.start
            {
                diagnostic = diagnostic.text("::");
                at = zeros.end;
                continue;
            }
            if at > 0 && !matches!(zeros, Some(zeros) if at == zeros.end) {
                diagnostic = diagnostic.text(":");
            }
            diagnostic = diagnostic.hexadecimal(group(bits, at));
            at += 1;
        }
        diagnostic
    }
}

const fn group(bits: u128, at: usize) -> u128 {
    bits >> (112 - 16 * at) & 0xffff
}

/// Groups of an IPv6 address, by their indexes.
#[derive(Clone, Copy)]
struct Groups {
    start: usize,
    end: usize,
}

/// The longest run of at least two groups that are zero.
const fn longest_zeros(bits: u128) -> Option<Groups> {
    let mut longest = None;
    let mut length = 1;
    let mut from = 0;
    while from < 8 {
        let mut to = from;
        while to < 8 && group(bits, to) == 0 {
            to += 1;
        }
        if to - from > length {
            longest = Some(Groups {
                start: from,
                end: to,
            });
            length = to - from;
        }
        from = to + 1;
    }
    longest
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv6Addr};

    use super::*;

    /// The standard library reads addresses at run time only.
    #[test]
    fn addresses_are_read_as_the_standard_library_reads_them() {
        for text in [
            "",
            "1.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "256.1.1.1",
            "1..2.3",
            "::",
            "::1",
            "1::",
            "1::2",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7",
            "1:::2",
            ":1",
            "1:",
            ":",
            ":::",
            "1::2::3",
            "12345::",
            "g::",
            "::ffff:1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "::1.2.3.4:5",
            "::+1",
            "fe80::1%eth0",
            "2001:DB8::1",
            "1.2.3.4.",
            "::1:",
            "1:2:3:4:5:6:7:8:",
            "1::2:3:4:5:6:7:8",
            "::1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8::",
            "0:0:0:0:0:ffff:10.0.0.1",
            "1.2.3.4::",
        ] {
            let known = text.parse::<IpAddr>().ok().map(|address| match address {
                IpAddr::V4(address) => Address::V4(address.to_bits()),
                IpAddr::V6(address) => Address::V6(address.to_bits()),
            });
            assert_eq!(parse(text), known, "{text:?}");
        }
    }

    #[test]
    fn addresses_are_written_as_the_standard_library_writes_them() {
        for bits in [
            0,
            1,
            u128::MAX,
            1 << 112,
            0x2001_0db8_0000_0001_0000_0000_0000_0001,
            0x2001_0db8_0000_0001_0002_0003_0004_0005,
            0x0001_0000_0000_0002_0000_0000_0000_0000,
            0x0001_0000_0000_0002_0000_0000_0003_0004,
            0x0001_0000_0000_0002_0003_0004_0005_0006,
        ] {
            let written = ConstDiagnostic::new("").ipv6(bits).to_string();
            assert_eq!(written, Ipv6Addr::from_bits(bits).to_string());
        }
    }
}
