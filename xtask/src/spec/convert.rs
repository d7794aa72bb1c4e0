//! Turns a JSON schema into the rules of `vsc-spec`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use vsc_spec::json::Json;
use vsc_spec::resource::{Keyword, Schema, Types};

/// Converts schemas, and keeps the patterns that it could not read.
#[derive(Default)]
pub(super) struct Converter {
    root: Value,
    /// JSON pointers to the schemas that others refer to.
    definitions: Vec<String>,
    pub(super) dropped: BTreeSet<String>,
}

type Converted<T> = Result<T, String>;

impl Converter {
    /// Begins a resource type: what refers to `#/…` means this schema from now on.
    pub(super) fn start(&mut self, schema: &Value) {
        self.root = schema.clone();
        self.definitions.clear();
    }

    /// The schemas that were referred to since the start, in the order of their indices.
    pub(super) fn definitions(&mut self) -> Converted<Vec<Schema>> {
        let mut schemas = Vec::new();
        while let Some(pointer) = self.definitions.get(schemas.len()) {
            let definition = self.root.pointer(pointer).cloned();
            let definition = definition.ok_or_else(|| format!("{pointer} leads nowhere"))?;
            schemas.push(self.schema(&definition)?);
        }
        Ok(schemas)
    }

    pub(super) fn schema(&mut self, schema: &Value) -> Converted<Schema> {
        let members = match schema {
            Value::Bool(true) => return Ok(Schema::default()),
            Value::Bool(false) => {
                return Ok(Schema {
                    rules: vec![Keyword::Never],
                });
            }
            Value::Object(members) => members,
            other => return Err(format!("{other} is not a schema")),
        };
        let mut rules = Vec::new();
        for (keyword, value) in members {
            rules.extend(self.rule(keyword, value, members)?);
        }
        // Types first: what is of the wrong type is not validated further.
        rules.sort_by_key(|rule| !matches!(rule, Keyword::Types(_) | Keyword::Definition(_)));
        Ok(Schema { rules })
    }

    fn rule(
        &mut self,
        keyword: &str,
        value: &Value,
        members: &Map<String, Value>,
    ) -> Converted<Option<Keyword>> {
        Ok(Some(match keyword {
            "$ref" => return self.reference(value).map(Some),
            "type" => Keyword::Types(types(value)),
            "properties" => Keyword::Properties(self.named(value)?),
            "patternProperties" => {
                let mut properties = Vec::new();
                for (pattern, schema) in self.named(value)? {
                    if let Some(pattern) = self.pattern(&pattern) {
                        properties.push((pattern, schema));
                    }
                }
                Keyword::PatternProperties(properties)
            }
            "additionalProperties" => match value {
                Value::Bool(true) => return Ok(None),
                Value::Bool(false) => Keyword::Closed,
                schema => Keyword::Additional(Box::new(self.schema(schema)?)),
            },
            "required" => Keyword::Required(texts(value)),
            "requiredXor" => Keyword::RequiredXor(texts(value)),
            "requiredOr" => Keyword::RequiredOr(texts(value)),
            "dependentRequired" | "dependencies" => Keyword::DependentRequired(dependent(value)),
            "dependentExcluded" => Keyword::DependentExcluded(dependent(value)),
            "minProperties" => Keyword::MinProperties(count(value)?),
            "maxProperties" => Keyword::MaxProperties(count(value)?),
            "items" => Keyword::Items(Box::new(self.schema(value)?)),
            "prefixItems" => Keyword::PrefixItems(self.list(value)?),
            "uniqueItems" if value == &Value::Bool(true) => Keyword::UniqueItems,
            "uniqueKeys" => Keyword::UniqueKeys(texts(value)),
            "minItems" => Keyword::MinItems(count(value)?),
            "maxItems" => Keyword::MaxItems(count(value)?),
            "maxUniqueItems" => Keyword::MaxUniqueItems(count(value)?),
            "enum" => Keyword::Enum(scalars(value)?),
            "enumCaseInsensitive" => Keyword::EnumAnyCase(scalars(value)?),
            "const" => Keyword::Const(scalar(value)?),
            "pattern" => {
                let Some(pattern) = value.as_str().and_then(|pattern| self.pattern(pattern)) else {
                    return Ok(None);
                };
                Keyword::Pattern(pattern)
            }
            "minLength" => Keyword::MinLength(count(value)?),
            "maxLength" => Keyword::MaxLength(count(value)?),
            "format" => Keyword::Format(value.as_str().unwrap_or_default().to_owned()),
            "minimum" => Keyword::Minimum(float(value)?),
            "maximum" => Keyword::Maximum(float(value)?),
            "exclusiveMinimum" => Keyword::ExclusiveMinimum(float(value)?),
            "exclusiveMaximum" => Keyword::ExclusiveMaximum(float(value)?),
            "multipleOf" => Keyword::MultipleOf(float(value)?),
            "allOf" => Keyword::AllOf(self.list(value)?),
            "anyOf" => Keyword::AnyOf(self.list(value)?),
            "oneOf" => Keyword::OneOf(self.list(value)?),
            "not" => Keyword::Not(Box::new(self.schema(value)?)),
            "if" => {
                let mut branch = |name: &str| -> Converted<Option<Box<Schema>>> {
                    members
                        .get(name)
                        .map(|schema| self.schema(schema).map(Box::new))
                        .transpose()
                };
                let (then, otherwise) = (branch("then")?, branch("else")?);
                Keyword::IfThenElse(Box::new(self.schema(value)?), then, otherwise)
            }
            // Descriptions, and what concerns the provider's handlers rather than the template.
            _ => return Ok(None),
        }))
    }

