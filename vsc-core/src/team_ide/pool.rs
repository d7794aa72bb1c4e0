//! The user pool of Amazon Cognito in which developers have accounts, with `login = cognito(…)`.
//!
//! Amazon Cognito Developer Guide, "User pools" and "Security best practices".

use vsc_spec::team::{Duration, Email, Login, TeamIde, User};
use vsc_spec::{Json, Object};

use super::login::login_urls;
use super::{suppressed, tags};
use crate::resource;
use crate::stack::Stack;
use crate::template::intrinsic::{get_att, sub};
use crate::template::{IntoValue as _, Value};

/// The logical ID of the pool.
pub(super) const POOL: &str = "LoginPool";

/// The logical ID of the host's client at the pool.
pub(super) const CLIENT: &str = "LoginClient";

/// The logical ID of the secret with that of the client.
pub(super) const CLIENT_SECRET: &str = "LoginClientSecret";

/// The issuer of the pool, in a string of `Fn::Sub`: Amazon Cognito Developer Guide, "The token issuer
/// endpoint".
pub(super) const ISSUER: &str = "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${LoginPool}";

/// How long an access token is valid, in minutes: the host asks the pool so often whether a developer may
/// still sign in.
const ACCESS_MINUTES: i64 = 10;

/// The shortest life of a refresh token: Amazon Cognito Developer Guide, "Refresh tokens".
const SHORTEST_REFRESH: Duration = Duration::from_hours(1);

/// Adds the pool, its pages, the client of the host, and an account for each developer and each operator.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde) {
    let Login::Cognito { domain_prefix } = ide.login() else {
        return;
    };
    let pool = pool(stack, ide);
    resource!(stack, LoginPages: AWS::Cognito::UserPoolDomain {
        Domain: domain_prefix.as_str().to_owned(),
        UserPoolId: &pool,
    });
    client(stack, ide, &pool);
    for user in ide.users() {
        if let Some(email) = user.email() {
            account(stack, &pool, user.logical_id("Account"), email.as_str());
        }
    }
    for operator in operators_without_workspace(ide) {
        account(stack, &pool, operator_id(operator), operator);
    }
}

/// The pool: only the stack makes accounts, and their names are e-mail addresses. It is protected from deletion,
/// and leaves the stack without being deleted, since the deletion of a protected pool fails.
fn pool(stack: &mut Stack, ide: &TeamIde) -> Value<String> {
    let domain = ide.domain().map_or("", |domain| domain.as_str());
    let invitation = format!(
        "Your workspace is below {domain}. Sign in with {{username}} and the temporary password {{####}}, which is valid for a week."
    );
    let pool = resource!(stack, (POOL): AWS::Cognito::UserPool {
        UserPoolName: ide.stack_name().as_str().to_owned(),
        UsernameAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
        AutoVerifiedAttributes: ["email"],
        // An address that is not verified yet replaces no other one.
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
        AdminCreateUserConfig: {
            AllowAdminCreateUserOnly: true,
            InviteMessageTemplate: {
                EmailSubject: format!("Your workspace below {domain}"),
                EmailMessage: invitation,
            },
        },
        AccountRecoverySetting: {
            RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }],
        },
        // Its pages ask for another factor only where one is required.
        MfaConfiguration: "ON",
        EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
        Policies: {
            PasswordPolicy: {
                MinimumLength: 12,
                RequireLowercase: true,
                RequireUppercase: true,
                RequireNumbers: true,
                RequireSymbols: false,
                TemporaryPasswordValidityDays: 7,
            },
        },
        DeletionProtection: "ACTIVE",
        UserPoolTags: pool_tags(ide),
    } with {
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
    });
    (&pool).into_value()
}

/// Tags of a pool are an object.
fn pool_tags(ide: &TeamIde) -> Json {
    let tags = tags::of(ide, "login").into_iter().filter_map(|tag| {
        let key = tag.get("Key")?.as_str()?.to_owned();
        Some((key, tag.get("Value")?.clone()))
    });
    Json::Object(tags.fold(Object::new(), |tags, (key, value)| tags.with(key, value)))
}

