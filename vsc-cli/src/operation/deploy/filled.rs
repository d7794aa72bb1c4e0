//! The parameters of the homes and of the host's generation, which the deployment fills.

use vsc_core::diff::{HomeOwner, Homes, HomesHolder, VolumeSize};
use vsc_spec::visible::one_line;

use super::homes::Standing;
use super::{InitialState, Options};
use crate::assembly::{DeclaredValue, HomeVolume, Stack};
use crate::aws::event::timestamp;
use crate::aws::home::Home;
use crate::aws::host_report;
use crate::aws::io::Event;
use crate::aws::parameters::{Origin, Setting};
use crate::aws::session::{Session, Stopped};
use crate::aws::snapshot::{self, Snapshot};
use crate::aws::subnet;
use crate::failure::{Failure, Hint};
use crate::operation::homes;

type Settings = Vec<(String, Setting, Origin)>;

/// What the values follow from.
pub(super) struct Filled<'a> {
    pub(super) session: &'a Session,
    pub(super) stack: &'a Stack,
    pub(super) initial: &'a InitialState,
    pub(super) options: &'a Options,
    pub(super) moves: Option<&'a Standing>,
}

/// What a size of the volume follows from, in GiB.
struct Least<'a> {
    /// What the homes need.
    needed: u64,
    /// The size of the deployed volume.
    deployed: Option<u64>,
    snapshot: Option<&'a Snapshot>,
}

impl Least<'_> {
    fn gib(&self) -> u64 {
        let snapshot = self.snapshot.map(|snapshot| snapshot.size);
        let deployed = self.deployed.unwrap_or_default();
        self.needed.max(deployed).max(snapshot.unwrap_or_default())
    }
}

/// The state of everything when a value is rejected.
const NOTHING: &str = "nothing was changed";

