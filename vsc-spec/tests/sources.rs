//! What the library loads is what `data/sources.json` says that the sources gave. The digests in it are
//! compared where the data is made, by the tests of xtask.

use vsc_spec::resource::{self, ResourceType};
use vsc_spec::team::Region;

const SOURCES: &str = include_str!("../data/sources.json");

/// A count of `sources.json`.
fn stated(name: &str) -> usize {
    let (_, rest) = SOURCES
        .split_once(&format!("\"{name}\": "))
        .unwrap_or_else(|| panic!("nothing counts {name}"));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().expect("it is a number")
}

fn types() -> impl Iterator<Item = ResourceType> {
    resource::names().map(|name| resource::find(name).expect("what is listed is found"))
}

#[test]
fn all_types_and_constraints_are_there() {
    let mut counts = [0; 3];
    for known in types() {
        counts[0] += 1;
        counts[1] += known.constraints.len();
        counts[2] += known.attributes.len();
    }
    let names = ["resource types", "constraints", "attributes"];
    assert_eq!(counts, names.map(stated));
}

#[test]
fn all_regions_are_there() {
    assert_eq!(Region::all().count(), stated("regions"));
}

/// A constraint that is counted may still be empty.
#[test]
fn every_constraint_asks_for_something() {
    for known in types() {
        for constraint in &known.constraints {
            assert!(!constraint.rules.is_empty(), "{}", known.name);
        }
    }
}
