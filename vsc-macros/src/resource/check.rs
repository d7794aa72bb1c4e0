//! Checks an invocation against the specification of its type.

use std::sync::Arc;

use vsc_spec::Diagnostic;
use vsc_spec::json::Json;
use vsc_spec::resource::resource_attributes::check_logical_id;
use vsc_spec::resource::{self, Dialect, Location, ResourceType};

use super::invocation::{Invocation, LogicalId};
use super::literal;
use super::moved_from::{self, MOVED_FROM};
use super::node::{JsonNode, Members};
use crate::diagnostics::{Diagnostics, Range};

/// The type's specification, unless its name is rejected.
pub(crate) fn resource_type(
    invocation: &Invocation,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<ResourceType>> {
    let name = &invocation.type_name.name;
    let found = resource::shared(name).or_else(|| resource::registered(name).map(Arc::new));
    if found.is_none() {
        diagnostics.reject(invocation.type_name.span, &resource::unknown(name));
    }
    found
}

/// Everything that is wrong with an invocation.
pub(crate) fn check(
    invocation: &Invocation,
    resource: &ResourceType,
    diagnostics: &mut Diagnostics,
) {
    if let Some((id, span)) = logical_id(&invocation.logical_id)
        && let Err(diagnostic) = check_logical_id(&id)
    {
        diagnostics.reject(span, &diagnostic);
    }
    let properties = &invocation.properties;
    repeats(properties, diagnostics);
    for violation in resource.check(&properties.json()) {
        let whole = invocation.type_name.span;
        let span = properties.locate(&violation.location.path, violation.location.target, whole);
        diagnostics.reject(span, &violation.diagnostic);
    }
    if let Some(options) = &invocation.options {
        repeats(options, diagnostics);
        moved_from::check(options, diagnostics);
        let Json::Object(written) = options.json() else {
            return;
        };
        let written = written.into_iter();
        let written = written.filter(|(name, _)| *name != *MOVED_FROM).collect();
        for violation in resource.check_resource_attributes(&written, Dialect::Rust) {
            let Location { path, target } = violation.location;
            let whole = invocation.type_name.span;
            diagnostics.reject(options.locate(&path, target, whole), &violation.diagnostic);
        }
    }
}

/// The logical ID and its range, if it is a literal.
fn logical_id(id: &LogicalId) -> Option<(String, Range)> {
    match id {
        LogicalId::Written(id) => Some((id.to_string(), id.span().into())),
        LogicalId::Computed(expression) => match literal::folded(expression)? {
            Ok(JsonNode::Literal(json, span)) => Some((json.as_str()?.to_owned(), span)),
            _ => None,
        },
    }
}

/// Rejects duplicate names in an object, at any depth.
fn repeats(members: &Members, diagnostics: &mut Diagnostics) {
    for (index, member) in members.members.iter().enumerate() {
        if members.members[..index]
            .iter()
            .any(|before| before.name == member.name)
        {
            let diagnostic = Diagnostic::new(format!("`{}` is declared twice", member.name))
                .help("remove one of them");
            diagnostics.reject(member.name_span, &diagnostic);
        }
        repeats_below(&member.value, diagnostics);
    }
}

pub(crate) fn repeats_below(node: &JsonNode, diagnostics: &mut Diagnostics) {
    match node {
        JsonNode::Object(members) => repeats(members, diagnostics),
        JsonNode::List(items, _) => items
            .iter()
            .for_each(|item| repeats_below(item, diagnostics)),
        JsonNode::Literal(..) | JsonNode::Expression(_) => {}
    }
}
