//! What a declaration says of days: macros and synthesis know no clock, so that the same source gives
//! the same template on every day.

use std::time::{SystemTime, UNIX_EPOCH};

use vsc_spec::Finding;
use vsc_spec::team::{TeamIde, Tls};

use super::check::Check;

/// The checks of a team, on this day.
pub(super) fn checks(team: &TeamIde) -> Option<Check> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let days = i64::try_from(now.as_secs() / 86_400).ok()?;
    on_day(team.tls(), &day(days))
}

fn on_day(tls: &Tls, today: &str) -> Option<Check> {
    let Tls::Acme {
        until: Some(until), ..
    } = tls
    else {
        return None;
    };
    let until = until.as_str();
    // Days of this form are in the order of their letters.
    Some(if until < today {
        let finding = Finding::new(format!("`until = \"{until}\"` has passed"))
            .why("the host may answer no challenge of Let's Encrypt any more, so that no certificate is issued or renewed")
            .help("write a later day, or leave `until` out");
        Check::bad("certificate", finding)
    } else {
        Check::good("certificate", format!("issued and renewed until {until}"))
    })
}

/// The day that is so many days after 1970-01-01, as RFC 3339 writes it. The year is counted from
/// March, so that a leap day is the last day of its year.
fn day(days: i64) -> String {
    const OF_400_YEARS: i64 = 146_097;
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(OF_400_YEARS), days.rem_euclid(OF_400_YEARS));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::TlsDeclaration;

    use super::*;

    fn tls(until: Option<&'static str>) -> Tls {
        let team = TeamIde::builder().users(2).domain("code.x.com");
        let mut declaration = team.declaration();
        declaration.tls = Some(TlsDeclaration::Acme {
            email: Some("ops@x.com".into()),
            until: until.map(Into::into),
        });
        let team = declaration.check().expect("it is a team");
        team.tls().clone()
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_785, "2026-11-28"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(days), text);
        }
    }

    #[test]
    fn a_day_that_has_passed_is_reported() {
        let check = on_day(&tls(Some("2026-11-27")), "2026-11-28").expect("there is a day");
        assert!(check.is_bad());
        assert!(check.text().contains("`until = \"2026-11-27\"` has passed"));
        for day in ["2026-11-28", "2027-01-01"] {
            let check = on_day(&tls(Some(day)), "2026-11-28").expect("there is a day");
            assert!(!check.is_bad(), "{day}");
        }
        assert!(on_day(&tls(None), "2026-11-28").is_none());
    }
}
