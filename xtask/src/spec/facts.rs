//! A resource type as lines, so that two can be compared.

use vsc_spec::json::Json;
use vsc_spec::resource::{AttributeType, Keyword, ResourceType, Schema, Types};

/// The schemas within a rule, and what each adds to the path of the rule.
pub(super) fn children(rule: &Keyword) -> Vec<(String, &Schema)> {
    let each = |step: &str, schemas| -> Vec<(String, &Schema)> {
        let schemas: &[Schema] = schemas;
        schemas
            .iter()
            .map(|schema| (step.to_owned(), schema))
            .collect()
    };
    match rule {
        Keyword::Properties(members) | Keyword::PatternProperties(members) => {
            let members = members.iter();
            members
                .map(|(name, schema)| (format!("/{name}"), schema))
                .collect()
        }
        Keyword::Additional(schema) => vec![("/(others)".to_owned(), schema)],
        Keyword::Items(schema) => vec![("/*".to_owned(), schema)],
        Keyword::PrefixItems(schemas) => each("/*", schemas),
        Keyword::AllOf(schemas) => each(" all of", schemas),
        Keyword::AnyOf(schemas) => each(" any of", schemas),
        Keyword::OneOf(schemas) => each(" one of", schemas),
        Keyword::Not(schema) => vec![(" not".to_owned(), schema)],
        Keyword::IfThenElse(condition, then, otherwise) => {
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
    walk("properties", &resource.properties, &mut lines);
    for (index, definition) in resource.definitions.iter().enumerate() {
        walk(&format!("definition {index}"), definition, &mut lines);
    }
    for constraint in &resource.constraints {
        let mut parts = Vec::new();
        walk("", constraint, &mut parts);
        let parts: Vec<&str> = parts.iter().map(|part| part.trim_start()).collect();
        lines.push(format!("constraint: {}", parts.join("; ")));
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

fn walk(path: &str, schema: &Schema, into: &mut Vec<String>) {
    for rule in &schema.rules {
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
            walk(&path, inner, into);
        }
    }
}

/// A rule without schemas in it.
fn leaf(rule: &Keyword) -> String {
    let values = |values: &[Json]| values.iter().map(scalar).collect::<Vec<_>>().join(", ");
    match rule {
        Keyword::Types(types) => types.names().collect::<Vec<_>>().join(" or "),
        Keyword::Enum(all) => format!("one of {}", values(all)),
        Keyword::EnumAnyCase(all) => format!("one of {}, in any case", values(all)),
        Keyword::Const(only) => scalar(only),
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
    let names = |types: &Types| types.names().collect::<Vec<_>>().join(" or ");
    let items = (!item_types.is_any()).then(|| format!("of {}", names(item_types)));
    let own = (!types.is_any()).then(|| names(types));
    let parts = own.into_iter().chain(items).chain([format!("{form:?}")]);
    parts
        .chain(formats.iter().cloned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use vsc_spec::resource::Form;

    use super::*;

    #[test]
    fn each_rule_of_a_type_is_a_line_with_its_path() {
        let of = |rules: Vec<Keyword>| Schema { rules };
        let mode = of(vec![
            Keyword::Types(Types::STRING),
            Keyword::Enum(vec![Json::from("on"), Json::from("off")]),
        ]);
        let not_one = of(vec![Keyword::Not(Box::new(of(vec![Keyword::Const(
            Json::Integer(1),
        )])))]);
        let condition = of(vec![Keyword::Required(vec!["Mode".to_owned()])]);
        let then = of(vec![Keyword::Properties(vec![(
            "Count".to_owned(),
            not_one,
        )])]);
        let resource = ResourceType {
            name: "AWS::A::B".to_owned(),
            properties: of(vec![
                Keyword::Properties(vec![
                    ("Mode".to_owned(), mode),
                    ("Free".to_owned(), Schema::default()),
                    (
                        "List".to_owned(),
                        of(vec![Keyword::Items(Box::new(of(vec![
                            Keyword::Definition(0),
                        ])))]),
                    ),
                ]),
                Keyword::Closed,
            ]),
            definitions: vec![of(vec![Keyword::MaxLength(3)])],
            constraints: vec![of(vec![Keyword::IfThenElse(
                Box::new(condition),
                Some(Box::new(then)),
                None,
            )])],
            attributes: vec![(
                "Arn".to_owned(),
                AttributeType {
                    types: Types::STRING,
                    form: Form::OwnArn,
                    ..AttributeType::default()
                },
            )],
            create_only: vec!["Mode".to_owned()],
            shut_down: Some("2026-01-31".to_owned()),
            ..ResourceType::default()
        };
        assert_eq!(
            lines(&resource),
            [
                "properties/Mode: string",
                "properties/Mode: one of \"on\", \"off\"",
                "properties/Free: anything",
                "properties/List/*: Definition(0)",
                "properties: Closed",
                "definition 0: MaxLength(3)",
                "constraint: if: Required([\"Mode\"]); then/Count not: 1",
                "`Ref`: Unknown",
                "`Fn::GetAtt` Arn: string OwnArn",
                "create-only: Mode",
                "shut down: 2026-01-31",
            ]
        );
    }
}
