//! The tags of the pattern's resources.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

/// The declared tags and a name: `acme-ide/alice`.
pub(super) fn of(ide: &TeamIde, name: &str) -> Vec<Json> {
    let declared = declared(ide).into_iter().flatten();
    name_alone(ide, name).into_iter().chain(declared).collect()
}

/// Only the declared ones, if there are some, for resources that have a name anyway.
pub(super) fn declared(ide: &TeamIde) -> Option<Vec<Json>> {
    let declared = ide.tags().iter();
    let declared: Vec<Json> = declared.map(|tag| pair(tag.key(), tag.value())).collect();
    (!declared.is_empty()).then_some(declared)
}

/// Only the name, for resources whose service is interrupted by a change of tags.
pub(super) fn name_alone(ide: &TeamIde, name: &str) -> Vec<Json> {
    let name = format!("{}/{name}", ide.stack_name().as_str());
    vec![pair("Name", &name)]
}

fn pair(key: &str, value: &str) -> Json {
    let text = |text: &str| Json::from(text.to_owned());
    Json::object([("Key", text(key)), ("Value", text(value))])
}
