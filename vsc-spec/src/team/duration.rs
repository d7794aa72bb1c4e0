//! Durations, such as that of a session.

use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// A duration in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    minutes: u64,
}

const MINUTES_PER_HOUR: u64 = 60;
const MINUTES_PER_DAY: u64 = 24 * MINUTES_PER_HOUR;

/// More minutes than any bound: a longer duration is cut to it.
const LONGEST: u64 = 1 << 40;

impl Duration {
    /// A number of minutes.
    pub const fn from_minutes(minutes: u64) -> Self {
        Self { minutes }
    }

    /// A number of hours.
    pub const fn from_hours(hours: u64) -> Self {
        Self {
            minutes: hours.saturating_mul(MINUTES_PER_HOUR),
        }
    }

    /// A number of days.
    pub const fn from_days(days: u64) -> Self {
        Self {
            minutes: days.saturating_mul(MINUTES_PER_DAY),
        }
    }

    /// The duration in minutes.
    pub const fn minutes(self) -> u64 {
        self.minutes
    }

    /// The duration in seconds.
    pub const fn seconds(self) -> u64 {
        self.minutes.saturating_mul(60)
    }

    /// The shorter of two durations.
    pub(super) const fn min(self, other: Self) -> Self {
        if other.minutes < self.minutes {
            other
        } else {
            self
        }
    }

    /// A duration with its unit: `30 min`, `12 h`, `7 d`.
    ///
    /// # Errors
    ///
    /// When the number or the unit is missing or invalid.
    pub const fn new(duration: &str) -> Result<Self, ConstDiagnostic> {
        let (number, unit) = number_and_unit(duration);
        let per_unit = match unit.as_bytes() {
            b"min" => 1,
            b"h" => MINUTES_PER_HOUR,
            b"d" => MINUTES_PER_DAY,
            _ => return Err(malformed(duration)),
        };
        match text::number(number) {
            Some(number) if number < LONGEST => Ok(Self {
                minutes: number * per_unit,
            }),
            Some(_) => Ok(Self { minutes: LONGEST }),
            None => Err(malformed(duration)),
        }
    }
}

/// The error about a string that is not a duration.
const fn malformed(duration: &str) -> ConstDiagnostic {
    let diagnostic = ConstDiagnostic::new("")
        .quoted(duration)
        .text(" is not a valid duration");
    let (number, unit) = number_and_unit(duration);
    let whole = text::number(number);
    let diagnostic = if unit.is_empty() && whole.is_some() {
        diagnostic.note("the unit is missing")
    } else if whole.is_none() && text::contains(number, b'.') {
        diagnostic.note("a duration is a whole number of minutes, hours or days")
    } else {
        diagnostic.note("the units are `min`, `h` and `d`")
    };
    let lower = text::lower::<16>(unit);
    let meant = match lower.bytes() {
        b"m" | b"min" | b"mins" | b"minute" | b"minutes" => " min",
        b"" | b"h" | b"hr" | b"hrs" | b"hour" | b"hours" => " h",
        b"d" | b"day" | b"days" => " d",
        _ => "",
    };
    match whole {
        Some(whole) if !meant.is_empty() => diagnostic
            .help("write \"")
            .number(whole as u128)
            .text(meant)
            .text("\""),
        _ => diagnostic.help("for example \"12 h\""),
    }
}

const fn number_and_unit(duration: &str) -> (&str, &str) {
    let duration = text::trim(duration);
    let bytes = duration.as_bytes();
    let mut end = 0;
    while end < bytes.len() && (bytes[end].is_ascii_digit() || bytes[end] == b'.') {
        end += 1;
    }
    let (number, unit) = duration.split_at(end);
    (number, text::trim(unit))
}

impl ConstDiagnostic {
    /// Adds a duration, in the largest unit of which it is a whole number.
    #[must_use]
    pub(super) const fn duration(self, duration: Duration) -> Self {
        let (number, unit) = duration.in_unit();
        self.number(number as u128).text(unit)
    }
}

impl Duration {
    const fn in_unit(self) -> (u64, &'static str) {
        if self.minutes > 0 && self.minutes.is_multiple_of(MINUTES_PER_DAY) {
            (self.minutes / MINUTES_PER_DAY, " d")
        } else if self.minutes > 0 && self.minutes.is_multiple_of(MINUTES_PER_HOUR) {
            (self.minutes / MINUTES_PER_HOUR, " h")
        } else {
            (self.minutes, " min")
        }
    }
}

impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (number, unit) = self.in_unit();
        write!(f, "{number}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit() {
        for (text, minutes, shown) in [
            ("30 min", 30, "30 min"),
            ("12 h", 720, "12 h"),
            ("12h", 720, "12 h"),
            (" 7 d ", 10_080, "7 d"),
            ("24 h", 1_440, "1 d"),
            ("90 min", 90, "90 min"),
            ("0 min", 0, "0 min"),
        ] {
            let duration = Duration::new(text).expect(text);
            assert_eq!(duration.minutes(), minutes, "{text}");
            assert_eq!(duration.seconds(), 60 * minutes, "{text}");
            assert_eq!(duration.to_string(), shown);
        }
        let huge = Duration::new("99999999999999999999 d").map(Duration::minutes);
        assert!(huge.is_err());
        let large = Duration::new("9999999999999999 d").map(Duration::minutes);
        assert_eq!(large.ok(), Some(LONGEST));
    }

    #[test]
    fn a_near_miss_is_an_error_with_the_normal_form() {
        for (text, note, help) in [
            ("12", "the unit is missing", "write \"12 h\""),
            (
                "12 hours",
                "the units are `min`, `h` and `d`",
                "write \"12 h\"",
            ),
            (
                "30m",
                "the units are `min`, `h` and `d`",
                "write \"30 min\"",
            ),
            (
                "7 Days",
                "the units are `min`, `h` and `d`",
                "write \"7 d\"",
            ),
            (
                "1.5 h",
                "a duration is a whole number of minutes, hours or days",
                "for example \"12 h\"",
            ),
            (
                "2 w",
                "the units are `min`, `h` and `d`",
                "for example \"12 h\"",
            ),
            (
                "",
                "the units are `min`, `h` and `d`",
                "for example \"12 h\"",
            ),
            (
                "-1 h",
                "the units are `min`, `h` and `d`",
                "for example \"12 h\"",
            ),
        ] {
            let diagnostic = Duration::new(text).expect_err(text);
            let expected = format!("{text:?} is not a valid duration\n{note}\n= help: {help}");
            assert_eq!(diagnostic.to_string(), expected);
        }
    }
}
