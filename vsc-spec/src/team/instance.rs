//! EC2 instance types, packed a line each.

use super::region::Region;
use super::size::Size;
use crate::const_diagnostic::ConstDiagnostic;
use crate::suggest::Search;
use crate::text;

/// The first line names the regions in the order of their bits; every other line is a type: name,
/// virtual CPUs, MiB, architecture, `current` or `previous`, and the regions as hexadecimal bits.
/// The lines are sorted by name.
static FACTS: &str = include_str!("../../data/instances.txt");

/// The names of the regions in the order of their bits, separated by spaces.
pub(crate) const REGIONS: &str = text::before(include_str!("../../data/instances.txt"), b'\n');

/// The architecture of a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Architecture {
    /// 64-bit x86.
    X86_64,
    /// 64-bit Arm.
    Arm64,
}

impl Architecture {
    /// The name that Amazon Linux's public parameters use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Arm64 => "arm64",
        }
    }

    /// `==` in const evaluation.
    pub(super) const fn is(self, other: Self) -> bool {
        self as u8 == other as u8
    }
}

/// An EC2 instance type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceType {
    name: &'static str,
    vcpus: u32,
    memory: Size,
    architecture: Architecture,
    current: bool,
    regions: u64,
}

impl InstanceType {
    /// The instance type of this name.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot run Amazon Linux 2023.
    pub const fn new(name: &str) -> Result<Self, ConstDiagnostic> {
        let line = first_line_from(name);
        if text::equal(text::before(line, b' '), name) {
            return match parse(line) {
                Some(instance) => Ok(instance),
                None => Err(no_host(name)),
            };
        }
        Err(unknown("there is no instance type ", name))
    }

    /// Resolves a name: `t3.large` is a type, `t3` a family.
    pub(super) const fn named(name: &str) -> Named<'_> {
        if text::contains(name, b'.') {
            return Named::Type(Self::new(name));
        }
        if Family::new(name).advance().is_some() {
            return Named::Family(name);
        }
        Named::Type(Err(if Family::new(name).next_line().is_some() {
            no_host(name)
        } else {
            unknown("there is no instance type or family ", name)
        }))
    }

    /// All types that a host can have, sorted by name.
    pub fn all() -> impl Iterator<Item = Self> {
        FACTS.lines().skip(1).filter_map(parse)
    }

    /// The name, such as `t3.large`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The virtual CPUs.
    pub const fn vcpus(&self) -> u32 {
        self.vcpus
    }

    /// The memory.
    pub const fn memory(&self) -> Size {
        self.memory
    }

    /// The architecture of the processor.
    pub const fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Whether it is of the current generation.
    pub const fn is_current(&self) -> bool {
        self.current
    }

    /// Its line in the facts.
    pub(super) const fn line(&self) -> Line {
        let start = FACTS.len() - lines_from(self.name).len();
        // The facts are shorter than 4 GiB.
        #[allow(clippy::cast_possible_truncation)]
        Line {
            start: start as u32,
        }
    }

    /// Whether it is available in the region.
    pub const fn is_in(&self, region: Region) -> bool {
        self.regions >> region.bit & 1 == 1
    }

    /// The number of regions in which it is available.
    pub const fn region_count(&self) -> u32 {
        self.regions.count_ones()
    }

    /// Validates that it is available in the region.
    pub(super) const fn check_region(&self, region: Region) -> Result<(), ConstDiagnostic> {
        if self.is_in(region) {
            return Ok(());
        }
        Err(absent(self.name, region))
    }
}

/// The line of a type in the facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    start: u32,
}

impl Line {
    /// The line of the regions, which is that of no type.
    pub(super) const FIRST: Self = Self { start: 0 };

    /// The type, if a host can have it.
    pub(super) const fn instance(self) -> Option<InstanceType> {
        let (_, rest) = FACTS.split_at(self.start as usize);
        parse(text::before(rest, b'\n'))
    }
}

/// The error about a type or family that is not available in a region.
pub(super) const fn absent(name: &str, region: Region) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .text(name)
        .text(" is not available in ")
        .text(region.name())
        .help("choose another type, or remove `instance` to have one chosen")
}

/// A type or a family, by name.
// Const evaluation cannot box the larger.
#[allow(clippy::large_enum_variant)]
pub(super) enum Named<'a> {
    Type(Result<InstanceType, ConstDiagnostic>),
    Family(&'a str),
}

