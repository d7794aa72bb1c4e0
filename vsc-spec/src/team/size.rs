//! Sizes of memory and volumes.

use std::fmt;

use super::capacity::{HOST_MEMORY, LARGEST_HOST};
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// A size in whole mebibytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    mib: u64,
}

const MIB_PER_GIB: u64 = 1_024;
const MIB_PER_TIB: u64 = 1_024 * MIB_PER_GIB;

impl Size {
    /// A number of mebibytes.
    pub const fn from_mib(mib: u64) -> Self {
        Self { mib }
    }

    /// A number of gibibytes.
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
    /// When the number or the unit is missing or invalid, or it has a fraction of a mebibyte.
    pub const fn new(size: &str) -> Result<Self, ConstDiagnostic> {
        let (number, unit) = number_and_unit(text::trim(size));
        let per_unit = match unit.as_bytes() {
            b"MiB" => 1,
            b"GiB" => MIB_PER_GIB,
            b"TiB" => MIB_PER_TIB,
            _ => return Err(malformed(size)),
        };
        match whole_mib(number, per_unit) {
            Some(mib) => Ok(Self { mib }),
            None => Err(malformed(size)),
        }
    }

    /// The size that a string was likely meant to be: with another decimal or thousands separator, or another
    /// spelling of the unit. A fraction of a mebibyte is rounded up.
    const fn meant(size: &str) -> Option<Self> {
        let size = text::trim(size);
        let bytes = size.as_bytes();
        let mut digits = text::Buffer::<32>::new();
        let (mut at, mut point) = (0, false);
        while at < bytes.len() {
            match bytes[at] {
                digit if digit.is_ascii_digit() => digits.push_ascii(digit),
                b'.' | b',' if !point && !groups_thousands(bytes, at) => {
                    if digits.len() == 0 {
                        digits.push_ascii(b'0');
                    }
                    point = true;
                    digits.push_ascii(b'.');
                }
                b',' | b'_' | b' ' | b'\'' if groups_thousands(bytes, at) => {}
                _ => break,
            }
            at += 1;
        }
        let unit = text::lower::<16>(text::trim(size.split_at(at).1));
        let per_unit = match unit.bytes() {
            b"" | b"g" | b"gb" | b"gi" | b"gib" | b"gig" | b"gigabyte" | b"gigabytes" => {
                MIB_PER_GIB
            }
            b"m" | b"mb" | b"mi" | b"mib" | b"megabyte" | b"megabytes" => 1,
            b"t" | b"tb" | b"ti" | b"tib" | b"terabyte" | b"terabytes" => MIB_PER_TIB,
            _ => return None,
        };
        let digits = digits.as_str();
        let digits = match text::strip_last(digits, b'.') {
            Some(whole) => whole,
            None => digits,
        };
        let (whole, fraction) = text::next_part(digits, b'.');
        let (parts, scale) = match fraction {
            Some(fraction) if fraction.len() <= 9 => (text::number(fraction), power(fraction)),
            Some(_) => return None,
            None => (Some(0), 1),
        };
        match (text::number(whole), parts) {
            (Some(whole), Some(parts)) if whole <= MOST_MEANT => Some(Self {
                mib: whole * per_unit + (parts * per_unit).div_ceil(scale),
            }),
            _ => None,
        }
    }
}

/// More MiB than anyone means.
const MOST_MEANT: u64 = 1 << 40;

/// Whether the separator is between a digit and exactly three digits: `1,024`.
const fn groups_thousands(bytes: &[u8], at: usize) -> bool {
    let mut digits = 0;
    while at + 1 + digits < bytes.len() && bytes[at + 1 + digits].is_ascii_digit() {
        digits += 1;
    }
    digits == 3 && at > 0 && bytes[at - 1].is_ascii_digit() && bytes[at] != b'.'
}

const fn power(digits: &str) -> u64 {
    let (mut scale, mut digit) = (1, 0);
    while digit < digits.len() {
        scale *= 10;
        digit += 1;
    }
    scale
}

