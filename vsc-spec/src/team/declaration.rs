//! A team as it is written.

use std::borrow::Cow;

use crate::json::Text;
use crate::text;

/// A list that a constant can hold, or that is made while the program runs.
pub type List<T> = Cow<'static, [T]>;

/// A team IDE as it is declared: nothing is judged yet.
///
/// Every part of it can be a constant, so that const evaluation can judge it.
///
/// ```
/// use vsc_spec::team::{Declaration, Users};
///
/// let declaration = Declaration {
///     type_name: "AcmeIde".into(),
///     users: Some(Users::Count(6)),
///     domain: Some("code.x.com".into()),
///     ..Declaration::default()
/// };
/// let ide = declaration.check().expect("nothing is wrong with it");
/// assert_eq!(ide.stack_name().as_str(), "acme-ide");
/// assert_eq!(ide.instance().name(), "t3.large");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declaration {
    /// The name of the type that declares it.
    pub type_name: Text,
    /// Who is in the team.
    pub users: Option<Users>,
    /// The domain below which everybody has a name.
    pub domain: Option<Text>,
    /// The Route 53 hosted zone of the domain.
    pub hosted_zone: Option<Text>,
    /// The VPC of the host.
    pub vpc: Option<Text>,
    /// The public subnet of the host.
    pub subnet: Option<Text>,
    /// Who may reach the host.
    pub allow: Option<Allow>,
    /// The private addresses that workspaces reach.
    pub reach: Texts,
    /// The port of the workspaces.
    pub port: Option<i128>,
    /// The port of the proxy's dashboard.
    pub dashboard_port: Option<i128>,
    /// The instance type of the host, or a family (`c7i`) of which it is the smallest that fits.
    pub instance: Option<Text>,
    /// What a burstable host does when it has spent its CPU credits.
    pub credits: Option<Credits>,
    /// The region in which the stack will be.
    pub region: Option<Text>,
    /// The size of the host's root volume.
    pub root_volume: Option<Text>,
    /// The size of a volume of its own for the homes.
    pub home_volume: Option<Text>,
    /// The key pair that opens the host to SSH.
    pub key_pair: Option<Text>,
    /// Where the certificate comes from.
    pub tls: Option<TlsDeclaration>,
    /// How developers log in.
    pub login: Login,
    /// The memory that is promised to each workspace.
    pub memory: Option<Text>,
    /// How many CPUs each workspace may use at most.
    pub cpus: Option<f64>,
    /// The image of the workspaces.
    pub image: Option<Text>,
    /// The image of the proxy.
    pub proxy_image: Option<Text>,
    /// The repository that is cloned into each workspace.
    pub repo: Option<Text>,
    /// The repository of settings that is installed into each home.
    pub dotfiles: Option<Text>,
    /// The extensions that are installed into each workspace.
    pub extensions: Texts,
    /// The stack's name.
    pub stack_name: Option<Text>,
    /// What the stack is for.
    pub description: Option<Text>,
    /// Tags of everything that the stack makes.
    pub tags: List<(Text, Text)>,
}

/// The users as they are declared.
#[derive(Clone, Debug, PartialEq)]
pub enum Users {
    /// So many, called `dev-1`, `dev-2` and so on.
    Count(i128),
    /// These names.
    Names(Texts),
    /// These, with records of their own.
    Records(List<UserDeclaration>),
}

/// A user as declared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserDeclaration {
    /// The name, which becomes the first label of the workspace's host name.
    pub name: Text,
    /// Where the user is written to.
    pub email: Option<Text>,
    /// The memory that is promised to this workspace.
    pub memory: Option<Text>,
    /// How many CPUs this workspace may use at most.
    pub cpus: Option<f64>,
    /// The repository that is cloned into this workspace, instead of the team's.
    pub repo: Option<Text>,
    /// The repository of settings that is installed into this home, instead of the team's.
    pub dotfiles: Option<Text>,
    /// The extensions that are installed into this workspace, beside the team's.
    pub extensions: Texts,
}

/// Who may reach the host, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allow {
    /// Everybody.
    Anywhere,
    /// Who comes from these ranges of addresses.
    Ranges(Texts),
}

/// What a burstable host does when it has spent its CPU credits: Amazon EC2 User Guide, "Burstable
/// performance instances".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credits {
    /// It slows down to its baseline.
    Standard,
    /// It goes on at full speed, for which AWS charges by the hour.
    Unlimited,
}

impl Credits {
    /// The name in a declaration, and in EC2.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Unlimited => "unlimited",
        }
    }
}

/// How developers log in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Login {
    /// Everybody has a password of their own, which CloudFormation generates.
    #[default]
    Generated,
    /// All share one, which the operator sets when the stack is deployed.
    Shared,
}

/// Where the certificate comes from, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsDeclaration {
    /// From Parameter Store: the names of the parameters, or neither to be asked for them.
    Ssm {
        /// The parameter that holds the certificate with its chain.
        certificate: Option<Text>,
        /// The parameter that holds the private key.
        private_key: Option<Text>,
    },
    /// From Let's Encrypt.
    Acme {
        /// Who is told when a certificate is about to expire.
        email: Option<Text>,
        /// The last day on which the host may answer challenges.
        until: Option<Text>,
        /// Whether it is for trials, from the issuer's staging environment.
        staging: bool,
    },
    /// There is none: plain HTTP.
    None,
}

/// A list of texts: a constant as one writes it, or one that is made while the program runs.
#[derive(Clone, Debug)]
pub enum Texts {
    /// `&["a", "b"]`.
    Constant(&'static [&'static str]),
    /// Any other.
    List(List<Text>),
}

impl Texts {
    /// No texts.
    pub const EMPTY: Self = Self::Constant(&[]);

    /// How many there are.
    pub const fn len(&self) -> usize {
        match self {
            Self::Constant(texts) => texts.len(),
            Self::List(texts) => slice(texts).len(),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text at a place, which is below the length.
    pub(super) const fn get(&self, at: usize) -> &str {
        match self {
            Self::Constant(texts) => texts[at],
            Self::List(texts) => text::of(&slice(texts)[at]),
        }
    }

    /// The texts.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Texts {}

impl<T: Into<Text>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self::List(texts.into_iter().map(Into::into).collect())
    }
}

/// The items of a list.
pub(super) const fn slice<T: Clone>(list: &List<T>) -> &[T] {
    match list {
        Cow::Borrowed(items) => items,
        Cow::Owned(items) => items.as_slice(),
    }
}

/// The text of a part, if it is declared.
pub(super) const fn declared(part: Option<&Text>) -> Option<&str> {
    match part {
        Some(part) => Some(text::of(part)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_list_is_the_same_as_one_that_is_made() {
        let constant = Texts::Constant(&["a", "b"]);
        let made = |texts: &[&str]| -> Texts { texts.iter().map(ToString::to_string).collect() };
        assert_eq!(constant, made(&["a", "b"]));
        for other in [&["a"][..], &["a", "c"], &["a", "b", "c"], &[]] {
            assert_ne!(constant, made(other), "{other:?}");
        }
        assert_eq!((constant.len(), constant.get(1)), (2, "b"));
        assert_eq!(made(&["a", "b"]).get(0), "a");
        assert!(!constant.is_empty() && Texts::default().is_empty() && made(&[]).is_empty());
    }
}
