//! The parameters of the homes and of the host's generation, which the deployment fills.

use vsc_core::diff::{Homes, HomesHolder, VolumeSize};

use super::homes::Standing;
use super::{InitialState, Options};
use crate::assembly::{DeclaredValue, HomeVolume, Stack};
use crate::aws::event::timestamp;
use crate::aws::host_report;
use crate::aws::io::Event;
use crate::aws::parameters::{Origin, Setting};
use crate::aws::session::{Session, Stopped};
use crate::aws::subnet;
use crate::failure::{Failure, Hint};

type Settings = Vec<(String, Setting, Origin)>;

/// What the values follow from.
pub(super) struct Filled<'a> {
    pub(super) session: &'a Session,
    pub(super) stack: &'a Stack,
    pub(super) initial: &'a InitialState,
    pub(super) options: &'a Options,
    pub(super) moves: Option<&'a Standing>,
}

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
            self.fill_size(homes, settings)?;
            if let Some(snapshot) = &self.options.homes_snapshot {
                set(settings, &homes.snapshot_parameter, snapshot);
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
                    .state("nothing was changed")
                    .hint("run `aws ec2 describe-subnets` to list those of the region"),
            ),
            Err(Stopped::Failed(error)) => Ok(Err(error.failure("nothing was changed"))),
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
        .state("nothing was changed")
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

    /// The size of the volume: what the homes need, and never less than before.
    fn fill_size(&self, homes: &HomeVolume, settings: &mut Settings) -> Result<(), Failure> {
        let Some(now) = Homes::of(&self.stack.template.json) else {
            return Ok(());
        };
        let before = self.initial.homes.as_ref();
        // Homes that are lost need no room.
        let kept = before
            .filter(|before| !(self.options.loses_homes && before.holder == HomesHolder::Root));
        let needed = now.needed_gib(kept).max(homes.gib);
        let deployed = before.and_then(|before| match &before.size {
            Some(VolumeSize::Gib(gib)) => Some(*gib),
            Some(VolumeSize::Parameter(name)) => self.deployed(name)?.parse().ok(),
            None => None,
        });
        let least = needed.max(deployed.unwrap_or_default());
        let Some(parameter) = &homes.size_parameter else {
            return self.check_size(homes.gib, deployed, needed, &|gib| {
                format!("write `home_volume = \"{gib} GiB\"`")
            });
        };
        if is_given(settings, parameter) {
            let given = value(settings, parameter).and_then(|value| value.parse().ok());
            return self.check_size(given.unwrap_or(least), deployed, needed, &|gib| {
                format!("pass `--parameter {parameter}={gib}`, or omit it")
            });
        }
        set(settings, parameter, &least.to_string());
        Ok(())
    }

    fn check_size(
        &self,
        gib: u64,
        deployed: Option<u64>,
        needed: u64,
        help: &dyn Fn(u64) -> String,
    ) -> Result<(), Failure> {
        let name = &self.stack.name;
        let least = needed.max(deployed.unwrap_or_default());
        if let Some(deployed) = deployed.filter(|deployed| gib < *deployed) {
            return Err(Failure::input(format!(
                "{name} cannot be deployed: the volume of the homes has {deployed} GiB, and would have {gib} GiB"
            ))
            .note("an EBS volume never shrinks")
            .state("nothing was changed")
            .hint(help(least)));
        }
        if gib < needed {
            return Err(Failure::input(format!(
                "{name} cannot be deployed: the homes need {needed} GiB, and their volume has {gib} GiB"
            ))
            .note(vsc_core::diff::HomesShortage::WHY)
            .state("nothing was changed")
            .hint(help(least)));
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
