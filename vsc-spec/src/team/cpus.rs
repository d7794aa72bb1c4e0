//! Numbers of virtual CPUs.

use std::fmt;

use crate::const_diagnostic::ConstDiagnostic;

/// A number of virtual CPUs, in thousandths: `0.5` is 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cpus {
    thousandths: u32,
}

/// The least with which a workspace runs.
const LEAST: f64 = 0.1;

/// More than any instance type has.
const MOST: f64 = 10_000.0;

impl Cpus {
    /// A number of virtual CPUs.
    ///
    /// # Errors
    ///
    /// When it is less than a tenth, more than any host has, or not a number.
    // The number is between the limits when it is converted.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub const fn new(cpus: f64) -> Result<Self, ConstDiagnostic> {
        if cpus >= LEAST && cpus <= MOST {
            return Ok(Self {
                thousandths: (cpus * 1_000.0 + 0.5) as u32,
            });
        }
        let diagnostic = if cpus > MOST {
            ConstDiagnostic::new("no host has so many CPUs")
        } else if cpus == 0.0 {
            ConstDiagnostic::new("a workspace needs more than 0 CPUs")
        } else if cpus < 0.0 {
            ConstDiagnostic::new("a workspace cannot have fewer than 0 CPUs")
        } else {
            ConstDiagnostic::new("so small a share of a CPU cannot run a workspace")
        };
        Err(diagnostic
            .note("`cpus` is the most virtual CPUs that a workspace may use, at least 0.1")
            .help("write `cpus = 0.5`, or remove it to share the host's CPUs"))
    }

    /// The number in thousandths.
    pub const fn thousandths(self) -> u32 {
        self.thousandths
    }

    /// Checks whether a host has this many.
    pub(super) const fn check_on(self, name: &str, vcpus: u32) -> Result<(), ConstDiagnostic> {
        if self.thousandths <= vcpus.saturating_mul(1_000) {
            return Ok(());
        }
        Err(ConstDiagnostic::new("a workspace cannot use ")
            .cpus(self)
            .text(" CPUs of a ")
            .text(name)
            .note("it has ")
            .number(vcpus as u128)
            .help("write at most `cpus = ")
            .number(vcpus as u128)
            .text("`, or choose a larger `instance`"))
    }
}

impl ConstDiagnostic {
    /// Adds a number of CPUs.
    #[must_use]
    pub const fn cpus(self, cpus: Cpus) -> Self {
        let whole = self.number((cpus.thousandths / 1_000) as u128);
        let mut rest = cpus.thousandths % 1_000;
        if rest == 0 {
            return whole;
        }
        let mut diagnostic = whole.text(".");
        while rest > 0 {
            diagnostic = diagnostic.number((rest / 100) as u128);
            rest = rest % 100 * 10;
        }
        diagnostic
    }
}

impl fmt::Display for Cpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ConstDiagnostic::new("").cpus(*self).as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpus_are_read_and_written() {
        for (cpus, text) in [(0.5, "0.5"), (2.0, "2"), (1.125, "1.125"), (0.1, "0.1")] {
            assert_eq!(Cpus::new(cpus).expect(text).to_string(), text);
        }
        for wrong in [0.0, -1.0, 0.01, f64::NAN, f64::INFINITY] {
            assert!(Cpus::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn more_cpus_than_the_host_has_are_an_error() {
        let cpus = Cpus::new(2.5).expect("a number");
        assert!(cpus.check_on("t3.xlarge", 4).is_ok());
        let reported = cpus.check_on("t3.large", 2).expect_err("too many");
        assert!(
            reported
                .to_string()
                .starts_with("a workspace cannot use 2.5 CPUs of a t3.large\nit has 2")
        );
    }
}
