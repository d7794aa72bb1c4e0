//! Judges a declaration: everything that is wrong with it, at once.
//!
//! Const evaluation can run all of it, which is how constants in a declaration are judged.

use super::capacity::{self, DEFAULT_MEMORY, Demand};
use super::cpus::Cpus;
use super::declaration::{
    Declaration, Texts, TlsDeclaration, UserDeclaration, Users, declared, slice,
};
use super::image;
use super::instance::{Architecture, InstanceType};
use super::judgement::Judgement;
use super::key::Key;
use super::place::{Place, UserField};
use super::ports::{self, Access, DEFAULT_DASHBOARD_PORT};
use super::region::Region;
use super::size::{self, Size, Volume};
use super::{allow, domain, equipment, key_pair, network_id, stack_name, tag, tls, user};
use crate::const_finding::ConstFinding;
use crate::json::Text;
use crate::text;

/// Judges a text if it is declared: `None` where it is refused.
macro_rules! judge_value {
    ($judgement:ident, $key:expr, $value:expr, $judge:expr) => {
        match declared($value.as_ref()) {
            Some(value) => match $judgement.take(Place::Value($key), $judge(value)) {
                Some(accepted) => Some(Some(accepted)),
                None => None,
            },
            None => Some(None),
        }
    };
}

/// What of the rest the choice of a host depends on; what was refused is `None`.
struct Host {
    demand: Option<Demand>,
    region: Option<Option<Region>>,
    images: Option<Option<Architecture>>,
}

impl Declaration {
    /// Everything that is wrong with the declaration.
    ///
    /// What follows from another mistake is not told: a team with an unknown instance type is not
    /// told that it does not fit it.
    pub const fn judge(&self) -> Judgement {
        let mut judgement = Judgement::new();
        let domain = self.judge_domain(&mut judgement);
        let demand = self.judge_users(domain, &mut judgement);
        network_id::check(
            &mut judgement,
            declared(self.vpc.as_ref()),
            declared(self.subnet.as_ref()),
        );
        let key_pair = judge_value!(judgement, Key::KeyPair, self.key_pair, key_pair::check);
        if let Some(Some(())) = key_pair {
            let outcome = allow::check_ssh(self.allow.as_ref());
            judgement.take(Place::Value(Key::KeyPair), outcome);
        }
        allow::check(&mut judgement, self.allow.as_ref(), self.open_ports());
        self.judge_ports(demand.is_some(), &mut judgement);
        let host = Host {
            demand,
            region: judge_value!(judgement, Key::Region, self.region, Region::new),
            images: self.judge_images(&mut judgement),
        };
        self.judge_instance(&host, &mut judgement);
        let _ = judge_value!(judgement, Key::RootVolume, self.root_volume, root_volume);
        let _ = judge_value!(judgement, Key::HomeVolume, self.home_volume, home_volume);
        tls::check(&mut judgement, self.tls.as_ref());
        let _ = judge_value!(judgement, Key::Repo, self.repo, equipment::check_repo);
        self.judge_extensions(&mut judgement);
        match declared(self.stack_name.as_ref()) {
            Some(name) => judgement.take(Place::Value(Key::StackName), stack_name::check(name)),
            None => judgement.take(
                Place::Declaration,
                stack_name::check_type(text::of(&self.type_name)),
            ),
        };
        let check_description = stack_name::check_description;
        let _ = judge_value!(
            judgement,
            Key::Description,
            self.description,
            check_description
        );
        tag::check(&mut judgement, slice(&self.tags));
        judgement
    }

    /// Whether the workspaces are served without a certificate.
    pub(super) const fn is_plain(&self) -> bool {
        matches!(self.tls, Some(TlsDeclaration::None))
    }

    /// How many ports are open to those who are allowed: the workspaces', the dashboard's, the
    /// redirection's and SSH's.
    const fn open_ports(&self) -> usize {
        let ssh = self.key_pair.is_some() as usize;
        if self.is_plain() { 2 + ssh } else { 3 + ssh }
    }

