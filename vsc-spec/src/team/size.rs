//! Sizes of memory and volumes.

use std::fmt;

use crate::finding::Finding;

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
    pub fn new(text: &str) -> Result<Self, Finding> {
        let finding = || Finding::new(format!("{text:?} is not a size"));
        let trimmed = text.trim();
        let end = trimmed
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(end);
        let unit = unit.trim_start();
        let per_unit = match unit {
            "MiB" => 1,
            "GiB" => MIB_PER_GIB,
            "TiB" => MIB_PER_TIB,
            "" if !number.is_empty() => {
                return Err(finding()
                    .why("the unit is missing")
                    .help(format!("write \"{number} GiB\"")));
            }
            unit => {
                let meant = match unit.to_ascii_lowercase().chars().next() {
                    Some('m') => "MiB",
                    Some('t') => "TiB",
                    _ => "GiB",
                };
                let help = if number.is_empty() {
                    "for example \"30 GiB\"".to_owned()
                } else {
                    format!("write \"{number} {meant}\"")
                };
                return Err(finding().why("units are `MiB`, `GiB` and `TiB`").help(help));
            }
        };
        let mib = whole_mib(number, per_unit).ok_or_else(|| {
            finding()
                .why(format!("`{number}` is no number of whole mebibytes"))
                .help("for example \"30 GiB\"")
        })?;
        Ok(Self { mib })
    }
}

/// The number times the unit, if it is whole.
fn whole_mib(number: &str, per_unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.ends_with('.') || fraction.len() > 9 {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let whole = whole.checked_mul(per_unit)?;
    if fraction.is_empty() {
        return Some(whole);
    }
    let scale = 10_u64.pow(u32::try_from(fraction.len()).ok()?);
    let parts = fraction.parse::<u64>().ok()?.checked_mul(per_unit)?;
    (parts % scale == 0).then(|| whole.checked_add(parts / scale))?
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mib } = *self;
        if mib % MIB_PER_GIB == 0 {
            return write!(f, "{} GiB", mib / MIB_PER_GIB);
        }
        let hundredths = mib.saturating_mul(100) / MIB_PER_GIB;
        if mib > MIB_PER_GIB && hundredths * MIB_PER_GIB == mib * 100 {
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            return write!(f, "{} GiB", text.trim_end_matches('0'));
        }
        write!(f, "{mib} MiB")
    }
}

/// Judges the size of the root volume: at least that of the Amazon Linux 2023 image, at most what
/// gp3 volumes have (Amazon EBS User Guide, "General Purpose SSD volumes").
pub(super) fn check_root_volume(text: &str) -> Result<Size, Finding> {
    let size = Size::new(text)?;
    let (least, most) = (Size::from_gib(8), Size::from_gib(16 * 1_024));
    if size < least {
        Err(
            Finding::new(format!("a root volume of {size} is too small"))
                .why(format!("the image of the host alone has {least}"))
                .help("leave `root_volume` out for 30 GiB"),
        )
    } else if size > most {
        Err(
            Finding::new(format!("a root volume of {size} is too large"))
                .why(format!("gp3 volumes have at most {most}")),
        )
    } else if size.mib() % MIB_PER_GIB != 0 {
        Err(
            Finding::new(format!("a root volume of {size} is not possible"))
                .why("volumes have whole gibibytes")
                .help(format!("write \"{} GiB\"", size.gib())),
        )
    } else {
        Ok(size)
    }
}

/// Judges the memory that is promised to a workspace.
pub(super) fn check_memory(text: &str) -> Result<Size, Finding> {
    // Measured: 125 MiB for code-server before anyone opens it, 450 MiB with one window.
    let least = Size::from_mib(512);
    let size = Size::new(text)?;
    if size < least {
        return Err(
            Finding::new(format!("{size} is too little memory for a workspace"))
                .why(format!(
                    "code-server takes about 450 MiB with one window open: at least {least}"
                ))
                .help("leave `memory` out for 1 GiB"),
        );
    }
    Ok(size)
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
        assert_eq!(Size::from_mib(512).to_string(), "512 MiB");
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
            "99999999999999999999 GiB",
        ] {
            told(text);
        }
    }

    #[test]
    fn volumes_have_limits() {
        assert!(check_root_volume("8 GiB").is_ok());
        assert!(check_root_volume("16 TiB").is_ok());
        assert!(check_root_volume("1 GiB").is_err());
        assert!(check_root_volume("17 TiB").is_err());
        assert!(check_root_volume("8.5 GiB").is_err());
    }
}
