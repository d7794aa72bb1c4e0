//! Validates the host: whether it runs the images and holds the team.

use super::super::capacity::{self, Demand};
use super::super::cpus::Cpus;
use super::super::declaration::{Declaration, UserDeclaration, Users, declared, slice};
use super::super::instance::{Architecture, InstanceType};
use super::super::key::Key;
use super::super::path::DeclarationPath;
use super::super::region::Region;
use super::super::size::{Size, Volume};
use super::super::user_key::UserField;
use super::super::validation::Validation;
use super::super::{credits, disk, image};
use super::{Validated, validate_value};
use crate::const_diagnostic::ConstDiagnostic;
use crate::json::Text;

/// The other parts on which the choice of a host depends.
pub(super) struct Host {
    /// The demand of the team, if its users are valid.
    pub(super) demand: Option<Demand>,
    /// The number of users, if it is valid.
    pub(super) users: Option<usize>,
    pub(super) region: Validated<Region>,
    /// The architecture of both images, absent if their names have none.
    pub(super) images: Validated<Architecture>,
}

impl Declaration {
    /// The architecture in the names of the images, if they have one.
    pub(super) const fn validate_images(
        &self,
        validation: &mut Validation,
    ) -> Validated<Architecture> {
        let image = validate_value!(validation, Key::Image, self.image, image::check);
        let proxy = validate_value!(
            validation,
            Key::ProxyImage,
            self.proxy_image,
            image::check_proxy
        );
        if image.is_rejected() || proxy.is_rejected() {
            return Validated::Rejected;
        }
        let made_for = match declared(self.image.as_ref()) {
            Some(image) => image::architecture(image),
            None => None,
        };
        let proxy_made_for = match declared(self.proxy_image.as_ref()) {
            Some(image) => image::architecture(image),
            None => None,
        };
        match (made_for, proxy_made_for) {
            (Some(image), Some(proxy)) if !image.is(proxy) => {
                let diagnostic = ConstDiagnostic::new("no host runs both images")
                    .note("`image` is for ")
                    .text(image.as_str())
                    .text(", `proxy_image` for ")
                    .text(proxy.as_str())
                    .help("choose images of one architecture");
                validation.reject(DeclarationPath::Value(Key::ProxyImage), diagnostic);
                Validated::Rejected
            }
            (Some(architecture), _) | (None, Some(architecture)) => Validated::Valid(architecture),
            (None, None) => Validated::Absent,
        }
    }

    /// Validates the declared type, or that there is one to choose.
    pub(super) const fn validate_instance(&self, host: &Host, validation: &mut Validation) {
        let Some(name) = declared(self.instance.as_ref()) else {
            if let Some(demand) = &host.demand
                && !host.region.is_rejected()
                && !host.images.is_rejected()
            {
                let region = host.region.valid();
                let architecture = architecture_for(host.images.valid());
                match capacity::choose(demand, architecture, region) {
                    Ok(instance) => self.validate_credits(&instance, validation),
                    Err(diagnostic) => {
                        let path = self.path_of_excess(demand, architecture, region);
                        validation.reject(path, diagnostic);
                    }
                }
            }
            return;
        };
        let path = DeclarationPath::Value(Key::Instance);
        let region = host.region.valid();
        let no_demand = Demand::none();
        let demand = match &host.demand {
            Some(demand) => demand,
            None => &no_demand,
        };
        let named = capacity::named(name, demand, region);
        let Some(instance) = validation.take(path, named) else {
            return;
        };
        self.validate_credits(&instance, validation);
        if let Some(region) = region {
            validation.take(path, instance.check_region(region));
        }
        if !host.images.is_rejected() {
            let image = validate_image_host(self.image.as_ref(), &instance);
            let proxy_image = validate_image_host(self.proxy_image.as_ref(), &instance);
            validation.take(path, image);
            validation.take(path, proxy_image);
        }
        if let Some(demand) = &host.demand {
            validation.take(path, capacity::check(&instance, demand, region));
            self.validate_cpus(&instance, validation);
        }
    }

    /// Validates that the host has CPU credits if `credits` is declared.
    pub(super) const fn validate_credits(
        &self,
        instance: &InstanceType,
        validation: &mut Validation,
    ) {
        if self.credits.is_some() {
            validation.take(
                DeclarationPath::Value(Key::Credits),
                credits::check(instance),
            );
        }
    }