    /// The domain, unless it is missing or refused.
    const fn judge_domain(&self, judgement: &mut Judgement) -> Option<&str> {
        let zone = judge_value!(
            judgement,
            Key::HostedZone,
            self.hosted_zone,
            network_id::check_hosted_zone
        );
        match declared(self.domain.as_ref()) {
            Some(domain) => {
                let outcome = domain::check_with_own_names(domain);
                match judgement.take(Place::Value(Key::Domain), outcome) {
                    Some(()) => Some(domain),
                    None => None,
                }
            }
            None if self.is_plain() => {
                if let Some(Some(())) = zone {
                    let finding = ConstFinding::new("`hosted_zone` needs `domain` beside it")
                        .why("without a domain there are no names to keep in the zone")
                        .help("add `domain = \"code.x.com\"`, or remove `hosted_zone`");
                    judgement.refuse(Place::Value(Key::HostedZone), finding);
                }
                None
            }
            None => {
                let finding = ConstFinding::new("the domain is missing")
                    .why("every workspace has a name below it")
                    .help("add `domain = \"code.x.com\"`");
                judgement.refuse(Place::Missing(Key::Domain), finding);
                None
            }
        }
    }

    /// What the users ask of the host, unless one of them is refused.
    const fn judge_users(&self, domain: Option<&str>, judgement: &mut Judgement) -> Option<Demand> {
        let before = judgement.count();
        let memory = judge_value!(judgement, Key::Memory, self.memory, size::check_memory);
        let cpus = match self.cpus {
            Some(cpus) => match judgement.take(Place::Value(Key::Cpus), Cpus::new(cpus)) {
                Some(cpus) => Some(cpus),
                None => None,
            },
            None => None,
        };
        let memory = match memory {
            Some(Some(memory)) => memory,
            _ => DEFAULT_MEMORY,
        };
        let mut demand = Demand::none();
        let count = match &self.users {
            None => {
                let finding = ConstFinding::new("the users are missing")
                    .help("add `users = 6` or `users = [\"alice\", \"bob\"]`, or declare an enum with a variant for each");
                judgement.refuse(Place::Missing(Key::Users), finding);
                return None;
            }
            Some(users) => {
                judgement.take(Place::Value(Key::Users), user::check_count(users.count()))
            }
        };
        match (&self.users, count) {
            (Some(Users::Count(_)), Some(count)) => {
                demand.add(count, memory, cpus);
                if let Some(domain) = domain {
                    let longest = "dev-100".len();
                    let outcome = domain::check_length(longest, "a developer", domain);
                    judgement.take(Place::Value(Key::Users), outcome);
                }
            }
            (Some(Users::Names(names)), Some(count)) => {
                demand.add(count, memory, cpus);
                let mut at = 0;
                while at < count {
                    judge_name(names.get(at), at, domain, judgement);
                    at += 1;
                }
            }
            (Some(Users::Records(records)), Some(count)) => {
                let records = slice(records);
                let mut at = 0;
                while at < count {
                    let record = &records[at];
                    judge_name(text::of(&record.name), at, domain, judgement);
                    judge_record(record, at, judgement);
                    demand.add(1, own_memory(record, memory), own_cpus(record, cpus));
                    at += 1;
                }
            }
            _ => {}
        }
        self.judge_collisions(judgement);
        if judgement.count() == before {
            Some(demand)
        } else {
            None
        }
    }

    /// Judges each name against those before it. Most differ in their fingerprints: comparing all of
    /// them letter by letter would take const evaluation too long.
    const fn judge_collisions(&self, judgement: &mut Judgement) {
        let Some(users) = &self.users else { return };
        let mut fingerprints = [0; user::MAX_USERS];
        let mut at = 0;
        while at < users.names() && at < user::MAX_USERS {
            let name = users.name(at);
            fingerprints[at] = user::fingerprint(name);
            let mut before = 0;
            while before < at {
                // What is no name is refused for that alone.
                if fingerprints[at] == fingerprints[before]
                    && let earlier = users.name(before)
                    && let Err(finding) = user::check_against(name, earlier)
                    && user::check(name).is_ok()
                    && user::check(earlier).is_ok()
                {
                    judgement.refuse(Place::User(at, UserField::Name), finding);
                    break;
                }
                before += 1;
            }
            at += 1;
        }
    }

