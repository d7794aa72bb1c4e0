//! Reads packed schemas: tagged rules, numbers as LEB128, strings with a length prefix.

use super::form::Form;
use super::shape::{AttributeType, Keyword, ResourceType, Schema, Types};
use crate::json::Json;

/// The packed bytes are truncated, or from another version of this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

type Read<T> = Result<T, Damaged>;

/// Reads a resource type from its packed bytes.
///
/// # Errors
///
/// [`Damaged`] when the bytes are not a resource type.
pub fn resource_type(name: &str, bytes: &[u8]) -> Read<ResourceType> {
    let mut reader = Reader { bytes };
    Ok(ResourceType {
        name: name.to_owned(),
        properties: reader.schema()?,
        constraints: reader.many(Reader::schema)?,
        definitions: reader.many(Reader::schema)?,
        reference: reader.attribute()?,
        attributes: reader.many(|reader| Ok((reader.text()?, reader.attribute()?)))?,
        read_only: reader.texts()?,
        create_only: reader.texts()?,
        conditional_create_only: reader.texts()?,
        write_only: reader.texts()?,
        deprecated: reader.texts()?,
        identifier: reader.texts()?,
        shut_down: reader.texts()?.pop(),
    })
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Read<&[u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(Damaged)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Read<u8> {
        let (first, rest) = self.bytes.split_first().ok_or(Damaged)?;
        self.bytes = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Read<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    fn float(&mut self) -> Read<f64> {
        let bytes = self.take(8)?.try_into().map_err(|_| Damaged)?;
        Ok(f64::from_le_bytes(bytes))
    }

    fn text(&mut self) -> Read<String> {
        let length = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| Damaged)
    }

    fn many<T>(&mut self, read: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn texts(&mut self) -> Read<Vec<String>> {
        self.many(Self::text)
    }

    fn attribute(&mut self) -> Read<AttributeType> {
        Ok(AttributeType {
            types: Types::from_bits(self.byte()?),
            item_types: Types::from_bits(self.byte()?),
            formats: self.texts()?,
            form: Form::from_byte(self.byte()?).ok_or(Damaged)?,
        })
    }

    fn json(&mut self) -> Read<Json> {
        Ok(match self.byte()? {
            0 => Json::Null,
            1 => Json::Bool(false),
            2 => Json::Bool(true),
            3 => Json::Integer(i64::from_le_bytes(self.float()?.to_le_bytes())),
            4 => Json::Number(self.float()?),
            5 => Json::from(self.text()?),
            _ => return Err(Damaged),
        })
    }

    fn boxed(&mut self) -> Read<Box<Schema>> {
        self.schema().map(Box::new)
    }

    fn maybe(&mut self) -> Read<Option<Box<Schema>>> {
        match self.byte()? {
            0 => Ok(None),
            _ => self.boxed().map(Some),
        }
    }

    fn named(&mut self) -> Read<Vec<(String, Schema)>> {
        self.many(|reader| Ok((reader.text()?, reader.schema()?)))
    }

    fn dependent(&mut self) -> Read<Vec<(String, Vec<String>)>> {
        self.many(|reader| Ok((reader.text()?, reader.texts()?)))
    }

    fn schema(&mut self) -> Read<Schema> {
        Ok(Schema {
            rules: self.many(Self::rule)?,
        })
    }

    fn rule(&mut self) -> Read<Keyword> {
        Ok(match self.byte()? {
            0 => Keyword::Definition(u32::try_from(self.number()?).map_err(|_| Damaged)?),
            1 => Keyword::Types(Types::from_bits(self.byte()?)),
            2 => Keyword::Properties(self.named()?),
            3 => Keyword::PatternProperties(self.named()?),
            4 => Keyword::Closed,
            5 => Keyword::Additional(self.boxed()?),
            6 => Keyword::Required(self.texts()?),
            7 => Keyword::RequiredXor(self.texts()?),
            8 => Keyword::RequiredOr(self.texts()?),
            9 => Keyword::DependentRequired(self.dependent()?),
            10 => Keyword::DependentExcluded(self.dependent()?),
            11 => Keyword::MinProperties(self.number()?),
            12 => Keyword::MaxProperties(self.number()?),
            13 => Keyword::Items(self.boxed()?),
            14 => Keyword::PrefixItems(self.many(Self::schema)?),
            15 => Keyword::UniqueItems,
            16 => Keyword::UniqueKeys(self.texts()?),
            17 => Keyword::MinItems(self.number()?),
            18 => Keyword::MaxItems(self.number()?),
            19 => Keyword::MaxUniqueItems(self.number()?),
            20 => Keyword::Enum(self.many(Self::json)?),
            21 => Keyword::EnumAnyCase(self.many(Self::json)?),
            22 => Keyword::Const(self.json()?),
            23 => Keyword::Pattern(self.text()?),
            24 => Keyword::MinLength(self.number()?),
            25 => Keyword::MaxLength(self.number()?),
            26 => Keyword::Format(self.text()?),
            27 => Keyword::Minimum(self.float()?),
            28 => Keyword::Maximum(self.float()?),
            29 => Keyword::ExclusiveMinimum(self.float()?),
            30 => Keyword::ExclusiveMaximum(self.float()?),
            31 => Keyword::MultipleOf(self.float()?),
            32 => Keyword::AllOf(self.many(Self::schema)?),
            33 => Keyword::AnyOf(self.many(Self::schema)?),
            34 => Keyword::OneOf(self.many(Self::schema)?),
            35 => Keyword::Not(self.boxed()?),
            36 => Keyword::IfThenElse(self.boxed()?, self.maybe()?, self.maybe()?),
            37 => Keyword::Never,
            _ => return Err(Damaged),
        })
    }
}
