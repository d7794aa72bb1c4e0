//! Whether the value of a reference fits its property.

use super::check::Step;
use super::form::{Form, names};
use super::kind::ValueKind;
use super::shape::{AttributeType, ResourceType, Types};
use crate::cloudformation::IdentifierKind;
use crate::diagnostic::Diagnostic;

/// The value of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its kind, as far as types determine it.
    pub kind: ValueKind,
    /// The strings that it may be, as a pattern without anchors.
    pub language: String,
    /// Its description: `a name or an ID`.
    pub words: String,
    /// Whether it identifies the resource itself, not something that the resource uses.
    pub own: bool,
}

impl Given {
    /// A string that matches a pattern, of unknown kind.
    pub fn text(language: String, words: String) -> Self {
        Self {
            kind: ValueKind::Text,
            language,
            words,
            own: false,
        }
    }
}

impl Given {
    /// Whether its kind may be the expected one. An attribute that identifies something other than its
    /// own resource may be of any kind of the same form.
    fn may_be(&self, kind: &ValueKind, asked: &ValueKind) -> bool {
        let is_named = |kind: &ValueKind, arn: bool| matches!(kind, ValueKind::Identifier(name) if name.is_arn() == arn && *name != IdentifierKind::Url);
        match kind {
            ValueKind::Identifier(IdentifierKind::Arn) if is_named(asked, true) => true,
            ValueKind::Identifier(IdentifierKind::Name) if !self.own && is_named(asked, false) => {
                true
            }
            ValueKind::Unidentified if !self.own => true,
            kind => kind.fits(asked),
        }
    }
}

/// A reference to a resource, as a template writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceReference<'a> {
    /// `Ref`.
    Ref,
    /// `Fn::GetAtt` of this attribute.
    Attribute(&'a str),
}

/// The error about a list instead of a string, or a string instead of a list or an object: cfn-lint's
/// E1020.
fn of_another_type(
    types: Types,
    asked: &ValueKind,
    given: &Given,
    path: &[Step],
) -> Option<Diagnostic> {
    let is_string = |kind: &ValueKind| {
        matches!(
            kind,
            ValueKind::Text | ValueKind::Identifier(_) | ValueKind::Unidentified
        )
    };
    let subject = subject(path);
    let expected = |wanted: &str, found: &str| {
        Diagnostic::new(format!("expected {wanted} for {subject}, found {found}"))
    };
    match (asked, &given.kind) {
        (ValueKind::Integer | ValueKind::Number | ValueKind::Boolean, ValueKind::List(_)) => {
            let diagnostic = expected(&asked.in_words(), "a list");
            Some(diagnostic.help("take one item with `Fn::Select`"))
        }
        (asked, ValueKind::List(_)) if is_string(asked) => Some(
            expected("a string", "a list")
                .help("join it with `Fn::Join`, or take one item with `Fn::Select`"),
        ),
        (ValueKind::List(_), kind) if is_string(kind) => Some(
            expected("a list", "a string")
                .help("write it as an item: `[…]`, or split it with `Fn::Split`"),
        ),
        (ValueKind::Anything, kind) if types == Types::OBJECT && is_string(kind) => {
            Some(expected("an object", "a string"))
        }
        _ => None,
    }
}

