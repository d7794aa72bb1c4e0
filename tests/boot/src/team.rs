//! The declared teams of the proof, and their templates.

use vsc::team::Users;
use vsc::{Declaration, Json, pattern};

/// The domain below which everybody has a name; it leads to the stand-in by the browser's rules.
pub(crate) const DOMAIN: &str = "code.example.com";

/// The name of the stack.
pub(crate) const STACK: &str = "team";

/// A team with these users on one kind of host, whatever their number.
pub(crate) fn template(users: &[&str]) -> Json {
    let names = users.iter().map(|name| (*name).to_owned());
    let declaration = Declaration {
        type_name: "Team".into(),
        stack_name: Some(STACK.into()),
        users: Some(Users::Names(names.collect())),
        domain: Some(DOMAIN.into()),
        instance: Some("t3.large".into()),
        // Homes of a few GiB: one of them is filled, on the disk of whoever runs the proof.
        root_volume: Some("16 GiB".into()),
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

/// A template in which a text stands for another.
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