    const fn judge_ports(&self, users_are_known: bool, judgement: &mut Judgement) {
        let access = self.access();
        let port = match self.port {
            Some(port) => judgement.take(
                Place::Value(Key::Port),
                ports::check(Key::Port, port, access),
            ),
            None => Some(access.default_port()),
        };
        let dashboard_port = match self.dashboard_port {
            Some(port) => judgement.take(
                Place::Value(Key::DashboardPort),
                ports::check(Key::DashboardPort, port, access),
            ),
            None => Some(DEFAULT_DASHBOARD_PORT),
        };
        let each_is_known = !matches!(access, Access::PortEach(_)) || users_are_known;
        if let (Some(port), Some(dashboard_port), true) = (port, dashboard_port, each_is_known) {
            let place = match (self.port, self.dashboard_port) {
                (_, Some(_)) => Place::Value(Key::DashboardPort),
                (Some(_), None) => Place::Value(Key::Port),
                (None, None) => Place::Value(Key::Users),
            };
            judgement.take(place, ports::check_pair(port, dashboard_port, access));
        }
    }

    /// How the workspaces are reached.
    pub(super) const fn access(&self) -> Access {
        match (self.is_plain(), &self.domain, &self.users) {
            (false, ..) => Access::Https,
            (true, Some(_), _) => Access::Http,
            (true, None, Some(users)) => Access::PortEach(match user::check_count(users.count()) {
                Ok(count) => count,
                Err(_) => 1,
            }),
            (true, None, None) => Access::PortEach(1),
        }
    }

    /// The architecture that the images are made for, where their names tell one.
    const fn judge_images(&self, judgement: &mut Judgement) -> Option<Option<Architecture>> {
        let image = judge_value!(judgement, Key::Image, self.image, image::check);
        let proxy = judge_value!(judgement, Key::ProxyImage, self.proxy_image, image::check);
        if image.is_none() || proxy.is_none() {
            return None;
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
                let finding = ConstFinding::new("no host runs both images")
                    .why("`image` is made for ")
                    .text(image.as_str())
                    .text(", `proxy_image` for ")
                    .text(proxy.as_str())
                    .help("choose images of one architecture");
                judgement.refuse(Place::Value(Key::ProxyImage), finding);
                None
            }
            (None, proxy) => Some(proxy),
            (image, _) => Some(image),
        }
    }

    /// Judges the declared type, or whether there is one to choose.
    const fn judge_instance(&self, host: &Host, judgement: &mut Judgement) {
        let Some(name) = declared(self.instance.as_ref()) else {
            if let (Some(demand), Some(region), Some(images)) =
                (&host.demand, host.region, host.images)
            {
                let architecture = architecture_for(images);
                let key = if self.cpus.is_some()
                    && capacity::asks_too_many_cpus(demand, architecture, region)
                {
                    Key::Cpus
                } else {
                    Key::Users
                };
                let chosen = capacity::choose(demand, architecture, region);
                judgement.take(Place::Value(key), chosen);
            }
            return;
        };
        let place = Place::Value(Key::Instance);
        let Some(instance) = judgement.take(place, InstanceType::new(name)) else {
            return;
        };
        let region = match host.region {
            Some(region) => region,
            None => None,
        };
        if let Some(region) = region {
            judgement.take(place, instance.check_region(region));
        }
        if host.images.is_some() {
            let image = judge_host(self.image.as_ref(), &instance);
            let proxy_image = judge_host(self.proxy_image.as_ref(), &instance);
            judgement.take(place, image);
            judgement.take(place, proxy_image);
        }
        if let Some(demand) = &host.demand {
            judgement.take(place, capacity::check(&instance, demand, region));
            self.judge_cpus(&instance, judgement);
        }
    }

    /// Judges the CPUs of each against those of the host.
    const fn judge_cpus(&self, instance: &InstanceType, judgement: &mut Judgement) {
        if let Some(cpus) = self.cpus
            && let Ok(cpus) = Cpus::new(cpus)
        {
            let outcome = cpus.check_on(instance.name(), instance.vcpus());
            judgement.take(Place::Value(Key::Cpus), outcome);
        }
        if let Some(Users::Records(records)) = &self.users {
            let records = slice(records);
            let mut at = 0;
            while at < records.len() {
                if let Some(cpus) = records[at].cpus
                    && let Ok(cpus) = Cpus::new(cpus)
                {
                    let outcome = cpus.check_on(instance.name(), instance.vcpus());
                    judgement.take(Place::User(at, UserField::Cpus), outcome);
                }
                at += 1;
            }
        }
    }

    const fn judge_extensions(&self, judgement: &mut Judgement) {
        let mut at = 0;
        while at < self.extensions.len() {
            let outcome = check_extension(&self.extensions, at);
            judgement.take(Place::Item(Key::Extensions, at), outcome);
            at += 1;
        }
    }
}

