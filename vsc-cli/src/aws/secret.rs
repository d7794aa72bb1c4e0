//! Passwords in Secrets Manager.

use vsc_spec::{Json, Object};

use super::call::{self, SECRETS_MANAGER};
use super::session::{Session, Stopped};

/// The value of a secret; none where there is no such secret.
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
