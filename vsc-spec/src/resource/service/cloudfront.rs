//! Distributions of CloudFront: Amazon CloudFront Developer Guide, "Distribution settings";
//! cfn-lint E3013 and E3057.

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Checks the aliases of a distribution and the origins of its behaviors.
pub(super) fn distribution(properties: &View<'_>, found: &mut Vec<Violation>) {
    for config in properties.values("DistributionConfig") {
        for alias in config.along(&["Aliases", "*"]) {
            if let Some(diagnostic) = alias.text().and_then(|text| alias_error(&text)) {
                found.push(alias.value_is(diagnostic));
            }
        }
        targets(&config, found);
    }
}

fn alias_error(text: &str) -> Option<Diagnostic> {
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid domain name"));
    if let Some((_, rest)) = text.split_once("://") {
        let host = rest.split('/').next().unwrap_or_default();
        let help = is_alias(host).then(|| format!("write {host:?}"));
        return Some(
            diagnostic
                .note("an alias is a domain name, not a URL")
                .maybe_help(help),
        );
    }
    if text.split('.').skip(1).any(|label| label.contains('*')) {
        return Some(
            diagnostic
                .note("`*` is only allowed as the first label")
                .help("for example `*.example.com`"),
        );
    }
    let lower = text.to_ascii_lowercase();
    let help = if is_alias(&lower) {
        format!("write {lower:?}")
    } else {
        "for example `www.example.com`".to_owned()
    };
    (!is_alias(text)).then(|| {
        diagnostic
            .note("an alias has at least two labels of a–z, 0–9 and `-`")
            .help(help)
    })
}

/// Labels of 1 to 63 characters; the first may be `*`, the last has at least two.
fn is_alias(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        (1..=63).contains(&bytes.len())
            && bytes
                .iter()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    match labels.as_slice() {
        [first, others @ .., last] => {
            (is_label(first) || *first == "*")
                && others.iter().all(|label| is_label(label))
                && is_label(last)
                && last.len() > 1
        }
        _ => false,
    }
}

/// Checks that each behavior has an origin or origin group of the distribution.
fn targets(config: &View<'_>, found: &mut Vec<Violation>) {
    let origins = config.along(&["Origins", "*"]);
    let groups = config.along(&["OriginGroups", "Items", "*"]);
    let ids: Vec<View<'_>> = origins
        .iter()
        .chain(&groups)
        .flat_map(|one| one.values("Id"))
        .collect();
    let is_seen = |way: &[&str]| {
        config
            .along(way)
            .iter()
            .all(|list| list.json().as_array().is_some())
    };
    let names: Option<Vec<_>> = ids.iter().map(View::text).collect();
    let (Some(names), true) = (
        names,
        is_seen(&["Origins"]) && is_seen(&["OriginGroups", "Items"]),
    ) else {
        return;
    };
    // The result of a function may be any origin.
    if names.is_empty()
        || origins
            .iter()
            .chain(&groups)
            .any(|one| one.function().is_some() || one.only("Id").is_none())
    {
        return;
    }
    let mut behaviors = config.values("DefaultCacheBehavior");
    behaviors.extend(config.along(&["CacheBehaviors", "*"]));
    for target in behaviors
        .iter()
        .flat_map(|one| one.values("TargetOriginId"))
    {
        let Some(id) = target.text().filter(|id| !names.contains(id)) else {
            continue;
        };
        let known = || names.iter().map(AsRef::as_ref);
        let help = suggest::did_you_mean(&id, known()).unwrap_or_else(|| {
            format!(
                "write the `Id` of one of the origins: {}",
                suggest::list(known())
            )
        });
        let diagnostic = Diagnostic::new(format!("there is no origin {id:?}"))
            .note(
                "`TargetOriginId` is the `Id` of an origin or an origin group of this distribution",
            )
            .help(help);
        found.push(target.value_is(diagnostic));
    }
}