impl Users {
    /// How many are declared.
    pub(super) const fn count(&self) -> i128 {
        match self {
            Self::Count(count) => *count,
            _ => self.names() as i128,
        }
    }

    /// How many have names of their own.
    const fn names(&self) -> usize {
        match self {
            Self::Count(_) => 0,
            Self::Names(names) => names.len(),
            Self::Records(records) => slice(records).len(),
        }
    }

    /// The name at a place, which is below their number.
    const fn name(&self, at: usize) -> &str {
        match self {
            Self::Count(_) => "",
            Self::Names(names) => names.get(at),
            Self::Records(records) => text::of(&slice(records)[at].name),
        }
    }
}

const fn judge_name(name: &str, at: usize, domain: Option<&str>, judgement: &mut Judgement) {
    let place = Place::User(at, UserField::Name);
    if judgement.take(place, user::check(name)).is_some()
        && let Some(domain) = domain
    {
        judgement.take(place, domain::check_length(name.len(), name, domain));
    }
}

const fn judge_record(record: &UserDeclaration, at: usize, judgement: &mut Judgement) {
    if let Some(email) = declared(record.email.as_ref()) {
        judgement.take(
            Place::User(at, UserField::Email),
            domain::check_email(email),
        );
    }
    if let Some(memory) = declared(record.memory.as_ref()) {
        judgement.take(
            Place::User(at, UserField::Memory),
            size::check_memory(memory),
        );
    }
    if let Some(cpus) = record.cpus {
        judgement.take(Place::User(at, UserField::Cpus), Cpus::new(cpus));
    }
    if let Some(repo) = declared(record.repo.as_ref()) {
        judgement.take(
            Place::User(at, UserField::Repo),
            equipment::check_repo(repo),
        );
    }
    let mut extension = 0;
    while extension < record.extensions.len() {
        let place = Place::User(at, UserField::Extension(extension));
        judgement.take(place, check_extension(&record.extensions, extension));
        extension += 1;
    }
}

/// Judges an extension, also against those before it.
const fn check_extension(extensions: &Texts, at: usize) -> Result<(), ConstFinding> {
    let extension = extensions.get(at);
    let mut before = 0;
    while before < at {
        let same = text::equal(
            text::lower::<255>(text::before(extensions.get(before), b'@')).as_str(),
            text::lower::<255>(text::before(extension, b'@')).as_str(),
        );
        if same {
            return Err(ConstFinding::new("the extension ")
                .quoted(text::before(extension, b'@'))
                .text(" is listed twice")
                .help("remove one of them"));
        }
        before += 1;
    }
    equipment::check_extension(extension)
}

/// Judges whether the host runs an image, if one is declared.
const fn judge_host(image: Option<&Text>, instance: &InstanceType) -> Result<(), ConstFinding> {
    match declared(image) {
        Some(image) => image::check_host(image, instance.name(), instance.architecture()),
        None => Ok(()),
    }
}

/// The promise to a user, where what is declared is right.
const fn own_memory(record: &UserDeclaration, otherwise: Size) -> Size {
    match declared(record.memory.as_ref()) {
        Some(memory) => match Size::new(memory) {
            Ok(memory) => memory,
            Err(_) => otherwise,
        },
        None => otherwise,
    }
}

const fn own_cpus(record: &UserDeclaration, otherwise: Option<Cpus>) -> Option<Cpus> {
    match record.cpus {
        Some(cpus) => match Cpus::new(cpus) {
            Ok(cpus) => Some(cpus),
            Err(_) => otherwise,
        },
        None => otherwise,
    }
}

/// The architecture of a host that is chosen.
pub(super) const fn architecture_for(images: Option<Architecture>) -> Architecture {
    match images {
        Some(architecture) => architecture,
        None => Architecture::X86_64,
    }
}

const fn root_volume(size: &str) -> Result<Size, ConstFinding> {
    Volume::Root.check(size)
}

const fn home_volume(size: &str) -> Result<Size, ConstFinding> {
    Volume::Home.check(size)
}
