//! Checks against today's date. Macros and synthesis read no clock, so that the same source gives
//! the same template every day.

use vsc_spec::Diagnostic;
use vsc_spec::team::Date;

use super::check::Check;
use crate::assembly::{Certificate, Team};

/// The checks of a team, on this day.
pub(super) fn checks(team: &Team) -> Vec<Check> {
    let today = Date::today();
    let certificate = of_certificate(team, &today);
    certificate
        .into_iter()
        .chain(of_images(team, &today))
        .collect()
}

fn of_certificate(team: &Team, today: &Date) -> Option<Check> {
    let Some(Certificate::Issued {
        issuer,
        until: Some(until),
    }) = &team.needs.certificate
    else {
        return None;
    };
    let days = today.days_until(&Date::new(until.clone()).ok()?);
    Some(if days < 0 {
        let diagnostic = Diagnostic::new(format!("`until = \"{until}\"` has passed"))
            .note(format!("the host may no longer answer the challenges of {issuer}, so no certificate is issued or renewed"))
            .help("write a later date, or remove `until`");
        Check::bad("certificate", diagnostic)
    } else {
        Check::good("certificate", format!("issued and renewed until {until}"))
    })
}

fn of_images(team: &Team, today: &Date) -> Vec<Check> {
    let check = |diagnostic| Check::doubtful("images", diagnostic);
    let outdated = team.outdated_images(today).into_iter();
    outdated.map(check).collect()
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::TlsDeclaration;

    use super::*;
    use crate::assembly::written;

    fn day(text: &'static str) -> Date {
        Date::new(text).expect("it is a day")
    }

    fn team(until: Option<&'static str>) -> Team {
        let mut declaration = written::builder().declaration();
        declaration.tls = Some(TlsDeclaration::Acme {
            email: Some("ops@x.com".into()),
            until: until.map(Into::into),
            staging: false,
        });
        written::declared(declaration).team.expect("it is a team")
    }

    #[test]
    fn a_past_date_is_reported() {
        let on_day = |until| of_certificate(&team(until), &day("2026-11-28"));
        let check = on_day(Some("2026-11-27")).expect("there is a day");
        assert!(check.is_bad());
        assert!(crate::view::doctor::text(&check).contains("`until = \"2026-11-27\"` has passed"));
        for day in ["2026-11-28", "2027-01-01"] {
            let check = on_day(Some(day)).expect("there is a day");
            assert!(!check.is_bad(), "{day}");
        }
        assert!(on_day(None).is_none());
    }

    #[test]
    fn outdated_default_images_are_doubtful() {
        let team = written::team(|team| team).team.expect("it is a team");
        assert_eq!(of_images(&team, &day("2000-01-01")), []);
        let checks = of_images(&team, &day("2999-01-01"));
        assert_eq!(checks.len(), 2);
        assert!(checks.iter().all(|check| !check.is_bad()));
        let text = crate::view::doctor::text(&checks[0]);
        assert!(
            text.contains("images") && text.contains("codercom/code-server:"),
            "{text}"
        );
    }
}
