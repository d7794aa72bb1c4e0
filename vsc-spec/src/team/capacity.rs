//! Whether a team fits its host.

use super::cpus::Cpus;
use super::instance::{Architecture, Family, InstanceType, Line, Named, absent};
use super::region::Region;
use super::size::Size;
use crate::const_diagnostic::ConstDiagnostic;

/// The memory that the host itself takes: the system, Docker and the proxy.
pub const HOST_MEMORY: Size = Size::from_gib(1);

/// The memory of the largest host that can be declared.
pub(super) const LARGEST_HOST: Size = Size::from_gib(32 * 1_024);

/// The memory that is promised to a workspace by default.
pub(super) const DEFAULT_MEMORY: Size = Size::from_gib(1);

/// The families from which a host is chosen, in tiers of preference: burstable ones for small
/// teams, general ones and those with more memory, and those for the largest teams.
const FAMILIES: [(&str, u8, Architecture); 9] = [
    ("t3", 0, Architecture::X86_64),
    ("m7i", 1, Architecture::X86_64),
    ("r7i", 1, Architecture::X86_64),
    ("x2idn", 2, Architecture::X86_64),
    ("x2iedn", 2, Architecture::X86_64),
    ("t4g", 0, Architecture::Arm64),
    ("m7g", 1, Architecture::Arm64),
    ("r7g", 1, Architecture::Arm64),
    ("x2gd", 2, Architecture::Arm64),
];

/// The demand of a team on its host.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    users: usize,
    promised: Size,
    /// The promise to each, where it is the same for all.
    each: Option<Size>,
    /// The most that a workspace may use.
    cpus: Option<Cpus>,
}

impl Demand {
    pub(super) const fn none() -> Self {
        Self {
            users: 0,
            promised: Size::from_mib(0),
            each: None,
            cpus: None,
        }
    }

    /// The demand of one workspace, if its declaration is valid.
    pub(super) const fn of(memory: Option<&str>, cpus: Option<f64>) -> Option<Self> {
        let memory = match memory {
            Some(memory) => match Size::new(memory) {
                Ok(memory) => memory,
                Err(_) => return None,
            },
            None => Size::from_mib(0),
        };
        let cpus = match cpus {
            Some(cpus) => match Cpus::new(cpus) {
                Ok(cpus) => Some(cpus),
                Err(_) => return None,
            },
            None => None,
        };
        let mut demand = Self::none();
        demand.add(1, memory, cpus);
        Some(demand)
    }

    /// Adds a number of equal workspaces.
    pub(super) const fn add(&mut self, users: usize, memory: Size, cpus: Option<Cpus>) {
        self.each = match self.each {
            _ if self.users == 0 => Some(memory),
            Some(each) if each.mib() == memory.mib() => Some(memory),
            _ => None,
        };
        self.users += users;
        let more = memory.mib().saturating_mul(users as u64);
        self.promised = Size::from_mib(self.promised.mib().saturating_add(more));
        self.cpus = match (self.cpus, cpus) {
            (Some(most), Some(cpus)) if cpus.thousandths() <= most.thousandths() => Some(most),
            (most, None) => most,
            (_, cpus) => cpus,
        };
    }

    /// The memory that the host needs.
    const fn needed(&self) -> Size {
        Size::from_mib(self.promised.mib().saturating_add(HOST_MEMORY.mib()))
    }

    const fn fits(&self, instance: &InstanceType) -> bool {
        let cpus = match self.cpus {
            Some(cpus) => cpus.thousandths(),
            None => 0,
        };
        instance.memory().mib() >= self.needed().mib()
            && instance.vcpus().saturating_mul(1_000) >= cpus
    }
}

/// A type from which a host is chosen.
#[derive(Clone, Copy)]
struct Candidate {
    memory: Size,
    architecture: Architecture,
    /// Its line, instead of all its facts: a pointer to its name would be relocated at each start of the program.
    line: Line,
}

const COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < FAMILIES.len() {
        let mut family = Family::new(FAMILIES[at].0);
        while let Some(instance) = family.advance() {
            count += is_virtual(&instance) as usize;
        }
        at += 1;
    }
    count
};

