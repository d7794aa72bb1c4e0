//! EC2 instance types: the facts, packed a line each.

use super::region::Region;
use super::size::Size;
use crate::finding::Finding;
use crate::suggest;

/// The first line names the regions in the order of their bits; every other line is a type: name,
/// virtual CPUs, MiB, architecture, `current` or `previous`, and the regions as hexadecimal bits.
static FACTS: &str = include_str!("../../data/instances.txt");

/// The architecture of a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The type of this name that a host can have.
    ///
    /// # Errors
    ///
    /// When there is none, or none that runs Amazon Linux 2023.
    pub fn new(name: &str) -> Result<Self, Finding> {
        let lines: Vec<&'static str> = lines().collect();
        let found = lines
            .binary_search_by_key(&name, |line| first_word(line))
            .ok()
            .and_then(|place| lines.get(place));
        let Some(line) = found else {
            let finding = Finding::new(format!("there is no instance type {name:?}"));
            let names = lines.iter().map(|line| first_word(line));
            return Err(match suggest::did_you_mean(name, names) {
                Some(help) => finding.help(help),
                None => finding
                    .help("for example \"t3.large\"; or leave `instance` out to have one chosen"),
            });
        };
        parse(line).ok_or_else(|| {
            Finding::new(format!("{name} cannot be the host"))
                .why("Amazon Linux 2023 runs on 64-bit x86 and Arm processors, and not on a Mac")
        })
    }

    /// All types that a host can have, in the order of names.
    pub fn all() -> impl Iterator<Item = Self> {
        lines().filter_map(parse)
    }

    /// The name, such as `t3.large`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The virtual CPUs.
    pub fn vcpus(&self) -> u32 {
        self.vcpus
    }

    /// The memory.
    pub fn memory(&self) -> Size {
        self.memory
    }

    /// The architecture of the processor.
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Whether AWS still counts it to the current generation.
    pub fn is_current(&self) -> bool {
        self.current
    }

    /// The part of the name before the dot.
    pub fn family(&self) -> &'static str {
        self.name.split('.').next().unwrap_or(self.name)
    }

    /// Whether the region has it.
    pub fn is_in(&self, region: Region) -> bool {
        self.regions >> region.bit & 1 == 1
    }

    /// How many regions have it.
    pub fn region_count(&self) -> u32 {
        self.regions.count_ones()
    }

    /// Judges whether the region has it.
    pub(super) fn check_region(&self, region: Region) -> Result<(), Finding> {
        if self.is_in(region) {
            return Ok(());
        }
        Err(
            Finding::new(format!("there is no {} in {}", self.name, region.name()))
                .help("choose another type, or leave `instance` out to have one chosen"),
        )
    }
}

/// The names of the regions in the order of their bits.
pub(super) fn regions() -> impl Iterator<Item = &'static str> {
    FACTS.lines().next().unwrap_or_default().split_whitespace()
}

fn lines() -> impl Iterator<Item = &'static str> {
    FACTS.lines().skip(1)
}

fn first_word(line: &'static str) -> &'static str {
    line.split(' ').next().unwrap_or(line)
}

fn parse(line: &'static str) -> Option<InstanceType> {
    let mut words = line.split(' ');
    Some(InstanceType {
        name: words.next()?,
        vcpus: words.next()?.parse().ok()?,
        memory: Size::from_mib(words.next()?.parse().ok()?),
        architecture: match words.next()? {
            "x86_64" => Architecture::X86_64,
            "arm64" => Architecture::Arm64,
            _ => return None,
        },
        current: words.next()? == "current",
        regions: u64::from_str_radix(words.next()?, 16).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_are_sorted_and_complete() {
        let names: Vec<&str> = lines().map(first_word).collect();
        assert!(names.len() > 1_300, "{}", names.len());
        assert!(names.is_sorted());
        assert!(regions().count() > 30);
        assert!(regions().count() <= 64);
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
    fn an_unknown_type_is_told_with_the_nearest() {
        let told = InstanceType::new("t3.smal")
            .expect_err("misspelt")
            .to_string();
        assert_eq!(
            told,
            "there is no instance type \"t3.smal\"\n= help: did you mean `t3.small`?"
        );
        assert!(
            InstanceType::new("mac1.metal")
                .expect_err("a Mac")
                .what
                .contains("cannot be the host")
        );
    }
}
