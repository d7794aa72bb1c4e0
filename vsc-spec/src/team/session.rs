//! How long a login is valid.

use super::declaration::declared;
use super::duration::Duration;
use super::key::Key;
use super::path::DeclarationPath;
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;
use crate::json::Text;

/// A session if none is declared: a working day.
pub(super) const DEFAULT_SESSION: Duration = Duration::from_hours(12);

/// The time without a request after which a session ends if none is declared.
pub(super) const DEFAULT_IDLE: Duration = Duration::from_hours(2);

/// The bounds of both.
const SHORTEST: Duration = Duration::from_minutes(5);
const LONGEST: Duration = Duration::from_days(30);

/// Validates `session` and `idle`.
pub(super) const fn check(
    validation: &mut Validation,
    session: Option<&Text>,
    idle: Option<&Text>,
) {
    let session = match declared(session) {
        Some(text) => validation.take(
            DeclarationPath::Value(Key::Session),
            check_bounds(Key::Session, text),
        ),
        None => Some(DEFAULT_SESSION),
    };
    let idle = match declared(idle) {
        Some(text) => validation.take(
            DeclarationPath::Value(Key::Idle),
            check_bounds(Key::Idle, text),
        ),
        None => None,
    };
    if let (Some(session), Some(idle)) = (session, idle)
        && idle.minutes() > session.minutes()
    {
        let diagnostic = ConstDiagnostic::new("`idle` is longer than the session")
            .note("a session ends after ")
            .duration(session)
            .text(", whether it is used or not")
            .help("write `idle = \"")
            .duration(session.min(DEFAULT_IDLE))
            .text("\"`, or a longer `session`");
        validation.reject(DeclarationPath::Value(Key::Idle), diagnostic);
    }
}

const fn check_bounds(key: Key, text: &str) -> Result<Duration, ConstDiagnostic> {
    let duration = match Duration::new(text) {
        Ok(duration) => duration,
        Err(diagnostic) => return Err(diagnostic),
    };
    let rejected = ConstDiagnostic::new("`")
        .text(key.name())
        .text("` cannot be ")
        .quoted(text);
    if duration.minutes() < SHORTEST.minutes() {
        return Err(rejected
            .note("a session of less than ")
            .duration(SHORTEST)
            .text(" would end while somebody works")
            .help("write `")
            .text(key.example())
            .text("`"));
    }
    if duration.minutes() > LONGEST.minutes() {
        return Err(rejected
            .note("a stolen session must end: after ")
            .duration(LONGEST)
            .text(" at the latest")
            .help("write `")
            .text(key.name())
            .text(" = \"")
            .duration(LONGEST)
            .text("\"`"));
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use crate::team::{Declaration, Users};

    fn team(session: Option<&'static str>, idle: Option<&'static str>) -> Declaration {
        Declaration {
            type_name: "AcmeIde".into(),
            users: Some(Users::Count(2)),
            domain: Some("code.x.com".into()),
            session: session.map(Into::into),
            idle: idle.map(Into::into),
            ..Declaration::default()
        }
    }

    #[test]
    fn a_session_has_defaults() {
        for (session, idle, expected) in [
            (None, None, (720, 120)),
            (Some("5 min"), None, (5, 5)),
            (Some("30 d"), Some("30 d"), (43_200, 43_200)),
            (None, Some("12 h"), (720, 720)),
        ] {
            let ide = team(session, idle).check().expect("it is right");
            let minutes = (ide.session().minutes(), ide.idle().minutes());
            assert_eq!(minutes, expected, "{session:?} {idle:?}");
        }
    }

    #[test]
    fn a_session_out_of_bounds_is_an_error() {
        for (session, idle, expected) in [
            (
                Some("4 min"),
                None,
                "`session` cannot be \"4 min\"\na session of less than 5 min would end while somebody works\n\
                 = help: write `session = \"12 h\"`",
            ),
            (
                Some("31 d"),
                None,
                "`session` cannot be \"31 d\"\na stolen session must end: after 30 d at the latest\n\
                 = help: write `session = \"30 d\"`",
            ),
            (
                None,
                Some("0 h"),
                "`idle` cannot be \"0 h\"\na session of less than 5 min would end while somebody works\n\
                 = help: write `idle = \"2 h\"`",
            ),
            (
                None,
                Some("13 h"),
                "`idle` is longer than the session\na session ends after 12 h, whether it is used or not\n\
                 = help: write `idle = \"2 h\"`, or a longer `session`",
            ),
            (
                Some("1 h"),
                Some("90 min"),
                "`idle` is longer than the session\na session ends after 1 h, whether it is used or not\n\
                 = help: write `idle = \"1 h\"`, or a longer `session`",
            ),
        ] {
            let errors = team(session, idle).check().expect_err(expected);
            let errors: Vec<String> = errors.iter().map(|it| it.diagnostic.to_string()).collect();
            assert_eq!(errors, [expected]);
        }
        let both = team(Some("1 y"), Some("40 d")).check().expect_err("two");
        assert_eq!(both.len(), 2);
    }
}
