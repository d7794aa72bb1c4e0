//! Intrinsic functions: their own form, and what is known of their result.

use super::argument::is_function;
use super::{Checker, Step, Target, scalar};
use crate::finding::Finding;
use crate::json::{Json, Text};
use crate::resource::shape::{Rule, Types};
use crate::suggest;

/// An intrinsic function that may stand where a value is asked for.
pub struct Function {
    /// Its name in a template.
    pub name: &'static str,
    /// What it takes, in words.
    pub(super) takes: &'static str,
    /// How few and how many arguments it takes in a list; `None` when it takes a single value.
    arguments: Option<(usize, usize)>,
    /// What it gives; anything when empty.
    gives: Types,
}

impl Function {
    /// How it is written, for those that are written often.
    fn example(&self) -> Option<String> {
        let argument = match self.name {
            "Ref" => "\"Name\"",
            "Fn::GetAtt" => "[\"Name\", \"Attribute\"]",
            "Fn::Sub" => "\"${Name}-backups\"",
            "Fn::Join" => "[\"-\", [\"a\", \"b\"]]",
            "Fn::Select" => "[0, [\"a\", \"b\"]]",
            "Fn::Split" => "[\",\", \"a,b\"]",
            "Fn::If" => "[\"Condition\", \"a\", \"b\"]",
            "Fn::FindInMap" => "[\"Mapping\", \"Key\", \"SecondKey\"]",
            "Fn::GetAZs" => "\"\"",
            "Fn::Cidr" => "[\"10.0.0.0/16\", 4, 8]",
            _ => return None,
        };
        Some(format!("for example `{{ {}: {argument} }}`", self.name))
    }

    /// The refusal of arguments that are of another form.
    pub(super) fn misused(&self) -> Finding {
        Finding::new(format!("`{}` takes {}", self.name, self.takes)).maybe_help(self.example())
    }
}

const fn function(
    name: &'static str,
    takes: &'static str,
    arguments: Option<(usize, usize)>,
    gives: Types,
) -> Function {
    Function {
        name,
        takes,
        arguments,
        gives,
    }
}

const ANY: Types = Types::from_bits(0);

/// All intrinsic functions: AWS CloudFormation Template Reference, "Intrinsic functions".
pub const FUNCTIONS: [Function; 26] = [
    function("Ref", "the name of a parameter or resource", None, ANY),
    function(
        "Fn::GetAtt",
        "a resource and one of its attributes",
        None,
        ANY,
    ),
    function(
        "Fn::Sub",
        "a text, or a list of a text and its variables",
        None,
        Types::STRING,
    ),
    function(
        "Fn::Join",
        "a delimiter and a list",
        Some((2, 2)),
        Types::STRING,
    ),
    function("Fn::Select", "an index and a list", Some((2, 2)), ANY),
    function(
        "Fn::Split",
        "a delimiter and a text",
        Some((2, 2)),
        Types::ARRAY,
    ),
    function("Fn::Base64", "a text", None, Types::STRING),
    function(
        "Fn::Cidr",
        "a range, a count and the size of a part",
        Some((2, 3)),
        Types::ARRAY,
    ),
    function("Fn::GetAZs", "a region", None, Types::ARRAY),
    function(
        "Fn::FindInMap",
        "a mapping, a key and a second key",
        Some((3, 4)),
        ANY,
    ),
    function("Fn::ImportValue", "the name of an export", None, ANY),
    function(
        "Fn::If",
        "a condition, a value and another value",
        Some((3, 3)),
        ANY,
    ),
    function(
        "Fn::Transform",
        "a macro's name and its parameters",
        None,
        ANY,
    ),
    function("Fn::Length", "a list", None, Types::INTEGER),
    function(
        "Fn::ToJsonString",
        "an object or a list",
        None,
        Types::STRING,
    ),
    function(
        "Fn::GetStackOutput",
        "a stack and one of its outputs",
        None,
        ANY,
    ),
    function(
        "Fn::And",
        "two to ten conditions",
        Some((2, 10)),
        Types::BOOLEAN,
    ),
    function(
        "Fn::Or",
        "two to ten conditions",
        Some((2, 10)),
        Types::BOOLEAN,
    ),
    function(
        "Fn::Not",
        "a list of one condition",
        Some((1, 1)),
        Types::BOOLEAN,
    ),
    function("Fn::Equals", "two values", Some((2, 2)), Types::BOOLEAN),
    function(
        "Fn::Contains",
        "a list and a value",
        Some((2, 2)),
        Types::BOOLEAN,
    ),
    function(
        "Fn::EachMemberEquals",
        "a list and a value",
        Some((2, 2)),
        Types::BOOLEAN,
    ),
    function(
        "Fn::EachMemberIn",
        "two lists",
        Some((2, 2)),
        Types::BOOLEAN,
    ),
    function("Fn::RefAll", "a parameter type", None, Types::ARRAY),
    function(
        "Fn::ValueOf",
        "a parameter and an attribute",
        Some((2, 2)),
        ANY,
    ),
    function(
        "Fn::ValueOfAll",
        "a parameter type and an attribute",
        Some((2, 2)),
        Types::ARRAY,
    ),
];

/// The pseudo parameters: AWS CloudFormation Template Reference, "Pseudo parameters".
pub const PSEUDO_PARAMETERS: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

