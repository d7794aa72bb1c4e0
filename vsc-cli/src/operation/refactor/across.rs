//! Resources that move to another stack.

use std::collections::{BTreeMap, BTreeSet};

use vsc_core::diff::with_logical_ids;
use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Diagnostic, Json, Object, suggest};

use super::moves::{Move, resources, unknown};

/// The template of the stack without the moved resources, and that of the other one with them.
///
/// # Errors
///
/// A diagnostic for each resource that cannot be moved.
pub(super) fn apply(
    source: &Json,
    destination: &Json,
    moves: &[Move],
) -> Result<(Json, Json), Vec<Diagnostic>> {
    let (before, there) = (resources(source), resources(destination));
    let mut diagnostics = Vec::new();
    let mut moved = Object::new();
    for Move { from, to, .. } in moves {
        match before.get(from) {
            None => diagnostics.push(unknown(from, before)),
            Some(_) if there.contains(to) => diagnostics.push(
                Diagnostic::new(format!("the other stack already has a resource `{to}`"))
                    .help("choose another logical ID"),
            ),
            Some(resource) => {
                moved.insert(from.clone(), resource.clone());
            }
        }
    }
    let is_moved = |id: &str| moves.iter().any(|one| one.from == id);
    let rest = before.iter().filter(|(id, _)| !is_moved(id));
    let rest: Object = rest.map(|(id, it)| (id.to_owned(), it.clone())).collect();
    let empty = Object::new();
    let outputs = source.get("Outputs").and_then(Json::as_object);
    for (id, value) in rest.iter().chain(outputs.unwrap_or(&empty).iter()) {
        for name in references(value).iter().filter(|name| is_moved(name)) {
            diagnostics.push(
                Diagnostic::new(format!(
                    "`{id}` refers to `{name}`, which moves to another stack"
                ))
                .help("move both, or deploy it without the reference first"),
            );
        }
    }
    let known = |name: &str| {
        let parameters = destination.get("Parameters").and_then(Json::as_object);
        name.starts_with("AWS::")
            || is_moved(name)
            || there.contains(name)
            || parameters.is_some_and(|parameters| parameters.contains(name))
    };
    for (id, resource) in moved.iter() {
        let missing: Vec<String> = references(resource)
            .into_iter()
            .filter(|name| !known(name))
            .collect();
        if !missing.is_empty() {
            diagnostics.push(
                Diagnostic::new(format!(
                    "`{id}` refers to {}, which the other stack does not have",
                    suggest::list(missing.iter().map(String::as_str))
                ))
                .help("move them as well, or deploy it without the references first"),
            );
        }
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let names: BTreeMap<String, String> = moves
        .iter()
        .map(|one| (one.from.clone(), one.to.clone()))
        .collect();
    let moved = with_logical_ids(&Json::object([("Resources", Json::Object(moved))]), &names);
    let mut all = there.clone();
    for (id, resource) in resources(&moved).iter() {
        all.insert(id.to_owned(), resource.clone());
    }
    Ok((
        with_resources(source, rest),
        with_resources(destination, all),
    ))
}

fn with_resources(template: &Json, resources: Object) -> Json {
    let mut template = template.as_object().cloned().unwrap_or_default();
    template.insert("Resources", Json::Object(resources));
    Json::Object(template)
}

/// The names to which a resource or an output refers.
fn references(value: &Json) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match value.get("DependsOn") {
        Some(Json::Array(others)) => {
            names.extend(others.iter().filter_map(Json::as_str).map(str::to_owned));
        }
        Some(Json::String(other)) => _ = names.insert(other.to_string()),
        _ => {}
    }
    collect(value, &mut names);
    names
}