const fn no_host(name: &str) -> ConstDiagnostic {
    ConstDiagnostic::new(name)
        .text(" cannot be the host")
        .note("the host runs Amazon Linux 2023, which needs a 64-bit x86 or Arm processor and does not run on Macs")
}

/// The error about an unknown name, with the nearest known one.
const fn unknown(message: &str, name: &str) -> ConstDiagnostic {
    let may_be_a_family = !text::contains(name, b'.');
    let mut search = Search::new(name);
    let mut lines = Lines::all();
    let mut last = "";
    while let Some(line) = lines.advance() {
        search.offer(text::before(line, b' '));
        let family = text::before(line, b'.');
        if may_be_a_family && !text::equal(family, last) {
            search.offer(family);
            last = family;
        }
    }
    let diagnostic = ConstDiagnostic::new(message).quoted(name);
    let otherwise =
        "for example \"t3.large\", or the family \"t3\"; or remove `instance` to have one chosen";
    search.help(diagnostic, otherwise)
}

/// The types of a family, one after the other: `t3.large` etc. for `t3`.
pub(super) struct Family<'a> {
    name: &'a str,
    lines: Lines,
}

impl<'a> Family<'a> {
    pub(super) const fn new(name: &'a str) -> Self {
        Self {
            name,
            lines: Lines {
                rest: lines_from(name),
            },
        }
    }

    /// The next type of the family that a host can have.
    pub(super) const fn advance(&mut self) -> Option<InstanceType> {
        while let Some(line) = self.next_line() {
            if let Some(instance) = parse(line) {
                return Some(instance);
            }
        }
        None
    }

    const fn next_line(&mut self) -> Option<&'static str> {
        while let Some(line) = self.lines.advance() {
            if !text::starts_with(line, self.name) {
                return None;
            }
            // `c7i-flex` is sorted between `c7i` and its types.
            if text::equal(text::before(line, b'.'), self.name) {
                return Some(line);
            }
        }
        None
    }
}

/// Lines of the facts, one after the other.
struct Lines {
    rest: &'static str,
}

impl Lines {
    const fn all() -> Self {
        Self {
            rest: FACTS.split_at(REGIONS.len() + 1).1,
        }
    }

    const fn advance(&mut self) -> Option<&'static str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = text::next_part(self.rest, b'\n');
        self.rest = match rest {
            Some(rest) => rest,
            None => "",
        };
        Some(line)
    }
}

const fn first_line_from(name: &str) -> &'static str {
    text::before(lines_from(name), b'\n')
}

/// The lines from the first whose name is not before this one: a binary search over the bytes.
const fn lines_from(name: &str) -> &'static str {
    let facts = Lines::all().rest;
    let bytes = facts.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let mut start = low + (high - low) / 2;
        while start > low && bytes[start - 1] != b'\n' {
            start -= 1;
        }
        let line = text::before(facts.split_at(start).1, b'\n');
        if is_before(text::before(line, b' '), name) {
            low = start + line.len() + 1;
        } else {
            high = start;
        }
    }
    if low >= bytes.len() {
        ""
    } else {
        facts.split_at(low).1
    }
}

/// Whether a name sorts before another by bytes.
const fn is_before(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] != b[at] {
            return a[at] < b[at];
        }
        at += 1;
    }
    a.len() < b.len()
}

