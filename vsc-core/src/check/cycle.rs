//! Resources that wait for each other.

use std::collections::HashMap;

use vsc_spec::{Finding, Json, Object};

use super::Rule;
use super::report::Report;
use crate::template::{Relation, mentions_of_resource};

/// Tells each circle of resources once, at the first of them.
pub(super) fn check(template: &Json, report: &mut Report) {
    let resources = template.get("Resources").and_then(Json::as_object);
    let ids: Vec<&str> = resources.into_iter().flat_map(Object::names).collect();
    let places: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let needs: Vec<Vec<usize>> = resources
        .into_iter()
        .flat_map(Object::iter)
        .map(|(_, resource)| {
            let mentions = mentions_of_resource(resource);
            let waits = mentions.iter().filter(|mention| {
                matches!(
                    mention.relation,
                    Relation::Ref | Relation::Attribute | Relation::DependsOn
                )
            });
            let mut needs: Vec<usize> = waits
                .filter_map(|mention| places.get(mention.name.as_str()).copied())
                .collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        })
        .collect();
    let mut told = vec![false; ids.len()];
    for start in 0..ids.len() {
        if told[start] {
            continue;
        }
        if let Some(circle) = shortest(start, &needs) {
            for at in &circle {
                told[*at] = true;
            }
            let names = circle.iter().chain([&start]).map(|at| ids[*at]);
            let way = names.collect::<Vec<_>>().join(" → ");
            let what = match circle.len() {
                1 => format!("`{}` needs itself", ids[start]),
                _ => format!("`{}` waits for itself", ids[start]),
            };
            let finding = Finding::new(what)
                .why(format!("each needs the next: {way}"))
                .help("take one of these references out, for example into a resource of its own");
            report.along(&["Resources", ids[start]], |report| {
                report.name(Rule::Reference, finding);
            });
        }
    }
}

/// The shortest way from a resource back to it, without its end.
fn shortest(start: usize, needs: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut before: Vec<Option<usize>> = vec![None; needs.len()];
    let mut wave = vec![start];
    while !wave.is_empty() {
        let mut next = Vec::new();
        for at in wave {
            for need in &needs[at] {
                if *need == start {
                    let mut way = vec![at];
                    let mut at = at;
                    while at != start {
                        at = before[at]?;
                        way.push(at);
                    }
                    way.reverse();
                    return Some(way);
                }
                if before[*need].is_none() {
                    before[*need] = Some(at);
                    next.push(*need);
                }
            }
        }
        wave = next;
    }
    None
}