/// The error about a string that is not a size.
const fn malformed(size: &str) -> ConstDiagnostic {
    let diagnostic = ConstDiagnostic::new("")
        .quoted(size)
        .text(" is not a valid size");
    let (number, unit) = number_and_unit(text::trim(size));
    let known = matches!(unit.as_bytes(), b"MiB" | b"GiB" | b"TiB");
    if unit.is_empty() && !number.is_empty() {
        diagnostic.note("the unit is missing")
    } else if known {
        diagnostic
            .note("`")
            .text(number)
            .text("` is not a whole number of MiB")
    } else if text::starts_with(unit, ",") {
        diagnostic.note("the decimal separator is `.`")
    } else {
        diagnostic.note("the units are `MiB`, `GiB` and `TiB`")
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
        Some((_, fraction)) if fraction.len() > 9 => return None,
        Some(parts) => parts,
        None => (number, "0"),
    };
    let (Some(whole), Some(parts)) = (text::number(whole), text::number(fraction)) else {
        return None;
    };
    let scale = power(fraction);
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

impl ConstDiagnostic {
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
        let diagnostic = self.number(hundredths / 100).text(".");
        if hundredths.is_multiple_of(10) {
            diagnostic.number(hundredths % 100 / 10).text(" GiB")
        } else {
            diagnostic
                .number(hundredths % 100 / 10)
                .number(hundredths % 10)
                .text(" GiB")
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ConstDiagnostic::new("").size(*self).as_str())
    }
}

/// The volumes of a host.
#[derive(Clone, Copy)]
pub(super) enum Volume {
    /// The volume of the system.
    Root,
    /// The volume of the homes.
    Home,
}

impl Volume {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Home => "home",
        }
    }

    /// The Amazon Linux 2023 image has 8 GiB; gp3 volumes have 1 GiB to 16 TiB (Amazon EBS User
    /// Guide, "General Purpose SSD volumes").
    pub(super) const fn least(self) -> Size {
        match self {
            Self::Root => Size::from_gib(8),
            Self::Home => Size::from_gib(1),
        }
    }

    /// Validates the size of the volume; `needed` is the least that a help suggests.
    pub(super) const fn check(self, text: &str, needed: Size) -> Result<Size, ConstDiagnostic> {
        match Size::new(text) {
            Ok(size) => self.check_size(size, needed),
            Err(diagnostic) => Err(match Size::meant(text) {
                Some(meant) if self.check_size(meant.rounded(), needed).is_ok() => diagnostic
                    .help("write \"")
                    .size(meant.rounded().or_at_least(needed))
                    .text("\""),
                _ => diagnostic
                    .help("for example \"")
                    .size(Size::from_gib(30).or_at_least(needed))
                    .text("\""),
            }),
        }
    }

    const fn check_size(self, size: Size, needed: Size) -> Result<Size, ConstDiagnostic> {
        let (least, most) = (self.least(), Size::from_gib(16 * 1_024));
        if size.mib < least.mib {
            let diagnostic = self.diagnostic(size).text(" is too small");
            Err(match self {
                Self::Root => diagnostic
                    .note("the image of the host has ")
                    .size(least)
                    .help("remove `root_volume` to have one that fits the team"),
                Self::Home => diagnostic
                    .note("gp3 volumes have at least ")
                    .size(least)
                    .help("remove `home_volume` to have one that fits the team"),
            })
        } else if size.mib > most.mib {
            Err(self
                .diagnostic(size)
                .text(" is too large")
                .note("gp3 volumes have at most ")
                .size(most)
                .help("write at most \"")
                .size(most)
                .text("\""))
        } else if !size.mib.is_multiple_of(MIB_PER_GIB) {
            Err(self
                .diagnostic(size)
                .text(" is not possible")
                .note("the size of a volume is a whole number of GiB")
                .help("write \"")
                .size(size.rounded().or_at_least(needed))
                .text("\""))
        } else {
            Ok(size)
        }
    }

    const fn diagnostic(self, size: Size) -> ConstDiagnostic {
        ConstDiagnostic::new("a ")
            .text(self.name())
            .text(" volume of ")
            .size(size)
    }
}

