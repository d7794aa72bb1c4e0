//! Makes a team IDE of a valid declaration.

use super::allow::AllowedSources;
use super::capacity::{self, DEFAULT_MEMORY, Demand};
use super::cidr::Cidr;
use super::cpus::Cpus;
use super::declaration::{
    Allow, Declaration, Previews, Texts, TlsDeclaration, UserDeclaration, Users,
};
use super::disk::{self, Homes};
use super::domain::{Domain, Email};
use super::duration::Duration;
use super::equipment::{ExtensionId, RepoUrl};
use super::image::ImageReference;
use super::instance::InstanceType;
use super::login::{Login, same_email};
use super::network_id::{Network, SubnetId, VpcId};
use super::path::{DeclarationDiagnostic, DeclarationPath};
use super::pin::Pin;
use super::ports::DEFAULT_DASHBOARD_PORT;
use super::region::Region;
use super::session::{DEFAULT_IDLE, DEFAULT_SESSION};
use super::size::Size;
use super::snapshots::Snapshots;
use super::stack_name::StackName;
use super::tag::Tag;
use super::team_ide::{CheckedTexts, TeamIde, User};
use super::tls::{Date, ParameterName, Tls};
use super::user::{self, UserName};
use super::validate::architecture_for;
use crate::diagnostic::Diagnostic;
use crate::json::Text;

impl Declaration {
    /// The team IDE that is declared.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the declaration, as [`Declaration::validate`] finds it.
    pub fn check(&self) -> Result<TeamIde, Vec<DeclarationDiagnostic>> {
        if !self.is_valid() {
            return Err(self.reported());
        }
        self.admit().map_err(|diagnostic| {
            vec![DeclarationDiagnostic {
                path: DeclarationPath::Declaration,
                diagnostic,
            }]
        })
    }

    /// Everything that is wrong: apart from [`Declaration::check`], whose stack would else have room for
    /// all these errors.
    #[cold]
    #[inline(never)]
    fn reported(&self) -> Vec<DeclarationDiagnostic> {
        let validation = self.validate();
        validation.errors().chain(validation.rest()).collect()
    }

    /// Converts each part to its type, which applies its rule once more.
    fn admit(&self) -> Result<TeamIde, Diagnostic> {
        let domain = optional(self.domain.as_ref(), Domain::new)?;
        let users = self.admit_users(domain.as_ref())?;
        let region = self.region.as_deref().map(Region::new).transpose()?;
        let image = ImageReference::new(or(self.image.as_ref(), Pin::WORKSPACE.image()))?;
        let proxy_image = ImageReference::new(or(self.proxy_image.as_ref(), Pin::PROXY.image()))?;
        let mut demand = Demand::none();
        for user in &users {
            demand.add(1, user.memory, user.cpus);
        }
        let instance = match self.instance.as_deref() {
            Some(name) => capacity::named(name, &demand, region)?,
            None => {
                let images = image.architecture().or(proxy_image.architecture());
                capacity::choose(&demand, architecture_for(images), region)?
            }
        };
        let stack_name = match &self.stack_name {
            Some(name) => StackName::new(name.clone())?,
            None => StackName::from_type(&self.type_name)?,
        };
        let description = match &self.description {
            Some(description) => description.to_string(),
            None => {
                let described = described(users.len(), domain.as_ref(), &instance);
                if self.has_no_home_volume() {
                    format!(
                        "{described}. The homes are on its root volume, and are deleted with it"
                    )
                } else {
                    described
                }
            }
        };
        let size = |size: Option<&Text>| size.map(|size| Size::new(size)).transpose();
        let root_volume = size(self.root_volume.as_ref())?;
        let homes = match &self.home_volume {
            _ if self.has_no_home_volume() => Homes::Root,
            Some(text) => Homes::OfSize(Size::new(text)?),
            None => Homes::fitting(users.len()),
        };
        let homes_elsewhere = homes.volume().is_some();
        let root_volume = root_volume.unwrap_or(disk::root_volume(users.len(), homes_elsewhere));
        let duration = |text: Option<&Text>| text.map(|text| Duration::new(text)).transpose();
        let session = duration(self.session.as_ref())?.unwrap_or(DEFAULT_SESSION);
        let idle = duration(self.idle.as_ref())?.unwrap_or(DEFAULT_IDLE.min(session));
        let login = Login::admit(self.login.as_ref())?;
        let operators = self.operators.as_ref();
        let operators = operators.map(|operators| operators_of(operators, &login, &users));
        let previews = Previews::admit(self.previews, self.is_plain(), domain.is_some());
        Ok(TeamIde {
            checked: CheckedTexts::new(self)?,
            stack_name,
            description,
            users,
            domain,
            network: self.admit_network()?,
            allow: self.admit_sources()?,
            reach: self.reach.iter().map(Cidr::new).collect::<Result<_, _>>()?,
            port: port(self.port).unwrap_or(self.access().default_port()),
            dashboard_port: port(self.dashboard_port).unwrap_or(DEFAULT_DASHBOARD_PORT),
            instance,
            credits: self.credits,
            region,
            root_volume,
            homes,
            snapshots: Snapshots::admit(self.snapshots.as_ref(), homes_elsewhere),
            tls: self.admit_tls()?,
            login,
            session,
            idle,
            operators,
            previews,
            image,
            proxy_image,
            tags: self.admit_tags(),
        })
    }

