//! Resources to import into a stack, and their identifiers.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_cloudformation::types::ResourceToImport;
use vsc_spec::{Diagnostic, Json, Object, suggest};

use super::session::{Session, Stopped};

/// A `--resource` argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResourceArgument {
    pub(crate) logical_id: String,
    pub(crate) identifier: Identifier,
}

/// The identifier of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identifier {
    /// The value of the only property.
    Only(String),
    /// The values of several properties, by name.
    Parts(BTreeMap<String, String>),
}

/// Parses `LOGICAL_ID=VALUE` or `LOGICAL_ID=NAME=VALUE,NAME=VALUE`.
pub(crate) fn parse_argument(text: &str) -> Result<ResourceArgument, Diagnostic> {
    let wrong = || {
        Diagnostic::new(format!("invalid `--resource {text}`")).help(
            "write `--resource LOGICAL_ID=IDENTIFIER`, such as `--resource Backups=acme-backups`",
        )
    };
    let (logical_id, identifier) = text.split_once('=').ok_or_else(wrong)?;
    if logical_id.is_empty() || identifier.is_empty() {
        return Err(wrong());
    }
    let parts = identifier.split(',').map(|part| part.split_once('='));
    let parts: Option<BTreeMap<String, String>> = parts
        .map(|part| part.map(|(name, value)| (name.to_owned(), value.to_owned())))
        .collect();
    Ok(ResourceArgument {
        logical_id: logical_id.to_owned(),
        identifier: parts.map_or_else(
            || Identifier::Only(identifier.to_owned()),
            Identifier::Parts,
        ),
    })
}

