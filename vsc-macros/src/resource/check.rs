//! Judges an invocation by the specification of its type.

use vsc_spec::Finding;
use vsc_spec::json::Json;
use vsc_spec::resource::options::check_logical_id;
use vsc_spec::resource::{self, ResourceType, Step, Target};

use super::invocation::{Invocation, LogicalId};
use super::node::{Member, Members, Node};
use crate::diagnostics::{Diagnostics, Range};

/// The type's specification, or the refusal of its name.
pub(crate) fn resource_type(
    invocation: &Invocation,
    diagnostics: &mut Diagnostics,
) -> Option<ResourceType> {
    let name = &invocation.type_name.name;
    let found = resource::find(name);
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
    if let LogicalId::Written(id) = &invocation.logical_id
        && let Err(finding) = check_logical_id(&id.to_string())
    {
        diagnostics.refuse(id.span(), &finding);
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
        for option in &options.members {
            if let Err(finding) = resource.check_option(&option.name) {
                diagnostics.refuse(option.name_span, &finding);
            } else {
                judge_option(resource, option, diagnostics);
            }
        }
    }
}

fn judge_option(resource: &ResourceType, option: &Member, diagnostics: &mut Diagnostics) {
    let value = option.value.json();
    let mut refuse = |span: Range, finding: &Finding| diagnostics.refuse(span, finding);
    match option.name.as_str() {
        "CreationPolicy" | "UpdatePolicy" => match resource.check_policy(&option.name, &value) {
            Err(finding) => refuse(option.name_span, &finding),
            Ok(refusals) => {
                for refusal in refusals {
                    refuse(
                        option_span(option, &refusal.place.path, refusal.place.target),
                        &refusal.finding,
                    );
                }
            }
        },
        "DeletionPolicy" | "UpdateReplacePolicy" => match value {
            Json::String(text) => {
                if let Err(finding) = resource.check_retention(&option.name, &text) {
                    refuse(option.value.span(), &finding);
                }
            }
            Json::Expression(_) => {}
            _ => refuse(
                option.value.span(),
                &takes(option, "a string such as \"Retain\""),
            ),
        },
        "DependsOn" => {
            let items = match &option.value {
                Node::List(items, _) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            for item in items {
                match item {
                    Node::Literal(Json::String(id), span) => {
                        if let Err(finding) = check_logical_id(id) {
                            refuse(*span, &finding);
                        }
                    }
                    Node::Expression(_) => {}
                    other => refuse(other.span(), &takes(option, "resources, as in `[&host]`")),
                }
            }
        }
        "Condition" if !matches!(value, Json::String(_) | Json::Expression(_)) => {
            refuse(option.value.span(), &takes(option, "a condition"));
        }
        "Metadata" if !matches!(value, Json::Object(_) | Json::Expression(_)) => {
            refuse(option.value.span(), &takes(option, "an object"));
        }
        _ => {}
    }
}

fn takes(option: &Member, what: &str) -> Finding {
    Finding::new(format!("`{}` takes {what}", option.name))
}

fn option_span(option: &Member, path: &[Step], target: Target) -> Range {
    match (&option.value, path) {
        (_, []) if target == Target::Key => option.name_span,
        (Node::Object(members), path) => members.locate(path, target, option.value.span()),
        (value, _) => value.span(),
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

fn repeats_below(node: &Node, diagnostics: &mut Diagnostics) {
    match node {
        Node::Object(members) => repeats(members, diagnostics),
        Node::List(items, _) => items
            .iter()
            .for_each(|item| repeats_below(item, diagnostics)),
        Node::Literal(..) | Node::Expression(_) => {}
    }
}