fn collect(value: &Json, names: &mut BTreeSet<String>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Json::Object(object) => {
            match object.function() {
                Some((IntrinsicFunction::Ref, Json::String(name))) => {
                    names.insert(name.to_string());
                }
                Some((IntrinsicFunction::GetAtt, argument)) => {
                    let first = argument.as_array().and_then(|items| items.first());
                    let path = first.unwrap_or(argument).as_str();
                    let name = path.and_then(|path| path.split('.').next());
                    names.extend(name.map(str::to_owned));
                }
                Some((IntrinsicFunction::Sub, argument)) => {
                    let items = argument.as_array();
                    let text = items.and_then(|items| items.first()).unwrap_or(argument);
                    let own = items.and_then(|items| items.get(1)?.as_object());
                    let used = text.as_str().map(substituted).unwrap_or_default();
                    let is_own = |name: &String| own.is_some_and(|own| own.contains(name));
                    names.extend(used.into_iter().filter(|name| !is_own(name)));
                }
                _ => {}
            }
            object.iter().for_each(|(_, member)| collect(member, names));
        }
        _ => {}
    }
}

/// The names in the text of `Fn::Sub`, without attributes and literals (`${!Name}`).
fn substituted(text: &str) -> Vec<String> {
    let parts = text.split("${").skip(1);
    let names = parts.filter_map(|part| part.split_once('}')?.0.split('.').next());
    let names = names.filter(|name| !name.starts_with('!'));
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::Template;

    fn read(text: &str) -> Json {
        let template = Template::read(text.to_owned());
        template.expect("it is a template").json
    }

    fn moves(texts: &[&str]) -> Vec<Move> {
        let one = |text: &&str| Move::parse(text).expect("it is valid");
        texts.iter().map(one).collect()
    }

    #[test]
    fn a_resource_leaves_one_template_for_another() {
        let source = read(
            "Parameters: {P: {Type: String}}\nResources: {Queue: {Type: T}, Topic: {Type: U, Properties: {x: !Ref P, y: !GetAtt Queue.Arn, z: !Sub '${AWS::Region}-${Queue}-${!Kept}'}}, Kept: {Type: V}}",
        );
        let destination = read("Parameters: {P: {Type: String}}\nResources: {Other: {Type: W}}");
        let moves = moves(&["Queue=storage/Jobs", "Topic=storage/Topic"]);
        let (rest, all) = apply(&source, &destination, &moves).expect("they can be moved");
        assert_eq!(
            rest,
            read("Parameters: {P: {Type: String}}\nResources: {Kept: {Type: V}}")
        );
        assert_eq!(
            all,
            read(
                "Parameters: {P: {Type: String}}\nResources: {Other: {Type: W}, Jobs: {Type: T}, Topic: {Type: U, Properties: {x: !Ref P, y: !GetAtt Jobs.Arn, z: !Sub '${AWS::Region}-${Jobs}-${!Kept}'}}}"
            )
        );
    }

    #[test]
    fn references_between_the_stacks_are_rejected() {
        let source = read(
            "Resources: {Queue: {Type: T, Properties: {x: !Ref Vpc}}, Vpc: {Type: V}, User: {Type: U, DependsOn: [Queue]}}\nOutputs: {Url: {Value: !Sub ['${A}', {A: !Ref Queue}]}}",
        );
        let destination = read("Resources: {Taken: {Type: W}}");
        let reported = |texts: &[&str]| -> Vec<String> {
            let diagnostics = apply(&source, &destination, &moves(texts));
            let diagnostics = diagnostics.expect_err("it is rejected").into_iter();
            diagnostics.map(|it| it.message).collect()
        };
        assert_eq!(
            reported(&["Queue=storage/Queue"]),
            [
                "`User` refers to `Queue`, which moves to another stack",
                "`Url` refers to `Queue`, which moves to another stack",
                "`Queue` refers to `Vpc`, which the other stack does not have",
            ]
        );
        assert_eq!(
            reported(&["Vpv=storage/Vpc", "User=storage/Taken"]),
            [
                "the deployed stack has no resource `Vpv`",
                "the other stack already has a resource `Taken`",
            ]
        );
    }
}
