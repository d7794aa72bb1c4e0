//! The rules of a team.
//!
//! A [`Declaration`] is what the user wrote; [`Declaration::check`] makes a [`TeamIde`] of it or
//! reports everything that is wrong. The macro, the library and the command line all use it.

mod address;
mod allow;
mod builder;
mod capacity;
mod check;
mod checked_text;
mod choice;
mod cidr;
mod cpus;
mod credits;
mod declaration;
mod disk;
mod domain;
mod duration;
mod ecr;
mod equipment;
mod host_name;
mod image;
mod instance;
mod key;
mod key_pair;
mod letters;
mod login;
mod network_id;
mod path;
mod pin;
pub mod placeholder;
mod ports;
mod previews;
mod ranges;
mod reach;
mod region;
mod session;
mod size;
mod snapshots;
mod stack_name;
mod tag;
mod team_ide;
mod timezone;
mod tls;
mod user;
mod user_key;
mod validate;
mod validation;

pub use allow::AllowedSources;
pub use builder::{DeclarationError, TeamIdeBuilder, UserBuilder};
pub use capacity::HOST_MEMORY;
pub use choice::{Choice, Word};
pub use cidr::Cidr;
pub use cpus::Cpus;
pub use declaration::{
    Allow, Credits, Declaration, Field, FieldMut, List, LoginDeclaration, Previews,
    SnapshotsDeclaration, Texts, TlsDeclaration, UserDeclaration, UserValue, UserValueMut, Users,
};
pub use disk::Homes;
pub use domain::{Domain, Email};
pub use duration::Duration;
pub use ecr::EcrRepository;
pub use equipment::{ExtensionId, RepoUrl};
pub use host_name::HostName;
pub use image::ImageReference;
pub(crate) use instance::REGIONS;
pub use instance::{Architecture, InstanceType};
pub use key::Key;
pub use key_pair::KeyPair;
pub use login::{ClientId, ClientSecret, DomainPrefix, Issuer, Login};
pub use network_id::{HostedZoneId, Network, SubnetId, VpcId, check_ec2_id};
pub use path::{DeclarationDiagnostic, DeclarationPath, LoginPart, TlsPart};
pub use pin::Pin;
pub use ports::WORKSPACE_PORT;
pub use region::Region;
pub use size::Size;
pub use snapshots::Snapshots;
pub use stack_name::StackName;
pub use tag::Tag;
pub use team_ide::{TeamIde, User};
pub use timezone::Timezone;
pub use tls::{Date, ParameterName, Tls};
pub use user::{MAX_USERS, UserName};
pub use user_key::{UserField, UserKey};
pub use validation::{Reported, Reports, Validation};
