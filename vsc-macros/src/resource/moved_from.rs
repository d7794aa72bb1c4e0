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
            _ => Err(Diagnostic::new(
                "`moved_from` is the logical ID that the resource had before",
            )
            .help("write the old logical ID of the resource, such as \"Backups\"")),
        };
        if let Err(diagnostic) = result {
            diagnostics.reject(member.value.span(), &diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use crate::diagnostics::Diagnostics;

    /// The errors of a queue with these resource attributes.
    fn errors(attributes: &TokenStream) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        let resource = quote! { [vsc] &mut stack, Jobs: AWS::SQS::Queue {} with { #attributes } };
        let read = super::super::read(resource, &mut diagnostics);
        assert!(read.is_some(), "{attributes}");
        let errors = diagnostics.into_compile_errors();
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn it_is_a_logical_id() {
        for valid in [
            quote! { moved_from: "Queue" },
            quote! { moved_from: OLD },
            quote! { moved_from: "Queue", Metadata: { Owner: "ops" } },
        ] {
            assert_eq!(errors(&valid), Vec::<String>::new(), "{valid}");
        }
        for (wrong, expected) in [
            (quote! { moved_from: "Old-Queue" }, "`Old-Queue`"),
            (
                quote! { moved_from: ["Queue"] },
                "`moved_from` is the logical ID that the resource had before",
            ),
            (
                quote! { moved_from: 1 },
                "`moved_from` is the logical ID that the resource had before",
            ),
            (
                quote! { movedfrom: "Queue" },
                "no resource attribute `movedfrom`",
            ),
        ] {
            let reported = errors(&wrong);
            assert_eq!(reported.len(), 1, "{wrong}: {reported:?}");
            assert!(reported[0].contains(expected), "{wrong}: {reported:?}");
        }
    }
}
