//! Intrinsic functions: their form and their results.

use super::{Checker, Dialect, Step, Target, Violation, scalar};
use crate::cloudformation::{IntrinsicFunction, PseudoParameter, is_function};
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Text};
use crate::resource::shape::{Keyword, ResourceType, Types};
use crate::suggest;

/// An intrinsic function that returns a value.
pub struct Function {
    /// Its name.
    pub name: IntrinsicFunction,
    /// Its arguments, in words.
    pub(super) takes: &'static str,
    /// The types that it returns; any when empty.
    returns: Types,
}

impl Function {
    /// An example of its use, for common functions.
    fn example(&self) -> Option<String> {
        let argument = match self.name {
            IntrinsicFunction::Ref => "\"Name\"",
            IntrinsicFunction::GetAtt => "[\"Name\", \"Attribute\"]",
            IntrinsicFunction::Sub => "\"${Name}-backups\"",
            IntrinsicFunction::Join => "[\"-\", [\"a\", \"b\"]]",
            IntrinsicFunction::Select => "[0, [\"a\", \"b\"]]",
            IntrinsicFunction::Split => "[\",\", \"a,b\"]",
            IntrinsicFunction::If => "[\"Condition\", \"a\", \"b\"]",
            IntrinsicFunction::FindInMap => "[\"Mapping\", \"Key\", \"SecondKey\"]",
            IntrinsicFunction::GetAZs => "\"\"",
            IntrinsicFunction::Cidr => "[\"10.0.0.0/16\", 4, 8]",
            IntrinsicFunction::Base64 => "\"text\"",
            IntrinsicFunction::ImportValue => "\"Export\"",
            IntrinsicFunction::Length => "[\"a\", \"b\"]",
            IntrinsicFunction::ToJsonString => "{ Name: \"value\" }",
            IntrinsicFunction::Transform => "{ Name: \"Macro\" }",
            IntrinsicFunction::GetStackOutput => "{ StackName: \"name\", OutputName: \"Output\" }",
            _ => return None,
        };
        Some(format!("for example `{{ {}: {argument} }}`", self.name))
    }

    /// The error about arguments of the wrong form.
    pub(super) fn wrong_arguments(&self) -> Diagnostic {
        Diagnostic::new(format!("`{}` takes {}", self.name, self.takes)).maybe_help(self.example())
    }
}

const fn function(name: IntrinsicFunction, takes: &'static str, returns: Types) -> Function {
    Function {
        name,
        takes,
        returns,
    }
}

const ANY: Types = Types::from_bits(0);
const SCALAR: Types = Types::STRING
    .with(Types::INTEGER)
    .with(Types::NUMBER)
    .with(Types::BOOLEAN);

