//! The shape of a resource type: its schema.

use super::form::Form;
use crate::json::Json;

/// The specification of one resource type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceType {
    /// The type's name, such as `AWS::S3::Bucket`.
    pub name: String,
    /// The schema of the properties.
    pub properties: Schema,
    /// Constraints of AWS beyond the schema: rules over several properties, the syntax of policy
    /// documents, values that are listed elsewhere. Each applies to the properties.
    pub constraints: Vec<Schema>,
    /// Schemas that other schemas refer to by index.
    pub definitions: Vec<Schema>,
    /// The value of `Ref`.
    pub reference: AttributeType,
    /// The values of `Fn::GetAtt`, by attribute name (`Arn`, `Endpoint.Address`).
    pub attributes: Vec<(String, AttributeType)>,
    /// Paths of properties that AWS sets (`Arn`, `Rules/*/Id`).
    pub read_only: Vec<String>,
    /// Properties whose change replaces the resource.
    pub create_only: Vec<String>,
    /// Properties whose change may replace the resource.
    pub conditional_create_only: Vec<String>,
    /// Properties that AWS accepts and never returns.
    pub write_only: Vec<String>,
    /// Deprecated properties, which still work.
    pub deprecated: Vec<String>,
    /// Properties whose values together identify a resource.
    pub identifier: Vec<String>,
    /// The day on which AWS shut the service down, for types that can no longer be created.
    pub shut_down: Option<String>,
}

/// The type of a reference's value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeType {
    /// Its JSON types; any when empty.
    pub types: Types,
    /// The types of the items of a list.
    pub item_types: Types,
    /// What it identifies, one of these (`AWS::EC2::VPC.Id`).
    pub formats: Vec<String>,
    /// Whether it is a name, a URL or an ARN.
    pub form: Form,
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// Objects.
    pub const OBJECT: Self = Self(1);
    /// Arrays.
    pub const ARRAY: Self = Self(2);
    /// Strings.
    pub const STRING: Self = Self(4);
    /// Integers.
    pub const INTEGER: Self = Self(8);
    /// Numbers.
    pub const NUMBER: Self = Self(16);
    /// Booleans.
    pub const BOOLEAN: Self = Self(32);

    const NAMES: [(Self, &'static str, &'static str); 6] = [
        (Self::OBJECT, "object", "an object"),
        (Self::ARRAY, "array", "a list"),
        (Self::STRING, "string", "a string"),
        (Self::INTEGER, "integer", "an integer"),
        (Self::NUMBER, "number", "a number"),
        (Self::BOOLEAN, "boolean", "a boolean"),
    ];

    /// The set of these bits.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 0x3f)
    }

    /// The bits of the set.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The type with JSON Schema's name for it.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, known, _)| *known == name)
            .map(|(types, ..)| *types)
    }

    /// JSON Schema's names for the types of the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = Self::NAMES.iter();
        let names = names.filter(move |(types, ..)| self.overlaps(*types));
        names.map(|(_, name, _)| *name)
    }

    /// The union of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any type is allowed.
    pub const fn is_any(self) -> bool {
        self.0 == 0
    }

    /// Whether the sets share a type.
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set has strings, numbers or booleans, which CloudFormation converts into each other.
    pub const fn is_scalar(self) -> bool {
        self.0 & (Self::STRING.0 | Self::INTEGER.0 | Self::NUMBER.0 | Self::BOOLEAN.0) != 0
    }

    /// The set in words: `a string or an object`.
    pub fn in_words(self) -> String {
        let words: Vec<&str> = Self::NAMES
            .iter()
            .filter(|(types, ..)| self.overlaps(*types))
            .map(|(.., words)| *words)
            .collect();
        words.join(" or ")
    }
}

/// A schema: the rules that a value must satisfy, in the order in which they are checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The rules.
    pub rules: Vec<Keyword>,
}

