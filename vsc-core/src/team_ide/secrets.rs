//! A password for each developer.

use vsc_spec::team::TeamIde;

use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::intrinsic::sub;

/// How long a generated password is.
const LENGTH: i64 = 32;

/// A generated secret for each user. CloudFormation makes it; the template never holds it.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde) {
    for user in ide.users() {
        let name = user.name().as_str();
        resource!(stack, (user.logical_id("Password")): AWS::SecretsManager::Secret {
            Name: sub(format!("${{AWS::StackName}}/{name}")),
            Description: format!("The password of {name} for {}", user.fqdn(ide.domain())),
            GenerateSecretString: {
                PasswordLength: LENGTH,
                ExcludePunctuation: true,
            },
            Tags: tags::of(ide, name),
        });
    }
}
