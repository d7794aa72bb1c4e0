//! Address ranges that are open to the internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object};

/// The extent to which a range covers the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Open {
    /// A part that is larger than any network of a single organization.
    Partly,
    /// All of it.
    Wholly,
}

/// The widest prefixes of a single organization: IANA allocated no IPv4 network larger than a /8, and
/// 2000::/3 is the part of IPv6 that is in use.
const WIDEST_V4: u8 = 8;
const WIDEST_V6: u8 = 4;

/// The extent of the range that a value may have under any condition, written out or as the result of
/// functions.
pub(super) fn open(value: &Json, template: &Json) -> Option<Open> {
    const DEEPEST: usize = 16;
    possible(value, template, DEEPEST)
}

fn possible(value: &Json, template: &Json, depth: usize) -> Option<Open> {
    let depth = depth.checked_sub(1)?;
    let (function, argument) = match value {
        Json::String(text) => return range(text),
        Json::Object(object) => object.function()?,
        _ => return None,
    };
    match (function, argument) {
        (IntrinsicFunction::Sub, Json::String(text)) => substituted(text, template, depth),
        (IntrinsicFunction::Join, Json::Array(arguments)) => match arguments.as_slice() {
            [Json::String(between), Json::Array(items)] => {
                let items: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
                range(&items?.join(between))
            }
            _ => None,
        },
        (IntrinsicFunction::If, Json::Array(arguments)) => {
            let branches = arguments.iter().skip(1);
            branches
                .filter_map(|branch| possible(branch, template, depth))
                .max()
        }
        (IntrinsicFunction::Select, Json::Array(arguments)) => {
            let items = arguments.get(1)?.as_array()?;
            let index = match arguments.first()? {
                Json::Integer(index) => usize::try_from(*index).ok()?,
                Json::String(index) => index.parse().ok()?,
                _ => return None,
            };
            possible(items.get(index)?, template, depth)
        }
        (IntrinsicFunction::FindInMap, Json::Array(arguments)) => {
            let map = template
                .get("Mappings")?
                .get(arguments.first()?.as_str()?)?;
            let name = arguments.get(2)?.as_str()?;
            let keys = map.as_object().into_iter().flat_map(Object::iter);
            let wanted = arguments.get(1).and_then(Json::as_str);
            keys.filter(|(key, _)| wanted.is_none_or(|wanted| wanted == *key))
                .filter_map(|(_, values)| possible(values.get(name)?, template, depth))
                .max()
        }
        (IntrinsicFunction::Ref, Json::String(parameter)) => default(parameter, template),
        _ => None,
    }
}

/// The default of a parameter.
fn default(parameter: &str, template: &Json) -> Option<Open> {
    let parameter = template.get("Parameters")?.get(parameter)?;
    range(parameter.get("Default")?.as_str()?)
}

fn substituted(text: &str, template: &Json, depth: usize) -> Option<Open> {
    match text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'))
    {
        Some(name) if !name.contains("${") => {
            let reference =
                Json::object([(IntrinsicFunction::Ref, Json::from(name.trim().to_owned()))]);
            possible(&reference, template, depth)
        }
        _ => range(text),
    }
}

/// A range in any spelling of its addresses.
pub(super) fn range(text: &str) -> Option<Open> {
    // The widest of a comma-separated list counts.
    text.split(',').filter_map(|one| single(one.trim())).max()
}

fn single(text: &str) -> Option<Open> {
    let (address, prefix) = text.split_once('/')?;
    let is_number = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
    let prefix: u8 = prefix.parse().ok().filter(|_| is_number)?;
    let (widest, is_private) = match address.parse().ok().or_else(|| v4(address))? {
        IpAddr::V4(_) => (WIDEST_V4, false),
        // Nothing comes from `::ffff:0:0/96` (IPv4 in IPv6) on the internet.
        IpAddr::V6(address) => (WIDEST_V6, is_local(address)),
    };
    match prefix {
        0 => Some(Open::Wholly),
        prefix if prefix < widest && !is_private => Some(Open::Partly),
        _ => None,
    }
}

/// IPv4 addresses with leading zeros.
fn v4(text: &str) -> Option<IpAddr> {
    let parts: Option<Vec<u8>> = text.split('.').map(|part| part.parse().ok()).collect();
    let parts: [u8; 4] = parts?.try_into().ok()?;
    Some(IpAddr::V4(Ipv4Addr::from(parts)))
}

/// Addresses that are not on the internet: all that are begin with 001.
fn is_local(address: Ipv6Addr) -> bool {
    let first = address.segments()[0] >> 12;
    first > 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_everything_is_open() {
        for text in [
            "0.0.0.0/0",
            "0.0.0.0/00",
            "000.0.0.0/0",
            "10.0.0.0/0",
            "::/0",
            "0::/0",
            "::0/0",
            "0:0:0:0:0:0:0:0/0",
            "0000:0000:0000:0000:0000:0000:0000:0000/0",
            "::0.0.0.0/0",
            "0::0/00",
            "2001:db8::/0",
            " 0.0.0.0/0 ",
            "10.0.0.0/8, 0.0.0.0/0",
        ] {
            assert_eq!(range(text), Some(Open::Wholly), "{text}");
        }
        for text in [
            "0.0.0.0/1",
            "128.0.0.0/1",
            "64.0.0.0/2",
            "192.0.0.0/7",
            "2000::/3",
            "::/1",
        ] {
            assert_eq!(range(text), Some(Open::Partly), "{text}");
        }
    }

    #[test]
    fn networks_of_organizations_are_not_open() {
        for text in [
            "10.0.0.0/8",
            "0.0.0.0/32",
            "0.0.0.0",
            "fc00::/7",
            "fe80::/10",
            "2001:db8::/32",
            "203.0.113.0/24",
            "",
            "/0",
            "x/0",
            "0.0.0.0/+0",
            "0.0.0.0/33",
        ] {
            assert_eq!(range(text), None, "{text}");
        }
    }
}
