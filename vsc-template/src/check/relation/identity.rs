//! Names: no two resources have the same identifier; cfn-lint E3007, E3019 and E3050.

use std::collections::HashMap;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::resource;
use vsc_spec::{Diagnostic, Json};

use super::{Found, Resource, ResourceView, Resources, coexist};

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    let mut by_type: HashMap<&str, Vec<&Resource<'a>>> = HashMap::new();
    for one in &resources.all {
        let alike = by_type.entry(one.type_name).or_default();
        if let Some((other, name)) = namesake(one, alike) {
            let message = format!("`{}` has the same {}", other.id, in_words(&name));
            let diagnostic = Diagnostic::new(message)
                .note("they identify the same resource")
                .help("use another name, or remove it");
            let violation = match name.as_slice() {
                [only] => only.value_is(diagnostic),
                _ => one.properties.name_is(diagnostic),
            };
            found.push((one.id, violation));
        }
        alike.push(one);
    }
    for project in resources.typed("AWS::CodeBuild::Project") {
        path(resources, project, found);
    }
}

/// An earlier resource with the same identifier.
fn namesake<'a, 'b>(
    one: &Resource<'a>,
    before: &[&'b Resource<'a>],
) -> Option<(&'b Resource<'a>, Vec<ResourceView<'a>>)> {
    if before.is_empty() {
        return None;
    }
    let names = resource::shared(one.type_name)?.identifier.clone();
    let values = |resource: &Resource<'a>| -> Option<Vec<ResourceView<'a>>> {
        let all = names.iter().map(|name| resource.properties.only(name));
        let all = all.collect::<Option<Vec<_>>>()?;
        all.iter().all(is_certain).then_some(all)
    };
    let own = values(one).filter(|own| !own.is_empty())?;
    let same = |other: &Resource<'a>| {
        values(other).is_some_and(|others| {
            let pairs = own.iter().zip(&others);
            pairs.into_iter().all(|(a, b)| equal(a, b))
        })
    };
    let other = before
        .iter()
        .find(|other| coexist(one, other) && same(other))?;
    Some((other, own))
}

fn equal(a: &ResourceView<'_>, b: &ResourceView<'_>) -> bool {
    match (a.text(), b.text()) {
        (Some(a), Some(b)) => a == b,
        _ => a.json() == b.json(),
    }
}

/// Whether equally written values are equal.
fn is_certain(value: &ResourceView<'_>) -> bool {
    matches!(value.json(), Json::String(_) | Json::Integer(_)) && value.text().is_some()
        || matches!(
            value.json().function(),
            Some((
                IntrinsicFunction::Ref | IntrinsicFunction::GetAtt | IntrinsicFunction::Sub,
                _
            ))
        )
}

fn in_words(values: &[ResourceView<'_>]) -> String {
    match values {
        [only] => match only.text() {
            Some(text) => format!("name `{text}`"),
            None => "name".to_owned(),
        },
        many => format!("values of the {} identifying properties", many.len()),
    }
}

/// AWS `CodeBuild` looks up a role by its name, without the path.
fn path<'a>(resources: &Resources<'a>, project: &Resource<'a>, found: &mut Found<'a>) {
    let Some(role) = project.properties.only("ServiceRole") else {
        return;
    };
    let Some(of) = resources.referred(&role, "AWS::IAM::Role") else {
        return;
    };
    let path = of.properties.text_of("Path").filter(|path| path != "/");
    if let (Some((IntrinsicFunction::Ref, _)), Some(path)) = (role.json().function(), path) {
        let diagnostic = Diagnostic::new(format!(
            "`Ref` returns the name of `{}` without its path",
            of.id
        ))
        .note(format!("its `Path` is {path:?}"))
        .help(format!(
            "write `{{ Fn::GetAtt: [\"{}\", \"Arn\"] }}`",
            of.id
        ));
        found.push((project.id, role.value_is(diagnostic)));
    }
}