    fn admit_users(&self, domain: Option<&Domain>) -> Result<Vec<User>, Diagnostic> {
        let named = |name: Text| UserDeclaration {
            name,
            ..UserDeclaration::default()
        };
        match &self.users {
            Some(Users::Count(count)) => (1..=user::check_count(*count)?)
                .map(|number| self.admit_user(&named(format!("dev-{number}").into()), domain))
                .collect(),
            Some(Users::Names(names)) => names
                .iter()
                .map(|name| self.admit_user(&named(name.to_owned().into()), domain))
                .collect(),
            Some(Users::Records(records)) => records
                .iter()
                .map(|record| self.admit_user(record, domain))
                .collect(),
            None => Ok(Vec::new()),
        }
    }

    fn admit_user(
        &self,
        record: &UserDeclaration,
        domain: Option<&Domain>,
    ) -> Result<User, Diagnostic> {
        let memory = record.memory.as_deref().or(self.memory.as_deref());
        let repo = record.repo.as_ref().or(self.repo.as_ref());
        let dotfiles = record.dotfiles.as_ref().or(self.dotfiles.as_ref());
        // A user's extension overrides the team's, which may be of another version.
        let is_own = |team: &&str| record.extensions.iter().any(|own| id(own) == id(team));
        let of_team = self.extensions.iter().filter(|team| !is_own(team));
        let extensions = of_team.chain(record.extensions.iter());
        let name = UserName::new(record.name.clone())?;
        let fqdn = match domain {
            Some(domain) => format!("{}.{}", name.as_str(), domain.as_str()),
            None => name.as_str().to_owned(),
        };
        Ok(User {
            name,
            fqdn,
            email: optional(record.email.as_ref(), Email::new)?,
            memory: memory.map_or(Ok(DEFAULT_MEMORY), Size::new)?,
            cpus: record.cpus.or(self.cpus).map(Cpus::new).transpose()?,
            repo: repo.cloned().map(RepoUrl::new).transpose()?,
            dotfiles: dotfiles.cloned().map(RepoUrl::new).transpose()?,
            extensions: extensions
                .map(|extension| ExtensionId::new(extension.to_owned()))
                .collect::<Result<_, _>>()?,
        })
    }

    fn admit_network(&self) -> Result<Option<Network>, Diagnostic> {
        match (&self.vpc, &self.subnet) {
            (Some(vpc), Some(subnet)) => Ok(Some(Network {
                vpc: VpcId::new(vpc.clone())?,
                subnet: SubnetId::new(subnet.clone())?,
            })),
            _ => Ok(None),
        }
    }

    fn admit_sources(&self) -> Result<AllowedSources, Diagnostic> {
        Ok(match &self.allow {
            None => AllowedSources::Parameter,
            Some(Allow::Anywhere) => AllowedSources::Anywhere,
            Some(Allow::Ranges(ranges)) => {
                AllowedSources::Ranges(ranges.iter().map(Cidr::new).collect::<Result<_, _>>()?)
            }
        })
    }

    fn admit_tls(&self) -> Result<Tls, Diagnostic> {
        Ok(match &self.tls {
            Some(TlsDeclaration::None) => Tls::None,
            Some(TlsDeclaration::Acme {
                email: Some(email),
                until,
                staging,
            }) => Tls::Acme {
                email: Email::new(email.clone())?,
                until: optional(until.as_ref(), Date::new)?,
                staging: *staging,
            },
            Some(TlsDeclaration::Ssm {
                certificate: Some(certificate),
                private_key: Some(private_key),
            }) => Tls::Ssm {
                certificate: ParameterName::new(certificate.clone())?,
                private_key: ParameterName::new(private_key.clone())?,
            },
            _ => Tls::SsmParameters,
        })
    }

    fn admit_tags(&self) -> Vec<Tag> {
        let tags = self.tags.iter().map(|(key, value)| Tag {
            key: key.clone(),
            value: value.clone(),
        });
        tags.collect()
    }
}

fn optional<T>(
    text: Option<&Text>,
    new: impl FnOnce(Text) -> Result<T, Diagnostic>,
) -> Result<Option<T>, Diagnostic> {
    text.cloned().map(new).transpose()
}

/// The e-mail addresses of operators, or the names of the users that they are.
fn operators_of(operators: &Texts, login: &Login, users: &[User]) -> Vec<String> {
    if login.is_by_provider() {
        return operators.iter().map(str::to_owned).collect();
    }
    let is_operator = |user: &&User| {
        let email = user.email.as_ref().map(Email::as_str);
        operators.iter().any(|operator| {
            operator == user.name.as_str() || email.is_some_and(|it| same_email(it, operator))
        })
    };
    let users = users.iter().filter(is_operator);
    users.map(|user| user.name.as_str().to_owned()).collect()
}

