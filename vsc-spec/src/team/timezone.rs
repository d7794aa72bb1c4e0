//! Time zones.

use super::checked_text::checked_text;
use crate::const_diagnostic::ConstDiagnostic;
use crate::suggest::Search;
use crate::text;

/// The names of the time zone database, a line each, below one with the database's version: IANA,
/// <https://www.iana.org/time-zones>.
const DATABASE: &str = include_str!("../../data/timezones.txt");

checked_text! {
    /// The name of a time zone, such as `Europe/Rome`.
    Timezone by check
}

/// Validates the name of a time zone. Case counts, as it does on a file system.
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
            .note("names are those of the IANA time zone database, such as `Europe/Rome` or `UTC`")
            .help("`timedatectl list-timezones` shows them"),
    })
}

/// The time zone that was most likely meant: the nearest name, or, of a name without an area, the zone
/// of the nearest city.
const fn nearest(name: &str) -> Option<&'static str> {
    // Near an abbreviation is only another one, of another place.
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

/// Shorter names are abbreviations, such as `CEST`, or may be.
const SHORTEST_CITY: usize = 5;

/// What stands behind the last `/`.
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
            // It stands in quotes in an environment file, and in a string of CloudFormation.
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
    fn what_is_none_is_an_error_with_the_nearest() {
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
                error.ends_with("`timedatectl list-timezones` shows them"),
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
