//! The properties of a resource type as data: for help, scripts, and editors.

use std::collections::BTreeMap;

use super::check::Step;
use super::expectation::{items_of, members_of};
use super::shape::{Keyword, ResourceType, Schema, Types};
use super::update::UpdateType;
use crate::diagnostic::Diagnostic;
use crate::json::Json;
use crate::suggest;

/// The specification of a property, or of all properties of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact about a property"
)]
#[non_exhaustive]
pub struct Outline {
    /// The name of the property, or of the type.
    pub name: String,
    /// The allowed types; any when empty.
    pub types: Types,
    /// The types of the items of a list.
    pub items: Option<Types>,
    /// Whether it is required.
    pub required: bool,
    /// The effect of a change on an existing resource.
    pub update: UpdateType,
    /// Whether AWS sets it.
    pub read_only: bool,
    /// Whether AWS accepts it and never returns it.
    pub write_only: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What the string identifies, one of these (`AWS::EC2::VPC.Id`).
    pub identifies: Vec<String>,
    /// The allowed values, if they are listed.
    pub allowed: Vec<String>,
    /// The patterns (ECMA 262) of the string, each in some form of the value.
    pub patterns: Vec<String>,
    /// Limits of length, size or number, in words.
    pub limits: Vec<String>,
    /// Rules about several members, in words.
    pub together: Vec<String>,
    /// The members, in alphabetical order.
    pub members: Vec<Outline>,
    /// Whether there are members below the requested depth.
    pub more: bool,
}

impl ResourceType {
    /// The properties of this type down to a depth; 1 is only the properties themselves.
    pub fn outline(&self, depth: usize) -> Outline {
        let mut path = Vec::new();
        self.trace(&self.name, &[&self.properties], &mut path, depth)
    }

    /// The same for the property at a path of names, which skips the items of lists.
    ///
    /// # Errors
    ///
    /// When there is no such property.
    pub fn outline_of(&self, names: &[&str], depth: usize) -> Result<Outline, Diagnostic> {
        let mut path = Vec::new();
        let mut schemas = vec![&self.properties];
        let mut owner = self.name.as_str();
        let mut required = false;
        for name in names {
            schemas = self.enter(schemas, &mut path);
            let rules = self.reachable(&schemas);
            let inside = members_of(&rules, name);
            if inside.is_empty() {
                let known = known(&rules);
                let diagnostic = Diagnostic::new(format!("`{owner}` has no property `{name}`"));
                let begun = || known.iter().find(|known| known.starts_with(*name));
                let help = suggest::did_you_mean(name, known.iter().copied());
                let help = help.or_else(|| Some(format!("did you mean `{}`?", begun()?)));
                return Err(match help {
                    Some(help) => diagnostic.help(help),
                    None if known.is_empty() => diagnostic.note("it has no properties"),
                    None => diagnostic.note(format!("it has {}", suggest::list(known))),
                });
            }
            required = is_required(&rules, name);
            path.push(Step::Key((*name).to_owned().into()));
            schemas = inside;
            owner = name;
        }
        let outline = self.trace(owner, &schemas, &mut path, depth);
        Ok(Outline {
            required,
            ..outline
        })
    }

    /// The items of a list, as long as it is one.
    fn enter<'a>(&'a self, mut schemas: Vec<&'a Schema>, path: &mut Vec<Step>) -> Vec<&'a Schema> {
        // Lists are nested at most a few levels.
        for _ in 0..4 {
            let inner = items_of(&self.reachable(&schemas));
            if inner.is_empty() {
                break;
            }
            path.push(Step::Index(0));
            schemas = inner;
        }
        schemas
    }

    /// The outline at a path.
    pub(super) fn trace(
        &self,
        name: &str,
        schemas: &[&Schema],
        path: &mut Vec<Step>,
        depth: usize,
    ) -> Outline {
        let here = path.len();
        let location = location(path);
        let is = |paths: &[String]| paths.contains(&location);
        let mut outline = Outline {
            name: name.to_owned(),
            update: if path.is_empty() {
                UpdateType::InPlace
            } else {
                self.update_of(path)
            },
            read_only: is(&self.read_only),
            write_only: is(&self.write_only),
            deprecated: is(&self.deprecated),
            ..Outline::default()
        };
        let rules = self.reachable(schemas);
        outline.types = types(&rules);
        outline.add(&rules, outline.types);
        let inner = self.enter(schemas.to_vec(), path);
        let rules = if path.len() > here {
            let rules = self.reachable(&inner);
            let items = types(&rules);
            outline.items = Some(items);
            outline.add(&rules, items);
            rules
        } else {
            rules
        };
        let mut members: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
        for rule in &rules {
            if let Keyword::Properties(all) = rule {
                for (name, schema) in all {
                    members.entry(name).or_default().push(schema);
                }
            }
        }
        if depth == 0 {
            outline.more = !members.is_empty();
        } else {
            for (name, schemas) in members {
                path.push(Step::Key(name.to_owned().into()));
                let member = self.trace(name, &schemas, path, depth - 1);
                path.pop();
                outline.members.push(Outline {
                    required: is_required(&rules, name),
                    ..member
                });
            }
        }
        path.truncate(here);
        outline
    }
}

