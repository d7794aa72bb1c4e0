//! Actions in policies: Service Authorization Reference; cfn-lint W3037.

use std::sync::OnceLock;

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;
use crate::{glob, suggest};

/// A line for each service with its actions, deflated: `cargo xtask spec` writes it.
static PACKED: &[u8] = include_bytes!("../../../data/actions.bin");

/// The services and actions, unpacked.
fn services() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let bytes = miniz_oxide::inflate::decompress_to_vec(PACKED).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    })
}

/// Each service with its actions, all in lower case.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    services().lines().filter_map(|line| line.split_once(' '))
}

/// Policies within a role, user or group.
pub(super) fn inline(properties: &View<'_>, found: &mut Vec<Violation>) {
    for policy in properties.along(&["Policies", "*"]) {
        document(&policy, found);
    }
}

/// A policy in `PolicyDocument`.
pub(super) fn document(properties: &View<'_>, found: &mut Vec<Violation>) {
    for document in properties.values("PolicyDocument") {
        for statement in document.values("Statement") {
            let list = statement.items();
            let statements = if list.is_empty() {
                vec![statement]
            } else {
                list
            };
            for name in ["Action", "NotAction"] {
                for action in statements.iter().flat_map(|one| one.values(name)) {
                    let list = action.items();
                    let actions = if list.is_empty() { vec![action] } else { list };
                    found.extend(actions.iter().filter_map(unknown));
                }
            }
        }
    }
}

fn unknown(action: &View<'_>) -> Option<Violation> {
    let text = action.text()?;
    if text == "*" || text.contains("${") {
        return None;
    }
    let (service, name) = text.split_once(':')?;
    let (service, name) = (service.to_ascii_lowercase(), name.to_ascii_lowercase());
    if service.contains(['*', '?']) {
        return None;
    }
    let Some((_, actions)) = lines().find(|(known, _)| *known == service) else {
        let names = lines().map(|(known, _)| known);
        let diagnostic = Diagnostic::new(format!("there is no service prefix `{service}`"))
            .note("an action is a service prefix, `:` and a name; this one matches nothing")
            .maybe_help(suggest::did_you_mean(&service, names));
        return Some(action.value_is(diagnostic));
    };
    let mut known = actions.split(' ');
    let exists = if name.contains(['*', '?']) {
        known.any(|known| glob(&name, known))
    } else {
        known.any(|known| known == name)
    };
    if exists {
        return None;
    }
    let nearest = suggest::nearest(&name, actions.split(' '));
    let diagnostic = Diagnostic::new(format!("there is no action `{text}`"))
        .note("IAM accepts the policy, but the action matches nothing")
        .maybe_help(nearest.map(|name| format!("did you mean `{service}:{name}`?")));
    Some(action.value_is(diagnostic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_unpacked() {
        assert!(lines().count() > 400);
        let queues = lines().find(|(service, _)| *service == "sqs");
        assert!(queues.is_some_and(|(_, actions)| actions.contains("receivemessage")));
    }
}