impl Size {
    const fn or_at_least(self, least: Self) -> Self {
        if self.mib < least.mib { least } else { self }
    }

    /// Whole gibibytes.
    const fn rounded(self) -> Self {
        Self::from_gib(self.gib())
    }
}

/// Validates the memory that is promised to a workspace.
pub(super) const fn check_memory(text: &str) -> Result<Size, ConstDiagnostic> {
    match Size::new(text) {
        Ok(size) => check_least_memory(size),
        Err(diagnostic) => Err(match Size::meant(text) {
            Some(meant) if is_memory(meant) => diagnostic.help("write \"").size(meant).text("\""),
            _ => diagnostic.help("for example \"2 GiB\""),
        }),
    }
}

// Measured: 125 MiB for code-server before anyone opens it, 450 MiB with one window.
const LEAST_MEMORY: Size = Size::from_mib(512);

/// Whether a workspace may be promised this memory.
const fn is_memory(size: Size) -> bool {
    LEAST_MEMORY.mib <= size.mib && size.mib <= MOST_MEMORY.mib
}

const fn check_least_memory(size: Size) -> Result<Size, ConstDiagnostic> {
    if size.mib > MOST_MEMORY.mib {
        return Err(ConstDiagnostic::new("")
            .size(size)
            .text(" is more memory than any host has")
            .note("the largest host has ")
            .size(LARGEST_HOST)
            .text(", of which it keeps ")
            .size(HOST_MEMORY)
            .help("for example \"2 GiB\""));
    }
    if size.mib >= LEAST_MEMORY.mib {
        return Ok(size);
    }
    Err(ConstDiagnostic::new("")
        .size(size)
        .text(" is too little memory for a workspace")
        .note("code-server takes about 450 MiB with one window open: at least ")
        .size(LEAST_MEMORY)
        .help("remove `memory` for the default of 1 GiB"))
}