/// All intrinsic functions: AWS CloudFormation Template Reference, "Intrinsic functions".
pub const FUNCTIONS: [Function; 26] = [
    function(
        IntrinsicFunction::Ref,
        "the name of a parameter or resource",
        ANY,
    ),
    function(
        IntrinsicFunction::GetAtt,
        "a resource and one of its attributes",
        ANY,
    ),
    function(
        IntrinsicFunction::Sub,
        "a string, or a list of a string and its variables",
        Types::STRING,
    ),
    function(
        IntrinsicFunction::Join,
        "a delimiter and a list",
        Types::STRING,
    ),
    function(IntrinsicFunction::Select, "an index and a list", ANY),
    function(
        IntrinsicFunction::Split,
        "a delimiter and a string",
        Types::ARRAY,
    ),
    function(IntrinsicFunction::Base64, "a string", Types::STRING),
    function(
        IntrinsicFunction::Cidr,
        "a range, a count and the size of a part",
        Types::ARRAY,
    ),
    function(IntrinsicFunction::GetAZs, "a region", Types::ARRAY),
    function(
        IntrinsicFunction::FindInMap,
        "a mapping, a key and a second key",
        SCALAR.with(Types::ARRAY),
    ),
    function(
        IntrinsicFunction::ImportValue,
        "the name of an export",
        SCALAR,
    ),
    function(
        IntrinsicFunction::If,
        "a condition, a value and another value",
        ANY,
    ),
    function(
        IntrinsicFunction::Transform,
        "a macro's name and its parameters",
        ANY,
    ),
    function(IntrinsicFunction::Length, "a list", Types::INTEGER),
    function(
        IntrinsicFunction::ToJsonString,
        "an object or a list",
        Types::STRING,
    ),
    function(
        IntrinsicFunction::GetStackOutput,
        "a stack and one of its outputs",
        SCALAR,
    ),
    function(
        IntrinsicFunction::And,
        "two to ten conditions",
        Types::BOOLEAN,
    ),
    function(
        IntrinsicFunction::Or,
        "two to ten conditions",
        Types::BOOLEAN,
    ),
    function(
        IntrinsicFunction::Not,
        "a list of one condition",
        Types::BOOLEAN,
    ),
    function(IntrinsicFunction::Equals, "two values", Types::BOOLEAN),
    function(
        IntrinsicFunction::Contains,
        "a list and a value",
        Types::BOOLEAN,
    ),
    function(
        IntrinsicFunction::EachMemberEquals,
        "a list and a value",
        Types::BOOLEAN,
    ),
    function(IntrinsicFunction::EachMemberIn, "two lists", Types::BOOLEAN),
    function(IntrinsicFunction::RefAll, "a parameter type", Types::ARRAY),
    function(
        IntrinsicFunction::ValueOf,
        "a parameter and an attribute",
        ANY,
    ),
    function(
        IntrinsicFunction::ValueOfAll,
        "a parameter type and an attribute",
        Types::ARRAY,
    ),
];

/// Whether the name is a Rain directive, as a tag (`!Rain::Embed`) or as a member: rain's README,
/// "Packaging".
pub fn is_of_rain(name: &str) -> bool {
    let name = IntrinsicFunction::strip_prefix(name).unwrap_or(name);
    name.starts_with("Rain::")
}

/// Checks the intrinsic functions in a value without a schema, such as that of an output.
pub fn check_functions<E>(value: &Json<E>, dialect: Dialect) -> Vec<Violation> {
    let nothing = ResourceType::default();
    let mut checker = Checker::new(&nothing);
    checker.dialect = dialect;
    checker.check_functions_in(value);
    checker.violations
}

