//! How many facts there are, and how few there may be.
//!
//! A source that moves a folder or renames a keyword gives fewer facts rather than an error. What it gave
//! before is what it has to give, but for the few that AWS takes back: a floor is a little below the count
//! in `sources.json`, and is raised when that has grown.

use super::page::grouped;
use super::source::{CFN_LINT, MOTO, Source, TZDATA};

/// What is counted.
#[derive(Debug)]
pub(super) struct Quantity {
    pub(super) name: &'static str,
    pub(super) source: &'static Source,
    pub(super) floor: usize,
}

const fn of(source: &'static Source, name: &'static str, floor: usize) -> Quantity {
    Quantity {
        name,
        source,
        floor,
    }
}

/// In the order of `sources.json`.
pub(super) const QUANTITIES: [Quantity; 14] = [
    of(&CFN_LINT, "resource types", 1_880),
    of(&CFN_LINT, "properties", 51_000),
    of(&CFN_LINT, "attributes", 6_600),
    of(&CFN_LINT, "patterns", 8_400),
    of(&CFN_LINT, "enums", 4_400),
    of(&CFN_LINT, "formats", 30),
    of(&CFN_LINT, "constraints", 1_290),
    of(&CFN_LINT, "rules with constraints", 62),
    of(&CFN_LINT, "IAM services", 450),
    of(&CFN_LINT, "IAM actions", 22_000),
    of(&CFN_LINT, "Lambda runtimes", 46),
    of(&CFN_LINT, "regions", 37),
    of(&MOTO, "instance types", 1_370),
    of(&TZDATA, "time zones", 590),
];

/// How many there are, in the order of [`QUANTITIES`].
pub(super) type Counts = [usize; QUANTITIES.len()];

/// Rejects counts below their floors, all of them at once.
pub(super) fn check(counts: &Counts) -> Result<(), String> {
    let below = QUANTITIES.iter().zip(counts);
    let below = below.filter(|(quantity, count)| **count < quantity.floor);
    let lines = below.map(|(quantity, count)| {
        let Quantity {
            name,
            source,
            floor,
        } = quantity;
        let (source, count, floor) = (source.name, grouped(*count), grouped(*floor));
        format!("\n{name}: {count} in {source}, at least {floor} are expected")
    });
    let lines: String = lines.collect();
    if lines.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the sources give too few facts{lines}\n\
         help: find out where they went; where AWS took them back, lower the floor in `xtask/src/spec/floor.rs`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::provenance::Provenance;
    use crate::workspace;

    #[test]
    fn counts_at_their_floors_pass_and_below_them_fail() {
        let mut counts = QUANTITIES.map(|quantity| quantity.floor);
        assert_eq!(check(&counts), Ok(()));
        counts[0] -= 1;
        counts[13] = 0;
        assert_eq!(
            check(&counts),
            Err(format!(
                "the sources give too few facts\n\
                 resource types: {} in cfn-lint, at least {} are expected\n\
                 time zones: 0 in tzdata, at least {} are expected\n\
                 help: find out where they went; where AWS took them back, lower the floor in \
                 `xtask/src/spec/floor.rs`",
                grouped(counts[0]),
                grouped(QUANTITIES[0].floor),
                grouped(QUANTITIES[13].floor)
            ))
        );
    }

    /// A floor far below what there is lets half of it go.
    #[test]
    fn floors_are_a_little_below_what_there_is() {
        let provenance = Provenance::read(&workspace()).expect("it is there");
        for (quantity, count) in QUANTITIES
            .iter()
            .zip(provenance.counts().expect("all are there"))
        {
            let Quantity { name, floor, .. } = quantity;
            assert!(count >= *floor, "{name}: {count} is below {floor}");
            // Of few, one may be a large part.
            let slack = (count / 20).max(2);
            assert!(
                count - floor <= slack,
                "{name}: {count} is far above {floor}, raise the floor"
            );
        }
    }
}
