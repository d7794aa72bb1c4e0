//! A team IDE that passed the rules.

use super::allow::AllowedSources;
use super::domain::Domain;
use super::instance::InstanceType;
use super::key_pair::KeyPair;
use super::network_id::{HostedZoneId, Network};
use super::region::Region;
use super::size::Size;
use super::stack_name::StackName;
use super::tag::Tag;
use super::tls::Tls;
use super::user::UserName;

/// A team IDE in which nothing is wrong. [`Declaration::check`](super::Declaration::check) makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamIde {
    pub(super) stack_name: StackName,
    pub(super) description: String,
    pub(super) users: Vec<User>,
    pub(super) domain: Domain,
    pub(super) hosted_zone: Option<HostedZoneId>,
    pub(super) network: Option<Network>,
    pub(super) allow: AllowedSources,
    pub(super) port: u16,
    pub(super) dashboard_port: u16,
    pub(super) instance: InstanceType,
    pub(super) region: Option<Region>,
    pub(super) root_volume: Size,
    pub(super) key_pair: Option<KeyPair>,
    pub(super) tls: Tls,
    pub(super) tags: Vec<Tag>,
}

/// A developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub(super) name: UserName,
    pub(super) memory: Size,
}

impl User {
    /// The name.
    pub fn name(&self) -> &UserName {
        &self.name
    }

    /// The memory that is promised to the workspace.
    pub fn memory(&self) -> Size {
        self.memory
    }

    /// The host name of the workspace.
    pub fn fqdn(&self, domain: &Domain) -> String {
        self.name.below(domain)
    }

    /// The logical ID of something of this user's: `alice` and `Record` make `AliceRecord`.
    pub fn logical_id(&self, suffix: &str) -> String {
        format!("{}{suffix}", self.name.logical_id())
    }
}

impl TeamIde {
    /// The stack's name.
    pub fn stack_name(&self) -> &StackName {
        &self.stack_name
    }

    /// What the stack is for.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The developers, in the order of the declaration.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// The domain below which everybody has a name.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    /// The hosted zone, unless the operator says it.
    pub fn hosted_zone(&self) -> Option<&HostedZoneId> {
        self.hosted_zone.as_ref()
    }

    /// The VPC and the subnet, unless the operator says them.
    pub fn network(&self) -> Option<&Network> {
        self.network.as_ref()
    }

    /// Who may reach the host.
    pub fn allow(&self) -> &AllowedSources {
        &self.allow
    }

    /// The port of the workspaces.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port of the dashboard.
    pub fn dashboard_port(&self) -> u16 {
        self.dashboard_port
    }

    /// The instance type of the host: as declared, or the smallest that fits.
    pub fn instance(&self) -> &InstanceType {
        &self.instance
    }

    /// The region, where it is declared.
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// The size of the root volume.
    pub fn root_volume(&self) -> Size {
        self.root_volume
    }

    /// The key pair for SSH, which is closed without one.
    pub fn key_pair(&self) -> Option<&KeyPair> {
        self.key_pair.as_ref()
    }

    /// Where the certificate comes from.
    pub fn tls(&self) -> &Tls {
        &self.tls
    }

    /// Tags of everything that the stack makes.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }
}
