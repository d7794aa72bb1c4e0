//! The pattern: one host that serves a workspace to each developer of a team.
//!
//! Each concern has its file. Resources are passed on as typed references, so that the order of the
//! calls below is the order of the template.

mod alarm;
mod boot;
mod dns;
mod handles;
mod homes;
mod host;
mod identity;
mod login;
mod network;
mod outputs;
mod parameters;
mod pool;
mod proxy;
mod rollback;
mod secrets;
mod statement;
mod suppressed;
mod tags;
mod team_stack;
mod workspace;

pub use boot::{DOTFILES, HOST_FILES, HostFile, UNPACK, pool as network_pool};
pub use handles::{HomeVolume, Host, HostAddress, HostRole, HostSecurityGroup, Password, Record};
pub use homes::{HOME_VOLUME, HOMES_TAG};
pub use host::LOGICAL_ID as HOST;
pub use login::{LoginUrls, login_urls};
#[cfg(feature = "diff")]
pub(crate) use outputs::users as users_of;
pub use outputs::{DASHBOARD_URL, secret_name, workspace_url};
pub use parameters::{GENERATION, HOME_VOLUME_SIZE, SNAPSHOT, ZONE};
pub use proxy::routers;
pub use secrets::PASSWORD_LENGTH;
pub use statement::Statement;
pub use team_stack::TeamStack;
pub use workspace::memory_limit;

use vsc_spec::team::TeamIde;

use crate::stack::{Stack, StackError};
use crate::template::Template;
use team_stack::Parts;

/// A function that adds to the stack of a team.
pub type Extend = fn(&mut Stack, &mut TeamStack<'_>);

/// Builds the stack of a team.
///
/// ```
/// use vsc_core::team_ide;
/// use vsc_spec::team::{Declaration, Users};
///
/// let declaration = Declaration {
///     type_name: "AcmeIde".into(),
///     users: Some(Users::Count(2)),
///     domain: Some("code.x.com".into()),
///     ..Declaration::default()
/// };
/// let ide = declaration.check().expect("the declaration is right");
/// let template = team_ide::stack(&ide).finish()?;
/// assert!(template.to_yaml_string().contains("Dev2Record:"));
/// # Ok::<(), vsc_core::StackError>(())
/// ```
pub fn stack(ide: &TeamIde) -> Stack {
    extended(ide, |_, _| {})
}

/// Builds the stack of a team, extended by a function.
pub fn extended(ide: &TeamIde, extend: impl FnOnce(&mut Stack, &mut TeamStack<'_>)) -> Stack {
    let (mut stack, parts) = of_pattern(ide);
    let mut team = TeamStack::new(ide, parts);
    extend(&mut stack, &mut team);
    team.finish(&mut stack);
    stack
}

/// The template of a team that nothing extends: that of [`stack`], of which only the quotas are checked,
/// which depend on the number of users.
///
/// `resource!` checked the resources of the pattern when this crate was compiled, and the rules of a
/// declaration the rest, since a [`TeamIde`] is valid by construction. `tests/tests/declarations.rs` applies
/// all checks to the stacks of random declarations.
///
/// # Errors
///
/// When the stack exceeds a quota of CloudFormation.
pub fn synthesize(ide: &TeamIde) -> Result<Template, StackError> {
    let (stack, _) = of_pattern(ide);
    stack.finish_of_pattern()
}

/// The stack of a team as the pattern alone makes it.
fn of_pattern(ide: &TeamIde) -> (Stack, Parts) {
    let mut stack = Stack::new(ide.stack_name().as_str());
    stack.describe(ide.description().to_owned());
    let parameters = parameters::add(&mut stack, ide);
    let security_group = network::security_group(&mut stack, ide, &parameters);
    let home_volume = parameters.homes.as_ref();
    let home_volume = home_volume.map(|homes| homes::volume(&mut stack, ide, homes));
    let identity = identity::add(&mut stack, ide, &parameters, home_volume.as_ref());
    let secrets = secrets::add(&mut stack, ide, &parameters);
    pool::add(&mut stack, ide);
    let needs = host::Needs {
        parameters: &parameters,
        security_group: &security_group,
        profile: &identity.profile,
    };
    let host = host::add(&mut stack, ide, &needs);
    let address = network::address(&mut stack, ide, &host);
    if home_volume.is_some() {
        homes::snapshots(&mut stack, ide);
        rollback::add(&mut stack, ide, &host);
    }
    alarm::add(&mut stack, ide);
    let records = dns::add(&mut stack, ide, &parameters, &host, &address);
    outputs::add(&mut stack, ide, &host, &address);
    let parts = Parts {
        security_group,
        role: identity.role,
        host,
        address,
        home_volume,
        records,
        passwords: secrets.passwords,
        shared_password: secrets.shared,
    };
    (stack, parts)
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::{Declaration, Users};

    use super::*;

    #[test]
    fn an_exceeded_quota_is_the_only_error_of_a_valid_team() {
        for (users, extensions, expected) in [(2, 1, None), (180, 250, Some("bytes of template"))] {
            let extensions = 0..extensions;
            let extensions = extensions.map(|number| format!("acme.long-name-of-one-{number}"));
            let declaration = Declaration {
                type_name: "AcmeIde".into(),
                users: Some(Users::Count(users)),
                domain: Some("code.x.com".into()),
                extensions: extensions.collect(),
                ..Declaration::default()
            };
            let ide = declaration.check().expect("it is right");
            let synthesized = synthesize(&ide);
            let reported = synthesized.as_ref().err().map(ToString::to_string);
            assert_eq!(reported.is_some(), expected.is_some(), "{reported:?}");
            assert!(reported.is_none_or(|error| expected.is_some_and(|text| error.contains(text))));
            // The checks that it skips find nothing else.
            assert_eq!(synthesized, stack(&ide).finish());
        }
    }
}
