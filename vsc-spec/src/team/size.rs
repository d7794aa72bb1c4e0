//! Sizes of memory and volumes.

use std::fmt;

use crate::const_finding::{ConstFinding, attempt};
use crate::text;

/// A size in whole mebibytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    mib: u64,
}

const MIB_PER_GIB: u64 = 1_024;
const MIB_PER_TIB: u64 = 1_024 * MIB_PER_GIB;

impl Size {
    /// So many mebibytes.
    pub const fn from_mib(mib: u64) -> Self {
        Self { mib }
    }

    /// So many gibibytes.
    pub const fn from_gib(gib: u64) -> Self {
        Self {
            mib: gib.saturating_mul(MIB_PER_GIB),
        }
    }

    /// The size in mebibytes.
    pub const fn mib(self) -> u64 {
        self.mib
    }

    /// The size in gibibytes, rounded up.
    pub const fn gib(self) -> u64 {
        self.mib.div_ceil(MIB_PER_GIB)
    }

    /// A size with its unit: `512 MiB`, `1.5 GiB`, `2 TiB`.
    ///
    /// # Errors
    ///
    /// When there is no number, no unit, or a fraction of a mebibyte.
    pub const fn new(size: &str) -> Result<Self, ConstFinding> {
        let finding = ConstFinding::new("").quoted(size).text(" is not a size");
        let (number, unit) = number_and_unit(text::trim(size));
        let per_unit = match unit.as_bytes() {
            b"MiB" => 1,
            b"GiB" => MIB_PER_GIB,
            b"TiB" => MIB_PER_TIB,
            b"" if !number.is_empty() => {
                return Err(finding
                    .why("the unit is missing")
                    .help("write \"")
                    .text(number)
                    .text(" GiB\""));
            }
            unit => {
                let meant = match unit {
                    [b'm' | b'M', ..] => "MiB",
                    [b't' | b'T', ..] => "TiB",
                    _ => "GiB",
                };
                let finding = finding.why("units are `MiB`, `GiB` and `TiB`");
                return Err(if number.is_empty() {
                    finding.help("for example \"30 GiB\"")
                } else {
                    finding
                        .help("write \"")
                        .text(number)
                        .text(" ")
                        .text(meant)
                        .text("\"")
                });
            }
        };
        match whole_mib(number, per_unit) {
            Some(mib) => Ok(Self { mib }),
            None => Err(finding
                .why("`")
                .text(number)
                .text("` is no number of whole mebibytes")
                .help("for example \"30 GiB\"")),
        }
    }
}

const fn number_and_unit(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() && (bytes[end].is_ascii_digit() || bytes[end] == b'.') {
        end += 1;
    }
    let (number, unit) = text.split_at(end);
    (number, text::trim(unit))
}

/// The number times the unit, if it is whole.
const fn whole_mib(number: &str, per_unit: u64) -> Option<u64> {
    let (whole, fraction) = match text::split_once(number, b'.') {
        Some((_, fraction)) if fraction.is_empty() || fraction.len() > 9 => return None,
        Some(parts) => parts,
        None => (number, "0"),
    };
    let (Some(whole), Some(parts)) = (text::number(whole), text::number(fraction)) else {
        return None;
    };
    let mut scale = 1;
    let mut digit = 0;
    while digit < fraction.len() {
        scale *= 10;
        digit += 1;
    }
    let (Some(whole), Some(parts)) = (whole.checked_mul(per_unit), parts.checked_mul(per_unit))
    else {
        return None;
    };
    if parts % scale == 0 {
        whole.checked_add(parts / scale)
    } else {
        None
    }
}

impl ConstFinding {
    /// Adds a size, in the largest unit in which it reads well.
    #[must_use]
    pub const fn size(self, size: Size) -> Self {
        let mib = size.mib as u128;
        let gib = MIB_PER_GIB as u128;
        if mib.is_multiple_of(gib) {
            return self.number(mib / gib).text(" GiB");
        }
        let hundredths = mib * 100 / gib;
        if mib < gib || hundredths * gib != mib * 100 {
            return self.number(mib).text(" MiB");
        }
        let finding = self.number(hundredths / 100).text(".");
        if hundredths.is_multiple_of(10) {
            finding.number(hundredths % 100 / 10).text(" GiB")
        } else {
            finding
                .number(hundredths % 100 / 10)
                .number(hundredths % 10)
                .text(" GiB")
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ConstFinding::new("").size(*self).as_str())
    }
}

