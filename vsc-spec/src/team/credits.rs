//! CPU credits of burstable hosts.

use super::instance::InstanceType;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// The burstable families: Amazon EC2 User Guide, "Burstable performance instances".
const FAMILIES: [&str; 4] = ["t2", "t3", "t3a", "t4g"];

/// Validates that the host has CPU credits.
pub(super) const fn check(instance: &InstanceType) -> Result<(), ConstDiagnostic> {
    let family = text::before(instance.name(), b'.');
    let mut at = 0;
    while at < FAMILIES.len() {
        if text::equal(FAMILIES[at], family) {
            return Ok(());
        }
        at += 1;
    }
    Err(ConstDiagnostic::new(instance.name())
        .text(" has no CPU credits")
        .note("only burstable types have them: those of t2, t3, t3a and t4g")
        .help("remove `credits`, or declare a burstable `instance`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burstable_types_have_credits() {
        let mut families: Vec<&str> = InstanceType::all()
            .filter(|instance| check(instance).is_ok())
            .filter_map(|instance| instance.name().split('.').next())
            .collect();
        families.dedup();
        assert_eq!(families, ["t2", "t3", "t3a", "t4g"]);
        let large = InstanceType::new("m7i.large").expect("there is one");
        assert_eq!(
            check(&large).expect_err("it has none").to_string(),
            "m7i.large has no CPU credits\n\
             only burstable types have them: those of t2, t3, t3a and t4g\n\
             = help: remove `credits`, or declare a burstable `instance`"
        );
    }
}
