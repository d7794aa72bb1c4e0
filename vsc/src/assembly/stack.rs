//! A stack of the assembly.

use vsc_spec::team::TeamIde;
use vsc_spec::{Diagnostic, Json, Object};

use super::exports::{self, Exports};
use super::{diagnostic_json, team};
use crate::cli::SynthesizedStack;
use crate::cli::synth::Format;

/// A synthesized stack.
pub(super) fn described(
    stack: &SynthesizedStack,
    format: Format,
    preview: Option<&str>,
    exports: &Exports,
) -> Json {
    let ide = stack.ide.as_ref();
    let region = ide.and_then(|ide| Some(ide.region()?.name()));
    let tags = ide.into_iter().flat_map(TeamIde::tags).map(|tag| {
        Json::Object(
            Object::new()
                .with("key", tag.key().to_owned())
                .with("value", tag.value().to_owned()),
        )
    });
    let needed = exports::needed(stack, exports);
    Json::Object(
        Object::new()
            .with("name", stack.name.clone())
            .with("template", format.file_name(&stack.name))
            .with_some("region", region)
            .with("dependsOn", Json::array(needed))
            .with("tags", Json::array(tags))
            .with("parameters", parameters(&stack.template.to_json()))
            .with_some("team", ide.map(|ide| team::described(ide, preview))),
    )
}

/// A stack that could not be synthesized.
pub(super) fn rejected(name: &str, diagnostics: &[Diagnostic]) -> Json {
    let errors = Json::array(diagnostics.iter().map(diagnostic_json));
    Json::Object(
        Object::new()
            .with("name", name.to_owned())
            .with("errors", errors),
    )
}

/// The parameters and the sources of their values: a default of the template, or the deployment, which
/// asks for them.
fn parameters(template: &Json) -> Json {
    let parameters = template.get("Parameters").and_then(Json::as_object);
    let parameters = parameters.into_iter().flat_map(Object::iter);
    Json::array(parameters.map(|(name, parameter)| {
        let default = parameter.get("Default").cloned();
        let source = if default.is_some() {
            "default"
        } else {
            "deployment"
        };
        let is_secret = parameter.get("NoEcho").is_some_and(|value| {
            matches!(value, Json::Bool(true)) || value.as_str() == Some("true")
        });
        Json::Object(
            Object::new()
                .with("name", name.to_owned())
                .with_some("type", parameter.get("Type").cloned())
                .with("source", source)
                .with_some("default", default)
                .with_some("noEcho", is_secret.then_some(true)),
        )
    }))
}