/// The client of the host. It may not write e-mail addresses, so that nobody takes over that of a colleague,
/// and its only flow is that of the pool's pages.
fn client(stack: &mut Stack, ide: &TeamIde, pool: &Value<String>) {
    let urls = login_urls(ide);
    let callbacks: Vec<String> = urls.iter().map(|urls| urls.callback.clone()).collect();
    let signed_out: Vec<String> = urls.into_iter().map(|urls| urls.signed_out).collect();
    let session = ide.session().max(SHORTEST_REFRESH).minutes();
    let refresh = i64::try_from(session).unwrap_or(i64::MAX);
    resource!(stack, (CLIENT): AWS::Cognito::UserPoolClient {
        ClientName: "host",
        UserPoolId: pool,
        GenerateSecret: true,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "email"],
        SupportedIdentityProviders: ["COGNITO"],
        CallbackURLs: callbacks,
        LogoutURLs: signed_out,
        ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        ReadAttributes: ["email", "email_verified"],
        WriteAttributes: ["locale"],
        PreventUserExistenceErrors: "ENABLED",
        EnableTokenRevocation: true,
        TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "minutes" },
        AccessTokenValidity: ACCESS_MINUTES,
        IdTokenValidity: ACCESS_MINUTES,
        RefreshTokenValidity: refresh,
    });
    let value: Value<String> = get_att(CLIENT, "ClientSecret");
    resource!(stack, (CLIENT_SECRET): AWS::SecretsManager::Secret {
        Name: sub("${AWS::StackName}/host/login"),
        Description: "The secret of the host's client at the user pool",
        SecretString: value,
        Tags: tags::of(ide, "login"),
    } with {
        Metadata: suppressed::metadata(suppressed::OWN_KEY),
    });
}

/// An account, to which Cognito sends an invitation.
fn account(stack: &mut Stack, pool: &Value<String>, logical_id: String, email: &str) {
    let email = || email.to_owned();
    resource!(stack, (logical_id): AWS::Cognito::UserPoolUser {
        UserPoolId: pool,
        Username: email(),
        DesiredDeliveryMediums: ["EMAIL"],
        UserAttributes: [
            { Name: "email", Value: email() },
            { Name: "email_verified", Value: "true" },
        ],
    });
}

/// The operators who are not developers.
fn operators_without_workspace(ide: &TeamIde) -> impl Iterator<Item = &str> {
    let is_user = |operator: &str| {
        let emails = ide.users().iter().filter_map(User::email);
        let mut emails = emails.map(Email::as_str);
        emails.any(|email| email.eq_ignore_ascii_case(operator))
    };
    let operators = ide.operators().unwrap_or_default().iter();
    operators
        .map(String::as_str)
        .filter(move |operator| !is_user(operator))
}

/// The logical ID of an operator's account: the hash of the e-mail address, so that it does not change with the
/// list. FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn operator_id(email: &str) -> String {
    let hash = email.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    });
    format!("Operator{hash:016X}Account")
}

#[cfg(test)]
mod tests {
    use vsc_spec::team::UserBuilder;

    use super::*;

    #[test]
    fn an_account_is_made_for_each_developer_and_operator() {
        let ide = TeamIde::builder()
            .domain("code.x.com")
            .user(UserBuilder::new("alice").email("alice@x.com"))
            .user(UserBuilder::new("bob").email("bob@x.com"))
            .login_cognito("acme-ide")
            .operators(["Bob@x.com", "op@x.com"])
            .build()
            .expect("it is right");
        let template = super::super::stack(&ide).finish().expect("it is right");
        let text = template.to_yaml_string();
        let accounts: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_suffix("Account:"))
            .collect();
        let operator = operator_id("OP@x.com");
        let operator = operator.strip_suffix("Account").expect("it ends so");
        assert_eq!(
            accounts,
            [
                "  Alice".to_owned(),
                "  Bob".to_owned(),
                format!("  {operator}")
            ]
        );
        assert!(!text.contains("PasswordLength"), "{text}");
        assert_eq!(text.matches("!GetAtt LoginClient.ClientSecret").count(), 1);
    }
}