/// The types of [`FAMILIES`], sorted: by memory, then by tier, then by virtual CPUs. The first that a team fits
/// is its host.
static CANDIDATES: [Candidate; COUNT] = {
    let none = Candidate {
        memory: Size::from_mib(0),
        architecture: Architecture::X86_64,
        line: Line::FIRST,
    };
    let mut candidates = [none; COUNT];
    let mut keys = [(0, 0, 0); COUNT];
    let (mut count, mut at) = (0, 0);
    while at < FAMILIES.len() {
        let (name, tier, _) = FAMILIES[at];
        at += 1;
        let mut family = Family::new(name);
        while let Some(instance) = family.advance() {
            if !is_virtual(&instance) {
                continue;
            }
            let key = key(tier, &instance);
            let mut index = count;
            while index > 0 && is_less(key, keys[index - 1]) {
                keys[index] = keys[index - 1];
                candidates[index] = candidates[index - 1];
                index -= 1;
            }
            keys[index] = key;
            candidates[index] = Candidate {
                memory: instance.memory(),
                architecture: instance.architecture(),
                line: instance.line(),
            };
            count += 1;
        }
    }
    candidates
};

/// By what hosts are sorted: memory in MiB, then tier, then virtual CPUs.
const fn key(tier: u8, instance: &InstanceType) -> (u64, u8, u32) {
    (instance.memory().mib(), tier, instance.vcpus())
}

/// `<` of two keys in const evaluation.
const fn is_less(a: (u64, u8, u32), b: (u64, u8, u32)) -> bool {
    if a.0 != b.0 {
        a.0 < b.0
    } else if a.1 != b.1 {
        a.1 < b.1
    } else {
        a.2 < b.2
    }
}

/// The smallest type that the team fits: by memory, then by tier, then by virtual CPUs.
pub(super) const fn smallest(
    demand: &Demand,
    architecture: Architecture,
    region: Option<Region>,
) -> Option<InstanceType> {
    let needed = demand.needed().mib();
    let mut at = 0;
    while at < CANDIDATES.len() {
        let candidate = &CANDIDATES[at];
        at += 1;
        if candidate.memory.mib() >= needed
            && candidate.architecture.is(architecture)
            && let Some(instance) = candidate.line.instance()
            && demand.fits(&instance)
            && is_in(&instance, region)
        {
            return Some(instance);
        }
    }
    None
}

/// The smallest type of a family that the team fits: by memory, then by virtual CPUs.
const fn smallest_of(
    family: &str,
    demand: &Demand,
    region: Option<Region>,
) -> Option<InstanceType> {
    let mut best: Option<InstanceType> = None;
    let mut family = Family::new(family);
    while let Some(instance) = family.advance() {
        let better = match &best {
            Some(best) => is_smaller(&instance, best),
            None => true,
        };
        if better && demand.fits(&instance) && is_offered(&instance, region) {
            best = Some(instance);
        }
    }
    best
}

/// The largest type of a family: by memory, then by virtual CPUs.
const fn largest_of(family: &str, region: Option<Region>) -> Option<InstanceType> {
    let mut best: Option<InstanceType> = None;
    let mut family = Family::new(family);
    while let Some(instance) = family.advance() {
        let better = match &best {
            Some(best) => is_smaller(best, &instance),
            None => true,
        };
        if better && is_offered(&instance, region) {
            best = Some(instance);
        }
    }
    best
}

/// Whether a host can be chosen to be of this type.
const fn is_offered(instance: &InstanceType, region: Option<Region>) -> bool {
    is_in(instance, region) && is_virtual(instance)
}

/// Whether the type is available in the region, if there is one.
const fn is_in(instance: &InstanceType, region: Option<Region>) -> bool {
    match region {
        Some(region) => instance.is_in(region),
        None => true,
    }
}

