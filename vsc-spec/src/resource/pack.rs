//! Writes packed schemas: the counterpart of [`super::unpack`].

use super::shape::{AttributeType, ResourceType, Rule, Schema};
use crate::json::Json;

/// Packs a resource type, without its name.
pub fn resource_type(resource: &ResourceType) -> Vec<u8> {
    let mut out = Vec::new();
    schema(&mut out, &resource.properties);
    many(&mut out, &resource.constraints, schema);
    many(&mut out, &resource.definitions, schema);
    attribute(&mut out, &resource.reference);
    many(&mut out, &resource.attributes, |out, (name, kind)| {
        text(out, name);
        attribute(out, kind);
    });
    for paths in [
        &resource.read_only,
        &resource.create_only,
        &resource.conditional_create_only,
        &resource.write_only,
        &resource.deprecated,
        &resource.identifier,
    ] {
        texts(&mut out, paths);
    }
    texts(&mut out, resource.shut_down.as_slice());
    out
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let byte = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn many<T>(out: &mut Vec<u8>, items: &[T], write: impl Fn(&mut Vec<u8>, &T)) {
    number(out, items.len() as u64);
    for item in items {
        write(out, item);
    }
}

fn texts(out: &mut Vec<u8>, items: &[String]) {
    many(out, items, |out, item| text(out, item));
}

fn attribute(out: &mut Vec<u8>, attribute: &AttributeType) {
    out.push(attribute.types.bits());
    out.push(attribute.item_types.bits());
    texts(out, &attribute.formats);
    out.push(attribute.form.byte());
}

fn json(out: &mut Vec<u8>, value: &Json) {
    match value {
        Json::Bool(false) => out.push(1),
        Json::Bool(true) => out.push(2),
        Json::Integer(value) => {
            out.push(3);
            out.extend_from_slice(&value.to_le_bytes());
        }
        Json::Number(value) => {
            out.push(4);
            out.extend_from_slice(&value.to_le_bytes());
        }
        Json::String(value) => {
            out.push(5);
            text(out, value);
        }
        // Schemas compare with scalars alone; a test over all types holds this.
        Json::Null | Json::Array(_) | Json::Object(_) | Json::Expression(_) => out.push(0),
    }
}

fn named(out: &mut Vec<u8>, members: &[(String, Schema)]) {
    many(out, members, |out, (name, member)| {
        text(out, name);
        schema(out, member);
    });
}

fn dependent(out: &mut Vec<u8>, members: &[(String, Vec<String>)]) {
    many(out, members, |out, (name, others)| {
        text(out, name);
        texts(out, others);
    });
}

fn maybe(out: &mut Vec<u8>, inner: Option<&Schema>) {
    match inner {
        None => out.push(0),
        Some(inner) => {
            out.push(1);
            schema(out, inner);
        }
    }
}

fn schema(out: &mut Vec<u8>, schema: &Schema) {
    many(out, &schema.rules, rule);
}

fn rule(out: &mut Vec<u8>, rule: &Rule) {
    let tag = tag(rule);
    out.push(tag);
    match rule {
        Rule::Definition(index) => number(out, u64::from(*index)),
        Rule::Types(types) => out.push(types.bits()),
        Rule::Properties(members) | Rule::PatternProperties(members) => named(out, members),
        Rule::Closed | Rule::UniqueItems | Rule::Never => {}
        Rule::Additional(inner) | Rule::Items(inner) | Rule::Not(inner) => schema(out, inner),
        Rule::Required(names)
        | Rule::RequiredXor(names)
        | Rule::RequiredOr(names)
        | Rule::UniqueKeys(names) => texts(out, names),
        Rule::DependentRequired(members) | Rule::DependentExcluded(members) => {
            dependent(out, members);
        }
        Rule::MinProperties(limit)
        | Rule::MaxProperties(limit)
        | Rule::MinItems(limit)
        | Rule::MaxItems(limit)
        | Rule::MaxUniqueItems(limit)
        | Rule::MinLength(limit)
        | Rule::MaxLength(limit) => number(out, *limit),
        Rule::Enum(values) | Rule::EnumAnyCase(values) => many(out, values, json),
        Rule::Const(value) => json(out, value),
        Rule::Pattern(value) | Rule::Format(value) => text(out, value),
        Rule::Minimum(limit)
        | Rule::Maximum(limit)
        | Rule::ExclusiveMinimum(limit)
        | Rule::ExclusiveMaximum(limit)
        | Rule::MultipleOf(limit) => out.extend_from_slice(&limit.to_le_bytes()),
        Rule::PrefixItems(all) | Rule::AllOf(all) | Rule::AnyOf(all) | Rule::OneOf(all) => {
            many(out, all, schema);
        }
        Rule::IfThenElse(condition, then, otherwise) => {
            schema(out, condition);
            maybe(out, then.as_deref());
            maybe(out, otherwise.as_deref());
        }
    }
}

fn tag(rule: &Rule) -> u8 {
    match rule {
        Rule::Definition(_) => 0,
        Rule::Types(_) => 1,
        Rule::Properties(_) => 2,
        Rule::PatternProperties(_) => 3,
        Rule::Closed => 4,
        Rule::Additional(_) => 5,
        Rule::Required(_) => 6,
        Rule::RequiredXor(_) => 7,
        Rule::RequiredOr(_) => 8,
        Rule::DependentRequired(_) => 9,
        Rule::DependentExcluded(_) => 10,
        Rule::MinProperties(_) => 11,
        Rule::MaxProperties(_) => 12,
        Rule::Items(_) => 13,
        Rule::PrefixItems(_) => 14,
        Rule::UniqueItems => 15,
        Rule::UniqueKeys(_) => 16,
        Rule::MinItems(_) => 17,
        Rule::MaxItems(_) => 18,
        Rule::MaxUniqueItems(_) => 19,
        Rule::Enum(_) => 20,
        Rule::EnumAnyCase(_) => 21,
        Rule::Const(_) => 22,
        Rule::Pattern(_) => 23,
        Rule::MinLength(_) => 24,
        Rule::MaxLength(_) => 25,
        Rule::Format(_) => 26,
        Rule::Minimum(_) => 27,
        Rule::Maximum(_) => 28,
        Rule::ExclusiveMinimum(_) => 29,
        Rule::ExclusiveMaximum(_) => 30,
        Rule::MultipleOf(_) => 31,
        Rule::AllOf(_) => 32,
        Rule::AnyOf(_) => 33,
        Rule::OneOf(_) => 34,
        Rule::Not(_) => 35,
        Rule::IfThenElse(..) => 36,
        Rule::Never => 37,
    }
}
