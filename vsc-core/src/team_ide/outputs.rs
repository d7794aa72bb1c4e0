//! What the operator is told when the stack is there.

use vsc_spec::team::TeamIde;

use crate::stack::{Handle, Stack};
use crate::template::intrinsic::sub;
use crate::template::{Output, Value};

/// A URL for each user, the dashboard, where the passwords are, and how to reach the host.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde, host: &Handle, address: &Value<String>) {
    for user in ide.users() {
        let name = user.name().as_str();
        let url = format!("https://{}{}", user.fqdn(ide.domain()), port(ide.port()));
        stack.output_described(
            user.logical_id("Url"),
            Output::new(url).description(format!(
                "The workspace of {name}; the password is in the secret {}/{name}",
                ide.stack_name().as_str()
            )),
        );
    }
    let dashboard = format!(
        "https://monitor.{}{}/dashboard/",
        ide.domain().as_str(),
        port(ide.dashboard_port())
    );
    stack.output_described(
        "DashboardUrl",
        Output::new(dashboard).description("The dashboard of the proxy, for the user monitor"),
    );
    stack.output_described(
        "PasswordCommand",
        Output::new(sub(
            "aws secretsmanager get-secret-value --region ${AWS::Region} --query SecretString --output text --secret-id ${AWS::StackName}/USER",
        ))
        .description("Prints the password of USER: a developer, or monitor"),
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

/// The port as part of a URL: the usual one is left out.
fn port(port: u16) -> String {
    if port == 443 {
        String::new()
    } else {
        format!(":{port}")
    }
}