/// The declared type: by its name, or as a family, of which it is the smallest that the team fits. If
/// the team fits none, it is the largest, so that the error is about capacity.
pub(super) const fn named(
    name: &str,
    demand: &Demand,
    region: Option<Region>,
) -> Result<InstanceType, ConstDiagnostic> {
    let family = match InstanceType::named(name) {
        Named::Type(instance) => return instance,
        Named::Family(family) => family,
    };
    if let Some(instance) = smallest_of(family, demand, region) {
        return Ok(instance);
    }
    match (largest_of(family, region), region) {
        (Some(instance), _) => Ok(instance),
        (None, Some(region)) => Err(absent(family, region)),
        (None, None) => InstanceType::new(family),
    }
}

/// By memory, then by virtual CPUs.
const fn is_smaller(a: &InstanceType, b: &InstanceType) -> bool {
    is_less(key(0, a), key(0, b))
}

/// Whether the type is a virtual machine: a whole server takes many minutes to start.
const fn is_virtual(instance: &InstanceType) -> bool {
    let name = instance.name().as_bytes();
    let metal = b".metal";
    let mut at = 0;
    while at + metal.len() <= name.len() {
        let mut same = 0;
        while same < metal.len() && name[at + same] == metal[same] {
            same += 1;
        }
        if same == metal.len() {
            return false;
        }
        at += 1;
    }
    true
}

/// Checks whether the type has the promised memory.
pub(super) const fn check(
    instance: &InstanceType,
    demand: &Demand,
    region: Option<Region>,
) -> Result<(), ConstDiagnostic> {
    let needed = demand.needed();
    if instance.memory().mib() >= needed.mib() {
        return Ok(());
    }
    let diagnostic = too_small(demand, "on a ").text(instance.name());
    let diagnostic = note_demand(diagnostic, demand)
        .text(": ")
        .size(needed)
        .text(" needed, ")
        .size(instance.memory())
        .text(" available");
    Err(match smallest(demand, instance.architecture(), region) {
        Some(instance) => diagnostic
            .help("use ")
            .text(instance.name())
            .text(" (")
            .size(instance.memory())
            .text("), the smallest type that fits, or lower `memory`, or split the team"),
        None => diagnostic.help("lower `memory`, or split the team"),
    })
}

/// Chooses the smallest type that the workspaces fit.
pub(super) const fn choose(
    demand: &Demand,
    architecture: Architecture,
    region: Option<Region>,
) -> Result<InstanceType, ConstDiagnostic> {
    match smallest(demand, architecture, region) {
        Some(instance) => Ok(instance),
        None => {
            if let Some(cpus) = demand.cpus
                && asks_too_many_cpus(demand, architecture, region)
            {
                return Err(too_many_cpus(cpus, region));
            }
            let diagnostic = match region {
                Some(region) => too_small(demand, "on any host in ").text(region.name()),
                None => too_small(demand, "on any host"),
            };
            Err(note_demand(diagnostic, demand)
                .text(": ")
                .size(demand.needed())
                .text(" needed")
                .help("lower `memory` or `cpus`, or split the team"))
        }
    }
}

/// Whether a host would be found if the workspaces shared its CPUs.
pub(super) const fn asks_too_many_cpus(
    demand: &Demand,
    architecture: Architecture,
    region: Option<Region>,
) -> bool {
    let sharing = Demand {
        cpus: None,
        ..*demand
    };
    smallest(demand, architecture, region).is_none()
        && smallest(&sharing, architecture, region).is_some()
}

const fn too_many_cpus(cpus: Cpus, region: Option<Region>) -> ConstDiagnostic {
    let diagnostic = match region {
        Some(region) => ConstDiagnostic::new("no host in ").text(region.name()),
        None => ConstDiagnostic::new("no host"),
    };
    diagnostic
        .text(" has ")
        .cpus(cpus)
        .text(" CPUs for one workspace")
        .help("lower `cpus`, or remove it to share the host's CPUs")
}

const fn too_small(demand: &Demand, on_host: &str) -> ConstDiagnostic {
    let diagnostic = ConstDiagnostic::new("").count(demand.users);
    let diagnostic = if demand.users == 1 {
        diagnostic.text(" user does not fit ")
    } else {
        diagnostic.text(" users do not fit ")
    };
    diagnostic.text(on_host)
}