impl<'a> Checker<'a> {
    /// Judges an intrinsic function. Says whether the value is one.
    pub(super) fn function<E>(&mut self, rules: &[&'a Rule], value: &Json<E>) -> bool {
        let Some((name, argument)) = value.as_object().and_then(|object| object.single()) else {
            return false;
        };
        if name != "Ref" && !name.starts_with("Fn::") {
            return false;
        }
        // A property may be called `Ref` as well; its schema says so.
        let is_member = name == "Ref"
            && rules.iter().any(|rule| {
                matches!(rule, Rule::Properties(members) if members.iter().any(|(known, _)| known == "Ref"))
            });
        if is_member {
            return false;
        }
        let step = Step::Key(Text::Owned(name.to_owned()));
        let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) else {
            if !name.starts_with("Fn::ForEach::") {
                let names = FUNCTIONS.iter().map(|function| function.name);
                let finding = Finding::new(format!("there is no intrinsic function `{name}`"))
                    .maybe_help(suggest::did_you_mean(name, names));
                self.within(step, |checker| checker.refuse(Target::Key, finding));
            }
            return true;
        };
        self.within(step, |checker| {
            if checker.well_formed(function, argument) && checker.arguments(function, argument) {
                checker.result(rules, function, argument);
            }
        });
        true
    }

    fn well_formed<E>(&mut self, function: &Function, argument: &Json<E>) -> bool {
        let right = match (function.arguments, argument) {
            (_, Json::Expression(_)) => true,
            (Some((fewest, most)), Json::Array(items)) => (fewest..=most).contains(&items.len()),
            (Some(_), other) => other
                .as_object()
                .is_some_and(|object| object.single().is_some()),
            (None, argument) => match function.name {
                "Ref" => argument.as_str().is_some(),
                "Fn::GetAtt" => match argument {
                    Json::Array(items) => items.len() == 2,
                    Json::String(text) => text.contains('.'),
                    _ => false,
                },
                "Fn::Sub" => match argument {
                    Json::Array(items) => {
                        items.len() == 2
                            && items
                                .first()
                                .is_some_and(|text| !matches!(text, Json::Object(_)))
                    }
                    other => other.as_str().is_some(),
                },
                "Fn::Base64" | "Fn::GetAZs" | "Fn::ImportValue" => {
                    argument.as_str().is_some() || is_function(argument)
                }
                _ => true,
            },
        };
        if !right {
            self.refuse(Target::Value, function.misused());
        }
        right
    }

    /// Whether a condition of the schema holds is not known where it holds in one branch alone.
    fn undecided<E>(&mut self, rules: &[&'a Rule], arguments: &[Json<E>]) {
        let mut refused = Vec::new();
        let mut holds = false;
        for (index, branch) in arguments.iter().enumerate().skip(1) {
            let (refusals, open) = self.trial(|checker| {
                checker.within(Step::Index(index), |checker| checker.judge(rules, branch));
            });
            self.unsure |= open;
            holds |= refusals.is_empty();
            refused.extend(refusals);
        }
        if holds {
            self.unsure |= !refused.is_empty();
        } else {
            self.refusals.extend(refused);
        }
    }

    fn result<E>(&mut self, rules: &[&'a Rule], function: &Function, argument: &Json<E>) {
        if function.name == "Fn::If" {
            let branches = argument.as_array().unwrap_or_default();
            if self.condition {
                return self.undecided(rules, branches);
            }
            for (index, branch) in branches.iter().enumerate().skip(1) {
                // The branch is judged as if it stood where the function stands.
                self.within(Step::Index(index), |checker| checker.judge(rules, branch));
            }
            return;
        }
        if let Some(known) = known_text(function.name, argument) {
            return self.judge(rules, &known);
        }
        self.unsure = true;
        let gives = match (function.name, argument.as_str()) {
            ("Ref", Some("AWS::NotificationARNs")) => Types::ARRAY,
            ("Ref", Some("AWS::NoValue")) => return,
            ("Ref", Some(name)) if PSEUDO_PARAMETERS.contains(&name) => Types::STRING,
            _ => function.gives,
        };
        for rule in rules {
            if let Rule::Types(types) = rule
                && !gives.is_any()
                && !types.is_any()
                && !types.overlaps(gives)
                && !(types.is_scalar() && gives.is_scalar())
            {
                let subject = self.subject();
                let what = format!(
                    "{subject} takes {}, and `{}` gives {}",
                    types.in_words(),
                    function.name,
                    gives.in_words()
                );
                return self.refuse(Target::Key, Finding::new(what));
            }
        }
    }
}

/// The text that a function gives, where it is known already.
fn known_text<E>(name: &str, argument: &Json<E>) -> Option<Json> {
    match (name, argument) {
        ("Fn::Sub", Json::String(text)) if !text.contains("${") => {
            Some(Json::from(text.to_string()))
        }
        ("Fn::Join", Json::Array(arguments)) => {
            let [delimiter, Json::Array(items)] = arguments.as_slice() else {
                return None;
            };
            let items: Option<Vec<String>> = items.iter().map(literal).collect();
            Some(Json::from(items?.join(delimiter.as_str()?)))
        }
        ("Fn::Select", Json::Array(arguments)) => {
            let [index, Json::Array(items)] = arguments.as_slice() else {
                return None;
            };
            let index: usize = literal(index)?.parse().ok()?;
            literal(items.get(index)?).map(Json::from)
        }
        _ => None,
    }
}

fn literal<E>(value: &Json<E>) -> Option<String> {
    match value {
        Json::String(_) | Json::Integer(_) | Json::Bool(_) => Some(scalar::text(value)),
        _ => None,
    }
}
