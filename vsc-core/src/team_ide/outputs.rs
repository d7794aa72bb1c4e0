//! The outputs of the stack.

use vsc_spec::team::{Login, TeamIde, User};
#[cfg(feature = "diff")]
use vsc_spec::{Json, Object};

use super::handles::{Host, HostAddress};
use crate::stack::Stack;
use crate::template::intrinsic::sub;
use crate::template::{IntoValue as _, Output, Value};

/// The logical ID of the output with the URL of the dashboard. It identifies a team: no two hosts can
/// have the same domain name.
pub const DASHBOARD_URL: &str = "DashboardUrl";

/// The prefix of the description of a workspace's URL.
const WORKSPACE: &str = "The workspace of ";

/// The users of a synthesized template, in its order; empty for other templates.
#[cfg(feature = "diff")]
pub(crate) fn users(template: &Object) -> Vec<String> {
    let outputs = template.get("Outputs").and_then(Json::as_object);
    let outputs = outputs.into_iter().flat_map(Object::iter);
    let users = outputs.filter_map(|(_, output)| {
        let description = output.get("Description")?.as_str()?;
        let (name, _) = description.strip_prefix(WORKSPACE)?.split_once(';')?;
        Some(name.to_owned())
    });
    users.collect()
}

/// Adds a URL for each user and the dashboard, and commands for the passwords and a shell on the host.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde, host: &Host, address: &HostAddress) {
    let warned = match ide.tls().untrusted() {
        Some(_) => "; browsers warn about its staging certificate",
        None => "",
    };
    for (index, user) in ide.users().iter().enumerate() {
        let name = user.name().as_str();
        let url = url(ide, address, user.fqdn(), ide.workspace_port(index), "");
        let login = match (secret_name(ide, user), user.email()) {
            (Some(secret), _) => format!("the password is in the secret {secret}"),
            (None, Some(email)) => format!("{} signs in", email.as_str()),
            (None, None) => String::new(),
        };
        stack.output_described(
            user.logical_id("Url"),
            Output::new(url).description(format!("{WORKSPACE}{name}; {login}{warned}")),
        );
    }
    let name = ide
        .domain()
        .map(|domain| format!("monitor.{}", domain.as_str()))
        .unwrap_or_default();
    let dashboard = url(ide, address, &name, ide.dashboard_port(), "/dashboard/");
    let opened = match ide.operators() {
        Some(operators) => format!("{} may open it", operators.join(", ")),
        None => "it accepts every developer's login".to_owned(),
    };
    stack.output_described(
        DASHBOARD_URL,
        Output::new(dashboard).description(format!("The dashboard of the proxy; {opened}")),
    );
    if let Some(description) = password_command(ide) {
        stack.output_described(
            "PasswordCommand",
            Output::new(sub(
                "aws secretsmanager get-secret-value --region ${AWS::Region} --query SecretString --output text --secret-id ${AWS::StackName}/USER",
            ))
            .description(description),
        );
    }
    stack.output_described(
        "HostCommand",
        Output::new(sub(format!(
            "aws ssm start-session --region ${{AWS::Region}} --target ${{{}}}",
            host.logical_id().as_str()
        )))
        .description("Opens a shell on the host"),
    );
    stack.output_described(
        "HostAddress",
        Output::new(address).description("The address of the host, to which all its records point"),
    );
}

/// The description of the command that prints a password, if there are passwords.
fn password_command(ide: &TeamIde) -> Option<&'static str> {
    match ide.login() {
        Login::Generated => Some("Prints the password of the developer USER"),
        Login::Shared => Some("Prints the password; USER is `shared`"),
        Login::Oidc { .. } | Login::Cognito { .. } => None,
    }
}

/// The name of the secret with a user's password: `acme-ide/alice`. `None` if a provider signs users in.
pub fn secret_name(ide: &TeamIde, user: &User) -> Option<String> {
    let secret = match ide.login() {
        Login::Generated => user.name().as_str(),
        Login::Shared => "shared",
        Login::Oidc { .. } | Login::Cognito { .. } => return None,
    };
    Some(format!("{}/{secret}", ide.stack_name().as_str()))
}

/// The URL of the workspace at an index in the team; `None` without a domain: then only the outputs of
/// the deployed stack have it.
pub fn workspace_url(ide: &TeamIde, index: usize) -> Option<String> {
    ide.domain()?;
    let user = ide.users().get(index)?;
    Some(named_url(ide, user.fqdn(), ide.workspace_port(index), ""))
}

/// A URL on the host by its name.
pub(super) fn named_url(ide: &TeamIde, name: &str, port: u16, path: &str) -> String {
    let scheme = scheme(ide);
    let port = shown_port(ide, port);
    format!("{scheme}://{name}{port}{path}")
}

fn scheme(ide: &TeamIde) -> &'static str {
    if ide.is_https() { "https" } else { "http" }
}

/// The port in a URL: empty if it is the default of the scheme.
fn shown_port(ide: &TeamIde, port: u16) -> String {
    match (ide.is_https(), port) {
        (true, 443) | (false, 80) => String::new(),
        (_, port) => format!(":{port}"),
    }
}

/// A URL on the host: by name, or by address without a domain.
fn url(ide: &TeamIde, address: &HostAddress, name: &str, port: u16, path: &str) -> Value<String> {
    if ide.domain().is_some() {
        return named_url(ide, name, port, path).into_value();
    }
    let address = address.logical_id().as_str();
    let (scheme, port) = (scheme(ide), shown_port(ide, port));
    sub(format!("{scheme}://${{{address}}}{port}{path}"))
}
