//! Arguments of intrinsic functions.

use super::function::{self, Function};
use super::{Checker, Dialect, Step, Target, format, scalar};
use crate::cloudformation::signature::{self, Argument, ArgumentForm};
use crate::cloudformation::{IntrinsicFunction, PseudoParameter};
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Object, Text};
use crate::suggest;
use crate::team::REGIONS;

impl Checker<'_> {
    /// Checks the arguments of a function, and the functions in them. Returns whether they are valid.
    pub(super) fn arguments<E>(&mut self, function: &Function, argument: &Json<E>) -> bool {
        // The branches of a condition are checked by the rules of the property.
        if self.condition || self.again || matches!(argument, Json::Expression(_)) {
            return true;
        }
        let before = self.violations.len();
        self.by_signature(function, argument);
        if self.violations.len() == before {
            self.check_further_rules(function, argument);
        }
        self.violations.len() == before
    }

    fn by_signature<E>(&mut self, function: &Function, argument: &Json<E>) {
        // Each macro of a list is checked.
        if let (IntrinsicFunction::Transform, Json::Array(_)) = (function.name, argument) {
            return self.check_functions_in(argument);
        }
        let Some(signature) = signature::of(function.name) else {
            return self.check_functions_in(argument);
        };
        match (argument, signature.list, signature.single) {
            (Json::Array(items), Some((fewest, arguments)), _) => {
                if (fewest..=arguments.len()).contains(&items.len()) {
                    for (index, (argument, item)) in arguments.iter().zip(items).enumerate() {
                        let part = ORDINALS.get(index).copied().unwrap_or("an argument");
                        self.within(Step::Index(index), |checker| {
                            checker.argument(function, part, argument, item);
                        });
                    }
                } else {
                    self.reject(Target::Value, function.wrong_arguments());
                }
            }
            (argument, _, Some(single)) => self.argument(function, "", &single, argument),
            (argument, ..) if is_transform(argument) => self.check_functions_in(argument),
            _ => self.reject(Target::Value, function.wrong_arguments()),
        }
    }

    /// Checks one argument; `part` names it in messages, and is empty for the only one.
    fn argument<E>(
        &mut self,
        function: &Function,
        part: &str,
        argument: &Argument,
        value: &Json<E>,
    ) {
        if let Some((name, inner)) = value.call() {
            return self.nested(function, part, argument, (name, inner), value);
        }
        match (argument.form, value) {
            (_, Json::Expression(_)) => self.unsure = true,
            // The branches of `Fn::If` are checked as the argument itself.
            (ArgumentForm::Anything, _) if function.name == IntrinsicFunction::If => {}
            (ArgumentForm::Anything, value) => self.check_functions_in(value),
            (_, Json::Null) => self.check_functions_in(value),
            (
                ArgumentForm::Text
                | ArgumentForm::Name
                | ArgumentForm::Region
                | ArgumentForm::Range
                | ArgumentForm::Attribute
                | ArgumentForm::Integer(..),
                _,
            ) => match scalar_mistake(argument.form, value) {
                Some(diagnostic) => self.reject(Target::Value, diagnostic),
                None if fits(argument.form, value) => {}
                None => self.expected(function, part, argument, value),
            },
            (ArgumentForm::List(item), Json::Array(items)) => {
                for (location, value) in items.iter().enumerate() {
                    self.within(Step::Index(location), |checker| {
                        checker.argument(function, "an item", item, value);
                    });
                }
            }
            (ArgumentForm::Structure, Json::Array(items)) if !items.is_empty() => {
                self.check_functions_in(value);
            }
            (ArgumentForm::Structure, Json::Object(object)) if !object.is_empty() => {
                self.check_functions_in(value);
            }
            (ArgumentForm::Variables(variable), Json::Object(variables)) => {
                for (name, value) in variables.iter() {
                    self.within(Step::Key(Text::Owned(name.to_owned())), |checker| {
                        checker.argument(function, "a variable", variable, value);
                    });
                }
            }
            (ArgumentForm::Members(required, members), Json::Object(object)) => {
                self.named(function, (required, members), object);
            }
            _ => self.expected(function, part, argument, value),
        }
    }

    /// Checks a function in an argument, where only some are allowed.
    fn nested<E>(
        &mut self,
        function: &Function,
        part: &str,
        argument: &Argument,
        (name, inner): (&str, &Json<E>),
        value: &Json<E>,
    ) {
        let is_free =
            matches!(argument.form, ArgumentForm::Anything) && argument.functions.is_empty();
        if is_free {
            if function.name != IntrinsicFunction::If {
                self.check_functions_in(value);
            }
            return;
        }
        let may_extend = self.dialect != Dialect::Template;
        let allowed = || {
            let more = argument.extended.iter().filter(|_| may_extend);
            argument.functions.iter().chain(more).copied()
        };
        let nested = match IntrinsicFunction::parse(name) {
            None | Some(IntrinsicFunction::Transform) => return self.check_functions_in(value),
            Some(nested) => nested,
        };
        if !allowed().any(|allowed| allowed == nested) {
            let step = Step::Key(Text::Owned(name.to_owned()));
            let diagnostic = Diagnostic::new(match part {
                "" => format!("`{}` cannot take `{name}`", function.name),
                part => format!("`{}` cannot take `{name}` as {part}", function.name),
            });
            let diagnostic = match allowed().next() {
                Some(_) => diagnostic.note(format!(
                    "allowed: {}",
                    suggest::list(allowed().map(IntrinsicFunction::name))
                )),
                None => diagnostic.note("it must be a literal"),
            };
            return self.within(step, |checker| checker.reject(Target::Key, diagnostic));
        }
        let before = self.violations.len();
        self.check_functions_in(value);
        if let (IntrinsicFunction::If, Json::Array(branches), true) =
            (nested, inner, self.violations.len() == before)
        {
            // Each branch is in the position of the function.
            self.within(Step::Key(IntrinsicFunction::If.into()), |checker| {
                for (location, branch) in branches.iter().enumerate().skip(1) {
                    checker.within(Step::Index(location), |checker| {
                        checker.argument(function, part, argument, branch);
                    });
                }
            });
        }
    }

    /// Checks an object with a fixed set of members.
    fn named<E>(
        &mut self,
        function: &Function,
        (required, members): (usize, &'static [(&'static str, Argument)]),
        object: &Object<E>,
    ) {
        let names = || members.iter().map(|(name, _)| *name);
        for (name, value) in object.iter() {
            let step = Step::Key(Text::Owned(name.to_owned()));
            self.within(step, |checker| {
                match members.iter().find(|(known, _)| *known == name) {
                    Some((_, argument)) => {
                        checker.argument(function, &format!("`{name}`"), argument, value);
                    }
                    None => {
                        let message = format!("`{}` has no `{name}`", function.name);
                        let help = suggest::did_you_mean(name, names())
                            .unwrap_or_else(|| format!("it has {}", suggest::list(names())));
                        checker.reject(Target::Key, Diagnostic::new(message).help(help));
                    }
                }
            });
        }
        for name in names().take(required) {
            let misspelt = object
                .names()
                .any(|given| suggest::nearest(given, names()) == Some(name));
            if !misspelt {
                let diagnostic = Diagnostic::new(format!("`{}` needs `{name}`", function.name))
                    .help(format!("add `{name}: …`"));
                self.reject(Target::Value, diagnostic);
            }
        }
    }

    fn expected<E>(
        &mut self,
        function: &Function,
        part: &str,
        argument: &Argument,
        value: &Json<E>,
    ) {
        let (name, form) = (function.name, argument.form.in_words());
        let given = super::in_words(value);
        let diagnostic = Diagnostic::new(match part {
            "" => format!("`{name}` expects {form}, not {given}"),
            part => format!("`{name}` expects {form} as {part}, not {given}"),
        });
        self.reject(
            Target::Value,
            diagnostic.maybe_help(function.wrong_arguments().help),
        );
    }

    /// Checks rules beyond the form of each argument.
    fn check_further_rules<E>(&mut self, function: &Function, argument: &Json<E>) {
        match (function.name, argument) {
            (IntrinsicFunction::Ref, Json::String(name)) => self.pseudo_parameter(name),
            (IntrinsicFunction::Sub, Json::String(text)) => self.substitution::<E>(text, None),
            (IntrinsicFunction::Sub, Json::Array(arguments)) => {
                if let Some(text) = arguments.first().and_then(Json::as_str) {
                    let own = arguments.get(1).and_then(Json::as_object);
                    self.within(Step::Index(0), |checker| checker.substitution(text, own));
                }
            }
            (IntrinsicFunction::Select, Json::Array(arguments)) => self.selection(arguments),
            (IntrinsicFunction::Split, Json::Array(arguments))
                if arguments.get(1).is_some_and(is_dynamic) =>
            {
                let diagnostic = Diagnostic::new("`Fn::Split` cannot split a dynamic reference")
                    .note("CloudFormation splits the string before it resolves the reference");
                self.within(Step::Index(1), |checker| {
                    checker.reject(Target::Value, diagnostic);
                });
            }
            (IntrinsicFunction::FindInMap, Json::Array(arguments)) if arguments.len() == 4 => {
                self.needs_extensions(function.name, "with a default");
            }
            (IntrinsicFunction::Length | IntrinsicFunction::ToJsonString, _) => {
                self.needs_extensions(function.name, "");
            }
            _ => {}
        }
    }

    fn needs_extensions(&mut self, name: IntrinsicFunction, how: &str) {
        if self.dialect == Dialect::Template {
            let usage = format!("`{name}` {how}").trim_end().to_owned();
            let diagnostic = Diagnostic::new(format!("{usage} needs a transform"))
                .help("add `Transform: AWS::LanguageExtensions` to the template");
            self.reject(Target::Key, diagnostic);
        }
    }

    /// Checks a name that begins with `AWS::`, which is reserved. In a template all names are looked up,
    /// these among them.
    fn pseudo_parameter(&mut self, name: &str) {
        if PseudoParameter::is_reserved(name)
            && PseudoParameter::parse(name).is_none()
            && self.dialect != Dialect::Template
        {
            let names = PseudoParameter::names;
            let message = format!("there is no pseudo parameter `{name}`");
            let diagnostic =
                Diagnostic::new(message).help(suggest::did_you_mean(name, names()).unwrap_or_else(
                    || format!("the pseudo parameters are {}", suggest::list(names())),
                ));
            self.reject(Target::Value, diagnostic);
        }
    }

    /// The variables in a string: AWS CloudFormation Template Reference, "`Fn::Sub`".
    fn substitution<E>(&mut self, text: &str, own: Option<&Object<E>>) {
        for name in variables(text) {
            if own.is_some_and(|own| own.contains(name)) {
                continue;
            }
            if is_variable(name) {
                self.pseudo_parameter(name);
            } else {
                let diagnostic = Diagnostic::new(format!("`${{{name}}}` is not a valid variable"))
                    .note("the name of a variable has letters, digits, `_`, `.` and `:`")
                    .help(format!("write `${{!{name}}}` for the literal text"));
                self.reject(Target::Value, diagnostic);
            }
        }
    }

    /// Checks that the selected item exists.
    fn selection<E>(&mut self, arguments: &[Json<E>]) {
        let [index, list] = arguments else { return };
        let Some(index) = integer(index).and_then(|index| usize::try_from(index).ok()) else {
            return;
        };
        let Some(length) = length(list) else { return };
        if index >= length {
            let message = match length {
                1 => format!("there is no item {index}: the list has 1 item"),
                length => format!("there is no item {index}: the list has {length} items"),
            };
            let diagnostic = match length.checked_sub(1) {
                Some(last) => {
                    Diagnostic::new(message).help(format!("indexes begin at 0: write 0 to {last}"))
                }
                None => Diagnostic::new(message),
            };
            self.within(Step::Index(0), |checker| {
                checker.reject(Target::Value, diagnostic);
            });
        }
    }
}

