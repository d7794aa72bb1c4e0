//! Passwords in Secrets Manager.

use vsc_spec::{Json, Object};

use super::call::{self, SECRETS_MANAGER};
use super::session::{Session, Stopped};
use super::token;

/// The value of a secret; none if it does not exist.
pub(crate) async fn value(session: &Session, name: &str) -> Result<Option<String>, Stopped> {
    let body = Json::Object(Object::new().with("SecretId", name.to_owned()));
    let call = call::json(session.config(), &SECRETS_MANAGER, "GetSecretValue", &body);
    match session.call("GetSecretValue", call).await {
        Ok(answer) => {
            let value = answer.get("SecretString").and_then(Json::as_str);
            Ok(value.map(str::to_owned))
        }
        Err(Stopped::Failed(error)) if error.code() == "ResourceNotFoundException" => Ok(None),
        Err(stopped) => Err(stopped),
    }
}

/// Puts a new random password of this length, in characters, into a secret, and returns it.
pub(crate) async fn renew(session: &Session, name: &str, length: u16) -> Result<String, Stopped> {
    let body = Json::Object(
        Object::new()
            .with("PasswordLength", Json::Integer(length.into()))
            .with("ExcludePunctuation", Json::Bool(true)),
    );
    let config = session.config();
    let call = call::json(config, &SECRETS_MANAGER, "GetRandomPassword", &body);
    let answer = session.call("GetRandomPassword", call).await?;
    let password = answer.get("RandomPassword").and_then(Json::as_str);
    let password = password.unwrap_or_default().to_owned();
    // With its token a repeated call creates no further version: 32 to 64 characters, AWS Secrets
    // Manager API Reference, `PutSecretValue`.
    let body = Json::Object(
        Object::new()
            .with("SecretId", name.to_owned())
            .with(
                "ClientRequestToken",
                token::unique("password-of-a-developer-"),
            )
            .with("SecretString", password.clone()),
    );
    let call = call::json(config, &SECRETS_MANAGER, "PutSecretValue", &body);
    // Once requested the password is set, so the call is finished even after an interruption.
    let answer = session.call_anyway("PutSecretValue", call).await;
    answer.map_err(Stopped::Failed)?;
    Ok(password)
}
