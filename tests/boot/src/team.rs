//! The declared teams and their templates.

use vsc::team::Users;
use vsc::{Declaration, Json, pattern};

/// The domain of the team; a rule of the browser resolves its names to the stand-in.
pub(crate) const DOMAIN: &str = "code.example.com";

/// The name of the stack.
pub(crate) const STACK: &str = "team";

/// A team with these users, always on the same instance type.
pub(crate) fn template(users: &[&str]) -> Json {
    let names = users.iter().map(|name| (*name).to_owned());
    let declaration = Declaration {
        type_name: "Team".into(),
        stack_name: Some(STACK.into()),
        users: Some(Users::Names(names.collect())),
        domain: Some(DOMAIN.into()),
        instance: Some("t3.large".into()),
        // Homes of not even 2 GiB: one of them is filled, on the disk of this machine.
        home_volume: Some(format!("{} GiB", 2 * users.len()).into()),
        // A zone that neither the host nor the image is in by itself.
        timezone: Some("Asia/Kathmandu".into()),
        ..Declaration::default()
    };
    let ide = declaration
        .check()
        .unwrap_or_else(|violations| panic!("{violations:?}"));
    pattern::synthesize(&ide)
        .expect("it keeps the quotas")
        .to_json()
}

/// A template with a text replaced by another.
pub(crate) fn replaced(value: &Json, text: (&str, &str)) -> Json {
    match value {
        Json::String(old) if !text.0.is_empty() => Json::from(old.replace(text.0, text.1)),
        Json::Array(items) => Json::array(items.iter().map(|item| replaced(item, text))),
        Json::Object(object) => Json::object(
            object
                .iter()
                .map(|(name, value)| (name.to_owned(), replaced(value, text))),
        ),
        other => other.clone(),
    }
}
