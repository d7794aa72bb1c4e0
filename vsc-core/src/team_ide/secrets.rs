//! A password for each developer, and one for the dashboard.

use vsc_spec::team::TeamIde;

use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::intrinsic::sub;

/// How long a generated password is.
const LENGTH: i64 = 32;

/// The logical ID of the dashboard's secret. No user has it: their names are not `monitor`.
pub(super) const DASHBOARD: &str = "MonitorPassword";

/// A generated secret for each user, and for the dashboard. CloudFormation makes it; the template never holds it.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde) {
    let mut secret = |logical_id: String, name: &str, host: String| {
        resource!(stack, (logical_id): AWS::SecretsManager::Secret {
            Name: sub(format!("${{AWS::StackName}}/{name}")),
            Description: format!("The password of {name} for {host}"),
            GenerateSecretString: {
                PasswordLength: LENGTH,
                ExcludePunctuation: true,
            },
            Tags: tags::of(ide, name),
        });
    };
    let monitor = format!("monitor.{}", ide.domain().as_str());
    secret(DASHBOARD.to_owned(), "monitor", monitor);
    for user in ide.users() {
        let name = user.name().as_str();
        secret(user.logical_id("Password"), name, user.fqdn(ide.domain()));
    }
}