/// The memory that the largest host leaves to one workspace.
const MOST_MEMORY: Size = Size::from_mib(LARGEST_HOST.mib - HOST_MEMORY.mib);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

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
        assert_eq!(Size::from_mib(1_024).to_string(), "1 GiB");
        assert_eq!(Size::from_mib(1_025).to_string(), "1025 MiB");
        assert_eq!(Size::from_mib(10_317).to_string(), "10317 MiB");
        assert_eq!(Size::from_gib(16_384).to_string(), "16384 GiB");
    }

    #[test]
    fn a_size_needs_a_unit_that_counts_in_powers_of_two() {
        let reported = |text: &str| check_memory(text).expect_err(text).to_string();
        for (text, written) in [
            ("30", "30 GiB"),
            ("30 GB", "30 GiB"),
            ("512m", "512 MiB"),
            ("1,5 GiB", "1.5 GiB"),
            ("1,024 MiB", "1 GiB"),
            ("4_096 MiB", "4 GiB"),
            ("10 000 MiB", "10000 MiB"),
            (".5 GiB", "512 MiB"),
            ("2. GiB", "2 GiB"),
            ("1.3 GiB", "1332 MiB"),
            ("1 gib", "1 GiB"),
            ("2 gigabytes", "2 GiB"),
            ("1 TB", "1024 GiB"),
            ("1,024", "1024 GiB"),
            ("10,000", "10000 GiB"),
            ("1'024", "1024 GiB"),
            (",500 GiB", "512 MiB"),
            ("2.123456789 gb", "2175 MiB"),
        ] {
            let help = format!("= help: write \"{written}\"");
            assert!(
                reported(text).ends_with(&help),
                "{text}: {}",
                reported(text)
            );
            assert!(check_memory(written).is_ok(), "{written}");
        }
        // A suggestion has no errors.
        for text in [
            "0",
            "0.1 GiB",
            "100 PB",
            "0,25 GB",
            "1/2 GiB",
            "900000 TB",
            "1_0 GiB",
            "1,,024 GiB",
            "1.0000000000000000001 GB",
            "99999999999999 GB",
        ] {
            assert!(
                !reported(text).contains("help: write \""),
                "{text}: {}",
                reported(text)
            );
        }
        for text in [
            "",
            "GiB",
            "a lot",
            "-1 GiB",
            "1.0001 MiB",
            "1. GiB",
            ".5 GiB",
            "1.2.3 GiB",
            "1,2,3 GiB",
            "99999999999999999999 GiB",
            "99999999999999999 TiB",
        ] {
            reported(text);
        }
    }

    #[test]
    fn the_note_says_what_is_wrong_with_a_size() {
        for (text, note) in [
            ("", "the units are `MiB`, `GiB` and `TiB`"),
            ("30", "the unit is missing"),
            ("30 GB", "the units are `MiB`, `GiB` and `TiB`"),
            ("a lot", "the units are `MiB`, `GiB` and `TiB`"),
            ("1,5 GiB", "the decimal separator is `.`"),
            ("1.0001 MiB", "`1.0001` is not a whole number of MiB"),
            (
                "1.5000000000 GiB",
                "`1.5000000000` is not a whole number of MiB",
            ),
            ("MiB", "`` is not a whole number of MiB"),
            ("1..5 TiB", "`1..5` is not a whole number of MiB"),
        ] {
            let message = Size::new(text).expect_err(text).to_string();
            assert_eq!(message, format!("\"{text}\" is not a valid size\n{note}"));
        }
        assert_eq!(
            Size::new("1.500000000 GiB").expect("whole mebibytes"),
            Size::from_mib(1_536)
        );
    }

    #[test]
    fn memory_has_limits() {
        for (text, error) in [
            (
                "511 MiB",
                Some("511 MiB is too little memory for a workspace"),
            ),
            ("512 MiB", None),
            ("32767 GiB", None),
            (
                "33553409 MiB",
                Some("33553409 MiB is more memory than any host has"),
            ),
            ("32 TiB", Some("32768 GiB is more memory than any host has")),
        ] {
            let outcome = check_memory(text).map_err(Diagnostic::from);
            assert_eq!(
                outcome.err().map(|error| error.message).as_deref(),
                error,
                "{text}"
            );
        }
    }

    #[test]
    fn volumes_have_limits() {
        assert!(Volume::Root.check("8 GiB", Size::from_gib(1)).is_ok());
        assert!(Volume::Root.check("16 TiB", Size::from_gib(1)).is_ok());
        assert!(Volume::Root.check("1 GiB", Size::from_gib(1)).is_err());
        assert!(Volume::Root.check("17 TiB", Size::from_gib(1)).is_err());
        assert!(Volume::Root.check("8.5 GiB", Size::from_gib(1)).is_err());
        assert!(Volume::Home.check("1 GiB", Size::from_gib(1)).is_ok());
        assert!(Volume::Home.check("512 MiB", Size::from_gib(1)).is_err());
        let reported = |text: &str| {
            Volume::Home
                .check(text, Size::from_gib(1))
                .expect_err(text)
                .to_string()
        };
        assert!(reported("50,5 GB").ends_with("write \"51 GiB\""));
        assert!(reported("17 TiB").ends_with("write at most \"16384 GiB\""));
        // A suggestion is valid and large enough for the team.
        let needed = Size::from_gib(40);
        for (volume, text, help) in [
            (Volume::Root, "1 GB", "for example \"40 GiB\""),
            (Volume::Root, "50 GB", "write \"50 GiB\""),
            (Volume::Root, "40 GB", "write \"40 GiB\""),
            (Volume::Root, "30 GB", "write \"40 GiB\""),
            (Volume::Root, "8.5 GiB", "write \"40 GiB\""),
            (Volume::Root, "a lot", "for example \"40 GiB\""),
            (Volume::Home, "0 GB", "for example \"40 GiB\""),
            (Volume::Home, "20000 GB", "for example \"40 GiB\""),
            (Volume::Home, "60,5 GB", "write \"61 GiB\""),
        ] {
            let message = volume.check(text, needed).expect_err(text).to_string();
            assert!(message.ends_with(&format!("= help: {help}")), "{message}");
        }
    }
}
