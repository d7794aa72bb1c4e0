//! Intrinsic functions: their own form, and what is known of their result.

use super::argument::call;
use super::{Checker, Dialect, Refusal, Step, Target, scalar};
use crate::finding::Finding;
use crate::json::{Json, Text};
use crate::resource::shape::{ResourceType, Rule, Types};
use crate::suggest;

/// An intrinsic function that may stand where a value is asked for.
pub struct Function {
    /// Its name in a template.
    pub name: &'static str,
    /// What it takes, in words.
    pub(super) takes: &'static str,
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
            "Fn::Base64" => "\"text\"",
            "Fn::ImportValue" => "\"Export\"",
            "Fn::Length" => "[\"a\", \"b\"]",
            "Fn::ToJsonString" => "{ Name: \"value\" }",
            "Fn::Transform" => "{ Name: \"Macro\" }",
            "Fn::GetStackOutput" => "{ StackName: \"name\", OutputName: \"Output\" }",
            _ => return None,
        };
        Some(format!("for example `{{ {}: {argument} }}`", self.name))
    }

    /// The refusal of arguments that are of another form.
    pub(super) fn misused(&self) -> Finding {
        Finding::new(format!("`{}` takes {}", self.name, self.takes)).maybe_help(self.example())
    }
}

const fn function(name: &'static str, takes: &'static str, gives: Types) -> Function {
    Function { name, takes, gives }
}

const ANY: Types = Types::from_bits(0);
const SCALAR: Types = Types::STRING
    .with(Types::INTEGER)
    .with(Types::NUMBER)
    .with(Types::BOOLEAN);

/// Functions that stand in the sections `Conditions` and `Rules` alone.
const OF_SECTIONS: [&str; 10] = [
    "Fn::And",
    "Fn::Contains",
    "Fn::EachMemberEquals",
    "Fn::EachMemberIn",
    "Fn::Equals",
    "Fn::Not",
    "Fn::Or",
    "Fn::RefAll",
    "Fn::ValueOf",
    "Fn::ValueOfAll",
];