impl Filled<'_> {
    fn homes(&self) -> Option<&HomeVolume> {
        self.stack.team.as_ref()?.homes.as_ref()
    }

    /// Whether nobody is asked for a parameter.
    pub(super) fn fills(&self, parameter: &str) -> bool {
        let homes = self.homes();
        homes.is_some_and(|homes| homes.zone_parameter == parameter)
    }

    /// Fills the values.
    pub(super) async fn fill(&self, settings: &mut Settings) -> Result<(), Failure> {
        if let Some(homes) = self.homes() {
            self.fill_zone(homes, settings).await?;
            let snapshot = self.snapshot().await?;
            self.fill_size(homes, snapshot.as_ref(), settings).await?;
            if let Some(snapshot) = &snapshot {
                set(settings, &homes.snapshot_parameter, &snapshot.id);
            }
        }
        let team = self.stack.team.as_ref();
        let generation = team.and_then(|team| team.host.generation_parameter.as_ref());
        if let Some(generation) = generation
            && self.needs_new_host()
        {
            let now = timestamp(host_report::now());
            let now: String = now.chars().filter(char::is_ascii_alphanumeric).collect();
            set(settings, generation, &now);
        }
        Ok(())
    }

    /// Whether the host is replaced: on request, or since the volume that it has mounted is deleted.
    fn needs_new_host(&self) -> bool {
        if self.initial.before.is_none() {
            return false;
        }
        let homes = self.initial.homes.as_ref();
        let had_volume = homes.is_some_and(|homes| homes.volume.is_some());
        self.options.new_host || self.options.loses_homes && had_volume && self.homes().is_none()
    }

    /// The availability zone of the subnet.
    async fn fill_zone(&self, homes: &HomeVolume, settings: &mut Settings) -> Result<(), Failure> {
        let name = &homes.zone_parameter;
        if !is_given(settings, name) {
            match self.zone_of_subnet(settings).await? {
                Ok(zone) => set(settings, name, &zone),
                Err(failure) => {
                    // Without permission to describe it, the zone stays.
                    let Some(before) = self.deployed(name) else {
                        return Err(failure.hint(format!("or pass it: `--parameter {name}=…`")));
                    };
                    let cause = failure.problems().first();
                    let cause = cause.map(|problem| problem.message.clone());
                    let cause = cause.unwrap_or_default();
                    self.session.io.report(Event::ZoneUnknown {
                        zone: before,
                        cause,
                    });
                    set(settings, name, before);
                }
            }
        }
        match value(settings, name) {
            Some(zone) => self.check_zone(homes, zone),
            None => Ok(()),
        }
    }

    /// The zone of the subnet, or why it is unknown.
    async fn zone_of_subnet(
        &self,
        settings: &Settings,
    ) -> Result<Result<String, Failure>, Failure> {
        let team = self.stack.team.as_ref();
        let declared = team.map(|team| &team.needs.network.subnet);
        let subnet = match declared {
            Some(DeclaredValue::Value(subnet)) => subnet.as_str(),
            Some(DeclaredValue::Parameter(name)) => value(settings, name)
                .or_else(|| self.deployed(name))
                .unwrap_or_default(),
            None => "",
        };
        let region = self.session.region();
        match subnet::zone(self.session, subnet).await {
            Ok(Some(zone)) => Ok(Ok(zone)),
            Ok(None) => Err(
                Failure::input(format!("there is no subnet {subnet} in {region}"))
                    .state(NOTHING)
                    .hint("run `aws ec2 describe-subnets` to list those of the region"),
            ),
            Err(Stopped::Failed(error)) => Ok(Err(error.failure(NOTHING))),
            Err(interrupted) => Err(interrupted.into()),
        }
    }

    /// Rejects another zone than that of the deployed volume: "Updates are not supported", AWS
    /// CloudFormation Template Reference, `AWS::EC2::Volume`.
    fn check_zone(&self, homes: &HomeVolume, zone: &str) -> Result<(), Failure> {
        let before = self.initial.homes.as_ref();
        let has_volume = before.is_some_and(|homes| homes.volume.is_some());
        let deployed = self.deployed(&homes.zone_parameter).filter(|_| has_volume);
        let of_host = self.moves.and_then(|host| host.zone.as_deref());
        let Some(there) = of_host.or(deployed).filter(|there| *there != zone) else {
            return Ok(());
        };
        let (name, selection) = (&self.stack.name, self.stack.selection());
        let failure = Failure::input(format!(
            "{name} cannot be deployed: its subnet is in {zone}, and the homes are in {there}"
        ))
        .note("no volume moves to another zone")
        .state(NOTHING)
        .hint(format!("use a subnet in {there}"));
        if self.moves.is_some() {
            return Err(failure);
        }
        Err(failure
            .hint(
                Hint::run(
                    "or move everything: delete the stack with",
                    &["destroy", name],
                )
                .then(", which keeps a snapshot of the homes"),
            )
            .hint(Hint::run(
                "and create it with",
                &["deploy", &selection, "--homes-snapshot", "SNAPSHOT"],
            )))
    }

    /// The snapshot with which the homes begin, if one is asked for.
    async fn snapshot(&self) -> Result<Option<Snapshot>, Failure> {
        let Some(id) = &self.options.homes_snapshot else {
            return Ok(None);
        };
        let found = snapshot::describe(self.session, id).await;
        let found = found.map_err(|stopped| stopped.failure(NOTHING))?;
        let list = Hint::run("list those of the homes with", &["snapshots"]);
        match found {
            Some(snapshot) if snapshot.is_complete() => Ok(Some(snapshot)),
            Some(snapshot) if snapshot.state == "pending" => {
                let progress = one_line(&snapshot.progress);
                Err(Failure::input(format!(
                    "the snapshot {id} is not complete yet ({progress}): no volume can be made of it"
                ))
                .state(NOTHING)
                .hint("deploy again when it is"))
            }
            Some(snapshot) => {
                let state = one_line(&snapshot.state);
                Err(Failure::input(format!(
                    "the snapshot {id} is in the state {state}: no volume can be made of it"
                ))
                .state(NOTHING)
                .hint(list))
            }
            None => {
                let region = self.session.region();
                Err(
                    Failure::input(format!("there is no snapshot {id} in {region}"))
                        .state(NOTHING)
                        .hint(list),
                )
            }
        }
    }

    /// The size of the volume: what the homes need, and never less than before or than its snapshot.
    async fn fill_size(
        &self,
        homes: &HomeVolume,
        snapshot: Option<&Snapshot>,
        settings: &mut Settings,
    ) -> Result<(), Failure> {
        let Some(now) = Homes::of(&self.stack.template.json) else {
            return Ok(());
        };
        let before = self.initial.homes.as_ref();
        // Homes that are lost need no room.
        let kept = before
            .filter(|before| !(self.options.loses_homes && before.holder == HomesHolder::Root));
        let mut least = Least {
            needed: now.needed_gib(kept).max(homes.gib),
            deployed: self.deployed_gib(homes),
            snapshot,
        };
        let Some(parameter) = &homes.size_parameter else {
            return self.check_size(homes.gib, &least, &|gib| {
                format!("write `home_volume = \"{gib} GiB\"`")
            });
        };
        least.needed = least.needed.max(self.with_newcomers(&now, &least).await?);
        if is_given(settings, parameter) {
            // The given value may be the previous one.
            let given = value(settings, parameter).or_else(|| self.deployed(parameter));
            let given = given.and_then(|value| value.parse().ok());
            return self.check_size(given.unwrap_or(least.gib()), &least, &|gib| {
                format!("pass `--parameter {parameter}={gib}`, or omit it")
            });
        }
        set(settings, parameter, &least.gib().to_string());
        Ok(())
    }

    /// The size of the deployed volume. Its parameter is known even if the template cannot be read.
    fn deployed_gib(&self, homes: &HomeVolume) -> Option<u64> {
        let Some(before) = &self.initial.homes else {
            return self.deployed(homes.size_parameter.as_ref()?)?.parse().ok();
        };
        match before.size.as_ref()? {
            VolumeSize::Gib(gib) => Some(*gib),
            VolumeSize::Parameter(name) => self.deployed(name)?.parse().ok(),
        }
    }

    /// The size for developers who join a deployed team, in GiB; 0 if nobody does. The deployed template
    /// does not know those who left before it, whose homes are kept: the host does.
    async fn with_newcomers(&self, now: &Homes, least: &Least<'_>) -> Result<u64, Failure> {
        let before = self.initial.homes.as_ref();
        let before = before.filter(|before| before.volume.is_some());
        let (Some(before), Some(deployed)) = (before, least.deployed) else {
            return Ok(0);
        };
        let is_new = |user: &&HomeOwner| !before.users.iter().any(|it| it.name == user.name);
        let newcomers: u64 = now.users.iter().filter(is_new).map(|user| user.mib).sum();
        if newcomers == 0 {
            return Ok(0);
        }
        Ok(match homes::asked(self.session, self.stack).await? {
            Some(there) => Homes::volume_gib(occupied(&there, now)),
            None => deployed + Homes::volume_gib(newcomers),
        })
    }

    fn check_size(
        &self,
        gib: u64,
        least: &Least<'_>,
        help: &dyn Fn(u64) -> String,
    ) -> Result<(), Failure> {
        let name = &self.stack.name;
        let help = help(least.gib());
        if let Some(deployed) = least.deployed.filter(|deployed| gib < *deployed) {
            return Err(Failure::input(format!(
                "{name} cannot be deployed: the volume of the homes has {deployed} GiB, and would have {gib} GiB"
            ))
            .note("an EBS volume never shrinks")
            .state(NOTHING)
            .hint(help));
        }
        if let Some(snapshot) = least.snapshot.filter(|snapshot| gib < snapshot.size) {
            let Snapshot { id, size, .. } = snapshot;
            return Err(Failure::input(format!(
                "{name} cannot be deployed: the snapshot {id} has {size} GiB, and the volume of the homes would have {gib} GiB"
            ))
            .note("a volume is at least as large as its snapshot")
            .state(NOTHING)
            .hint(help));
        }
        if gib < least.needed {
            let needed = least.needed;
            return Err(Failure::input(format!(
                "{name} cannot be deployed: the homes need {needed} GiB, and their volume has {gib} GiB"
            ))
            .note(vsc_core::diff::HomesShortage::WHY)
            .state(NOTHING)
            .hint(help));
        }
        Ok(())
    }

    /// The deployed value of a parameter.
    fn deployed(&self, name: &str) -> Option<&str> {
        let mut values = self.initial.before.as_ref()?.parameters.iter();
        let (_, value) = values.find(|(key, _)| key == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }
}

