//! The parts of a template in their customary order, as its JSON, its YAML and its size need them.

use vsc_spec::{Json, Object, Text};

use super::LogicalId;
use super::element::{Element, Section};

/// A part of a template. It is borrowed, since most of a template are the contents of its resources.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// A string.
    Text(&'a Text),
    /// A value.
    Json(&'a Json),
    /// An object.
    Object(&'a Object),
    /// A value that only the text of the template has.
    Made(Json),
    /// An object of parts.
    Members(Members<'a>),
}

/// Names and their parts, in order.
pub(super) type Members<'a> = Vec<(&'a str, Part<'a>)>;

impl<'a> Part<'a> {
    /// The part as JSON.
    pub(super) fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => Json::String((*text).clone()),
            Self::Json(json) => (*json).clone(),
            Self::Object(object) => Json::Object((*object).clone()),
            Self::Made(json) => json.clone(),
            Self::Members(members) => members_to_json(members),
        }
    }

    /// The members of an object.
    pub(super) fn into_members(self) -> Result<Members<'a>, Self> {
        let object = match self {
            Self::Members(members) => return Ok(members),
            Self::Json(Json::Object(object)) | Self::Object(object) => object,
            other => return Err(other),
        };
        let members = object.iter();
        Ok(members
            .map(|(name, json)| (name, Part::Json(json)))
            .collect())
    }

    /// Whether it is an object.
    pub(super) fn is_object(&self) -> bool {
        match self {
            Self::Object(_) | Self::Members(_) => true,
            Self::Json(json) => matches!(json, Json::Object(_)),
            Self::Made(json) => matches!(json, Json::Object(_)),
            Self::Text(_) => false,
        }
    }
}

/// Those members that there are.
pub(super) fn some<'a, const N: usize>(members: [(&'a str, Option<Part<'a>>); N]) -> Members<'a> {
    let mut there = Vec::with_capacity(N);
    there.extend(
        members
            .into_iter()
            .filter_map(|(name, part)| Some((name, part?))),
    );
    there
}

/// An object of these members as JSON.
pub(super) fn members_to_json(members: &[(&str, Part<'_>)]) -> Json {
    let members = members.iter();
    Json::object(members.map(|(name, part)| ((*name).to_owned(), part.to_json())))
}

/// The entries of a section and its unchecked elements, which come last.
pub(super) fn section<'a, T>(
    elements: &'a [Element],
    section: Section,
    entries: &'a [(LogicalId, T)],
    part: impl Fn(&'a T) -> Part<'a>,
) -> Option<Part<'a>> {
    let entries = entries.iter().map(|(id, entry)| (id.as_str(), part(entry)));
    let members = with_elements(elements, section, entries.collect());
    (!members.is_empty()).then_some(Part::Members(members))
}

/// The members and the unchecked elements of a section; an element replaces a member of the same name.
pub(super) fn with_elements<'a>(
    elements: &'a [Element],
    section: Section,
    mut members: Members<'a>,
) -> Members<'a> {
    for element in elements.iter().filter(|element| element.section == section) {
        let (name, part) = (element.name.as_ref(), Part::Json(&element.value));
        match members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = part,
            None => members.push((name, part)),
        }
    }
    members
}
