//! Judges a declaration: everything that is wrong with it, at once.

use super::capacity::{self, DEFAULT_MEMORY};
use super::declaration::{Declaration, UserDeclaration, Users};
use super::domain::Domain;
use super::instance::InstanceType;
use super::key::Key;
use super::key_pair::KeyPair;
use super::network_id::{self, HostedZoneId};
use super::place::{Place, Refusal, UserField};
use super::ports::{self, DEFAULT_DASHBOARD_PORT, DEFAULT_PORT};
use super::region::Region;
use super::size::{self, Size};
use super::stack_name::{self, StackName};
use super::team_ide::{TeamIde, User};
use super::user::{self, UserName};
use super::{allow, tag, tls};
use crate::finding::Finding;

/// The size of the root volume when none is declared.
const DEFAULT_ROOT_VOLUME: Size = Size::from_gib(30);

/// What is wrong, as it is found.
#[derive(Default)]
struct Refusals(Vec<Refusal>);

impl Refusals {
    fn refuse(&mut self, place: Place, finding: Finding) {
        self.0.push(Refusal { place, finding });
    }

    /// The value, or nothing after its refusal.
    fn take<T>(&mut self, place: Place, outcome: Result<T, Finding>) -> Option<T> {
        outcome.map_err(|finding| self.refuse(place, finding)).ok()
    }

    fn take_all<T>(&mut self, outcome: Result<T, Vec<Refusal>>) -> Option<T> {
        outcome.map_err(|refusals| self.0.extend(refusals)).ok()
    }

    /// As [`Refusals::take`], where there may be no value to judge.
    fn take_value<T, V: ?Sized>(
        &mut self,
        key: Key,
        value: Option<&V>,
        judge: impl FnOnce(&V) -> Result<T, Finding>,
    ) -> Option<Option<T>> {
        match value {
            None => Some(None),
            Some(value) => self.take(Place::Value(key), judge(value)).map(Some),
        }
    }
}

impl Declaration {
    /// The team IDE that is declared.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the declaration. What follows from another mistake is not
    /// told: a team with an unknown instance type is not told that it does not fit it.
    pub fn check(&self) -> Result<TeamIde, Vec<Refusal>> {
        let mut refusals = Refusals::default();
        match self.judge(&mut refusals) {
            Some(ide) if refusals.0.is_empty() => Ok(ide),
            _ => Err(refusals.0),
        }
    }

    fn judge(&self, refusals: &mut Refusals) -> Option<TeamIde> {
        let domain = self.judge_domain(refusals);
        let users = self.judge_users(domain.as_ref(), refusals);
        let hosted_zone = refusals.take_value(
            Key::HostedZone,
            self.hosted_zone.as_deref(),
            HostedZoneId::new,
        );
        let network = refusals.take_all(network_id::check(
            self.vpc.as_deref(),
            self.subnet.as_deref(),
        ));
        let key_pair = refusals.take_value(Key::KeyPair, self.key_pair.as_deref(), KeyPair::new);
        let open_ports = if self.key_pair.is_some() { 4 } else { 3 };
        let allow = refusals.take_all(allow::check(self.allow.as_ref(), open_ports));
        let ports = self.judge_ports(refusals);
        let region = refusals.take_value(Key::Region, self.region.as_deref(), Region::new);
        let instance = self.judge_instance(users.as_deref(), region, refusals);
        let root_volume = refusals.take_value(
            Key::RootVolume,
            self.root_volume.as_deref(),
            size::check_root_volume,
        );
        let tls = refusals.take_all(tls::check(self.tls.as_ref()));
        let stack_name = match self.stack_name.as_deref() {
            Some(name) => refusals.take(Place::Value(Key::StackName), StackName::new(name)),
            None => refusals.take(Place::Declaration, StackName::from_type(&self.type_name)),
        };
        let description = refusals.take_value(
            Key::Description,
            self.description.as_deref(),
            stack_name::check_description,
        );
        let tags = refusals.take_all(tag::check(&self.tags));
        let (users, domain, instance) = (users?, domain?, instance?);
        let (port, dashboard_port) = ports?;
        let description =
            description?.unwrap_or_else(|| described(users.len(), &domain, &instance));
        Some(TeamIde {
            stack_name: stack_name?,
            description,
            users,
            domain,
            hosted_zone: hosted_zone?,
            network: network?,
            allow: allow?,
            port,
            dashboard_port,
            instance,
            region: region?,
            root_volume: root_volume?.unwrap_or(DEFAULT_ROOT_VOLUME),
            key_pair: key_pair?,
            tls: tls?,
            tags: tags?,
        })
    }