/// An extension without its version.
fn id(extension: &str) -> String {
    let id = extension.split('@').next().unwrap_or_default();
    id.to_ascii_lowercase()
}

fn or(text: Option<&Text>, otherwise: &'static str) -> Text {
    text.cloned().unwrap_or(Text::Borrowed(otherwise))
}

fn port(port: Option<i128>) -> Option<u16> {
    port.and_then(|port| u16::try_from(port).ok())
}

/// The description of a stack for which none is declared.
fn described(users: usize, domain: Option<&Domain>, instance: &InstanceType) -> String {
    let workspaces = if users == 1 {
        "1 workspace".to_owned()
    } else {
        format!("{users} workspaces")
    };
    let below = domain.map_or(String::new(), |domain| {
        format!(" below {}", domain.as_str())
    });
    format!(
        "VS Code in the browser: {workspaces}{below} on one {} ({} vCPUs, {})",
        instance.name(),
        instance.vcpus(),
        instance.memory()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Declaration {
        Declaration {
            type_name: "AcmeIde".into(),
            users: Some(Users::Count(1)),
            domain: Some("code.x.com".into()),
            ..Declaration::default()
        }
    }

    #[test]
    fn missing_keys_have_defaults() {
        let ide = team().check().expect("it is right");
        assert_eq!(ide.stack_name().as_str(), "acme-ide");
        assert_eq!(
            ide.description(),
            "VS Code in the browser: 1 workspace below code.x.com on one t3.small (2 vCPUs, 2 GiB)"
        );
        assert_eq!((ide.port(), ide.dashboard_port()), (443, 8_090));
        assert_eq!(ide.root_volume(), Size::from_gib(30));
        assert_eq!(ide.home_volume().map(Size::gib), Some(11));
        assert_eq!(ide.homes(), Homes::Fitting(Size::from_gib(11)));
        assert_eq!(ide.image().as_str(), Pin::WORKSPACE.image());
        assert_eq!(ide.proxy_image().as_str(), Pin::PROXY.image());
        assert_eq!(ide.tls(), &Tls::SsmParameters);
        assert_eq!(ide.allow(), &AllowedSources::Parameter);
        assert_eq!((ide.reach(), ide.credits()), (&[][..], None));
        assert_eq!(ide.login(), &Login::Generated);
        assert_eq!(
            (ide.operators(), ide.previews()),
            (None, Previews::Subdomains)
        );
        assert_eq!(
            (ide.network(), ide.region(), ide.key_pair()),
            (None, None, None)
        );
        let [user] = ide.users() else {
            panic!("one user");
        };
        assert_eq!(user.name().as_str(), "dev-1");
        assert_eq!((user.memory(), user.cpus()), (DEFAULT_MEMORY, None));
        let plain = Declaration {
            users: Some(Users::Names(["al", "bo"].into_iter().collect())),
            domain: None,
            tls: Some(TlsDeclaration::None),
            ..team()
        };
        let plain = plain.check().expect("it is right");
        assert_eq!(
            plain.description(),
            "VS Code in the browser: 2 workspaces on one t3.medium (2 vCPUs, 4 GiB)"
        );
        assert_eq!((plain.port(), plain.tls()), (8_100, &Tls::None));
        let names: Vec<&str> = plain.users().iter().map(User::fqdn).collect();
        assert_eq!(names, ["al", "bo"]);
    }

    #[test]
    fn every_error_is_reported_up_to_a_limit() {
        let wrong = Declaration {
            port: Some(0),
            region: Some("x".into()),
            ..team()
        };
        let errors = wrong.check().expect_err("two of them");
        assert_eq!(errors.len(), 2);
        let wrong = Declaration {
            users: Some(Users::Names((0..70).map(|at| format!("U{at}")).collect())),
            ..team()
        };
        let errors = wrong.check().expect_err("seventy of them");
        let last = errors.last().expect("there are some");
        assert_eq!(errors.len(), 65);
        assert_eq!(
            last.diagnostic.message,
            "there are 6 more errors like these"
        );
    }

    #[test]
    fn an_extension_of_a_user_overrides_that_of_the_team() {
        let alice = UserDeclaration {
            name: "alice".into(),
            extensions: ["A.B@1.2.3", "c.d"].into_iter().collect(),
            ..UserDeclaration::default()
        };
        let team = Declaration {
            users: Some(Users::Records(vec![alice].into())),
            extensions: ["a.b", "e.f"].into_iter().collect(),
            ..team()
        };
        let ide = team.check().expect("it is right");
        let extensions = ide.users()[0].extensions().iter();
        let extensions: Vec<&str> = extensions.map(ExtensionId::as_str).collect();
        assert_eq!(extensions, ["e.f", "A.B@1.2.3", "c.d"]);
    }
}