const fn parse(line: &'static str) -> Option<InstanceType> {
    let (name, Some(rest)) = text::next_part(line, b' ') else {
        return None;
    };
    let (vcpus, Some(rest)) = text::next_part(rest, b' ') else {
        return None;
    };
    let (memory, Some(rest)) = text::next_part(rest, b' ') else {
        return None;
    };
    let (architecture, Some(rest)) = text::next_part(rest, b' ') else {
        return None;
    };
    let (generation, Some(regions)) = text::next_part(rest, b' ') else {
        return None;
    };
    let architecture = match architecture.as_bytes() {
        b"x86_64" => Architecture::X86_64,
        b"arm64" => Architecture::Arm64,
        _ => return None,
    };
    match (
        u32::from_str_radix(vcpus, 10),
        text::number(memory),
        u64::from_str_radix(regions, 16),
    ) {
        (Ok(vcpus), Some(memory), Ok(regions)) => Some(InstanceType {
            name,
            vcpus,
            memory: Size::from_mib(memory),
            architecture,
            current: text::equal(generation, "current"),
            regions,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_are_sorted_and_complete() {
        let names: Vec<&str> = FACTS
            .lines()
            .skip(1)
            .map(|line| text::before(line, b' '))
            .collect();
        assert!(names.len() > 1_300, "{}", names.len());
        assert!(names.is_sorted());
        assert!(
            names
                .iter()
                .all(|name| first_line_from(name).starts_with(name))
        );
        assert!(Region::all().count() > 30);
        assert!(Region::all().count() <= 64);
        assert_eq!(lines_from("zzz"), "");
    }

    #[test]
    fn a_type_is_known_by_its_name() {
        let large = InstanceType::new("t3.large").expect("it exists");
        assert_eq!((large.vcpus(), large.memory()), (2, Size::from_gib(8)));
        assert_eq!(large.architecture(), Architecture::X86_64);
        assert!(large.is_current());
        assert_eq!(
            InstanceType::new("t4g.large")
                .expect("it exists")
                .architecture(),
            Architecture::Arm64
        );
    }

    #[test]
    fn a_type_has_a_generation_and_regions() {
        let of = |name| InstanceType::new(name).expect(name);
        assert!(of("t3.large").is_current() && !of("a1.large").is_current());
        assert_eq!(Architecture::X86_64.as_str(), "x86_64");
        assert_eq!(Architecture::Arm64.as_str(), "arm64");
        for name in ["t3.large", "a1.large", "u7in-32tb.224xlarge"] {
            let there = Region::all().filter(|region| of(name).is_in(*region));
            let count = there.count();
            assert!(count > 1, "{name}: {count}");
            assert_eq!(of(name).region_count() as usize, count, "{name}");
        }
        let region = |name| Region::new(name).expect(name);
        let a1 = of("a1.large");
        assert!(a1.check_region(region("us-west-2")).is_ok());
        assert_eq!(
            a1.check_region(region("af-south-1"))
                .expect_err("it is not there")
                .to_string(),
            "a1.large is not available in af-south-1\n\
             = help: choose another type, or remove `instance` to have one chosen"
        );
    }

    #[test]
    fn a_name_that_begins_like_a_type_is_an_error() {
        for (name, help) in [
            ("t3.largex", "did you mean `t3.large`?"),
            ("t3.larg", "did you mean `t3.large`?"),
            // A family is not the type that was meant.
            (
                "c.7i",
                "for example \"t3.large\", or the family \"t3\"; or remove `instance` to have one chosen",
            ),
            (
                "~",
                "for example \"t3.large\", or the family \"t3\"; or remove `instance` to have one chosen",
            ),
        ] {
            let message = InstanceType::new(name).expect_err(name).to_string();
            let expected = format!("there is no instance type \"{name}\"\n= help: {help}");
            assert_eq!(message, expected);
        }
    }

    #[test]
    fn an_incomplete_line_is_not_a_type() {
        let line = "t3.large 2 8192 x86_64 current 1f";
        let parts: Vec<&str> = line.split(' ').collect();
        for length in 1..parts.len() {
            let cut = parts[..length].join(" ").leak();
            assert_eq!(parse(cut), None, "{cut}");
        }
        for odd in [
            "t3.large many 8192 x86_64 current 1f",
            "t3.large 2 8.5 x86_64 current 1f",
            "t3.large 2 8192 mips current 1f",
            "t3.large 2 8192 x86_64 current here",
        ] {
            assert_eq!(parse(odd), None, "{odd}");
        }
        let large = parse(line).expect("it has all parts");
        assert_eq!((large.name(), large.region_count()), ("t3.large", 5));
    }

    #[test]
    fn a_family_has_the_types_of_its_prefix() {
        let mut family = Family::new("t3");
        let mut names = Vec::new();
        while let Some(instance) = family.advance() {
            names.push(instance.name());
        }
        assert_eq!(names.len(), 7);
        assert!(names.iter().all(|name| name.starts_with("t3.")));
    }

    #[test]
    fn an_unknown_type_is_an_error_with_the_nearest() {
        let reported = InstanceType::new("t3.smal")
            .expect_err("misspelt")
            .to_string();
        assert_eq!(
            reported,
            "there is no instance type \"t3.smal\"\n= help: did you mean `t3.small`?"
        );
        let reported = InstanceType::new("mac1.metal")
            .expect_err("a Mac")
            .to_string();
        assert!(reported.contains("cannot be the host"));
    }
}
