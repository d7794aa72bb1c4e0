//! Whether a team fits its host.

use super::instance::{Architecture, InstanceType};
use super::region::Region;
use super::size::Size;
use crate::finding::Finding;

/// What the host takes for itself: the system, Docker and the proxy.
pub const HOST_MEMORY: Size = Size::from_gib(1);

/// What is promised to a workspace when nothing is declared.
pub(super) const DEFAULT_MEMORY: Size = Size::from_gib(1);

/// The families from which a host is chosen, in tiers of preference: burstable ones for small
/// teams, general ones and those with more memory, and those for the largest teams.
const FAMILIES: [(&str, u8); 5] = [
    ("t3", 0),
    ("m7i", 1),
    ("r7i", 1),
    ("x2idn", 2),
    ("x2iedn", 2),
];

/// The memory that a team needs.
pub(super) fn needed(promises: &[Size]) -> Size {
    let workspaces = promises
        .iter()
        .map(|promise| promise.mib())
        .fold(0, u64::saturating_add);
    Size::from_mib(workspaces.saturating_add(HOST_MEMORY.mib()))
}

/// The smallest type that has the memory: by memory, then by tier, then by virtual CPUs.
pub(super) fn smallest(needed: Size, region: Option<Region>) -> Option<InstanceType> {
    let tier = |family: &str| FAMILIES.iter().find(|(known, _)| *known == family);
    InstanceType::all()
        .filter(|instance| instance.is_current() && instance.architecture() == Architecture::X86_64)
        .filter(|instance| !instance.name().contains("metal") && instance.memory() >= needed)
        .filter(|instance| region.is_none_or(|region| instance.is_in(region)))
        .filter_map(|instance| tier(instance.family()).map(|(_, tier)| (tier, instance)))
        .min_by_key(|(tier, instance)| (instance.memory(), *tier, instance.vcpus()))
        .map(|(_, instance)| instance)
}

/// Judges whether the workspaces fit the type.
pub(super) fn check(
    instance: &InstanceType,
    promises: &[Size],
    region: Option<Region>,
) -> Result<(), Finding> {
    let needed = needed(promises);
    if instance.memory() >= needed {
        return Ok(());
    }
    Err(too_small(&format!("on a {}", instance.name()), promises)
        .why(format!(
            "{}: {needed} needed, {} there",
            reckoning(promises),
            instance.memory()
        ))
        .help(advice(needed, region)))
}

/// Chooses the smallest type that the workspaces fit.
pub(super) fn choose(promises: &[Size], region: Option<Region>) -> Result<InstanceType, Finding> {
    let needed = needed(promises);
    smallest(needed, region).ok_or_else(|| {
        too_small("on any host", promises)
            .why(format!("{}: {needed} needed", reckoning(promises)))
            .help("lower `memory`, or split the team")
    })
}

fn too_small(place: &str, promises: &[Size]) -> Finding {
    Finding::new(match promises.len() {
        1 => format!("1 user does not fit {place}"),
        many => format!("{many} users do not fit {place}"),
    })
}

fn reckoning(promises: &[Size]) -> String {
    match promises {
        [first, rest @ ..] if rest.iter().all(|promise| promise == first) => {
            format!("each workspace is promised {first}, and the host itself takes {HOST_MEMORY}")
        }
        _ => {
            let all = Size::from_mib(needed(promises).mib() - HOST_MEMORY.mib());
            format!("the workspaces are promised {all}, and the host itself takes {HOST_MEMORY}")
        }
    }
}

fn advice(needed: Size, region: Option<Region>) -> String {
    match smallest(needed, region) {
        Some(instance) => format!(
            "the smallest instance type that fits is {} ({}); or lower `memory`, or split the team",
            instance.name(),
            instance.memory()
        ),
        None => "lower `memory`, or split the team".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_host_is_chosen() {
        for (users, name) in [
            (1, "t3.small"),
            (3, "t3.medium"),
            (6, "t3.large"),
            (15, "t3.xlarge"),
            (100, "r7i.4xlarge"),
        ] {
            let chosen = choose(&vec![DEFAULT_MEMORY; users], None).expect("there is one");
            assert_eq!(chosen.name(), name, "{users} users");
        }
    }

    #[test]
    fn a_team_that_does_not_fit_is_told_what_does() {
        let small = InstanceType::new("t3.small").expect("it exists");
        let told = check(&small, &[DEFAULT_MEMORY; 100], None).expect_err("too small");
        assert_eq!(
            told.to_string(),
            "100 users do not fit on a t3.small\n\
             each workspace is promised 1 GiB, and the host itself takes 1 GiB: 101 GiB needed, 2 GiB there\n\
             = help: the smallest instance type that fits is r7i.4xlarge (128 GiB); or lower `memory`, or split the team"
        );
    }

    #[test]
    fn a_type_has_a_place_in_every_region_it_is_chosen_for() {
        for name in super::super::instance::regions() {
            let region = Region::new(name).expect(name);
            if let Ok(chosen) = choose(&[DEFAULT_MEMORY; 6], Some(region)) {
                assert!(chosen.is_in(region), "{name}");
            }
        }
    }
}