/// The deployed template with the resources to import from the new one: nothing else changes.
///
/// # Errors
///
/// A diagnostic for each resource that cannot be imported.
pub(crate) fn template(
    deployed: &Json,
    new: &Json,
    named: &[ResourceArgument],
) -> Result<Json, Vec<Diagnostic>> {
    let empty = Object::new();
    let section = |template: &Json, name: &str| -> Object {
        let section = template.get(name).and_then(Json::as_object);
        section.cloned().unwrap_or_default()
    };
    let (mut resources, candidates) = (section(deployed, "Resources"), section(new, "Resources"));
    let mut diagnostics = Vec::new();
    for ResourceArgument { logical_id, .. } in named {
        let Some(resource) = candidates.get(logical_id) else {
            let diagnostic =
                Diagnostic::new(format!("the stack declares no resource `{logical_id}`"));
            let known = candidates.names().filter(|name| !resources.contains(name));
            let known: Vec<&str> = known.collect();
            let help = suggest::did_you_mean(logical_id, known.iter().copied());
            diagnostics.push(diagnostic.maybe_help(help.or_else(|| {
                (!known.is_empty()).then(|| format!("new in the stack: {}", suggest::list(known)))
            })));
            continue;
        };
        if resources.contains(logical_id) {
            diagnostics.push(
                Diagnostic::new(format!(
                    "`{logical_id}` is already part of the deployed stack"
                ))
                .help("import only resources that the deployed stack does not have"),
            );
            continue;
        }
        if resource.get("DeletionPolicy").is_none() {
            diagnostics.push(
                Diagnostic::new(format!("`{logical_id}` has no `DeletionPolicy`"))
                    .note("CloudFormation imports only resources with a `DeletionPolicy`")
                    .help("write `with { DeletionPolicy: \"Retain\" }` after its properties"),
            );
            continue;
        }
        resources.insert(logical_id.clone(), resource.clone());
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let mut template = deployed.as_object().unwrap_or(&empty).clone();
    template.insert("Resources", Json::Object(resources));
    // The new resources may refer to new parameters, conditions and mappings.
    for name in ["Parameters", "Conditions", "Mappings"] {
        let mut merged = section(&Json::Object(template.clone()), name);
        for (id, value) in section(new, name) {
            if !merged.contains(&id) {
                merged.insert(id, value);
            }
        }
        if !merged.is_empty() {
            template.insert(name, Json::Object(merged));
        }
    }
    Ok(Json::Object(template))
}

/// The resources as CloudFormation expects them.
///
/// # Errors
///
/// A diagnostic for each resource whose identifier does not fit its type.
pub(crate) fn resources(
    template: &Json,
    named: &[ResourceArgument],
    identifiers: &HashMap<String, Vec<String>>,
) -> Result<Vec<ResourceToImport>, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut resources = Vec::new();
    for ResourceArgument {
        logical_id,
        identifier,
    } in named
    {
        let resource = template
            .get("Resources")
            .and_then(|all| all.get(logical_id));
        let type_name = resource.and_then(|resource| resource.get("Type")?.as_str());
        let type_name = type_name.unwrap_or_default();
        let known = identifiers.get(type_name).map(Vec::as_slice);
        match parts(logical_id, type_name, identifier, known.unwrap_or_default()) {
            Ok(parts) => resources.push(
                ResourceToImport::builder()
                    .logical_resource_id(logical_id)
                    .resource_type(type_name)
                    .set_resource_identifier(Some(parts))
                    .build(),
            ),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    if diagnostics.is_empty() {
        Ok(resources)
    } else {
        Err(diagnostics)
    }
}

fn parts(
    logical_id: &str,
    type_name: &str,
    identifier: &Identifier,
    known: &[String],
) -> Result<HashMap<String, String>, Diagnostic> {
    match identifier {
        Identifier::Only(value) => match known {
            [only] => Ok(HashMap::from([(only.clone(), value.clone())])),
            [] => Err(
                Diagnostic::new(format!("AWS reports no identifier of {type_name}"))
                    .help(format!("write `--resource {logical_id}=NAME={value}`")),
            ),
            several => {
                let form: Vec<String> = several.iter().map(|name| format!("{name}=…")).collect();
                Err(Diagnostic::new(format!(
                    "{type_name} is identified by {}",
                    suggest::list(several.iter().map(String::as_str))
                ))
                .help(format!(
                    "write `--resource {logical_id}={}`",
                    form.join(",")
                )))
            }
        },
        Identifier::Parts(parts) => {
            if let Some(wrong) = parts
                .keys()
                .find(|name| !known.is_empty() && !known.contains(name))
            {
                let names = || known.iter().map(String::as_str);
                let help = suggest::did_you_mean(wrong, names());
                return Err(
                    Diagnostic::new(format!("{type_name} has no identifier `{wrong}`"))
                        .note(format!("it is identified by {}", suggest::list(names())))
                        .maybe_help(help),
                );
            }
            Ok(parts.clone().into_iter().collect())
        }
    }
}

/// The identifier properties of the types in a template, as AWS reports them.
pub(crate) async fn identifiers(
    session: &Session,
    template: &str,
) -> Result<HashMap<String, Vec<String>>, Stopped> {
    let call = session
        .cloudformation
        .get_template_summary()
        .template_body(template);
    let answer = session.call("GetTemplateSummary", call.send()).await?;
    let summaries = answer.resource_identifier_summaries().iter();
    Ok(summaries
        .filter_map(|summary| {
            let parts = summary.resource_identifiers().to_vec();
            Some((summary.resource_type()?.to_owned(), parts))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template_of(resources: &[(&str, bool)]) -> Json {
        let resources = resources.iter().map(|(id, retained)| {
            let resource = Object::new().with("Type", "AWS::S3::Bucket");
            let policy = retained.then_some("Retain");
            (
                (*id).to_owned(),
                Json::Object(resource.with_some("DeletionPolicy", policy)),
            )
        });
        Json::object([("Resources", Json::object(resources))])
    }

    fn name(text: &str) -> ResourceArgument {
        parse_argument(text).expect("it is valid")
    }

    #[test]
    fn identifiers_have_one_property_or_several() {
        assert_eq!(name("A=b").identifier, Identifier::Only("b".to_owned()));
        let Identifier::Parts(parts) = name("A=Zone=Z1,Name=x").identifier else {
            panic!("it has parts");
        };
        assert_eq!(parts.len(), 2);
        assert!(parse_argument("A").is_err());
        assert!(parse_argument("=b").is_err());
    }

    #[test]
    fn only_selected_resources_are_added() {
        let deployed = template_of(&[("Old", false)]);
        let new = template_of(&[("Old", true), ("Backups", true), ("Other", true)]);
        let merged = template(&deployed, &new, &[name("Backups=b")]).expect("it can be imported");
        let names: Vec<&str> = merged
            .get("Resources")
            .and_then(Json::as_object)
            .map(|all| all.names().collect())
            .unwrap_or_default();
        assert_eq!(names, ["Old", "Backups"]);
        let old = merged.get("Resources").and_then(|all| all.get("Old"));
        assert!(old.is_some_and(|old| old.get("DeletionPolicy").is_none()));
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let deployed = template_of(&[("Old", false)]);
        let new = template_of(&[("Old", true), ("Backups", false)]);
        let named = [name("Backup=b"), name("Old=o"), name("Backups=b")];
        let diagnostics = template(&deployed, &new, &named).expect_err("none can be");
        let reported: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        assert_eq!(reported.len(), 3);
        assert!(
            reported[0].contains("did you mean `Backups`?"),
            "{}",
            reported[0]
        );
        assert!(
            reported[1].contains("is already part of the deployed stack"),
            "{}",
            reported[1]
        );
        assert!(
            reported[2].contains("with { DeletionPolicy: \"Retain\" }"),
            "{}",
            reported[2]
        );
    }

    #[test]
    fn an_identifier_fits_its_type() {
        let template = template_of(&[("Backups", true)]);
        let known = HashMap::from([("AWS::S3::Bucket".to_owned(), vec!["BucketName".to_owned()])]);
        let found = resources(&template, &[name("Backups=b")], &known).expect("it is right");
        let parts = found[0]
            .resource_identifier()
            .expect("it has an identifier");
        assert_eq!(parts.get("BucketName").map(String::as_str), Some("b"));
        let reported = resources(&template, &[name("Backups=BucketNam=b")], &known);
        let reported = reported.expect_err("the name is wrong");
        assert!(
            reported[0]
                .to_string()
                .contains("did you mean `BucketName`?")
        );
    }

    #[test]
    fn referenced_sections_are_imported_with_resources() {
        let of = |text: &str| {
            let source = vsc_core::template::Source::read(text).expect("it is a template");
            source.json().clone()
        };
        let deployed = of("Parameters: {A: {Default: old}}\nResources: {Old: {Type: T}}\n");
        let new = of(
            "Parameters: {A: {Default: new}, B: {Type: String}}\nMappings: {M: {a: {b: c}}}\nOutputs: {O: {Value: x}}\nResources: {Old: {Type: U}, Backups: {Type: T, DeletionPolicy: Retain}}\n",
        );
        let merged = template(&deployed, &new, &[name("Backups=b")]).expect("it can be imported");
        assert_eq!(
            merged,
            of(
                "Parameters: {A: {Default: old}, B: {Type: String}}\nResources: {Old: {Type: T}, Backups: {Type: T, DeletionPolicy: Retain}}\nMappings: {M: {a: {b: c}}}\n",
            )
        );
        assert!(merged.get("Conditions").is_none() && merged.get("Outputs").is_none());
    }

    #[test]
    fn an_unknown_resource_has_a_suggestion() {
        let deployed = template_of(&[("Old", false)]);
        for (new, named, expected) in [
            (
                &[("Old", true), ("Backups", true)][..],
                "Zebra=b",
                "the stack declares no resource `Zebra`\n= help: new in the stack: `Backups`",
            ),
            (
                &[("Old", true)],
                "Zebra=b",
                "the stack declares no resource `Zebra`",
            ),
            (
                &[("Old", true)],
                "Olds=b",
                "the stack declares no resource `Olds`",
            ),
        ] {
            let diagnostics = template(&deployed, &template_of(new), &[name(named)]);
            let diagnostics = diagnostics.expect_err("it cannot be");
            assert_eq!(diagnostics[0].to_string(), expected);
        }
    }

    #[test]
    fn an_identifier_has_the_known_properties() {
        let template = template_of(&[("Backups", true)]);
        let known = |parts: &[&str]| {
            let parts = parts.iter().map(|part| (*part).to_owned()).collect();
            HashMap::from([("AWS::S3::Bucket".to_owned(), parts)])
        };
        for (named, parts, expected) in [
            (
                "Backups=b",
                &[][..],
                "AWS reports no identifier of AWS::S3::Bucket\n= help: write `--resource Backups=NAME=b`",
            ),
            (
                "Backups=b",
                &["A", "B"],
                "AWS::S3::Bucket is identified by `A` and `B`\n= help: write `--resource Backups=A=…,B=…`",
            ),
            (
                "Backups=Zebra=b",
                &["A", "B"],
                "AWS::S3::Bucket has no identifier `Zebra`\nit is identified by `A` and `B`",
            ),
        ] {
            let diagnostics = resources(&template, &[name(named)], &known(parts));
            let diagnostics = diagnostics.expect_err("it is not known");
            assert_eq!(diagnostics[0].to_string(), expected);
        }
        // If AWS reports no identifier properties, the user names them.
        let found = resources(&template, &[name("Backups=A=b")], &HashMap::new());
        let found = found.expect("it is named");
        let parts = found[0].resource_identifier().expect("it has parts");
        assert_eq!(parts.get("A").map(String::as_str), Some("b"));
    }
}
