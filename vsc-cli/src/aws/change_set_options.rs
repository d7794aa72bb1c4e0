//! What a change set may do besides applying a template.

use aws_sdk_cloudformation::operation::create_change_set::builders::CreateChangeSetFluentBuilder;
use aws_sdk_cloudformation::types::{Capability, DeploymentMode};
use vsc_spec::Json;
use vsc_spec::cloudformation::{IntrinsicFunction, Section};

/// What a change set may do besides applying a template: AWS CloudFormation API Reference,
/// `CreateChangeSet`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ChangeSetOptions {
    /// Whether macros or nested stacks expand the template (`CAPABILITY_AUTO_EXPAND`).
    pub(crate) expands: bool,
    /// Whether resources with the names of the template are imported if they exist.
    pub(crate) imports_existing: bool,
    /// Whether changes made outside of CloudFormation are reverted.
    pub(crate) reverts_drift: bool,
}

impl ChangeSetOptions {
    /// The options that a template needs.
    pub(crate) fn of(template: &Json) -> Self {
        Self {
            expands: has_macro(template) || has_nested_stack(template),
            ..Self::default()
        }
    }

    /// Adds them to a call.
    pub(super) fn add_to(self, call: CreateChangeSetFluentBuilder) -> CreateChangeSetFluentBuilder {
        let mut call = call
            .capabilities(Capability::CapabilityIam)
            .capabilities(Capability::CapabilityNamedIam);
        if self.expands {
            call = call.capabilities(Capability::CapabilityAutoExpand);
        }
        if self.imports_existing {
            call = call.import_existing_resources(true);
        }
        if self.reverts_drift {
            call = call.deployment_mode(DeploymentMode::RevertDrift);
        }
        call
    }
}

/// Whether a transform is applied to the template or to a part of it.
fn has_macro(template: &Json) -> bool {
    template.get(Section::Transform.name()).is_some() || calls_macro(template)
}

fn calls_macro(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.iter().any(calls_macro),
        Json::Object(object) => object.iter().any(|(name, member)| {
            name == IntrinsicFunction::Transform.name() || calls_macro(member)
        }),
        _ => false,
    }
}

/// Whether a resource is a stack, whose template may have a macro.
fn has_nested_stack(template: &Json) -> bool {
    let resources = template.get("Resources").and_then(Json::as_object);
    let mut resources = resources.into_iter().flat_map(vsc_spec::Object::iter);
    resources.any(|(_, resource)| {
        let kind = resource.get("Type").and_then(Json::as_str);
        matches!(
            kind,
            Some("AWS::CloudFormation::Stack" | "AWS::Serverless::Application")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::Template;

    #[test]
    fn only_templates_that_expand_need_the_capability() {
        for (text, expands) in [
            ("Resources: {A: {Type: AWS::SQS::Queue}}", false),
            (
                "Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::Function}}",
                true,
            ),
            (
                "Resources: {A: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {Name: M}}}}",
                true,
            ),
            (
                "Resources: {A: {Type: AWS::SQS::Queue, Properties: !Transform {Name: M}}}",
                true,
            ),
            ("Resources: {A: {Type: AWS::CloudFormation::Stack}}", true),
            ("Resources: {A: {Type: AWS::Serverless::Application}}", true),
        ] {
            let template = Template::read(text.to_owned()).expect("it is a template");
            let options = ChangeSetOptions::of(&template.json);
            assert_eq!(options.expands, expands, "{text}");
            assert!(!options.imports_existing && !options.reverts_drift);
        }
    }
}
