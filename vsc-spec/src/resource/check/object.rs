//! Objects.

use super::{Checker, Dialect, Step, Target, ViolationKind, scalar};
use crate::cloudformation::{IntrinsicFunction, has_function_prefix};
use crate::diagnostic::Diagnostic;
use crate::json::{Json, Object, Text};
use crate::resource::resource_attributes::RESOURCE_ATTRIBUTES;
use crate::resource::shape::{Keyword, Schema};
use crate::suggest;

impl<'a> Checker<'a> {
    pub(super) fn object<E>(&mut self, rules: &[&'a Keyword], object: &Object<E>) {
        let members = Members::of(rules);
        // A CloudFormation macro can add members.
        let open = object.names().any(has_function_prefix);
        // A misspelt required property is reported only once.
        let mut meant = Vec::new();
        for (name, value) in object.iter() {
            if has_function_prefix(name) {
                self.unsure = true;
                continue;
            }
            self.member(rules, &members, name, value);
            if members.is_unknown(name) {
                let known = members.known.iter().map(|(known, _)| known.as_str());
                meant.extend(suggest::nearest(name, known));
            }
        }
        if open {
            return;
        }
        let presence = |name: &str| {
            if meant.contains(&name) {
                return Presence::There;
            }
            object.get(name).map_or(Presence::Absent, Presence::of)
        };
        // An expression may be an `Option`: whether members exclude or require each other, and which form
        // is meant, is decided when their values are known.
        let known = |name: &str| match object.get(name) {
            Some(Json::Expression(_)) => Presence::Maybe,
            _ => presence(name),
        };
        for rule in rules {
            match rule {
                Keyword::RequiredXor(_) | Keyword::DependentExcluded(_) => {
                    self.presence(rule, &known, &known);
                }
                Keyword::Required(_) if self.trials > 0 => self.presence(rule, &known, &known),
                rule => self.presence(rule, &known, &presence),
            }
            self.members_count(rule, object);
        }
    }

    fn member<E>(
        &mut self,
        rules: &[&'a Keyword],
        members: &Members<'a>,
        name: &str,
        value: &Json<E>,
    ) {
        let step = Step::Key(Text::Owned(name.to_owned()));
        let schemas: Vec<&'a Schema> = members
            .known
            .iter()
            .filter(|(known, _)| known == name)
            .chain(
                members
                    .patterns
                    .iter()
                    .filter(|(pattern, _)| scalar::matches(pattern, name)),
            )
            .map(|(_, schema)| schema)
            .collect();
        self.within(step, |checker| {
            // A schema that requires a read-only property contradicts itself.
            let asked_for = checker.path.len() > 1 && members.required.contains(&name);
            if !asked_for && checker.is_read_only() {
                let instead = match checker.dialect {
                    Dialect::Rust => "read it from the resource's handle",
                    Dialect::Template | Dialect::Extended => "read it with `Fn::GetAtt`",
                };
                let diagnostic = Diagnostic::new(format!("`{name}` is read-only"))
                    .note("AWS sets it; a template cannot")
                    .help(format!("remove it, and {instead}"));
                return checker.reject_as(ViolationKind::ReadOnly, Target::Key, diagnostic);
            }
            match (schemas.as_slice(), members.additional) {
                ([], Some(additional)) => checker.value(additional, value),
                ([], None) if members.is_unknown(name) => checker.unknown(members, name),
                // Anything is allowed; only the functions in it are checked.
                ([], None) => checker.check_functions_outside_rules(rules, value),
                (schemas, _) => schemas
                    .iter()
                    .for_each(|schema| checker.value(schema, value)),
            }
        });
    }

    fn unknown(&mut self, members: &Members<'a>, name: &str) {
        let owner = match &self.path[..self.path.len().saturating_sub(1)] {
            [] => self.type_name(),
            before => before
                .iter()
                .rev()
                .find_map(|step| match step {
                    Step::Key(name) => Some(format!("`{name}`")),
                    Step::Index(_) => None,
                })
                .unwrap_or_default(),
        };
        let names = || {
            let all = members.known.iter().map(|(name, _)| name.as_str());
            all.filter(|name| {
                self.path.len() > 1 || !self.resource.read_only.iter().any(|path| path == name)
            })
        };
        let mut diagnostic = Diagnostic::new(format!("{owner} has no property `{name}`"));
        if self.path.len() == 1 && RESOURCE_ATTRIBUTES.contains(&name) {
            let location = match self.dialect {
                Dialect::Rust => format!("in a second block, `}} with {{ {name}: … }}`"),
                Dialect::Template | Dialect::Extended => "next to `Properties`".to_owned(),
            };
            diagnostic = diagnostic.help(format!(
                "`{name}` is a resource attribute: write it {location}"
            ));
        } else if let Some(help) = suggest::did_you_mean(name, names()) {
            diagnostic = diagnostic.help(help);
        } else if members.patterns.is_empty() {
            let mut sorted: Vec<&str> = names().collect();
            sorted.sort_unstable();
            diagnostic = diagnostic.note(format!("it has {}", suggest::list(sorted)));
        } else {
            let patterns = members.patterns.iter().map(|(pattern, _)| pattern.as_str());
            diagnostic = diagnostic.note(format!("names must match {}", suggest::list(patterns)));
        }
        self.reject(Target::Key, diagnostic);
    }

    /// Checks the presence of members. `given` is about members that require others.
    fn presence(
        &mut self,
        rule: &Keyword,
        given: &dyn Fn(&str) -> Presence,
        presence: &dyn Fn(&str) -> Presence,
    ) {
        match rule {
            Keyword::Required(names) => {
                for name in names {
                    match presence(name) {
                        Presence::There => {}
                        Presence::Maybe => self.unsure = true,
                        Presence::Absent => {
                            let message = format!("{} needs `{name}`", self.owner());
                            let help = format!("add `{name}: …`");
                            self.missing(Diagnostic::new(message).help(help));
                        }
                    }
                }
            }
            Keyword::RequiredOr(names) => {
                let most = names.iter().map(|name| presence(name)).max();
                match most.unwrap_or(Presence::Absent) {
                    Presence::There => {}
                    Presence::Maybe => self.unsure = true,
                    Presence::Absent => {
                        let message =
                            format!("{} needs at least one of {}", self.owner(), either(names));
                        self.missing(Diagnostic::new(message).maybe_help(add_first(names)));
                    }
                }
            }
            Keyword::RequiredXor(names) => {
                let there = |name: &&String| presence(name) == Presence::There;
                let given: Vec<&String> = names.iter().filter(there).collect();
                let open = names.iter().any(|name| presence(name) == Presence::Maybe);
                match given.as_slice() {
                    [] | [_] if open => self.unsure = true,
                    [_] => {}
                    [] => {
                        let message = format!("{} needs one of {}", self.owner(), either(names));
                        self.missing(Diagnostic::new(message).maybe_help(add_first(names)));
                    }
                    [first, others @ ..] => {
                        for other in others {
                            self.excluded(first, other);
                        }
                    }
                }
            }
            Keyword::DependentRequired(pairs) => {
                for (name, others) in pairs {
                    for other in others {
                        match (given(name), presence(other)) {
                            (Presence::Absent, _) | (_, Presence::There) => {}
                            (Presence::There, Presence::Absent) => self.needs(name, other),
                            _ => self.unsure = true,
                        }
                    }
                }
            }
            Keyword::DependentExcluded(pairs) => {
                for (index, (name, others)) in pairs.iter().enumerate() {
                    for other in others {
                        match (presence(name), presence(other)) {
                            (Presence::Absent, _) | (_, Presence::Absent) => {}
                            (Presence::There, Presence::There) => {
                                // An exclusion is often stated by both members: once is enough.
                                let mirrored = pairs[..index]
                                    .iter()
                                    .any(|(first, rest)| first == other && rest.contains(name));
                                if !mirrored {
                                    self.excluded(name, other);
                                }
                            }
                            _ => self.unsure = true,
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn needs(&mut self, name: &str, other: &str) {
        let diagnostic = Diagnostic::new(format!("`{name}` needs `{other}` as well"))
            .help(format!("add `{other}: …`, or remove `{name}`"));
        self.within(Step::Key(Text::Owned(name.to_owned())), |checker| {
            checker.missing(diagnostic);
        });
    }

    pub(super) fn missing(&mut self, diagnostic: Diagnostic) {
        self.reject_as(ViolationKind::Missing, Target::Key, diagnostic);
    }

    fn excluded(&mut self, first: &str, other: &str) {
        let diagnostic =
            Diagnostic::new(format!("`{other}` conflicts with `{first}`")).help("keep one of them");
        self.within(Step::Key(Text::Owned(other.to_owned())), |checker| {
            checker.reject(Target::Key, diagnostic);
        });
    }

    fn members_count<E>(&mut self, rule: &Keyword, object: &Object<E>) {
        let count = object.len() as u64;
        let (holds, limit) = match rule {
            Keyword::MinProperties(limit) => (count >= *limit, format!("at least {limit}")),
            Keyword::MaxProperties(limit) => (count <= *limit, format!("at most {limit}")),
            _ => return,
        };
        if !holds {
            let message = format!("{} has {count} members", self.subject());
            self.reject(Target::Key, Diagnostic::new(message).note(limit));
        }
    }

    /// The resource type; a resource attribute has its own name.
    pub(super) fn type_name(&self) -> String {
        format!("`{}`", self.resource.name.trim_start_matches('#'))
    }

    /// The object in words: the resource type for the properties themselves.
    fn owner(&self) -> String {
        if self.path.is_empty() {
            self.type_name()
        } else {
            self.subject()
        }
    }

    fn is_read_only(&self) -> bool {
        let path: Vec<&str> = self
            .path
            .iter()
            .map(|step| match step {
                Step::Key(name) => name.as_ref(),
                Step::Index(_) => "*",
            })
            .collect();
        self.resource
            .read_only
            .iter()
            .any(|known| known.split('/').eq(path.iter().copied()))
    }
}

/// Whether a member is present when the template is deployed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Presence {
    /// It is absent, or its value is `AWS::NoValue`.
    Absent,
    /// It depends on a condition.
    Maybe,
    /// It is present.
    There,
}

impl Presence {
    fn of<E>(value: &Json<E>) -> Self {
        if value.is_no_value() {
            return Self::Absent;
        }
        let Some((IntrinsicFunction::If, Json::Array(arguments))) = value.function() else {
            return Self::There;
        };
        let mut branches = arguments.iter().skip(1).map(Self::of);
        let first = branches.next().unwrap_or(Self::There);
        if branches.all(|branch| branch == first) {
            first
        } else {
            Self::Maybe
        }
    }
}

/// The members in an object's rules, of all rules together.
struct Members<'a> {
    known: Vec<&'a (String, Schema)>,
    patterns: Vec<&'a (String, Schema)>,
    additional: Option<&'a Schema>,
    required: Vec<&'a str>,
    closed: bool,
}

impl<'a> Members<'a> {
    /// Whether the object cannot have a member of this name.
    fn is_unknown(&self, name: &str) -> bool {
        self.closed
            && self.additional.is_none()
            && !self.known.iter().any(|(known, _)| known == name)
            && !self
                .patterns
                .iter()
                .any(|(pattern, _)| scalar::matches(pattern, name))
    }

    fn of(rules: &[&'a Keyword]) -> Self {
        let mut members = Self {
            known: Vec::new(),
            patterns: Vec::new(),
            additional: None,
            required: Vec::new(),
            closed: false,
        };
        for rule in rules {
            match rule {
                Keyword::Properties(known) => members.known.extend(known),
                Keyword::PatternProperties(patterns) => members.patterns.extend(patterns),
                Keyword::Additional(schema) => members.additional = Some(schema),
                Keyword::Required(names) => {
                    members.required.extend(names.iter().map(String::as_str));
                }
                Keyword::Closed => members.closed = true,
                _ => {}
            }
        }
        members
    }
}

fn add_first(names: &[String]) -> Option<String> {
    names.first().map(|name| format!("for example `{name}: …`"))
}

fn either(names: &[String]) -> String {
    suggest::list(names.iter().map(String::as_str)).replace(" and ", " or ")
}