/// The volumes of a host.
#[derive(Clone, Copy)]
pub(super) enum Volume {
    /// The one with the system.
    Root,
    /// The one with the homes.
    Home,
}

impl Volume {
    const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Home => "home",
        }
    }

    /// The Amazon Linux 2023 image has 8 GiB; gp3 volumes have 1 GiB to 16 TiB (Amazon EBS User
    /// Guide, "General Purpose SSD volumes").
    const fn least(self) -> Size {
        match self {
            Self::Root => Size::from_gib(8),
            Self::Home => Size::from_gib(1),
        }
    }

    /// Judges the size of the volume.
    pub(super) const fn check(self, size: &str) -> Result<Size, ConstFinding> {
        let size = attempt!(Size::new(size));
        let (least, most) = (self.least(), Size::from_gib(16 * 1_024));
        let finding = ConstFinding::new("a ")
            .text(self.name())
            .text(" volume of ")
            .size(size);
        if size.mib < least.mib {
            let finding = finding.text(" is too small");
            Err(match self {
                Self::Root => finding
                    .why("the image of the host alone has ")
                    .size(least)
                    .help("leave `root_volume` out for 30 GiB"),
                Self::Home => finding
                    .why("gp3 volumes have at least ")
                    .size(least)
                    .help("leave `home_volume` out to keep homes on the root volume"),
            })
        } else if size.mib > most.mib {
            Err(finding
                .text(" is too large")
                .why("gp3 volumes have at most ")
                .size(most))
        } else if size.mib % MIB_PER_GIB != 0 {
            Err(finding
                .text(" is not possible")
                .why("volumes have whole gibibytes")
                .help("write \"")
                .size(Size::from_gib(size.gib()))
                .text("\""))
        } else {
            Ok(size)
        }
    }
}

/// Judges the memory that is promised to a workspace.
pub(super) const fn check_memory(text: &str) -> Result<Size, ConstFinding> {
    // Measured: 125 MiB for code-server before anyone opens it, 450 MiB with one window.
    let least = Size::from_mib(512);
    let size = attempt!(Size::new(text));
    if size.mib >= least.mib {
        return Ok(size);
    }
    Err(ConstFinding::new("")
        .size(size)
        .text(" is too little memory for a workspace")
        .why("code-server takes about 450 MiB with one window open: at least ")
        .size(least)
        .help("leave `memory` out for 1 GiB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        for (text, mib) in [
            ("30 GiB", 30_720),
            ("512 MiB", 512),
            ("1.5 GiB", 1_536),
            ("1TiB", 1_048_576),
        ] {
            assert_eq!(Size::new(text).expect(text).mib(), mib);
        }
        assert_eq!(Size::from_mib(1_536).to_string(), "1.5 GiB");
        assert_eq!(Size::from_mib(1_792).to_string(), "1.75 GiB");
        assert_eq!(Size::from_mib(512).to_string(), "512 MiB");
        assert_eq!(Size::from_mib(1_025).to_string(), "1025 MiB");
        assert_eq!(Size::from_gib(16_384).to_string(), "16384 GiB");
    }

    #[test]
    fn a_size_needs_a_unit_that_counts_in_powers_of_two() {
        let told = |text: &str| Size::new(text).expect_err(text).to_string();
        assert!(told("30").ends_with("write \"30 GiB\""));
        assert!(told("30 GB").ends_with("write \"30 GiB\""));
        assert!(told("512m").ends_with("write \"512 MiB\""));
        for text in [
            "",
            "GiB",
            "a lot",
            "-1 GiB",
            "1.0001 MiB",
            "1. GiB",
            ".5 GiB",
            "1.2.3 GiB",
            "99999999999999999999 GiB",
            "99999999999999999 TiB",
        ] {
            told(text);
        }
    }

    #[test]
    fn volumes_have_limits() {
        assert!(Volume::Root.check("8 GiB").is_ok());
        assert!(Volume::Root.check("16 TiB").is_ok());
        assert!(Volume::Root.check("1 GiB").is_err());
        assert!(Volume::Root.check("17 TiB").is_err());
        assert!(Volume::Root.check("8.5 GiB").is_err());
        assert!(Volume::Home.check("1 GiB").is_ok());
        assert!(Volume::Home.check("512 MiB").is_err());
    }
}
