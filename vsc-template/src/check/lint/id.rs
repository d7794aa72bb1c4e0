//! Lookup of lints by ID.

use vsc_spec::Diagnostic;

use super::{Lint, SYNTAX, unknown_lint};

/// Former IDs of lints, with the current ones.
const RENAMED: [(&str, &str); 5] = [
    ("all-actions", "wildcard-action"),
    ("echoed-secret", "missing-no-echo"),
    ("notation", "syntax"),
    ("packaged-path", "unpackaged-local-path"),
    ("written-secret", "hardcoded-secret"),
];

impl Lint {
    /// The lint of this ID.
    ///
    /// # Errors
    ///
    /// When there is no such lint. The error for a former ID suggests the current one.
    pub fn by_id(id: &str) -> Result<Self, Diagnostic> {
        if let Some(lint) = Self::ALL.iter().find(|lint| lint.id() == id) {
            return Ok(*lint);
        }
        match RENAMED.iter().find(|(old, _)| *old == id) {
            Some((old, new)) => Err(unknown_lint::renamed(old, new)),
            None => Err(unknown_lint::unknown(id)),
        }
    }

    /// The lint of this ID, if it can be allowed or suppressed.
    ///
    /// # Errors
    ///
    /// As [`by_id`](Self::by_id); for `syntax`, without which nothing can be checked.
    pub fn allowable(id: &str) -> Result<Self, Diagnostic> {
        let lint = Self::by_id(id)?;
        if lint == SYNTAX {
            return Err(unknown_lint::unsuppressible(id));
        }
        Ok(lint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_sorted() {
        assert!(Lint::ALL.len() > 40);
        for pair in Lint::ALL.windows(2) {
            assert!(pair[0].id() < pair[1].id(), "{pair:?}");
        }
        for lint in Lint::ALL {
            assert_eq!(Lint::by_id(lint.id()), Ok(*lint));
        }
    }

    /// A lint that the table lacks would compile, but never run.
    #[test]
    fn each_file_of_a_lint_is_in_the_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check/lint");
        let mut declared = 0;
        for file in std::fs::read_dir(folder).expect("the folder is there") {
            let path = file.expect("it is readable").path();
            let text = std::fs::read_to_string(&path).expect("it is text");
            if text.contains("\ndeclare_lint! {") {
                let name = path.file_stem().and_then(|name| name.to_str());
                let id = name.expect("it has a name").replace('_', "-");
                assert!(Lint::by_id(&id).is_ok(), "{id}");
                declared += 1;
            }
        }
        assert_eq!(declared, Lint::ALL.len());
    }

    #[test]
    fn an_old_id_suggests_the_new_one() {
        for (old, new) in RENAMED {
            let error = Lint::by_id(old).expect_err("it is an old ID");
            assert_eq!(error.help, Some(format!("write `{new}`")));
            assert!(Lint::by_id(new).is_ok(), "{new}");
            assert!(Lint::ALL.iter().all(|lint| lint.id() != old), "{old}");
        }
    }

    #[test]
    fn an_unknown_id_is_an_error() {
        let error = Lint::by_id("opn-port").expect_err("no lint has it");
        assert_eq!(
            error.to_string(),
            "unknown lint `opn-port`\n= help: did you mean `open-port`?"
        );
    }

    #[test]
    fn syntax_cannot_be_allowed() {
        assert!(Lint::by_id("syntax").is_ok());
        assert!(Lint::allowable("syntax").is_err());
        assert!(Lint::allowable("open-port").is_ok());
    }
}