const ORDINALS: [&str; 4] = [
    "the first argument",
    "the second argument",
    "the third argument",
    "the fourth argument",
];

/// The names in `${…}`; `${!…}` is literal.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("${").skip(1);
    let names = parts.filter_map(|rest| rest.split_once('}'));
    names
        .map(|(name, _)| name.trim())
        .filter(|name| !name.starts_with('!'))
}

/// Whether `Fn::Sub` accepts the name of a variable: AWS CloudFormation Template Reference, "`Fn::Sub`".
pub fn is_variable(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':');
    !name.is_empty() && name.bytes().all(is_part)
}

/// Whether a value has the form of a scalar.
fn fits<E>(form: ArgumentForm, value: &Json<E>) -> bool {
    match form {
        ArgumentForm::Attribute => value.as_str().is_some_and(|text| {
            text.split_once('.').is_some_and(|(resource, attribute)| {
                !attribute.is_empty() && resource.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        }),
        ArgumentForm::Integer(..) => integer(value).is_some() || is_dynamic(value),
        ArgumentForm::Name | ArgumentForm::Range | ArgumentForm::Region => value.as_str().is_some(),
        _ => matches!(
            value,
            Json::String(_) | Json::Integer(_) | Json::Number(_) | Json::Bool(_)
        ),
    }
}

/// The error about a scalar of the right type.
fn scalar_mistake<E>(form: ArgumentForm, value: &Json<E>) -> Option<Diagnostic> {
    match (form, value) {
        (ArgumentForm::Integer(least, most), value) => {
            let given = integer(value)?;
            let diagnostic = || Diagnostic::new(format!("{given} is out of range"));
            (!(least..=most).contains(&given)).then(|| match most {
                i64::MAX => diagnostic().note(format!("at least {least}")),
                most => diagnostic().note(format!("from {least} to {most}")),
            })
        }
        (ArgumentForm::Range, Json::String(text)) if !is_dynamic(value) => {
            format::not_a_network(text)
        }
        (ArgumentForm::Region, Json::String(text)) if !is_dynamic(value) => {
            let known = || REGIONS.split(' ');
            let is_one = text.is_empty() || known().any(|known| known == text);
            (!is_one).then(|| {
                Diagnostic::new(format!("there is no region `{text}`"))
                    .note("an empty string is the region of the stack")
                    .maybe_help(suggest::did_you_mean(text, known()))
            })
        }
        _ => None,
    }
}

/// Whether CloudFormation resolves the value when it deploys.
fn is_dynamic<E>(value: &Json<E>) -> bool {
    value.as_str().is_some_and(scalar::is_dynamic)
}

fn integer<E>(value: &Json<E>) -> Option<i64> {
    match value {
        Json::Integer(value) => Some(*value),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The length of a list, if it is known.
fn length<E>(list: &Json<E>) -> Option<usize> {
    if let Json::Array(items) = list {
        let known = items.iter().all(|item| match item.call() {
            Some((name, _)) => {
                !item.is_no_value()
                    && !matches!(
                        IntrinsicFunction::parse(name),
                        Some(IntrinsicFunction::If | IntrinsicFunction::Transform)
                    )
            }
            None => !matches!(item, Json::Expression(_)),
        });
        return known.then_some(items.len());
    }
    match list.function()? {
        (IntrinsicFunction::Split, Json::Array(arguments)) => match function::split(arguments)? {
            Json::Array(parts) => Some(parts.len()),
            _ => None,
        },
        (IntrinsicFunction::Cidr, Json::Array(arguments)) => {
            usize::try_from(integer(arguments.get(1)?)?).ok()
        }
        _ => None,
    }
}

fn is_transform<E>(value: &Json<E>) -> bool {
    value
        .function()
        .is_some_and(|(function, _)| function == IntrinsicFunction::Transform)
}