impl<'a> Checker<'a> {
    /// Checks an intrinsic function. Returns whether the value is one.
    pub(super) fn function<E>(&mut self, rules: &[&'a Keyword], value: &Json<E>) -> bool {
        let Some((name, argument)) = value.as_object().and_then(|object| object.single()) else {
            return false;
        };
        if self.dialect != Dialect::Rust && is_of_rain(name) {
            self.unsure = true;
            return true;
        }
        if !is_function(name) {
            return false;
        }
        // A property may be called `Ref` as well; its schema says so.
        let is_member = name == IntrinsicFunction::Ref
            && rules.iter().any(|rule| {
                matches!(rule, Keyword::Properties(members) if members.iter().any(|(known, _)| known.as_str() == IntrinsicFunction::Ref))
            });
        if is_member {
            return false;
        }
        let step = Step::Key(Text::Owned(name.to_owned()));
        let known = IntrinsicFunction::parse(name)
            .and_then(|known| FUNCTIONS.iter().find(|function| function.name == known));
        let Some(function) = known else {
            if !IntrinsicFunction::is_loop(name) {
                let names = FUNCTIONS.iter().map(|function| function.name.name());
                let diagnostic =
                    Diagnostic::new(format!("there is no intrinsic function `{name}`"))
                        .maybe_help(suggest::did_you_mean(name, names));
                self.within(step, |checker| checker.reject(Target::Key, diagnostic));
            }
            return true;
        };
        self.within(step, |checker| {
            if function.name.is_of_section() {
                checker.reject(Target::Key, out_of_section(function.name));
            } else if checker.arguments(function, argument) {
                checker.result(rules, function, argument);
            } else {
                checker.unsure = true;
            }
        });
        true
    }

    /// Leaves a condition of the schema undecided if it holds in only one of the branches.
    fn leave_undecided<E>(&mut self, rules: &[&'a Keyword], arguments: &[Json<E>]) {
        let mut rejected = Vec::new();
        let mut holds = false;
        for (index, branch) in arguments.iter().enumerate().skip(1) {
            let (violations, open) = self.trial(|checker| {
                checker.within(Step::Index(index), |checker| checker.check(rules, branch));
            });
            self.unsure |= open;
            holds |= violations.is_empty();
            rejected.extend(violations);
        }
        if holds {
            self.unsure |= !rejected.is_empty();
        } else {
            self.violations.extend(rejected);
        }
    }

    fn result<E>(&mut self, rules: &[&'a Keyword], function: &Function, argument: &Json<E>) {
        if function.name == IntrinsicFunction::If {
            let branches = argument.as_array().unwrap_or_default();
            if self.condition {
                return self.leave_undecided(rules, branches);
            }
            for (index, branch) in branches.iter().enumerate().skip(1) {
                // The branch is checked in the position of the function.
                self.within(Step::Index(index), |checker| checker.check(rules, branch));
            }
            return;
        }
        if let Some(known) = known(function.name, argument) {
            return self.check(rules, &known);
        }
        self.unsure = true;
        let returns = match (function.name, argument.as_str()) {
            (IntrinsicFunction::Ref, Some(name)) => match PseudoParameter::parse(name) {
                Some(PseudoParameter::NotificationArns) => Types::ARRAY,
                Some(PseudoParameter::NoValue) => return,
                Some(_) => Types::STRING,
                None => function.returns,
            },
            _ => function.returns,
        };
        for rule in rules {
            if let Keyword::Types(types) = rule
                && !returns.is_any()
                && !types.is_any()
                && !types.overlaps(returns)
                && !(types.is_scalar() && returns.is_scalar())
            {
                let subject = self.subject();
                let message = format!(
                    "{subject} takes {}, but `{}` returns {}",
                    types.in_words(),
                    function.name,
                    returns.in_words()
                );
                return self.reject(Target::Key, Diagnostic::new(message));
            }
        }
    }
}

/// The error about a condition function instead of a value.
fn out_of_section(function: IntrinsicFunction) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("`{function}` does not return a value"));
    if function.is_condition_function() {
        diagnostic
            .note("it returns a condition, and is only allowed in `Conditions`")
            .help("define a condition there, and write `{ Fn::If: [\"Name\", true, false] }`")
    } else {
        diagnostic.note("it is only allowed in `Rules`")
    }
}

/// The result of a function, if it is known.
fn known<E>(function: IntrinsicFunction, argument: &Json<E>) -> Option<Json> {
    match (function, argument) {
        (IntrinsicFunction::Sub, Json::String(text)) if !text.contains("${") => {
            Some(Json::from(text.to_string()))
        }
        (IntrinsicFunction::Join, Json::Array(arguments)) => {
            let [delimiter, items] = arguments.as_slice() else {
                return None;
            };
            let items: Option<Vec<String>> = list(items)?.iter().map(literal).collect();
            Some(Json::from(items?.join(delimiter.as_str()?)))
        }
        (IntrinsicFunction::Select, Json::Array(arguments)) => {
            let [index, items] = arguments.as_slice() else {
                return None;
            };
            let index: usize = literal(&value(index)?)?.parse().ok()?;
            // An item before it may be dropped.
            list(items)?
                .get(index)
                .filter(|item| literal(item).is_some())
                .cloned()
        }
        (IntrinsicFunction::Split, Json::Array(arguments)) => split(arguments),
        _ => None,
    }
}

/// A scalar, or the result of a function.
fn value<E>(value: &Json<E>) -> Option<Json> {
    match value.call() {
        Some((name, argument)) => known(IntrinsicFunction::parse(name)?, argument),
        None => literal(value).map(Json::from),
    }
}

/// The items of a list, if all are known.
fn list<E>(items: &Json<E>) -> Option<Vec<Json>> {
    match items {
        Json::Array(items) => items.iter().map(value).collect(),
        function => match value(function)? {
            Json::Array(items) => Some(items),
            _ => None,
        },
    }
}

/// The result of `Fn::Split`.
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
