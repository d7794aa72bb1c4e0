//! Writes packed schemas: the counterpart of [`super::unpack`].

use super::shape::{AttributeType, Keyword, ResourceType, Schema};
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
        // Schemas compare only with scalars, which a test over all types checks.
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

fn rule(out: &mut Vec<u8>, rule: &Keyword) {
    let tag = tag(rule);
    out.push(tag);
    match rule {
        Keyword::Definition(index) => number(out, u64::from(*index)),
        Keyword::Types(types) => out.push(types.bits()),
        Keyword::Properties(members) | Keyword::PatternProperties(members) => named(out, members),
        Keyword::Closed | Keyword::UniqueItems | Keyword::Never => {}
        Keyword::Additional(inner) | Keyword::Items(inner) | Keyword::Not(inner) => {
            schema(out, inner);
        }
        Keyword::Required(names)
        | Keyword::RequiredXor(names)
        | Keyword::RequiredOr(names)
        | Keyword::UniqueKeys(names) => texts(out, names),
        Keyword::DependentRequired(members) | Keyword::DependentExcluded(members) => {
            dependent(out, members);
        }
        Keyword::MinProperties(limit)
        | Keyword::MaxProperties(limit)
        | Keyword::MinItems(limit)
        | Keyword::MaxItems(limit)
        | Keyword::MaxUniqueItems(limit)
        | Keyword::MinLength(limit)
        | Keyword::MaxLength(limit) => number(out, *limit),
        Keyword::Enum(values) | Keyword::EnumAnyCase(values) => many(out, values, json),
        Keyword::Const(value) => json(out, value),
        Keyword::Pattern(value) | Keyword::Format(value) => text(out, value),
        Keyword::Minimum(limit)
        | Keyword::Maximum(limit)
        | Keyword::ExclusiveMinimum(limit)
        | Keyword::ExclusiveMaximum(limit)
        | Keyword::MultipleOf(limit) => out.extend_from_slice(&limit.to_le_bytes()),
        Keyword::PrefixItems(all)
        | Keyword::AllOf(all)
        | Keyword::AnyOf(all)
        | Keyword::OneOf(all) => {
            many(out, all, schema);
        }
        Keyword::IfThenElse(condition, then, otherwise) => {
            schema(out, condition);
            maybe(out, then.as_deref());
            maybe(out, otherwise.as_deref());
        }
    }
}

fn tag(rule: &Keyword) -> u8 {
    match rule {
        Keyword::Definition(_) => 0,
        Keyword::Types(_) => 1,
        Keyword::Properties(_) => 2,
        Keyword::PatternProperties(_) => 3,
        Keyword::Closed => 4,
        Keyword::Additional(_) => 5,
        Keyword::Required(_) => 6,
        Keyword::RequiredXor(_) => 7,
        Keyword::RequiredOr(_) => 8,
        Keyword::DependentRequired(_) => 9,
        Keyword::DependentExcluded(_) => 10,
        Keyword::MinProperties(_) => 11,
        Keyword::MaxProperties(_) => 12,
        Keyword::Items(_) => 13,
        Keyword::PrefixItems(_) => 14,
        Keyword::UniqueItems => 15,
        Keyword::UniqueKeys(_) => 16,
        Keyword::MinItems(_) => 17,
        Keyword::MaxItems(_) => 18,
        Keyword::MaxUniqueItems(_) => 19,
        Keyword::Enum(_) => 20,
        Keyword::EnumAnyCase(_) => 21,
        Keyword::Const(_) => 22,
        Keyword::Pattern(_) => 23,
        Keyword::MinLength(_) => 24,
        Keyword::MaxLength(_) => 25,
        Keyword::Format(_) => 26,
        Keyword::Minimum(_) => 27,
        Keyword::Maximum(_) => 28,
        Keyword::ExclusiveMinimum(_) => 29,
        Keyword::ExclusiveMaximum(_) => 30,
        Keyword::MultipleOf(_) => 31,
        Keyword::AllOf(_) => 32,
        Keyword::AnyOf(_) => 33,
        Keyword::OneOf(_) => 34,
        Keyword::Not(_) => 35,
        Keyword::IfThenElse(..) => 36,
        Keyword::Never => 37,
    }
}
