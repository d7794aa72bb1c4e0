//! The snapshots of the homes.

use super::declaration::{SnapshotsDeclaration, declared};
use super::disk;
use super::key::Key;
use super::path::DeclarationPath;
use super::validation::Validation;
use crate::const_diagnostic::ConstDiagnostic;
use crate::json::Text;

/// The snapshots that are kept if no number is declared: those of a week.
pub(super) const DEFAULT_KEPT: u16 = 7;

/// The most snapshots that a schedule keeps: Amazon Data Lifecycle Manager API Reference, `RetainRule`.
const MOST_KEPT: u16 = 1_000;

/// The snapshots of the volume of the homes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snapshots {
    /// One each night.
    Daily {
        /// The number of snapshots that are kept, 1 to 1,000: the oldest is deleted when another one is made.
        keep: u16,
    },
    /// None but that which is made when the volume is deleted.
    None,
}

impl Snapshots {
    /// The snapshots of a valid declaration.
    pub(super) fn admit(declared: Option<&SnapshotsDeclaration>, has_volume: bool) -> Self {
        match declared {
            Some(SnapshotsDeclaration::None) => Self::None,
            _ if !has_volume => Self::None,
            Some(SnapshotsDeclaration::Daily { keep: Some(keep) }) => Self::Daily {
                keep: u16::try_from(*keep).unwrap_or(DEFAULT_KEPT),
            },
            _ => Self::Daily { keep: DEFAULT_KEPT },
        }
    }
}

/// Validates the snapshots, which are of the home volume.
pub(super) const fn check(
    validation: &mut Validation,
    snapshots: Option<&SnapshotsDeclaration>,
    home_volume: Option<&Text>,
) {
    let Some(SnapshotsDeclaration::Daily { keep }) = snapshots else {
        return;
    };
    if let Some(text) = declared(home_volume)
        && disk::is_no_home_volume(text)
    {
        let diagnostic = ConstDiagnostic::new("there is no volume to take snapshots of")
            .note("`home_volume = none` keeps the homes on the root volume of the host")
            .help("remove `snapshots`, or `home_volume`");
        validation.reject(DeclarationPath::Value(Key::Snapshots), diagnostic);
    } else if let Some(keep) = keep
        && (*keep < 1 || *keep > MOST_KEPT as i128)
    {
        let diagnostic = if *keep < 0 {
            ConstDiagnostic::new("a negative number of snapshots cannot be kept")
        } else {
            ConstDiagnostic::new("")
                .number(keep.unsigned_abs())
                .text(" snapshots cannot be kept")
        };
        let diagnostic = diagnostic
            .note("a schedule keeps 1 to 1000")
            .help(if *keep < 1 {
                "write `snapshots = daily(keep = 7)`, or `snapshots = none`"
            } else {
                "write `snapshots = daily(keep = 1000)`"
            });
        validation.reject(DeclarationPath::Value(Key::Snapshots), diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{Declaration, TeamIde, Users};

    fn declared(
        snapshots: Option<SnapshotsDeclaration>,
        home: Option<&'static str>,
    ) -> Declaration {
        Declaration {
            type_name: "AcmeIde".into(),
            users: Some(Users::Count(2)),
            domain: Some("code.x.com".into()),
            home_volume: home.map(Into::into),
            snapshots,
            ..Declaration::default()
        }
    }

    fn kept(keep: i128) -> SnapshotsDeclaration {
        SnapshotsDeclaration::Daily { keep: Some(keep) }
    }

    #[test]
    fn a_week_of_snapshots_is_kept_unless_another_number_is_declared() {
        let of = |snapshots, home| {
            let ide: Result<TeamIde, _> = declared(snapshots, home).check();
            ide.expect("it is right").snapshots()
        };
        let without = Some(SnapshotsDeclaration::Daily { keep: None });
        assert_eq!(of(None, None), Snapshots::Daily { keep: 7 });
        assert_eq!(of(without, None), Snapshots::Daily { keep: 7 });
        assert_eq!(
            of(Some(kept(1_000)), None),
            Snapshots::Daily { keep: 1_000 }
        );
        assert_eq!(of(Some(SnapshotsDeclaration::None), None), Snapshots::None);
        assert_eq!(of(None, Some("none")), Snapshots::None);
    }

    #[test]
    fn what_no_schedule_keeps_is_an_error() {
        for (snapshots, home, expected) in [
            (
                kept(0),
                None,
                "0 snapshots cannot be kept\na schedule keeps 1 to 1000\n\
                 = help: write `snapshots = daily(keep = 7)`, or `snapshots = none`",
            ),
            (
                kept(-3),
                None,
                "a negative number of snapshots cannot be kept\na schedule keeps 1 to 1000\n\
                 = help: write `snapshots = daily(keep = 7)`, or `snapshots = none`",
            ),
            (
                kept(1_001),
                None,
                "1001 snapshots cannot be kept\na schedule keeps 1 to 1000\n\
                 = help: write `snapshots = daily(keep = 1000)`",
            ),
            (
                kept(3),
                Some("none"),
                "there is no volume to take snapshots of\n\
                 `home_volume = none` keeps the homes on the root volume of the host\n\
                 = help: remove `snapshots`, or `home_volume`",
            ),
        ] {
            let errors = declared(Some(snapshots), home).check().expect_err(expected);
            let messages: Vec<String> = errors.iter().map(|it| it.diagnostic.to_string()).collect();
            assert_eq!(messages, [expected]);
        }
    }
}
