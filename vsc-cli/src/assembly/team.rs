//! The team of a stack, as the app describes it.

use serde::Deserialize;
use vsc_spec::Diagnostic;

use super::read::RawDiagnostic;

/// A team: its users, its host, and what it needs in the account.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Team {
    pub(crate) https: bool,
    pub(crate) login: Login,
    pub(crate) users: Vec<User>,
    pub(crate) host: Host,
    /// `None` if the homes are on the root volume.
    pub(crate) homes: Option<HomeVolume>,
    pub(crate) needs: Needs,
    #[serde(default)]
    pub(crate) images: Vec<Image>,
    /// What a reader of the declaration should know.
    #[serde(default)]
    notes: Vec<RawDiagnostic>,
    /// The file of its preview.
    pub(super) preview: Option<String>,
}

impl Team {
    /// What a reader of the declaration should know.
    pub(crate) fn notes(&self) -> impl Iterator<Item = Diagnostic> {
        self.notes.iter().cloned().map(Diagnostic::from)
    }
}

/// How developers log in.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Login {
    pub(crate) kind: LoginKind,
    /// The length of generated passwords, in characters.
    pub(crate) password_length: u16,
    /// The URLs that a provider has to know; empty if no provider signs developers in.
    #[serde(default)]
    pub(crate) urls: Vec<LoginUrls>,
    /// `None` if a provider is part of the stack, or if there is none.
    pub(crate) provider: Option<Provider>,
    /// `subdomains` or `paths`.
    pub(crate) previews: Option<String>,
}

/// The URLs of one name of the host.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoginUrls {
    /// The user of the workspace; `None` for the dashboard.
    pub(crate) user: Option<String>,
    pub(crate) callback: String,
    pub(crate) signed_out: String,
}

/// An OpenID Connect provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    /// The name or ARN of the secret with that of the client.
    pub(crate) client_secret: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LoginKind {
    /// By a generated password for each.
    Generated,
    /// By one password for all.
    Shared,
    /// By accounts at a provider.
    Oidc,
    /// By accounts in a user pool of the stack.
    Cognito,
    /// In a way that this version does not know.
    #[serde(other)]
    Other,
}

/// A developer.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    /// `None` if only the deployed stack knows the address of the host.
    pub(crate) url: Option<String>,
    /// The output with the URL.
    pub(crate) url_output: String,
    /// The name of the secret with the password; `None` without passwords.
    pub(crate) secret: Option<String>,
    /// The logical IDs of the user's own resources.
    pub(crate) resources: Vec<String>,
    pub(crate) share: Share,
}

/// A user's share of the host.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Share {
    pub(crate) memory_mib: u64,
    pub(crate) memory_limit_mib: u64,
    /// The most CPUs; `None` for all of the host's.
    pub(crate) cpus: Option<f64>,
    pub(crate) home_mib: u64,
}

/// The host and its capacity.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Host {
    pub(crate) logical_id: String,
    pub(crate) instance_type: String,
    pub(crate) vcpus: u32,
    pub(crate) memory_mib: u64,
    /// The memory that is promised to the workspaces and the host itself.
    pub(crate) promised_mib: u64,
    /// The part of it for the host itself.
    pub(crate) reserved_mib: u64,
    pub(crate) root_volume_mib: u64,
    /// `None` if the homes are on the root volume.
    pub(crate) home_volume_mib: Option<u64>,
    /// The addresses of the workspaces' networks, in CIDR notation.
    pub(crate) network_pool: String,
    /// The parameter of which another value makes another host.
    pub(crate) generation_parameter: Option<String>,
}

/// The volume of the homes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HomeVolume {
    /// The logical ID of the volume.
    pub(crate) volume: String,
    /// The tag of the volume and of its snapshots; its value is the stack name.
    pub(crate) tag: String,
    /// The size that the team needs, in GiB.
    pub(crate) gib: u64,
    /// The parameter of the volume's size in GiB; `None` if the size is declared.
    pub(crate) size_parameter: Option<String>,
    /// The parameter of the availability zone, which is that of the subnet.
    pub(crate) zone_parameter: String,
    /// The parameter of the snapshot from which the homes are restored.
    pub(crate) snapshot_parameter: String,
}

/// What a deployment needs in the account.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Needs {
    pub(crate) hosted_zone: Option<HostedZone>,
    /// `None` for a team that is served over HTTP.
    pub(crate) certificate: Option<Certificate>,
    pub(crate) network: Network,
    pub(crate) key_pair: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct HostedZone {
    pub(crate) domain: String,
    pub(crate) id: DeclaredValue,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Certificate {
    /// Parameters of Parameter Store hold it.
    Stored {
        certificate: DeclaredValue,
        #[serde(rename = "privateKey")]
        private_key: DeclaredValue,
    },
    /// The host has it issued.
    Issued {
        issuer: String,
        /// The last day on which it may be renewed.
        until: Option<String>,
    },
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Network {
    pub(crate) vpc: DeclaredValue,
    pub(crate) subnet: DeclaredValue,
}

/// A value that is declared, or that a parameter of the template asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DeclaredValue {
    Value(String),
    Parameter(String),
}

/// An image of the host.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Image {
    /// The key of the declaration.
    pub(crate) key: String,
    pub(crate) reference: String,
    /// `None` if the declaration names it.
    pub(crate) pin: Option<Pin>,
}

/// A default image.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pin {
    pub(crate) tagged: String,
    /// The day on which it was last known to be the newest.
    pub(crate) newest_on: String,
    pub(crate) outdated_after_days: u16,
}
