//! A team as it is written.

/// A team IDE as it is declared: nothing is judged yet.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// The name of the type that declares it.
    pub type_name: String,
    /// Who is in the team.
    pub users: Option<Users>,
    /// The domain below which everybody has a name.
    pub domain: Option<String>,
    /// The Route 53 hosted zone of the domain.
    pub hosted_zone: Option<String>,
    /// The VPC of the host.
    pub vpc: Option<String>,
    /// The public subnet of the host.
    pub subnet: Option<String>,
    /// Who may reach the host.
    pub allow: Option<Allow>,
    /// The port of the workspaces.
    pub port: Option<i128>,
    /// The port of the proxy's dashboard.
    pub dashboard_port: Option<i128>,
    /// The instance type of the host.
    pub instance: Option<String>,
    /// The region in which the stack will be.
    pub region: Option<String>,
    /// The size of the host's root volume.
    pub root_volume: Option<String>,
    /// The key pair that opens the host to SSH.
    pub key_pair: Option<String>,
    /// Where the certificate comes from.
    pub tls: Option<TlsDeclaration>,
    /// The memory that is promised to each workspace.
    pub memory: Option<String>,
    /// The stack's name.
    pub stack_name: Option<String>,
    /// What the stack is for.
    pub description: Option<String>,
    /// Tags of everything that the stack makes.
    pub tags: Vec<(String, String)>,
}

/// The users as they are declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Users {
    /// So many, called `dev-1`, `dev-2` and so on.
    Count(i128),
    /// These.
    Named(Vec<UserDeclaration>),
}

/// A user as declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserDeclaration {
    /// The name, which becomes the first label of the workspace's host name.
    pub name: String,
    /// The memory that is promised to this workspace.
    pub memory: Option<String>,
}

/// Who may reach the host, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allow {
    /// Everybody.
    Anywhere,
    /// Who comes from these ranges of addresses.
    Ranges(Vec<String>),
}

/// Where the certificate comes from, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsDeclaration {
    /// From Parameter Store: the names of the parameters, or neither to be asked for them.
    Ssm {
        /// The parameter that holds the certificate with its chain.
        certificate: Option<String>,
        /// The parameter that holds the private key.
        private_key: Option<String>,
    },
}