/// The size in MiB of the homes on a host once these developers are there. A home keeps its size, and that
/// of a developer who has left needs what is in it.
fn occupied(there: &[Home], now: &Homes) -> u64 {
    let share = |name: &str| {
        let found = now.users.iter().find(|user| user.name == name);
        found.map(|user| user.mib)
    };
    let is_of_user = |home: &Home| {
        home.is_present() || home.returns && home.name == home.user() && share(&home.name).is_some()
    };
    let sizes = there.iter().map(|home| {
        if is_of_user(home) {
            home.size_mib.max(share(&home.name).unwrap_or_default())
        } else {
            home.used_mib.unwrap_or(home.size_mib)
        }
    });
    let new = now.users.iter().filter(|user| {
        let mut there = there.iter();
        !there.any(|home| home.name == user.name && is_of_user(home))
    });
    sizes.chain(new.map(|user| user.mib)).sum()
}

/// Whether the user gives a value.
fn is_given(settings: &Settings, name: &str) -> bool {
    let given = [Origin::Argument, Origin::File, Origin::Remembered];
    let mut settings = settings.iter();
    settings.any(|(key, _, origin)| key == name && given.contains(origin))
}

fn value<'a>(settings: &'a Settings, name: &str) -> Option<&'a str> {
    let mut settings = settings.iter();
    settings.find_map(|(key, setting, _)| match setting {
        Setting::Value(value) if key == name => Some(value.as_str()),
        _ => None,
    })
}

fn set(settings: &mut Settings, name: &str, value: &str) {
    settings.retain(|(key, _, _)| key != name);
    let setting = Setting::Value(value.to_owned());
    settings.push((name.to_owned(), setting, Origin::Filled));
}
