//! The pattern: one host that serves a workspace to each developer of a team.
//!
//! Each concern has its file. What one makes and another needs is handed over as a typed
//! reference, so that the order of the calls below is the order of the template.

mod boot;
mod dns;
mod host;
mod identity;
mod network;
mod outputs;
mod parameters;
mod proxy;
mod secrets;
mod tags;
mod workspace;

use vsc_spec::team::TeamIde;

use crate::stack::{Stack, StackError};
use crate::template::Template;

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
    let mut stack = Stack::new(ide.stack_name().as_str());
    stack.describe(ide.description().to_owned());
    let parameters = parameters::add(&mut stack, ide);
    let security_group = network::security_group(&mut stack, ide, &parameters);
    let profile = identity::profile(&mut stack, ide, &parameters);
    secrets::add(&mut stack, ide);
    let host = host::add(
        &mut stack,
        ide,
        &host::Needs {
            parameters: &parameters,
            security_group,
            profile,
        },
    );
    let address = network::address(&mut stack, ide, &host);
    dns::add(&mut stack, ide, &parameters, &host, &address);
    outputs::add(&mut stack, ide, &host, &address);
    stack
}

/// The template of a team.
///
/// # Errors
///
/// When the stack exceeds a quota of CloudFormation.
pub fn synthesize(ide: &TeamIde) -> Result<Template, StackError> {
    stack(ide).finish()
}
