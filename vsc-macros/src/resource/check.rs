//! Judges an invocation by the specification of its type.

use vsc_spec::Finding;
use vsc_spec::json::Json;
use vsc_spec::resource::options::check_logical_id;
use vsc_spec::resource::{self, Dialect, Place, ResourceType};

use super::invocation::{Invocation, LogicalId};
use super::literal;
use super::node::{Members, Node};
use crate::diagnostics::{Diagnostics, Range};

/// The type's specification, or the refusal of its name.
pub(crate) fn resource_type(
    invocation: &Invocation,
    diagnostics: &mut Diagnostics,
) -> Option<ResourceType> {
    let name = &invocation.type_name.name;
    let found = resource::find(name).or_else(|| resource::registered(name));
    if found.is_none() {
        diagnostics.refuse(invocation.type_name.span, &resource::unknown(name));
    }
    found
}

/// Everything that is wrong with an invocation.
pub(crate) fn judge(
    invocation: &Invocation,
    resource: &ResourceType,
    diagnostics: &mut Diagnostics,
) {
    if let Some((id, span)) = logical_id(&invocation.logical_id)
        && let Err(finding) = check_logical_id(&id)
    {
        diagnostics.refuse(span, &finding);
    }
    let properties = &invocation.properties;
    repeats(properties, diagnostics);
    for refusal in resource.check(&properties.json()) {
        let whole = invocation.type_name.span;
        let span = properties.locate(&refusal.place.path, refusal.place.target, whole);
        diagnostics.refuse(span, &refusal.finding);
    }
    if let Some(options) = &invocation.options {
        repeats(options, diagnostics);
        let Json::Object(written) = options.json() else {
            return;
        };
        for refusal in resource.check_options(&written, Dialect::Rust) {
            let Place { path, target } = refusal.place;
            let whole = invocation.type_name.span;
            diagnostics.refuse(options.locate(&path, target, whole), &refusal.finding);
        }
    }
}

/// The logical ID where it is written out, and where it stands.
fn logical_id(id: &LogicalId) -> Option<(String, Range)> {
    match id {
        LogicalId::Written(id) => Some((id.to_string(), id.span().into())),
        LogicalId::Computed(expression) => match literal::folded(expression)? {
            Ok(Node::Literal(json, span)) => Some((json.as_str()?.to_owned(), span)),
            _ => None,
        },
    }
}

/// Names that are written twice in one object, at any depth.
fn repeats(members: &Members, diagnostics: &mut Diagnostics) {
    for (index, member) in members.members.iter().enumerate() {
        if members.members[..index]
            .iter()
            .any(|before| before.name == member.name)
        {
            let finding = Finding::new(format!("`{}` is written twice", member.name))
                .help("remove one of them");
            diagnostics.refuse(member.name_span, &finding);
        }
        repeats_below(&member.value, diagnostics);
    }
}

pub(crate) fn repeats_below(node: &Node, diagnostics: &mut Diagnostics) {
    match node {
        Node::Object(members) => repeats(members, diagnostics),
        Node::List(items, _) => items
            .iter()
            .for_each(|item| repeats_below(item, diagnostics)),
        Node::Literal(..) | Node::Expression(_) => {}
    }
}
