//! The shape of a resource type: what its schema asks of a value.

use super::form::Form;
use crate::json::Json;

/// The specification of one resource type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceType {
    /// The type's name, such as `AWS::S3::Bucket`.
    pub name: String,
    /// What the properties have to look like.
    pub properties: Schema,
    /// What AWS asks beyond the schema: rules over several properties, the language of policy
    /// documents, values that are listed elsewhere. Each begins at the properties.
    pub constraints: Vec<Schema>,
    /// Schemas that others refer to by index.
    pub definitions: Vec<Schema>,
    /// What `Ref` gives.
    pub reference: AttributeType,
    /// What `Fn::GetAtt` gives, by attribute name (`Arn`, `Endpoint.Address`).
    pub attributes: Vec<(String, AttributeType)>,
    /// Properties that AWS sets (`Arn`, `Rules/*/Id`): paths below the properties.
    pub read_only: Vec<String>,
    /// Properties that cannot change without a new resource.
    pub create_only: Vec<String>,
    /// Properties whose change may need a new resource.
    pub conditional_create_only: Vec<String>,
    /// Properties that AWS accepts and never returns.
    pub write_only: Vec<String>,
    /// Properties that still work and should not be used any more.
    pub deprecated: Vec<String>,
    /// Properties whose values together identify a resource, where its template names them.
    pub identifier: Vec<String>,
    /// The day on which AWS shut the service down, for types that cannot be made any more.
    pub shut_down: Option<String>,
}

/// The type of what a reference gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeType {
    /// Its JSON type; anything when empty.
    pub types: Types,
    /// What the items are when it is a list.
    pub item_types: Types,
    /// What it identifies (`AWS::EC2::VPC.Id`); any of them.
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
    /// Whole numbers.
    pub const INTEGER: Self = Self(8);
    /// Numbers.
    pub const NUMBER: Self = Self(16);
    /// Booleans.
    pub const BOOLEAN: Self = Self(32);

    const NAMES: [(Self, &'static str, &'static str); 6] = [
        (Self::OBJECT, "object", "an object"),
        (Self::ARRAY, "array", "a list"),
        (Self::STRING, "string", "a string"),
        (Self::INTEGER, "integer", "a whole number"),
        (Self::NUMBER, "number", "a number"),
        (Self::BOOLEAN, "boolean", "a boolean"),
    ];

    /// The set that the bits stand for.
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

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is asked: any type will do.
    pub const fn is_any(self) -> bool {
        self.0 == 0
    }

    /// Whether the sets share a type.
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set holds text, numbers or booleans, which CloudFormation converts into each
    /// other.
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

/// A schema: the rules that a value has to keep, in the order in which they are checked.
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
    /// No other members than those with rules.
    Closed,
    /// Every other member keeps this.
    Additional(Box<Schema>),
    /// Members that must be there.
    Required(Vec<String>),
    /// Exactly one of these members must be there.
    RequiredXor(Vec<String>),
    /// At least one of these members must be there.
    RequiredOr(Vec<String>),
    /// Where the first is, the others must be as well.
    DependentRequired(Vec<(String, Vec<String>)>),
    /// Where the first is, the others must not be.
    DependentExcluded(Vec<(String, Vec<String>)>),
    /// How few members there may be.
    MinProperties(u64),
    /// How many members there may be.
    MaxProperties(u64),
    /// Every item keeps this.
    Items(Box<Schema>),
    /// The first items keep these.
    PrefixItems(Vec<Schema>),
    /// No two items are equal.
    UniqueItems,
    /// No two items have equal values of these members.
    UniqueKeys(Vec<String>),
    /// How few items there may be.
    MinItems(u64),
    /// How many items there may be.
    MaxItems(u64),
    /// How many different items there may be.
    MaxUniqueItems(u64),
    /// One of these values.
    Enum(Vec<Json>),
    /// One of these values, whatever their case.
    EnumAnyCase(Vec<Json>),
    /// This value.
    Const(Json),
    /// Text in which the pattern (ECMA 262) is found.
    Pattern(String),
    /// How few characters there may be.
    MinLength(u64),
    /// How many characters there may be.
    MaxLength(u64),
    /// What the text is or identifies (`date-time`, `AWS::EC2::VPC.Id`).
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
    /// Where the first holds, the second has to; otherwise the third.
    IfThenElse(Box<Schema>, Option<Box<Schema>>, Option<Box<Schema>>),
    /// Nothing is right here.
    Never,
}

impl ResourceType {
    /// A definition by its index. An index comes from the same packed type, so that it is always
    /// there; an empty schema, which accepts everything, stands in otherwise.
    pub fn definition(&self, index: u32) -> &Schema {
        static ANYTHING: Schema = Schema { rules: Vec::new() };
        usize::try_from(index)
            .ok()
            .and_then(|index| self.definitions.get(index))
            .unwrap_or(&ANYTHING)
    }

    /// An attribute that `Fn::GetAtt` gives.
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