/// One rule of a schema (JSON Schema draft 7 with CloudFormation's additions).
#[derive(Clone, Debug, PartialEq)]
pub enum Keyword {
    /// The definition with this index.
    Definition(u32),
    /// The value's type is one of these.
    Types(Types),
    /// The members of an object that have rules of their own.
    Properties(Vec<(String, Schema)>),
    /// Members whose names match a pattern.
    PatternProperties(Vec<(String, Schema)>),
    /// No members other than those with rules.
    Closed,
    /// Every other member matches this.
    Additional(Box<Schema>),
    /// Members that must be present.
    Required(Vec<String>),
    /// Exactly one of these members must be present.
    RequiredXor(Vec<String>),
    /// At least one of these members must be present.
    RequiredOr(Vec<String>),
    /// If the first is present, the others must be, too.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// If the first is present, the others must not be.
    DependentExcluded(Vec<(String, Vec<String>)>),
    /// The least number of members.
    MinProperties(u64),
    /// The greatest number of members.
    MaxProperties(u64),
    /// Every item matches this.
    Items(Box<Schema>),
    /// The first items match these.
    PrefixItems(Vec<Schema>),
    /// No two items are equal.
    UniqueItems,
    /// No two items have equal values of these members.
    UniqueKeys(Vec<String>),
    /// The least number of items.
    MinItems(u64),
    /// The greatest number of items.
    MaxItems(u64),
    /// The greatest number of distinct items.
    MaxUniqueItems(u64),
    /// One of these values.
    Enum(Vec<Json>),
    /// One of these values, ignoring case.
    EnumAnyCase(Vec<Json>),
    /// This value.
    Const(Json),
    /// A string in which the pattern (ECMA 262) is found.
    Pattern(String),
    /// The least number of characters.
    MinLength(u64),
    /// The greatest number of characters.
    MaxLength(u64),
    /// The format of the string, or what it identifies (`date-time`, `AWS::EC2::VPC.Id`).
    Format(String),
    /// The lowest number.
    Minimum(f64),
    /// The highest number.
    Maximum(f64),
    /// The number that every number must exceed.
    ExclusiveMinimum(f64),
    /// The number that every number must stay under.
    ExclusiveMaximum(f64),
    /// The number is a multiple of this.
    MultipleOf(f64),
    /// All of these.
    AllOf(Vec<Schema>),
    /// At least one of these.
    AnyOf(Vec<Schema>),
    /// Exactly one of these.
    OneOf(Vec<Schema>),
    /// Not this.
    Not(Box<Schema>),
    /// If the first matches, the second must, otherwise the third.
    IfThenElse(Box<Schema>, Option<Box<Schema>>, Option<Box<Schema>>),
    /// No value is allowed.
    Never,
}

impl ResourceType {
    /// A definition by its index, which is always present, since it comes from the same packed type;
    /// otherwise an empty schema, which accepts everything.
    pub fn definition(&self, index: u32) -> &Schema {
        static ANYTHING: Schema = Schema { rules: Vec::new() };
        usize::try_from(index)
            .ok()
            .and_then(|index| self.definitions.get(index))
            .unwrap_or(&ANYTHING)
    }

    /// An attribute of `Fn::GetAtt`.
    pub fn attribute(&self, name: &str) -> Option<&AttributeType> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, attribute)| attribute)
    }

    /// The rules of a schema, with those of the definitions it refers to.
    pub fn rules<'a>(&'a self, schema: &'a Schema) -> Vec<&'a Keyword> {
        // A definition that only refers to itself would not end; real ones are a few levels deep.
        const DEEPEST: usize = 32;
        let mut all = Vec::new();
        let mut open = vec![(schema, 0)];
        while let Some((schema, depth)) = open.pop() {
            for rule in &schema.rules {
                match rule {
                    Keyword::Definition(index) if depth < DEEPEST => {
                        open.push((self.definition(*index), depth + 1));
                    }
                    rule => all.push(rule),
                }
            }
        }
        all
    }
}