    /// The path of what is too much for any host: the CPUs or the memory of one workspace, or of all
    /// together.
    const fn path_of_excess(
        &self,
        demand: &Demand,
        architecture: Architecture,
        region: Option<Region>,
    ) -> DeclarationPath {
        let of_cpus = capacity::asks_too_many_cpus(demand, architecture, region);
        if let Some(Users::Records(records)) = &self.users
            && let Some(at) = largest(slice(records), of_cpus)
        {
            let memory = declared(slice(records)[at].memory.as_ref());
            let alone = if of_cpus {
                Demand::of(None, slice(records)[at].cpus)
            } else {
                Demand::of(memory, None)
            };
            if let Some(alone) = alone
                && capacity::choose(&alone, architecture, region).is_err()
            {
                let field = if of_cpus {
                    UserField::Cpus
                } else {
                    UserField::Memory
                };
                return DeclarationPath::User(at, field);
            }
        }
        if of_cpus && self.cpus.is_some() {
            DeclarationPath::Value(Key::Cpus)
        } else if self.memory.is_some() {
            DeclarationPath::Value(Key::Memory)
        } else {
            DeclarationPath::Value(Key::Users)
        }
    }

    /// Whether the homes have no volume of their own.
    pub(in crate::team) const fn has_no_home_volume(&self) -> bool {
        match declared(self.home_volume.as_ref()) {
            Some(text) => disk::is_no_home_volume(text),
            None => false,
        }
    }

    /// Validates the volumes against the homes on them.
    pub(super) const fn validate_disks(&self, host: &Host, validation: &mut Validation) {
        let known = match host.users {
            Some(users) => users,
            None => 1,
        };
        let home_needed = disk::needed(Volume::Home, known);
        let homes_elsewhere = !self.has_no_home_volume();
        let on_root = if homes_elsewhere { 0 } else { known };
        let root_needed = disk::needed(Volume::Root, on_root);
        let root = match declared(self.root_volume.as_ref()) {
            Some(size) => {
                let outcome = Volume::Root.check(size, root_needed);
                validation.take(DeclarationPath::Value(Key::RootVolume), outcome)
            }
            None => None,
        };
        let home = match declared(self.home_volume.as_ref()) {
            Some(size) if homes_elsewhere => {
                let outcome = Volume::Home.check(size, home_needed);
                validation.take(DeclarationPath::Value(Key::HomeVolume), outcome)
            }
            _ => None,
        };
        let on_root = if homes_elsewhere { Some(0) } else { host.users };
        if let (Some(size), Some(users)) = (root, on_root) {
            let outcome = disk::check(Volume::Root, size, users);
            validation.take(DeclarationPath::Value(Key::RootVolume), outcome);
        }
        if let (Some(size), Some(users)) = (home, host.users) {
            let outcome = disk::check(Volume::Home, size, users);
            validation.take(DeclarationPath::Value(Key::HomeVolume), outcome);
        }
    }

    /// Validates the CPUs of each workspace against those of the host.
    pub(super) const fn validate_cpus(&self, instance: &InstanceType, validation: &mut Validation) {
        if let Some(cpus) = self.cpus
            && let Ok(cpus) = Cpus::new(cpus)
        {
            let outcome = cpus.check_on(instance.name(), instance.vcpus());
            validation.take(DeclarationPath::Value(Key::Cpus), outcome);
        }
        if let Some(Users::Records(records)) = &self.users {
            let records = slice(records);
            let mut at = 0;
            while at < records.len() {
                if let Some(cpus) = records[at].cpus
                    && let Ok(cpus) = Cpus::new(cpus)
                {
                    let outcome = cpus.check_on(instance.name(), instance.vcpus());
                    validation.take(DeclarationPath::User(at, UserField::Cpus), outcome);
                }
                at += 1;
            }
        }
    }
}

/// The index of the user with the most CPUs or memory of their own.
const fn largest(records: &[UserDeclaration], of_cpus: bool) -> Option<usize> {
    let (mut largest, mut most) = (None, 0);
    let mut at = 0;
    while at < records.len() {
        let own = if of_cpus {
            match records[at].cpus {
                Some(cpus) => match Cpus::new(cpus) {
                    Ok(cpus) => cpus.thousandths() as u64,
                    Err(_) => 0,
                },
                None => 0,
            }
        } else {
            match declared(records[at].memory.as_ref()) {
                Some(memory) => match Size::new(memory) {
                    Ok(memory) => memory.mib(),
                    Err(_) => 0,
                },
                None => 0,
            }
        };
        if own > most {
            (largest, most) = (Some(at), own);
        }
        at += 1;
    }
    largest
}

/// Validates that the host runs an image, if one is declared.
const fn validate_image_host(
    image: Option<&Text>,
    instance: &InstanceType,
) -> Result<(), ConstDiagnostic> {
    match declared(image) {
        Some(image) => image::check_host(image, instance.name(), instance.architecture()),
        None => Ok(()),
    }
}

/// The architecture of a chosen host.
pub(in crate::team) const fn architecture_for(images: Option<Architecture>) -> Architecture {
    match images {
        Some(architecture) => architecture,
        None => Architecture::X86_64,
    }
}