const fn note_demand(diagnostic: ConstDiagnostic, demand: &Demand) -> ConstDiagnostic {
    let diagnostic = match demand.each {
        Some(each) => diagnostic.note("each workspace is promised ").size(each),
        None => diagnostic
            .note("the workspaces are promised ")
            .size(demand.promised),
    };
    diagnostic
        .text(", and the host itself takes ")
        .size(HOST_MEMORY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn team(users: usize) -> Demand {
        let mut demand = Demand::none();
        demand.add(users, DEFAULT_MEMORY, None);
        demand
    }

    #[test]
    fn the_smallest_host_is_chosen() {
        for (users, name) in [
            (1, "t3.small"),
            (3, "t3.medium"),
            (6, "t3.large"),
            (15, "t3.xlarge"),
            (100, "r7i.4xlarge"),
        ] {
            let chosen = choose(&team(users), Architecture::X86_64, None).expect("there is one");
            assert_eq!(chosen.name(), name, "{users} users");
            assert!(chosen.is_current());
        }
        let chosen = choose(&team(6), Architecture::Arm64, None).expect("there is one");
        assert_eq!(chosen.name(), "t4g.large");
    }

    #[test]
    fn a_family_gives_the_smallest_that_fits() {
        let of = |family: &str, users: usize| {
            let chosen = named(family, &team(users), None).expect("there is one");
            chosen.name()
        };
        assert_eq!(of("c7i", 1), "c7i.large");
        assert_eq!(of("c7i", 6), "c7i.xlarge");
        assert_eq!(of("c7i-flex", 6), "c7i-flex.xlarge");
        assert_eq!(of("m7g", 6), "m7g.large");
        assert_eq!(of("t2", 1), "t2.small");
        // A full name stays as it is, and so does a family that is too small.
        assert_eq!(of("m7i.xlarge", 1), "m7i.xlarge");
        assert_eq!(of("t3", 100), "t3.2xlarge");
        for (name, message, help) in [
            (
                "c7j",
                "there is no instance type or family \"c7j\"",
                "did you mean `c7a`?",
            ),
            (
                "C7I",
                "there is no instance type or family \"C7I\"",
                "did you mean `c7i`?",
            ),
            (
                "t3large",
                "there is no instance type or family \"t3large\"",
                "did you mean `t3.large`?",
            ),
        ] {
            let reported = named(name, &team(1), None)
                .expect_err("it is none")
                .to_string();
            assert!(reported.starts_with(message), "{reported}");
            assert!(reported.ends_with(help), "{reported}");
        }
        let reported = named("mac1", &team(1), None)
            .expect_err("a Mac")
            .to_string();
        assert!(
            reported.starts_with("mac1 cannot be the host"),
            "{reported}"
        );
        let region = Region::new("me-south-1").expect("it exists");
        let reported = named("x8g", &team(1), Some(region))
            .expect_err("it is not there")
            .to_string();
        assert!(
            reported.starts_with("x8g is not available in me-south-1"),
            "{reported}"
        );
        let reported = named("", &team(1), None).expect_err("nothing").to_string();
        assert!(reported.contains("for example \"t3.large\""), "{reported}");
    }

    #[test]
    fn the_largest_host_is_known() {
        let largest = InstanceType::all().map(|instance| instance.memory()).max();
        assert_eq!(largest, Some(LARGEST_HOST));
    }

    #[test]
    fn cpus_are_counted() {
        let mut demand = team(1);
        let cpus = Cpus::new(4.0).expect("a number");
        demand.add(1, DEFAULT_MEMORY, Some(cpus));
        let chosen = choose(&demand, Architecture::X86_64, None).expect("there is one");
        assert!(chosen.vcpus() >= 4, "{}", chosen.name());
    }

    #[test]
    fn more_cpus_than_any_host_has_are_an_error() {
        let mut demand = team(1);
        demand.add(
            1,
            DEFAULT_MEMORY,
            Some(Cpus::new(1_000.0).expect("a number")),
        );
        let reported = choose(&demand, Architecture::X86_64, None).expect_err("too many");
        assert_eq!(
            reported.to_string(),
            "no host has 1000 CPUs for one workspace\n\
             = help: lower `cpus`, or remove it to share the host's CPUs"
        );
    }

    #[test]
    fn a_team_that_does_not_fit_is_an_error_with_the_type_that_fits() {
        let small = InstanceType::new("t3.small").expect("it exists");
        let reported = check(&small, &team(100), None).expect_err("too small");
        assert_eq!(
            reported.to_string(),
            "100 users do not fit on a t3.small\n\
             each workspace is promised 1 GiB, and the host itself takes 1 GiB: 101 GiB needed, 2 GiB available\n\
             = help: use r7i.4xlarge (128 GiB), the smallest type that fits, or lower `memory`, or split the team"
        );
    }

    #[test]
    fn less_memory_goes_before_preference_and_preference_before_fewer_cpus() {
        let order = [
            (0, "t3.large"),
            (0, "c7i.xlarge"),
            (1, "m7i.large"),
            (0, "t3.xlarge"),
            (1, "m7i.xlarge"),
            (1, "c7i.2xlarge"),
            (0, "t3.2xlarge"),
        ]
        .map(|(tier, name)| (tier, InstanceType::new(name).expect(name)));
        for (at, (tier, host)) in order.iter().enumerate() {
            for (other, (other_tier, other_host)) in order.iter().enumerate() {
                let smaller = is_less(key(*tier, host), key(*other_tier, other_host));
                let names = (host.name(), other_host.name());
                assert_eq!(smaller, at < other, "{names:?}");
            }
        }
    }

    #[test]
    fn the_smallest_of_all_families_is_chosen() {
        let types: Vec<InstanceType> = InstanceType::all().collect();
        let hosts = FAMILIES.iter().flat_map(|(family, tier, _)| {
            let hosts = types.iter();
            let hosts = hosts.filter(|host| text::before(host.name(), b'.') == *family);
            hosts.map(|host| (*tier, *host))
        });
        let hosts: Vec<(u8, InstanceType)> = hosts.collect();
        let mut found = std::collections::BTreeSet::new();
        for region in std::iter::once(None).chain(Region::all().map(Some)) {
            for (memory, cpus) in (0..13).flat_map(|at| [(at, None), (at, Some(at))]) {
                let memory = format!("{} GiB", 1 << memory);
                let cpus = cpus.map(|cpus| f64::from(1 << cpus));
                let demand = Demand::of(Some(&memory), cpus).expect("it is right");
                for architecture in [Architecture::X86_64, Architecture::Arm64] {
                    let hosts = hosts.iter().filter(|(_, host)| {
                        host.architecture() == architecture
                            && demand.fits(host)
                            && is_offered(host, region)
                    });
                    let expected = hosts.min_by_key(|(tier, host)| key(*tier, host));
                    let expected = expected.map(|(_, host)| *host);
                    assert_eq!(smallest(&demand, architecture, region), expected);
                    found.extend(expected.map(|host| host.name()));
                }
            }
        }
        assert!(found.len() > 30, "{found:?}");
    }

    #[test]
    fn a_whole_server_is_not_chosen() {
        for (name, expected) in [
            ("a1.metal", false),
            ("c7i.metal-24xl", false),
            ("c7i.large", true),
            ("u7in-32tb.224xlarge", true),
        ] {
            let host = InstanceType::new(name).expect(name);
            assert_eq!(is_virtual(&host), expected, "{name}");
        }
        // The largest of the family is a whole server.
        let largest = named("g4dn", &team(10_000), None).expect("there is one");
        assert_eq!(largest.name(), "g4dn.16xlarge");
        let smallest = named("a1", &team(20), None).expect("there is one");
        assert_eq!(smallest.name(), "a1.4xlarge");
    }

    #[test]
    fn what_the_workspaces_need_is_added_up() {
        let demand = |workspaces: &[(usize, u64, Option<f64>)]| {
            let mut demand = Demand::none();
            for (users, gib, cpus) in workspaces {
                let cpus = cpus.map(|cpus| Cpus::new(cpus).expect("a number"));
                demand.add(*users, Size::from_gib(*gib), cpus);
            }
            demand
        };
        let small = InstanceType::new("t3.small").expect("it exists");
        for (workspaces, promised) in [
            (
                &[(1, 2, None)][..],
                "1 user does not fit on a t3.small\n\
                 each workspace is promised 2 GiB, and the host itself takes 1 GiB: 3 GiB needed, 2 GiB available",
            ),
            (
                &[(2, 2, None), (1, 2, None)],
                "3 users do not fit on a t3.small\n\
                 each workspace is promised 2 GiB, and the host itself takes 1 GiB: 7 GiB needed, 2 GiB available",
            ),
            (
                &[(1, 2, None), (1, 3, None)],
                "2 users do not fit on a t3.small\n\
                 the workspaces are promised 5 GiB, and the host itself takes 1 GiB: 6 GiB needed, 2 GiB available",
            ),
            // Once they differ, `each` stays empty.
            (
                &[(1, 2, None), (1, 3, None), (1, 3, None)],
                "3 users do not fit on a t3.small\n\
                 the workspaces are promised 8 GiB, and the host itself takes 1 GiB: 9 GiB needed, 2 GiB available",
            ),
        ] {
            let message = check(&small, &demand(workspaces), None).expect_err("too small");
            let message = message.to_string();
            assert!(message.starts_with(promised), "{message}");
        }
        // The workspace with the most CPUs decides, at any index.
        for cpus in [
            [Some(8.0), Some(2.0), None],
            [None, Some(2.0), Some(8.0)],
            [Some(2.0), Some(8.0), Some(8.0)],
        ] {
            let workspaces = cpus.map(|cpus| (1, 1, cpus));
            let chosen = choose(&demand(&workspaces), Architecture::X86_64, None);
            assert_eq!(
                chosen.expect("there is one").name(),
                "t3.2xlarge",
                "{cpus:?}"
            );
        }
        // All memory that the host does not need can be promised, and no more.
        let fits = |gib| check(&small, &demand(&[(1, gib, None)]), None).is_ok();
        assert!(fits(1) && !fits(2));
    }

    #[test]
    fn a_team_that_fits_no_host_is_an_error_about_the_excess() {
        let region = Region::new("me-south-1").expect("it exists");
        let message = |memory, cpus, region| {
            let demand = Demand::of(memory, cpus).expect("both are right");
            let outcome = choose(&demand, Architecture::X86_64, region);
            outcome.expect_err("too much").to_string()
        };
        for (memory, cpus, region, expected) in [
            (
                "20 TiB",
                Some(0.5),
                None,
                "1 user does not fit on any host\n\
                 each workspace is promised 20480 GiB, and the host itself takes 1 GiB: 20481 GiB needed\n\
                 = help: lower `memory` or `cpus`, or split the team",
            ),
            (
                "20 TiB",
                Some(5_000.0),
                Some(region),
                "1 user does not fit on any host in me-south-1\n\
                 each workspace is promised 20480 GiB, and the host itself takes 1 GiB: 20481 GiB needed\n\
                 = help: lower `memory` or `cpus`, or split the team",
            ),
            (
                "1 GiB",
                Some(5_000.0),
                Some(region),
                "no host in me-south-1 has 5000 CPUs for one workspace\n\
                 = help: lower `cpus`, or remove it to share the host's CPUs",
            ),
        ] {
            assert_eq!(message(Some(memory), cpus, region), expected);
        }
        // A value with an error of its own demands nothing.
        assert!(Demand::of(Some("a lot"), None).is_none());
        assert!(Demand::of(None, Some(-1.0)).is_none());
        let demand = Demand::of(Some("2 GiB"), None).expect("it is right");
        assert_eq!(demand.needed(), Size::from_gib(3));
    }

    #[test]
    fn a_chosen_type_is_in_the_region() {
        let mut count = 0;
        for region in Region::all() {
            if let Ok(chosen) = choose(&team(6), Architecture::X86_64, Some(region)) {
                count += 1;
                assert!(chosen.is_in(region), "{}", region.name());
            }
        }
        assert!(count > 25, "{count}");
    }
}