impl ResourceType {
    /// The value of `Ref` to a resource that has properties of these names.
    pub fn given_by_ref<'a>(&self, properties: impl IntoIterator<Item = &'a str>) -> Given {
        let kind = ValueKind::referenced(self, properties);
        let given = self.given(kind, &self.reference);
        Given { own: true, ..given }
    }

    /// The value of an attribute.
    pub fn given_by(&self, attribute: &str) -> Option<Given> {
        let attribute = self.attribute(attribute)?;
        Some(self.given(ValueKind::given(attribute), attribute))
    }

    fn given(&self, kind: ValueKind, attribute: &AttributeType) -> Given {
        let words = match (&kind, attribute.form) {
            (_, Form::OwnArn) => format!("the ARN of an `{}`", self.name),
            (ValueKind::Unidentified, _) => "another kind of attribute".to_owned(),
            (kind, _) => kind.in_words(),
        };
        Given {
            kind,
            language: attribute.form.language(&self.name),
            words,
            own: attribute.form == Form::OwnArn,
        }
    }

    /// The error about the value of a reference that does not fit the property at a path.
    pub fn check_reference(&self, path: &[Step], given: &Given) -> Option<Diagnostic> {
        let expectation = self.expectation(path);
        let asked = ValueKind::expected(&expectation);
        if let Some(diagnostic) = of_another_type(expectation.types, &asked, given, path) {
            return Some(diagnostic);
        }
        let (asked, kind) = (item(&asked), item(&given.kind));
        let is_string = |kind: &ValueKind| {
            matches!(
                kind,
                ValueKind::Text | ValueKind::Identifier(_) | ValueKind::Unidentified
            )
        };
        if !is_string(asked) || !is_string(kind) {
            return None;
        }
        let message = |asked: &str| {
            format!(
                "expected {asked} for {}, found {}",
                subject(path),
                given.words
            )
        };
        if !given.may_be(kind, asked) {
            return Some(Diagnostic::new(message(&asked.in_words())));
        }
        // A reference of the kind in the property's format fits, whatever the property's pattern.
        let is_named = matches!(asked, ValueKind::Identifier(name) if !name.is_form());
        let is_known = matches!(kind, ValueKind::Identifier(name) if *name != IdentifierKind::Arn);
        if (is_named && is_known) || self.admits(path, &given.language) {
            return None;
        }
        let asked = match asked {
            ValueKind::Text => "another string".to_owned(),
            ValueKind::Identifier(IdentifierKind::Arn) => "another ARN".to_owned(),
            kind => kind.in_words(),
        };
        let diagnostic = Diagnostic::new(message(&asked));
        Some(match self.asked_pattern(path) {
            Some(pattern) => diagnostic.note(format!("it must match the pattern {pattern}")),
            None => diagnostic,
        })
    }

    /// The reference to a resource of this type that fits the property at a path of another type: its
    /// ARN, its `Ref`, or else one of its attributes.
    pub fn fitting<'a>(
        &'a self,
        reference: &Given,
        referring: &Self,
        path: &[Step],
    ) -> Option<ResourceReference<'a>> {
        let has_fitting_kind = |given: &Given| {
            matches!(given.kind, ValueKind::Identifier(_))
                && referring.check_reference(path, given).is_none()
        };
        let names = || self.attributes.iter().map(|(name, _)| name.as_str());
        let fits = |name: &&str| {
            !name.contains('*')
                && self
                    .given_by(name)
                    .is_some_and(|given| has_fitting_kind(&given))
        };
        let is_own = |name: &&str| {
            let form = self.attribute(name).map(|attribute| attribute.form);
            form == Some(Form::OwnArn)
        };
        if let Some(arn) = names().filter(is_own).find(fits) {
            return Some(ResourceReference::Attribute(arn));
        }
        if has_fitting_kind(reference) {
            return Some(ResourceReference::Ref);
        }
        // An ARN of unknown kind may be that of another service.
        let is_known = |name: &&str| {
            let given = self.given_by(name);
            given.is_some_and(|given| given.kind != ValueKind::Identifier(IdentifierKind::Arn))
        };
        names()
            .filter(is_known)
            .find(fits)
            .map(ResourceReference::Attribute)
    }
}

/// The kind of a list's items, or the kind itself.
fn item(kind: &ValueKind) -> &ValueKind {
    match kind {
        ValueKind::List(items) => items,
        kind => kind,
    }
}

fn subject(path: &[Step]) -> String {
    let name = names(path).last().copied();
    format!("`{}`", name.unwrap_or("Properties"))
}
