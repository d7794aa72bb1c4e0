//! A valid team IDE.

use super::allow::AllowedSources;
use super::cidr::Cidr;
use super::cpus::Cpus;
use super::declaration::{Credits, Declaration, Previews};
use super::disk::{self, Homes};
use super::domain::{Domain, Email};
use super::duration::Duration;
use super::equipment::{ExtensionId, RepoUrl};
use super::image::ImageReference;
use super::instance::InstanceType;
use super::key::keys;
use super::login::Login;
use super::network_id::Network;
use super::region::Region;
use super::size::Size;
use super::snapshots::Snapshots;
use super::stack_name::StackName;
use super::tag::Tag;
use super::tls::Tls;
use super::user::UserName;
use crate::diagnostic::Diagnostic;

macro_rules! checked {
    (
        declaration { $(
            $(#[doc = $about:literal])+
            $key:ident {
                name: $name:ident,
                kind: $kind:ident $of:tt,
                rule: $rule:ident $by:tt,
                example: $example:literal,
                default: $default:literal,
            }
        )+ }
        elsewhere $others:tt
    ) => {
        checked! { @fields [] $(($kind $of $name [$($about)+]))+ }
    };
    (@fields [$($fields:tt)*] (checked($type:ty) $name:ident $about:tt) $($rest:tt)*) => {
        checked! { @fields [$($fields)* ($type, $name $about)] $($rest)* }
    };
    (@fields $fields:tt ($kind:ident $of:tt $name:ident $about:tt) $($rest:tt)*) => {
        checked! { @fields $fields $($rest)* }
    };
    (@fields [$(($type:ty, $name:ident [$($about:literal)+]))+]) => {
        /// The strings with types of their own.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(super) struct CheckedTexts {
            $($name: Option<$type>,)+
        }

        impl CheckedTexts {
            pub(super) fn new(declaration: &Declaration) -> Result<Self, Diagnostic> {
                Ok(Self {
                    $($name: declaration.$name.clone().map(<$type>::new).transpose()?,)+
                })
            }
        }

        impl TeamIde {
            $(
                $(#[doc = $about])+
                pub fn $name(&self) -> Option<&$type> {
                    self.checked.$name.as_ref()
                }
            )+
        }
    };
}

keys!(checked);

/// A valid team IDE, made by [`Declaration::check`](super::Declaration::check).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamIde {
    pub(super) checked: CheckedTexts,
    pub(super) stack_name: StackName,
    pub(super) description: String,
    pub(super) users: Vec<User>,
    pub(super) domain: Option<Domain>,
    pub(super) network: Option<Network>,
    pub(super) allow: AllowedSources,
    pub(super) reach: Vec<Cidr>,
    pub(super) port: u16,
    pub(super) dashboard_port: u16,
    pub(super) instance: InstanceType,
    pub(super) credits: Option<Credits>,
    pub(super) region: Option<Region>,
    pub(super) root_volume: Size,
    pub(super) homes: Homes,
    pub(super) snapshots: Snapshots,
    pub(super) tls: Tls,
    pub(super) login: Login,
    pub(super) session: Duration,
    pub(super) idle: Duration,
    pub(super) operators: Option<Vec<String>>,
    pub(super) previews: Previews,
    pub(super) image: ImageReference,
    pub(super) proxy_image: ImageReference,
    pub(super) tags: Vec<Tag>,
}

/// A developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub(super) name: UserName,
    pub(super) fqdn: String,
    pub(super) email: Option<Email>,
    pub(super) memory: Size,
    pub(super) cpus: Option<Cpus>,
    pub(super) repo: Option<RepoUrl>,
    pub(super) dotfiles: Option<RepoUrl>,
    pub(super) extensions: Vec<ExtensionId>,
}

impl User {
    /// The name.
    pub fn name(&self) -> &UserName {
        &self.name
    }

    /// The e-mail address.
    pub fn email(&self) -> Option<&Email> {
        self.email.as_ref()
    }

    /// The memory that is promised to the workspace.
    pub fn memory(&self) -> Size {
        self.memory
    }

    /// The most CPUs that the workspace may use; without a number, all of the host's.
    pub fn cpus(&self) -> Option<Cpus> {
        self.cpus
    }

    /// The repository that is cloned into the workspace.
    pub fn repo(&self) -> Option<&RepoUrl> {
        self.repo.as_ref()
    }

    /// The dotfiles repository that is installed into the home.
    pub fn dotfiles(&self) -> Option<&RepoUrl> {
        self.dotfiles.as_ref()
    }

    /// The extensions that are installed into the workspace.
    pub fn extensions(&self) -> &[ExtensionId] {
        &self.extensions
    }

    /// The host name of the workspace: `alice.code.x.com`, or `alice` without a domain.
    pub fn fqdn(&self) -> &str {
        &self.fqdn
    }

    /// The logical ID of a resource of this user: `AliceRecord` of `alice` and `Record`.
    pub fn logical_id(&self, suffix: &str) -> String {
        format!("{}{suffix}", self.name.logical_id())
    }
}

impl TeamIde {
    /// The stack's name.
    pub fn stack_name(&self) -> &StackName {
        &self.stack_name
    }