/// All intrinsic functions: AWS CloudFormation Template Reference, "Intrinsic functions".
pub const FUNCTIONS: [Function; 26] = [
    function("Ref", "the name of a parameter or resource", ANY),
    function("Fn::GetAtt", "a resource and one of its attributes", ANY),
    function(
        "Fn::Sub",
        "a string, or a list of a string and its variables",
        Types::STRING,
    ),
    function("Fn::Join", "a delimiter and a list", Types::STRING),
    function("Fn::Select", "an index and a list", ANY),
    function("Fn::Split", "a delimiter and a string", Types::ARRAY),
    function("Fn::Base64", "a string", Types::STRING),
    function(
        "Fn::Cidr",
        "a range, a count and the size of a part",
        Types::ARRAY,
    ),
    function("Fn::GetAZs", "a region", Types::ARRAY),
    function(
        "Fn::FindInMap",
        "a mapping, a key and a second key",
        SCALAR.with(Types::ARRAY),
    ),
    function("Fn::ImportValue", "the name of an export", SCALAR),
    function("Fn::If", "a condition, a value and another value", ANY),
    function("Fn::Transform", "a macro's name and its parameters", ANY),
    function("Fn::Length", "a list", Types::INTEGER),
    function("Fn::ToJsonString", "an object or a list", Types::STRING),
    function(
        "Fn::GetStackOutput",
        "a stack and one of its outputs",
        SCALAR,
    ),
    function("Fn::And", "two to ten conditions", Types::BOOLEAN),
    function("Fn::Or", "two to ten conditions", Types::BOOLEAN),
    function("Fn::Not", "a list of one condition", Types::BOOLEAN),
    function("Fn::Equals", "two values", Types::BOOLEAN),
    function("Fn::Contains", "a list and a value", Types::BOOLEAN),
    function("Fn::EachMemberEquals", "a list and a value", Types::BOOLEAN),
    function("Fn::EachMemberIn", "two lists", Types::BOOLEAN),
    function("Fn::RefAll", "a parameter type", Types::ARRAY),
    function("Fn::ValueOf", "a parameter and an attribute", ANY),
    function(
        "Fn::ValueOfAll",
        "a parameter type and an attribute",
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

/// Whether the name is a directive of Rain, as a tag (`!Rain::Embed`) or as a member: rain's README,
/// "Packaging".
pub fn is_of_rain(name: &str) -> bool {
    let name = name.strip_prefix("Fn::").unwrap_or(name);
    name.starts_with("Rain::")
}

/// Checks the intrinsic functions in a value that no schema describes, such as that of an output.
pub fn check_functions<E>(value: &Json<E>, dialect: Dialect) -> Vec<Refusal> {
    let nothing = ResourceType::default();
    let mut checker = Checker::new(&nothing);
    checker.dialect = dialect;
    checker.anything(value);
    checker.refusals
}

impl<'a> Checker<'a> {
    /// Judges an intrinsic function. Says whether the value is one.
    pub(super) fn function<E>(&mut self, rules: &[&'a Rule], value: &Json<E>) -> bool {
        let Some((name, argument)) = value.as_object().and_then(|object| object.single()) else {
            return false;
        };
        if self.dialect != Dialect::Rust && is_of_rain(name) {
            self.unsure = true;
            return true;
        }
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
            if OF_SECTIONS.contains(&name) {
                checker.refuse(Target::Key, out_of_section(name));
            } else if checker.arguments(function, argument) {
                checker.result(rules, function, argument);
            } else {
                checker.unsure = true;
            }
        });
        true
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
        if let Some(known) = known(function.name, argument) {
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

/// The refusal of a function of conditions where a value is asked for.
fn out_of_section(name: &str) -> Finding {
    let finding = Finding::new(format!("`{name}` gives no value"));
    if matches!(name, "Fn::And" | "Fn::Equals" | "Fn::Not" | "Fn::Or") {
        finding
            .why("it gives a condition, and belongs into the section `Conditions`")
            .help("name the condition there, and write `{ Fn::If: [\"Name\", true, false] }`")
    } else {
        finding.why("it belongs into the section `Rules`")
    }
}

/// What a function gives, where it is known already.
fn known<E>(name: &str, argument: &Json<E>) -> Option<Json> {
    match (name, argument) {
        ("Fn::Sub", Json::String(text)) if !text.contains("${") => {
            Some(Json::from(text.to_string()))
        }
        ("Fn::Join", Json::Array(arguments)) => {
            let [delimiter, items] = arguments.as_slice() else {
                return None;
            };
            let items: Option<Vec<String>> = list(items)?.iter().map(literal).collect();
            Some(Json::from(items?.join(delimiter.as_str()?)))
        }
        ("Fn::Select", Json::Array(arguments)) => {
            let [index, items] = arguments.as_slice() else {
                return None;
            };
            let index: usize = literal(&value(index)?)?.parse().ok()?;
            // An item before it may be left out.
            list(items)?
                .get(index)
                .filter(|item| literal(item).is_some())
                .cloned()
        }
        ("Fn::Split", Json::Array(arguments)) => split(arguments),
        _ => None,
    }
}

/// A scalar, or what a function gives.
fn value<E>(value: &Json<E>) -> Option<Json> {
    match call(value) {
        Some((name, argument)) => known(name, argument),
        None => literal(value).map(Json::from),
    }
}

/// The items of a list of which every one is known.
fn list<E>(items: &Json<E>) -> Option<Vec<Json>> {
    match items {
        Json::Array(items) => items.iter().map(value).collect(),
        function => match value(function)? {
            Json::Array(items) => Some(items),
            _ => None,
        },
    }
}

/// What `Fn::Split` gives.
pub(super) fn split<E>(arguments: &[Json<E>]) -> Option<Json> {
    let [delimiter, text] = arguments else {
        return None;
    };
    let (delimiter, text) = (delimiter.as_str()?, literal(&value(text)?)?);
    if delimiter.is_empty() || text.contains("{{resolve:") {
        return None;
    }
    Some(Json::array(text.split(delimiter).map(str::to_owned)))
}

fn literal<E>(value: &Json<E>) -> Option<String> {
    match value {
        Json::String(_) | Json::Integer(_) | Json::Bool(_) => Some(scalar::text(value)),
        _ => None,
    }
}
