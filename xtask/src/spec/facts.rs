//! A resource type as lines, so that two can be compared.

use vsc_spec::json::Json;
use vsc_spec::resource::{AttributeType, ResourceType, Rule, Schema};

/// The schemas within a rule, and what each adds to the path of the rule.
pub(super) fn children(rule: &Rule) -> Vec<(String, &Schema)> {
    let each = |step: &str, schemas| -> Vec<(String, &Schema)> {
        let schemas: &[Schema] = schemas;
        schemas
            .iter()
            .map(|schema| (step.to_owned(), schema))
            .collect()
    };
    match rule {
        Rule::Properties(members) | Rule::PatternProperties(members) => {
            let members = members.iter();
            members
                .map(|(name, schema)| (format!("/{name}"), schema))
                .collect()
        }
        Rule::Additional(schema) => vec![("/(others)".to_owned(), schema)],
        Rule::Items(schema) => vec![("/*".to_owned(), schema)],
        Rule::PrefixItems(schemas) => each("/*", schemas),
        Rule::AllOf(schemas) => each(" all of", schemas),
        Rule::AnyOf(schemas) => each(" any of", schemas),
        Rule::OneOf(schemas) => each(" one of", schemas),
        Rule::Not(schema) => vec![(" not".to_owned(), schema)],
        Rule::IfThenElse(condition, then, otherwise) => {
            let branches = [
                (" if", Some(condition)),
                (" then", then.as_ref()),
                (" else", otherwise.as_ref()),
            ];
            let branches = branches.into_iter();
            branches
                .filter_map(|(step, schema)| Some((step.to_owned(), &**schema?)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Every fact of a type, a line each. A constraint is one fact.
pub(super) fn lines(resource: &ResourceType) -> Vec<String> {
    let mut lines = Vec::new();
    schema("properties", &resource.properties, &mut lines);
    for (index, definition) in resource.definitions.iter().enumerate() {
        schema(&format!("definition {index}"), definition, &mut lines);
    }
    for constraint in &resource.constraints {
        let mut parts = Vec::new();
        schema("", constraint, &mut parts);
        lines.push(format!("constraint: {}", parts.join("; ").trim()));
    }
    lines.push(format!("`Ref`: {}", given(&resource.reference)));
    let attributes = resource.attributes.iter();
    lines.extend(
        attributes.map(|(name, attribute)| format!("`Fn::GetAtt` {name}: {}", given(attribute))),
    );
    for (role, paths) in [
        ("read-only", &resource.read_only),
        ("create-only", &resource.create_only),
        (
            "conditionally create-only",
            &resource.conditional_create_only,
        ),
        ("write-only", &resource.write_only),
        ("deprecated", &resource.deprecated),
        ("identifier", &resource.identifier),
    ] {
        lines.extend(paths.iter().map(|path| format!("{role}: {path}")));
    }
    lines.extend(
        resource
            .shut_down
            .iter()
            .map(|day| format!("shut down: {day}")),
    );
    lines
}

fn schema(path: &str, schema_: &Schema, into: &mut Vec<String>) {
    for rule in &schema_.rules {
        let inner = children(rule);
        if inner.is_empty() {
            into.push(format!("{path}: {}", leaf(rule)));
        }
        for (step, inner) in inner {
            let path = format!("{path}{step}");
            // A member that may be anything is a fact as well.
            if inner.rules.is_empty() {
                into.push(format!("{path}: anything"));
            }
            schema(&path, inner, into);
        }
    }
}

/// A rule without schemas in it.
fn leaf(rule: &Rule) -> String {
    let values = |values: &[Json]| values.iter().map(scalar).collect::<Vec<_>>().join(", ");
    match rule {
        Rule::Types(types) => types.names().collect::<Vec<_>>().join(" or "),
        Rule::Enum(all) => format!("one of {}", values(all)),
        Rule::EnumAnyCase(all) => format!("one of {}, in any case", values(all)),
        Rule::Const(only) => scalar(only),
        rule => format!("{rule:?}"),
    }
}

fn scalar(value: &Json) -> String {
    match value {
        Json::String(text) => format!("{:?}", text.as_ref()),
        Json::Integer(number) => number.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Bool(flag) => flag.to_string(),
        other => format!("{other:?}"),
    }
}

fn given(attribute: &AttributeType) -> String {
    let AttributeType {
        types,
        item_types,
        formats,
        form,
    } = attribute;
    let names = |types: &vsc_spec::resource::Types| types.names().collect::<Vec<_>>().join(" or ");
    format!(
        "{} of {}, {form:?} {formats:?}",
        names(types),
        names(item_types)
    )
}