    /// The stack's description.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The developers, in the order of the declaration.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// The name of the team: that of its stack.
    pub fn name(&self) -> &str {
        self.stack_name.as_str()
    }

    /// The user of this name.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name.as_str() == name)
    }

    /// The domain of the workspaces. Without one, which only plain HTTP allows, each workspace has a
    /// port of its own.
    pub fn domain(&self) -> Option<&Domain> {
        self.domain.as_ref()
    }

    /// The port of the workspace of the user at this index.
    pub fn workspace_port(&self, index: usize) -> u16 {
        match self.domain {
            Some(_) => self.port,
            None => self
                .port
                .saturating_add(u16::try_from(index).unwrap_or(u16::MAX)),
        }
    }

    /// Whether the workspaces are served over HTTPS.
    pub fn is_https(&self) -> bool {
        self.tls != Tls::None
    }

    /// The VPC and the subnet, unless they are parameters.
    pub fn network(&self) -> Option<&Network> {
        self.network.as_ref()
    }

    /// The addresses that may reach the host.
    pub fn allow(&self) -> &AllowedSources {
        &self.allow
    }

    /// The private addresses that workspaces reach.
    pub fn reach(&self) -> &[Cidr] {
        &self.reach
    }

    /// The port of the workspaces, or the first of them.
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

    /// What a burstable host does without CPU credits; the default is that of AWS.
    pub fn credits(&self) -> Option<Credits> {
        self.credits
    }

    /// The region, if it is declared.
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// The size of the root volume.
    pub fn root_volume(&self) -> Size {
        self.root_volume
    }

    /// Where the homes are.
    pub fn homes(&self) -> Homes {
        self.homes
    }

    /// The size of the homes' own volume; without one, they are on the root volume.
    pub fn home_volume(&self) -> Option<Size> {
        self.homes.volume()
    }

    /// The snapshots of the homes' own volume.
    pub fn snapshots(&self) -> Snapshots {
        self.snapshots
    }

    /// The size of each home: its share of the volume.
    pub fn home_share(&self) -> Size {
        disk::share(self.root_volume, self.homes, self.users.len())
    }

    /// The source of the certificate.
    pub fn tls(&self) -> &Tls {
        &self.tls
    }

    /// How developers sign in.
    pub fn login(&self) -> &Login {
        &self.login
    }

    /// The time after which a session ends.
    pub fn session(&self) -> Duration {
        self.session
    }

    /// The time without a request after which a session ends.
    pub fn idle(&self) -> Duration {
        self.idle
    }

    /// Who opens the dashboard: the e-mail addresses of accounts at a provider, or else names of users. `None`
    /// for every developer.
    pub fn operators(&self) -> Option<&[String]> {
        self.operators.as_deref()
    }

    /// Where previews of ports are.
    pub fn previews(&self) -> Previews {
        self.previews
    }

    /// The image of the workspaces.
    pub fn image(&self) -> &ImageReference {
        &self.image
    }

    /// The image of the proxy.
    pub fn proxy_image(&self) -> &ImageReference {
        &self.proxy_image
    }

    /// The tags of every resource of the stack.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_knows_its_users_and_where_they_are() {
        let team = || {
            TeamIde::builder()
                .stack_name("acme")
                .user("mary-ann")
                .user("bob")
        };
        let by_name = team().domain("code.x.com").port(8_443);
        let by_name = by_name.build().expect("it is right");
        assert_eq!(by_name.name(), "acme");
        let domain = by_name.domain().map(Domain::as_str);
        assert_eq!(domain, Some("code.x.com"));
        let bob = by_name.user("bob").expect("he is there");
        assert_eq!(bob.fqdn(), "bob.code.x.com");
        assert_eq!(by_name.user("carol"), None);
        let mary_ann = by_name.user("mary-ann").expect("she is there");
        assert_eq!(mary_ann.name().as_str(), "mary-ann");
        assert_eq!(mary_ann.logical_id("Record"), "MaryAnnRecord");
        assert_eq!([0, 1].map(|at| by_name.workspace_port(at)), [8_443, 8_443]);
        assert!(by_name.is_https());
        let by_port = team().tls_none().build().expect("it is right");
        assert_eq!([0, 1].map(|at| by_port.workspace_port(at)), [8_100, 8_101]);
        assert_eq!(by_port.domain(), None);
        assert_eq!(by_port.users()[1].fqdn(), "bob");
        assert!(!by_port.is_https());
    }

    #[test]
    fn a_home_is_a_share_of_its_volume() {
        let team = || TeamIde::builder().domain("code.x.com").users(4);
        let share =
            |team: super::super::TeamIdeBuilder| team.build().expect("it is right").home_share();
        assert_eq!(share(team()), Size::from_gib(10));
        let on_root = |team: super::super::TeamIdeBuilder| team.home_volume("none");
        assert_eq!(share(on_root(team())), Size::from_gib(5));
        let larger = team().root_volume("50 GiB");
        assert_eq!(share(on_root(larger)), Size::from_gib(10));
        assert_eq!(share(team().home_volume("80 GiB")), Size::from_gib(19));
    }
}
