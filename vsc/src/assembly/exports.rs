//! The order of deployment: a stack that imports a value follows the stack that exports it.

use std::collections::BTreeMap;

use vsc_core::template::Known;
use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object};

use crate::cli::SynthesizedStack;

/// The stack that exports each name. Names that only a deployed stack knows are left out.
pub(super) type Exports = BTreeMap<String, String>;

/// The exports of all stacks.
pub(super) fn of<'a>(stacks: impl Iterator<Item = &'a SynthesizedStack>) -> Exports {
    let mut exports = Exports::new();
    for stack in stacks {
        let template = stack.template.to_json();
        let outputs = template.get("Outputs").and_then(Json::as_object);
        for (_, output) in outputs.into_iter().flat_map(Object::iter) {
            let name = output.get("Export").and_then(|export| export.get("Name"));
            if let Some(name) = name.and_then(|name| literal(name, &stack.name)) {
                exports.insert(name, stack.name.clone());
            }
        }
    }
    exports
}

/// The other stacks whose exports this one imports, each once, in order.
pub(super) fn needed(stack: &SynthesizedStack, exports: &Exports) -> Vec<String> {
    let mut needed = Vec::new();
    collect(&stack.template.to_json(), stack, exports, &mut needed);
    needed
}

fn collect(value: &Json, stack: &SynthesizedStack, exports: &Exports, needed: &mut Vec<String>) {
    match value {
        Json::Array(items) => {
            for item in items {
                collect(item, stack, exports, needed);
            }
        }
        Json::Object(object) => {
            if let Some((name, argument)) = object.call()
                && name == IntrinsicFunction::ImportValue.name()
                && let Some(exported) = literal(argument, &stack.name)
                && let Some(other) = exports.get(&exported)
                && *other != stack.name
                && !needed.contains(other)
            {
                needed.push(other.clone());
            }
            for (_, member) in object.iter() {
                collect(member, stack, exports, needed);
            }
        }
        _ => {}
    }
}

/// A name of an export, if it depends on nothing but the name of its stack.
fn literal(name: &Json, stack: &str) -> Option<String> {
    let known = Known::default().with("AWS::StackName", stack.to_owned());
    known.resolve(name).ok()?.as_str().map(str::to_owned)
}