impl Outline {
    /// The types in words: "a list; each item is a string".
    pub fn takes(&self) -> String {
        let takes = match self.types.in_words() {
            words if words.is_empty() => "anything".to_owned(),
            words => words,
        };
        match self.items.map(Types::in_words) {
            Some(items) if !items.is_empty() => format!("{takes}; each item is {items}"),
            _ => takes,
        }
    }

    /// Adds the rules about values.
    fn add(&mut self, rules: &[&Keyword], types: Types) {
        let push = |all: &mut Vec<String>, text: String| {
            if !all.contains(&text) {
                all.push(text);
            }
        };
        for rule in rules {
            match rule {
                Keyword::Format(format) if format.starts_with("AWS::") => {
                    push(&mut self.identifies, format.clone());
                }
                Keyword::Enum(values) | Keyword::EnumAnyCase(values) => {
                    values
                        .iter()
                        .for_each(|value| push(&mut self.allowed, text(value)));
                }
                Keyword::Const(value) => push(&mut self.allowed, text(value)),
                Keyword::Pattern(pattern) => push(&mut self.patterns, pattern.clone()),
                Keyword::UniqueItems => push(&mut self.limits, "unique items".to_owned()),
                Keyword::RequiredOr(names) => {
                    push(
                        &mut self.together,
                        format!("at least one of {}", list(names)),
                    );
                }
                Keyword::RequiredXor(names) => {
                    push(
                        &mut self.together,
                        format!("exactly one of {}", list(names)),
                    );
                }
                Keyword::DependentRequired(pairs) => {
                    for (name, others) in pairs {
                        push(
                            &mut self.together,
                            format!("`{name}` needs {}", list(others)),
                        );
                    }
                }
                Keyword::DependentExcluded(pairs) => {
                    for (name, others) in pairs {
                        let text = format!("`{name}` conflicts with {}", list(others));
                        push(&mut self.together, text);
                    }
                }
                _ => {}
            }
        }
        for limit in limits(rules, types) {
            push(&mut self.limits, limit);
        }
    }
}

fn list(names: &[String]) -> String {
    suggest::list(names.iter().map(String::as_str))
}

fn types(rules: &[&Keyword]) -> Types {
    let types = rules.iter().filter_map(|rule| match rule {
        Keyword::Types(types) => Some(*types),
        _ => None,
    });
    types.fold(Types::default(), Types::with)
}

fn is_required(rules: &[&Keyword], name: &str) -> bool {
    rules.iter().any(
        |rule| matches!(rule, Keyword::Required(names) if names.iter().any(|known| known == name)),
    )
}

fn known<'a>(rules: &[&'a Keyword]) -> Vec<&'a str> {
    let members = rules.iter().filter_map(|rule| match rule {
        Keyword::Properties(members) => Some(members),
        _ => None,
    });
    let mut names: Vec<&str> = members.flatten().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The limits of all forms of a value, in words. Some schemas limit the characters of a list, which is