    fn reference(&mut self, value: &Value) -> Converted<Keyword> {
        let pointer = value.as_str().and_then(|path| path.strip_prefix('#'));
        let pointer = pointer.ok_or_else(|| format!("{value} is not a reference"))?;
        let known = self.definitions.iter().position(|known| known == pointer);
        let index = known.unwrap_or_else(|| {
            self.definitions.push(pointer.to_owned());
            self.definitions.len() - 1
        });
        u32::try_from(index)
            .map(Keyword::Definition)
            .map_err(|error| error.to_string())
    }

    fn named(&mut self, value: &Value) -> Converted<Vec<(String, Schema)>> {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, schema)| Ok((name.clone(), self.schema(schema)?)))
            .collect()
    }

    fn list(&mut self, value: &Value) -> Converted<Vec<Schema>> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .map(|schema| self.schema(schema))
            .collect()
    }

    /// The pattern as ECMA 262 has it. A few come from Java or Perl: their modifiers and POSIX
    /// classes are translated, and what stays unreadable is left out rather than guessed.
    fn pattern(&mut self, pattern: &str) -> Option<String> {
        let spelt_out = pattern.replace("(?!(?i)aws)", "(?![aA][wW][sS])").replace(
            "(?!(?i)(stop|help)$)",
            "(?!([sS][tT][oO][pP]|[hH][eE][lL][pP])$)",
        );
        let translated = spelt_out
            .replace("(?i)", "")
            .replace("(?s)", "")
            .replace(r"[\p{Graph}", "[!-~")
            .replace(r"[\p{Print}", "[ -~")
            .replace(r"\p{Print}", "[ -~]")
            .replace(r"\Z", "$")
            .replace(r"\A", "^")
            .replace(r"\p{Z}-_", r"\p{Z}\-_")
            .replace(")${1,", "){1,");
        let any_case = spelt_out.contains("(?i)");
        let readable = !pattern.contains("&&") && vsc_spec::resource::check::compiles(&translated);
        if !readable || any_case {
            self.dropped.insert(pattern.to_owned());
            return None;
        }
        Some(translated)
    }
}

fn types(value: &Value) -> Types {
    let one = |value: &Value| value.as_str().and_then(Types::named).unwrap_or_default();
    match value {
        Value::Array(all) => all
            .iter()
            .fold(Types::default(), |types, value| types.with(one(value))),
        value => one(value),
    }
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn dependent(value: &Value) -> Vec<(String, Vec<String>)> {
    let members = value.as_object().into_iter().flatten();
    members
        .map(|(name, others)| (name.clone(), texts(others)))
        .collect()
}

fn count(value: &Value) -> Converted<u64> {
    value
        .as_u64()
        .or_else(|| {
            // A count may be written as `10.0`.
            let text = value.as_f64()?.to_string();
            text.parse().ok()
        })
        .ok_or_else(|| format!("{value} is not a count"))
}

fn float(value: &Value) -> Converted<f64> {
    value
        .as_f64()
        .ok_or_else(|| format!("{value} is not a number"))
}

fn scalars(value: &Value) -> Converted<Vec<Json>> {
    value.as_array().into_iter().flatten().map(scalar).collect()
}

fn scalar(value: &Value) -> Converted<Json> {
    match value {
        Value::Bool(value) => Ok(Json::Bool(*value)),
        Value::String(value) => Ok(Json::from(value.clone())),
        Value::Number(value) => match value.as_i64() {
            Some(value) => Ok(Json::Integer(value)),
            None => float(&Value::Number(value.clone())).map(Json::Number),
        },
        other => Err(format!("{other} is not a scalar")),
    }
}