    fn judge_domain(&self, refusals: &mut Refusals) -> Option<Domain> {
        match self.domain.as_deref() {
            Some(domain) => refusals.take(Place::Value(Key::Domain), Domain::new(domain)),
            None => {
                let finding = Finding::new("the domain is missing")
                    .why("every workspace has a name below it")
                    .help("add `domain = \"code.x.com\"`");
                refusals.refuse(Place::Missing(Key::Domain), finding);
                None
            }
        }
    }

    fn judge_users(&self, domain: Option<&Domain>, refusals: &mut Refusals) -> Option<Vec<User>> {
        let memory = match self.memory.as_deref() {
            None => Some(DEFAULT_MEMORY),
            Some(memory) => refusals.take(Place::Value(Key::Memory), size::check_memory(memory)),
        };
        let value = Place::Value(Key::Users);
        let declared = match &self.users {
            None => {
                let finding = Finding::new("the users are missing")
                    .help("add `users = 6` or `users = [\"alice\", \"bob\"]`, or declare an enum with a variant for each");
                refusals.refuse(Place::Missing(Key::Users), finding);
                return None;
            }
            Some(Users::Count(count)) => {
                let count = refusals.take(value, user::check_count(*count))?;
                let numbered = |number| UserDeclaration {
                    name: format!("dev-{number}"),
                    ..UserDeclaration::default()
                };
                (1..=count).map(numbered).collect()
            }
            Some(Users::Named(users)) => {
                let count = i128::try_from(users.len()).unwrap_or(i128::MAX);
                refusals.take(value, user::check_count(count))?;
                users.clone()
            }
        };
        let before = refusals.0.len();
        let mut users = Vec::new();
        for (place, user) in declared.iter().enumerate() {
            let name_place = Place::User(place, UserField::Name);
            let name = refusals.take(name_place, UserName::new(&user.name));
            if let (Some(name), Some(domain)) = (&name, domain) {
                refusals.take(name_place, name.check_below(domain));
            }
            let own = match user.memory.as_deref() {
                None => memory,
                Some(own) => refusals.take(
                    Place::User(place, UserField::Memory),
                    size::check_memory(own),
                ),
            };
            if let (Some(name), Some(memory)) = (name, own) {
                users.push(User { name, memory });
            }
        }
        if users.len() == declared.len() {
            let names: Vec<UserName> = users.iter().map(|user| user.name.clone()).collect();
            for (place, finding) in user::collisions(&names) {
                refusals.refuse(Place::User(place, UserField::Name), finding);
            }
        }
        (refusals.0.len() == before && memory.is_some()).then_some(users)
    }

    fn judge_ports(&self, refusals: &mut Refusals) -> Option<(u16, u16)> {
        let mut judge = |key: Key, port: Option<i128>, default: u16| match port {
            None => Some(default),
            Some(port) => refusals.take(Place::Value(key), ports::check(key, port)),
        };
        let port = judge(Key::Port, self.port, DEFAULT_PORT)?;
        let dashboard_port = judge(
            Key::DashboardPort,
            self.dashboard_port,
            DEFAULT_DASHBOARD_PORT,
        )?;
        let place = if self.dashboard_port.is_some() {
            Key::DashboardPort
        } else {
            Key::Port
        };
        refusals.take(Place::Value(place), ports::check_pair(port, dashboard_port))?;
        Some((port, dashboard_port))
    }

    /// The declared type or the smallest that fits. `region` is `None` where it was refused.
    fn judge_instance(
        &self,
        users: Option<&[User]>,
        region: Option<Option<Region>>,
        refusals: &mut Refusals,
    ) -> Option<InstanceType> {
        let known_region = region.flatten();
        let place = Place::Value(Key::Instance);
        let promises = |users: &[User]| users.iter().map(User::memory).collect::<Vec<_>>();
        let Some(name) = self.instance.as_deref() else {
            let chosen = capacity::choose(&promises(users?), known_region);
            return refusals.take(Place::Value(Key::Users), chosen);
        };
        let instance = refusals.take(place, InstanceType::new(name))?;
        if let Some(region) = known_region {
            refusals.take(place, instance.check_region(region))?;
        }
        let fits = capacity::check(&instance, &promises(users?), known_region);
        refusals.take(place, fits).map(|()| instance)
    }
}

/// What the stack is for, where nothing is declared.
fn described(users: usize, domain: &Domain, instance: &InstanceType) -> String {
    let workspaces = if users == 1 {
        "1 workspace".to_owned()
    } else {
        format!("{users} workspaces")
    };
    format!(
        "VS Code in the browser: {workspaces} below {} on one {} ({} vCPUs, {})",
        domain.as_str(),
        instance.name(),
        instance.vcpus(),
        instance.memory()
    )
}
