//! The keys of tables: AWS CloudFormation Template Reference, "AWS::DynamoDB::Table";
//! cfn-lint E3039.

use std::collections::BTreeSet;

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Checks that every key is a defined attribute, and every defined attribute is a key.
pub(super) fn table(properties: &View<'_>, found: &mut Vec<Violation>) {
    let defined = properties.along(&["AttributeDefinitions", "*"]);
    let keys = keys(properties);
    let is_seen = |name: &str| properties.lacks(name) || is_list(properties, name);
    let is_open = |names: &[View<'_>]| names.iter().any(|name| name.text().is_none());
    let defined: Vec<View<'_>> = defined.iter().flat_map(|one| names(one)).collect();
    if !is_open(&defined) && is_seen("AttributeDefinitions") {
        undefined(&keys, &defined, found);
    }
    let lists = [
        "KeySchema",
        "GlobalSecondaryIndexes",
        "LocalSecondaryIndexes",
    ];
    if !is_open(&keys) && lists.into_iter().all(is_seen) && !keys.is_empty() {
        unused(&keys, &defined, found);
    }
}

/// The attributes of the keys of the table and its indexes.
fn keys<'a>(properties: &View<'a>) -> Vec<View<'a>> {
    let mut schemas = properties.along(&["KeySchema", "*"]);
    for indexes in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        schemas.extend(properties.along(&[indexes, "*", "KeySchema", "*"]));
    }
    schemas.iter().flat_map(names).collect()
}

/// The name of an attribute; the value itself if it has no literal name.
fn names<'a>(item: &View<'a>) -> Vec<View<'a>> {
    let names = item.values("AttributeName");
    if names.is_empty() && item.function().is_some() {
        return vec![item.clone()];
    }
    names
}

/// Whether all items of a list are known.
fn is_list(properties: &View<'_>, name: &str) -> bool {
    let Some(list) = properties.only(name) else {
        return false;
    };
    let items = list.json().as_array();
    items.is_some_and(|items| {
        items.iter().all(|item| {
            let item = View::new(item);
            let schema = item.only("KeySchema");
            item.function().is_none()
                && item.json().as_object().is_some()
                && schema.is_none_or(|schema| schema.json().as_array().is_some())
        })
    })
}

fn undefined(keys: &[View<'_>], defined: &[View<'_>], found: &mut Vec<Violation>) {
    let known: Vec<_> = defined.iter().filter_map(View::text).collect();
    let used: Vec<_> = keys.iter().filter_map(View::text).collect();
    for key in keys {
        let Some(name) = key.text() else { continue };
        if known.contains(&name) {
            continue;
        }
        // An unused attribute may be this one, misspelt.
        let free = known.iter().filter(|known| !used.contains(known));
        let meant = suggest::did_you_mean(&name, free.map(AsRef::as_ref));
        let add = format!(
            "add `{{ AttributeName: {name:?}, AttributeType: \"S\" }}` to `AttributeDefinitions`"
        );
        let diagnostic = Diagnostic::new(format!("the key {name:?} is not a defined attribute"))
            .note(
                "`AttributeDefinitions` defines the type of every key of the table and its indexes",
            )
            .help(meant.unwrap_or(add));
        found.push(key.value_is(diagnostic));
    }
}

fn unused(keys: &[View<'_>], defined: &[View<'_>], found: &mut Vec<Violation>) {
    let used: BTreeSet<_> = keys.iter().filter_map(View::text).collect();
    let known: BTreeSet<_> = defined.iter().filter_map(View::text).collect();
    // A misspelt key is reported at the key.
    if used.difference(&known).next().is_some() {
        return;
    }
    for attribute in defined {
        let Some(name) = attribute.text().filter(|name| !used.contains(name)) else {
            continue;
        };
        let diagnostic = Diagnostic::new(format!("the attribute {name:?} is not a key"))
            .note("`AttributeDefinitions` has only the keys of the table and its indexes; other attributes need no definition")
            .help("remove it");
        found.push(attribute.value_is(diagnostic));
    }
}
