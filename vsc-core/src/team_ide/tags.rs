//! The tags of what the pattern makes.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

/// The declared tags and a name: `acme-ide/alice`.
pub(super) fn of(ide: &TeamIde, name: &str) -> Vec<Json> {
    let name = (
        "Name".to_owned(),
        format!("{}/{name}", ide.stack_name().as_str()),
    );
    let declared = ide
        .tags()
        .iter()
        .map(|tag| (tag.key().to_owned(), tag.value().to_owned()));
    std::iter::once(name)
        .chain(declared)
        .map(|(key, value)| Json::object([("Key", Json::from(key)), ("Value", Json::from(value))]))
        .collect()
}
