//! What the operator is told when the stack is there.

use vsc_spec::team::{Login, TeamIde};

use super::handles::{Host, HostAddress};
use crate::stack::Stack;
use crate::template::intrinsic::sub;
use crate::template::{IntoValue as _, Output, Value};

/// A URL for each user, the dashboard, where the passwords are, and how to reach the host.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde, host: &Host, address: &HostAddress) {
    for (place, user) in ide.users().iter().enumerate() {
        let name = user.name().as_str();
        let url = url(ide, address, user.fqdn(), ide.workspace_port(place), "");
        let secret = match ide.login() {
            Login::Generated => name,
            Login::Shared => "shared",
        };
        stack.output_described(
            user.logical_id("Url"),
            Output::new(url).description(format!(
                "The workspace of {name}; the password is in the secret {}/{secret}",
                ide.stack_name().as_str()
            )),
        );
    }
    let name = ide
        .domain()
        .map(|domain| format!("monitor.{}", domain.as_str()))
        .unwrap_or_default();
    let dashboard = url(ide, address, &name, ide.dashboard_port(), "/dashboard/");
    stack.output_described(
        "DashboardUrl",
        Output::new(dashboard)
            .description("The dashboard of the proxy; every developer's login opens it"),
    );
    stack.output_described(
        "PasswordCommand",
        Output::new(sub(
            "aws secretsmanager get-secret-value --region ${AWS::Region} --query SecretString --output text --secret-id ${AWS::StackName}/USER",
        ))
        .description(match ide.login() {
            Login::Generated => "Prints the password of the developer USER",
            Login::Shared => "Prints the password; USER is `shared`",
        }),
    );
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
        Output::new(address).description("The address of the host, to which all its names point"),
    );
}

/// A URL on the host: by its name, or by its address where there are no names.
fn url(ide: &TeamIde, address: &HostAddress, name: &str, port: u16, path: &str) -> Value<String> {
    let scheme = if ide.is_https() { "https" } else { "http" };
    let port = match (ide.is_https(), port) {
        (true, 443) | (false, 80) => String::new(),
        (_, port) => format!(":{port}"),
    };
    if ide.domain().is_some() {
        format!("{scheme}://{name}{port}{path}").into_value()
    } else {
        let address = address.logical_id().as_str();
        sub(format!("{scheme}://${{{address}}}{port}{path}"))
    }
}
