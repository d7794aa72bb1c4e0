//! Consequences of a change for resources that refer to it.

use std::collections::HashMap;

use vsc_spec::resource::{self, UpdateType};
use vsc_spec::{Json, Object};

use super::resource::{Cause, Consequence, ResourceChange, properties, type_of};
use super::section::{ChangeKind, EntryChange};
use crate::template::{Mention, Path, Relation, mentions};

/// The names whose values change, and how certainly.
type Causes = HashMap<(Space, String), (Cause, UpdateType)>;

/// Parameters and resources share a namespace; conditions and mappings have separate ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Space {
    Name,
    Condition,
    Mapping,
}

impl Space {
    fn of(relation: Relation) -> Option<Self> {
        match relation {
            Relation::Ref | Relation::Attribute => Some(Self::Name),
            Relation::Condition => Some(Self::Condition),
            Relation::Mapping => Some(Self::Mapping),
            // It orders resources, and has no value.
            Relation::DependsOn => None,
        }
    }
}

/// Adds the consequences of the changes: if a property that requires replacement refers to a replaced
/// resource, its resource is replaced as well, and so on.
pub(super) fn follow(
    old: &Object,
    new: &Object,
    entries: &[EntryChange],
    changes: &mut Vec<ResourceChange>,
) {
    let mut causes = definitions(new, entries);
    let (Some(before), Some(after)) = (section(old, "Resources"), section(new, "Resources")) else {
        return;
    };
    let touched: Vec<(&str, &Json, Vec<Mention>)> = after
        .iter()
        .filter(|(id, resource)| {
            let there = before.get(id);
            there.is_some_and(|there| type_of(there) == type_of(resource))
        })
        .map(|(id, resource)| {
            let mut found = mentions(&Json::Object(properties(resource).clone()));
            // Whether the resource exists at all.
            if let Some(Json::String(condition)) = resource.get("Condition") {
                found.push(Mention {
                    path: Path::root(),
                    relation: Relation::Condition,
                    name: condition.to_string(),
                    attribute: None,
                });
            }
            (id, resource, found)
        })
        .collect();
    loop {
        for change in changes
            .iter()
            .filter(|change| change.kind == ChangeKind::Changed)
        {
            let update = change.update();
            if update >= UpdateType::MayReplace {
                let key = (Space::Name, change.id.clone());
                let source = match update {
                    UpdateType::Replaces => Cause::Replaced,
                    _ => Cause::MaybeReplaced,
                };
                causes.insert(key, (source, update));
            }
        }
        let mut grown = false;
        for (id, resource, mentions) in &touched {
            for mention in mentions {
                grown |= apply(id, resource, mention, &causes, changes);
            }
        }
        if !grown {
            return;
        }
    }
}

fn section<'a>(template: &'a Object, name: &str) -> Option<&'a Object> {
    template.get(name)?.as_object()
}

/// Parameters, mappings and conditions whose values may change. A parameter may have been set to
/// another value than its default.
fn definitions(new: &Object, entries: &[EntryChange]) -> Causes {
    let mut causes = Causes::new();
    let cause = (Cause::Definition, UpdateType::MayReplace);
    for entry in entries
        .iter()
        .filter(|entry| entry.kind == ChangeKind::Changed)
    {
        let value = |name| {
            let decides = |change: &super::ValueChange| change.path.first() == Some(name);
            entry.changes.iter().any(decides)
        };
        let space = match entry.section.as_str() {
            "Parameters" if value("Default") || value("Type") => Space::Name,
            "Conditions" => Space::Condition,
            "Mappings" => Space::Mapping,
            _ => continue,
        };
        causes.insert((space, entry.name.clone()), cause);
    }
    // Conditions depend on parameters, on mappings and on each other.
    let Some(conditions) = section(new, "Conditions") else {
        return causes;
    };
    loop {
        let known = causes.len();
        for (name, condition) in conditions.iter() {
            let depends = mentions(condition).into_iter().any(|mention| {
                Space::of(mention.relation)
                    .is_some_and(|space| causes.contains_key(&(space, mention.name)))
            });
            if depends {
                causes.insert((Space::Condition, name.to_owned()), cause);
            }
        }
        if causes.len() == known {
            return causes;
        }
    }
}

/// Adds the consequence of a reference. Returns whether it is new.
fn apply(
    id: &str,
    resource: &Json,
    mention: &Mention,
    causes: &Causes,
    changes: &mut Vec<ResourceChange>,
) -> bool {
    let Some(space) = Space::of(mention.relation) else {
        return false;
    };
    let Some((source, surely)) = causes.get(&(space, mention.name.clone())) else {
        return false;
    };
    let update = match resource::find(type_of(resource)) {
        Some(_) if mention.path == Path::root() => UpdateType::MayReplace,
        Some(specification) => specification.update_of(mention.path.steps()),
        None => UpdateType::MayReplace,
    };
    let consequence = Consequence {
        cause: mention.name.clone(),
        source: *source,
        path: mention.path.clone(),
        update: update.min(*surely),
    };
    let index = match changes.iter().position(|change| change.id == id) {
        Some(index) => index,
        None => {
            changes.push(ResourceChange::untouched(id, resource));
            changes.len() - 1
        }
    };
    let Some(change) = changes.get_mut(index) else {
        return false;
    };
    let same = |known: &&mut Consequence| {
        known.cause == consequence.cause && known.path == consequence.path
    };
    match change.consequences.iter_mut().find(same) {
        Some(known) if *known == consequence => false,
        Some(known) => {
            *known = consequence;
            true
        }
        None => {
            change.consequences.push(consequence);
            true
        }
    }
}
