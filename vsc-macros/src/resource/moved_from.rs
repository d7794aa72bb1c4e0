//! `moved_from`: the logical ID that a renamed resource had before.
//!
//! It is written beside the resource attributes, and is none: CloudFormation sees it as metadata, and
//! `vsc refactor` renames the deployed resource by it.

use vsc_spec::Diagnostic;
use vsc_spec::json::Json;
use vsc_spec::resource::resource_attributes::check_logical_id;

use super::node::{JsonNode, Members};
use crate::diagnostics::Diagnostics;

/// The name beside the resource attributes.
pub(super) const MOVED_FROM: &str = "moved_from";

/// Checks its value, if it is written.
pub(super) fn check(options: &Members, diagnostics: &mut Diagnostics) {
    let written = options.members.iter();
    for member in written.filter(|member| member.name == MOVED_FROM) {
        let result = match &member.value {
            JsonNode::Literal(Json::String(id), _) => check_logical_id(id),
            // A constant, which is known later.
            JsonNode::Expression(_) => Ok(()),
            _ => Err(Diagnostic::new("`moved_from` takes a logical ID")
                .help("write the old logical ID of the resource, such as \"Backups\"")),
        };
        if let Err(diagnostic) = result {
            diagnostics.reject(member.value.span(), &diagnostic);
        }
    }
}
