//! Whether what a reference gives may stand where it stands.

use super::check::Step;
use super::form::{Form, names};
use super::kind::{ValueKind, is_arn, is_form};
use super::shape::{AttributeType, ResourceType, Types};
use crate::diagnostic::Diagnostic;

/// What a reference gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its kind, as far as types say it.
    pub kind: ValueKind,
    /// The strings that it may be: a pattern without anchors.
    pub language: String,
    /// What it is, in words: `a name or an ID`.
    pub words: String,
    /// Whether it is the resource itself that is identified, and not something that it uses.
    pub own: bool,
}

impl Given {
    /// A string of which no more is known than the pattern that it matches.
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
    /// Whether its kind may be the one that is asked for. What an attribute names beside its own
    /// resource may be anything that is named alike.
    fn may_be(&self, kind: &ValueKind, asked: &ValueKind) -> bool {
        let is_named = |kind: &ValueKind, arn: bool| matches!(kind, ValueKind::Identifier(name) if is_arn(name) == arn && *name != "Url");
        match kind {
            ValueKind::Identifier("Arn") if is_named(asked, true) => true,
            ValueKind::Identifier("Name") if !self.own && is_named(asked, false) => true,
            ValueKind::Unidentified if !self.own => true,
            kind => kind.fits(asked),
        }
    }
}

/// What is wrong where a list stands for a string, or a string for a list or an object: cfn-lint's
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
    let expected = |what: &str, found: &str| {
        Diagnostic::new(format!("expected {what} for {subject}, found {found}"))
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
                .help("write it as an item: `[…]`, or divide it with `Fn::Split`"),
        ),
        (ValueKind::Anything, kind) if types == Types::OBJECT && is_string(kind) => {
            Some(expected("an object", "a string"))
        }
        _ => None,
    }
}

impl ResourceType {
    /// What `Ref` gives for a resource that has properties of these names.
    pub fn given_by_ref<'a>(&self, properties: impl IntoIterator<Item = &'a str>) -> Given {
        let kind = ValueKind::referenced(self, properties);
        let given = self.given(kind, &self.reference);
        Given { own: true, ..given }
    }

    /// What an attribute gives.
    pub fn given_by(&self, attribute: &str) -> Option<Given> {
        let attribute = self.attribute(attribute)?;
        Some(self.given(ValueKind::given(attribute), attribute))
    }

    fn given(&self, kind: ValueKind, attribute: &AttributeType) -> Given {
        let words = match (&kind, attribute.form) {
            (_, Form::OwnArn) => format!("the ARN of an `{}`", self.name),
            (ValueKind::Unidentified, _) => "an attribute of another kind".to_owned(),
            (kind, _) => kind.in_words(),
        };
        Given {
            kind,
            language: attribute.form.language(&self.name),
            words,
            own: attribute.form == Form::OwnArn,
        }
    }

    /// Whether what a reference gives may stand at the end of a path below the properties; says
    /// what is wrong where it may not.
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
        let what = |asked: &str| {
            format!(
                "expected {asked} for {}, found {}",
                subject(path),
                given.words
            )
        };
        if !given.may_be(kind, asked) {
            return Some(Diagnostic::new(what(&asked.in_words())));
        }
        // What the format of a property names is right, whatever its pattern says of it.
        let is_named = matches!(asked, ValueKind::Identifier(name) if !is_form(name));
        let is_known = matches!(kind, ValueKind::Identifier(name) if *name != "Arn");
        if (is_named && is_known) || self.admits(path, &given.language) {
            return None;
        }
        let asked = match asked {
            ValueKind::Text => "another string".to_owned(),
            ValueKind::Identifier("Arn") => "another ARN".to_owned(),
            kind => kind.in_words(),
        };
        let diagnostic = Diagnostic::new(what(&asked));
        Some(match self.asked_pattern(path) {
            Some(pattern) => diagnostic.note(format!("it has to match the pattern {pattern}")),
            None => diagnostic,
        })
    }

    /// How to refer to a resource of this type at the end of a path of another: its ARN, its `Ref`,
    /// or else one of its attributes. `Some(None)` is its `Ref`.
    pub fn fitting<'a>(
        &'a self,
        reference: &Given,
        asking: &Self,
        path: &[Step],
    ) -> Option<Option<&'a str>> {
        let may_stand = |given: &Given| {
            matches!(given.kind, ValueKind::Identifier(_))
                && asking.check_reference(path, given).is_none()
        };
        let names = || self.attributes.iter().map(|(name, _)| name.as_str());
        let fits = |name: &&str| {
            !name.contains('*') && self.given_by(name).is_some_and(|given| may_stand(&given))
        };
        let is_own = |name: &&str| {
            let form = self.attribute(name).map(|attribute| attribute.form);
            form == Some(Form::OwnArn)
        };
        if let Some(arn) = names().filter(is_own).find(fits) {
            return Some(Some(arn));
        }
        if may_stand(reference) {
            return Some(None);
        }
        // An ARN of which no more is known may be that of another service.
        let is_known = |name: &&str| {
            let given = self.given_by(name);
            given.is_some_and(|given| given.kind != ValueKind::Identifier("Arn"))
        };
        names().filter(is_known).find(fits).map(Some)
    }
}

/// A list is asked for as its items are.
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