/// ignored.
fn limits(rules: &[&Keyword], types: Types) -> Vec<String> {
    let find = |pick: fn(&Keyword) -> Option<f64>| rules.iter().find_map(|rule| pick(rule));
    #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
    let ranges = [
        (
            find(|rule| {
                if let Keyword::MinLength(limit) = rule {
                    Some(*limit as f64)
                } else {
                    None
                }
            }),
            find(|rule| {
                if let Keyword::MaxLength(limit) = rule {
                    Some(*limit as f64)
                } else {
                    None
                }
            }),
            "character",
        ),
        (
            find(|rule| {
                if let Keyword::MinItems(limit) = rule {
                    Some(*limit as f64)
                } else {
                    None
                }
            }),
            find(|rule| {
                if let Keyword::MaxItems(limit) = rule {
                    Some(*limit as f64)
                } else {
                    None
                }
            }),
            "item",
        ),
        (
            find(|rule| {
                if let Keyword::Minimum(limit) = rule {
                    Some(*limit)
                } else {
                    None
                }
            }),
            find(|rule| {
                if let Keyword::Maximum(limit) = rule {
                    Some(*limit)
                } else {
                    None
                }
            }),
            "",
        ),
    ];
    let ranges = ranges.into_iter().filter(|(_, _, unit)| match *unit {
        _ if types.is_any() => true,
        "character" => types.overlaps(Types::STRING),
        "item" => types.overlaps(Types::ARRAY),
        _ => true,
    });
    let ranges = ranges.filter_map(|(least, most, unit)| {
        let plural = |count: f64| match unit {
            "" => String::new(),
            unit if count > 1.0 => format!(" {unit}s"),
            unit => format!(" {unit}"),
        };
        // A minimum of zero is not a limit.
        let least = least.filter(|least| *least > 0.0 || unit.is_empty());
        match (least, most) {
            (Some(least), Some(most)) if least.total_cmp(&most).is_eq() => {
                Some(format!("{most}{}", plural(most)))
            }
            (Some(least), Some(most)) => Some(format!("{least} to {most}{}", plural(most))),
            (Some(least), None) => Some(format!("at least {least}{}", plural(least))),
            (None, Some(most)) => Some(format!("at most {most}{}", plural(most))),
            (None, None) => None,
        }
    });
    ranges.collect()
}

/// The path as schemas write it: `Rules/*/Id`.
fn location(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(name) => name.as_ref(),
        Step::Index(_) => "*",
    });
    steps.collect::<Vec<_>>().join("/")
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.to_string(),
        Json::Integer(number) => number.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Bool(value) => value.to_string(),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{find, names};

    fn outline(type_name: &str, path: &str, depth: usize) -> Outline {
        let resource = find(type_name).expect("the type exists");
        let names: Vec<&str> = path.split('.').filter(|name| !name.is_empty()).collect();
        resource.outline_of(&names, depth).expect(path)
    }

    #[test]
    fn a_property_has_its_rules() {
        let name = outline("AWS::S3::Bucket", "BucketName", 1);
        assert_eq!(name.update, UpdateType::Replaces);
        assert!(!name.required);
        let status = outline("AWS::S3::Bucket", "VersioningConfiguration.Status", 0);
        assert_eq!(status.allowed, ["Enabled", "Suspended"]);
        assert!(status.required);
        let arn = outline("AWS::S3::Bucket", "Arn", 0);
        assert!(arn.read_only);
        let timeout = outline("AWS::Lambda::Function", "Timeout", 0);
        assert_eq!(timeout.limits, ["1 to 5400"]);
        let description = outline("AWS::Lambda::Function", "Description", 0);
        assert_eq!(description.limits, ["at most 256 characters"]);
        let rules = outline("AWS::S3::Bucket", "CorsConfiguration.CorsRules", 0);
        assert_eq!(rules.limits, ["unique items"]);
    }

    #[test]
    fn lists_are_entered() {
        let group = outline("AWS::EC2::SecurityGroup", "SecurityGroupIngress", 1);
        assert_eq!(group.takes(), "a list; each item is an object");
        assert!(group.members.iter().any(|member| member.name == "CidrIp"));
        let protocol = outline(
            "AWS::EC2::SecurityGroup",
            "SecurityGroupIngress.IpProtocol",
            0,
        );
        assert!(protocol.required);
    }

    #[test]
    fn deeper_members_are_indicated() {
        let bucket = find("AWS::S3::Bucket").expect("the type exists").outline(1);
        let versioning = bucket
            .members
            .iter()
            .find(|member| member.name == "VersioningConfiguration");
        assert!(versioning.is_some_and(|member| member.more && member.members.is_empty()));
    }

    #[test]
    fn an_unknown_property_is_an_error_with_the_nearest() {
        let bucket = find("AWS::S3::Bucket").expect("the type exists");
        let reported = |path: &[&str]| {
            bucket
                .outline_of(path, 1)
                .expect_err("there is none")
                .to_string()
        };
        assert_eq!(
            reported(&["BuketName"]),
            "`AWS::S3::Bucket` has no property `BuketName`\n= help: did you mean `BucketName`?"
        );
        assert_eq!(
            reported(&["Versioning"]),
            "`AWS::S3::Bucket` has no property `Versioning`\n= help: did you mean `VersioningConfiguration`?"
        );
        assert_eq!(
            reported(&["VersioningConfiguration", "State"]),
            "`VersioningConfiguration` has no property `State`\nit has `Status`"
        );
        assert_eq!(
            reported(&["BucketName", "X"]),
            "`BucketName` has no property `X`\nit has no properties"
        );
    }

    #[test]
    fn every_type_has_an_outline() {
        for name in names() {
            let outline = find(name).expect(name).outline(2);
            assert_eq!(outline.name, name);
        }
    }
}
