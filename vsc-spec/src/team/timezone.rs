//! Time zones.

use super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::suggest::Search;
use crate::text;

/// The version of the time zone database, then its names, a line each: IANA,
/// <https://www.iana.org/time-zones>.
const DATABASE: &str = include_str!("../../data/timezones.txt");

checked_text! {
    /// The name of a time zone, such as `Europe/Rome`.
    Timezone by check
}

/// Validates the name of a time zone. Case matters, as it does in a file system.
pub(super) const fn check(name: &str) -> Result<(), ConstDiagnostic> {
    let (_, mut rest) = text::next_part(DATABASE, b'\n');
    while let Some(names) = rest {
        let known;
        (known, rest) = text::next_part(names, b'\n');
        if !known.is_empty() && text::equal(known, name) {
            return Ok(());
        }
    }
    let diagnostic = ConstDiagnostic::new("there is no time zone ").quoted(name);
    Err(match nearest(name) {
        Some(zone) => diagnostic.help("did you mean `").text(zone).text("`?"),
        None => diagnostic
            .note("time zones have the names of the IANA database, such as `Europe/Rome` or `UTC`")
            .help("run `timedatectl list-timezones` for the names"),
    })
}

/// The time zone that was most likely meant: the nearest name or, if the name has no area, the nearest
/// city.
const fn nearest(name: &str) -> Option<&'static str> {
    // The nearest name to an abbreviation is that of another zone.
    if name.len() < SHORTEST_CITY {
        return None;
    }
    let of_city = !text::contains(name, b'/');
    let mut search = Search::new(name);
    let (_, mut rest) = text::next_part(DATABASE, b'\n');
    while let Some(names) = rest {
        let known;
        (known, rest) = text::next_part(names, b'\n');
        search.offer(if of_city { city(known) } else { known });
    }
    let Some(found) = search.found() else {
        return None;
    };
    let (_, mut rest) = text::next_part(DATABASE, b'\n');
    while let Some(names) = rest {
        let known;
        (known, rest) = text::next_part(names, b'\n');
        if text::equal(if of_city { city(known) } else { known }, found) {
            return Some(known);
        }
    }
    None
}

/// Shorter names may be abbreviations, such as `CEST`.
const SHORTEST_CITY: usize = 5;

/// The part after the last `/`.
const fn city(zone: &str) -> &str {
    let mut city = zone;
    while let Some((_, rest)) = text::split_once(city, b'/') {
        city = rest;
    }
    city
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_zone_is_one_of_the_database() {
        let mut lines = DATABASE.lines();
        let version = lines.next().expect("it has a first line");
        assert!(version.starts_with("tzdata 20"), "{version}");
        let mut count = 0;
        for zone in lines {
            assert_eq!(Timezone::new(zone).map(|zone| zone.0), Ok(zone.into()));
            // It is quoted in an environment file, and in a string of CloudFormation.
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte);
            assert!(zone.bytes().all(is_plain), "{zone}");
            count += 1;
        }
        assert!(count > 590, "{count}");
        for zone in ["Europe/Rome", "UTC", "US/Pacific", "Etc/GMT+5", "GMT0"] {
            assert!(check(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn an_unknown_time_zone_is_an_error_with_the_nearest() {
        for (name, zone) in [
            ("Europe/Roma", "Europe/Rome"),
            ("europe/rome", "Europe/Rome"),
            ("Amercia/New_York", "America/New_York"),
            ("London", "Europe/London"),
            ("New York", "America/New_York"),
        ] {
            let error = check(name).expect_err(name).to_string();
            assert_eq!(
                error,
                format!("there is no time zone {name:?}\n= help: did you mean `{zone}`?")
            );
        }
        for name in ["", " ", "CEST", "+02:00", "Nowhere/Land", "${Zone}", "\n"] {
            let error = check(name).expect_err(name).to_string();
            assert!(
                error.ends_with("run `timedatectl list-timezones` for the names"),
                "{error}"
            );
        }
        let version = DATABASE.lines().next().expect("it has a first line");
        assert!(check(version).is_err());
    }

    #[test]
    fn a_team_has_the_time_zone_that_is_declared() {
        let team = || super::super::TeamIde::builder().users(2).tls_none();
        let rome = team().timezone("Europe/Rome").build().expect("it is right");
        assert_eq!(rome.timezone().map(Timezone::as_str), Some("Europe/Rome"));
        let none = team().build().expect("it is right");
        assert_eq!(none.timezone(), None);
    }
}
