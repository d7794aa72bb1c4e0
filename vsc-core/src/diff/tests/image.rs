//! An image that is published after a deployment replaces nothing: the host does not refer to it.

use vsc_spec::resource::{self, Step, UpdateType};
use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use crate::diff::{ChangeKind, Difference};
use crate::team_ide;

fn team(names: &[&'static str]) -> Object {
    let team = TeamIde::builder().stack_name("team").domain("code.x.com");
    let team = names.iter().fold(team, |team, name| team.user(*name));
    let stack = team_ide::stack(&team.build().expect("it is valid"));
    match stack.finish().expect("it is valid").to_json() {
        Json::Object(template) => template,
        _ => Object::new(),
    }
}

/// Gives an object in the template another member.
fn set(template: &mut Object, path: &[&'static str], value: Json) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        template.insert(*first, value);
    } else if let Some(Json::Object(inner)) = template.get_mut(first) {
        set(inner, rest, value);
    }
}

/// The deployed template of two users, and that of three. In between, another image was published: an update
/// evaluates the parameter again, and gets another value.
fn before_and_after() -> (Object, Object) {
    let mut deployed = team(&["alice", "bob"]);
    let earlier = Json::from("/the/image/of/last-month");
    set(
        &mut deployed,
        &["Parameters", "ImageId", "Default"],
        earlier,
    );
    (deployed, team(&["alice", "bob", "carol"]))
}

#[test]
fn a_user_joins_after_another_image_was_published() {
    let (deployed, declared) = before_and_after();
    let difference = Difference::between(&Json::Object(deployed), &Json::Object(declared));
    let image = difference.resources.iter();
    let image = image.filter(|change| change.id == "HostImage");
    let [image] = &image.collect::<Vec<_>>()[..] else {
        panic!("the image is noticed: {:?}", difference.resources)
    };
    // Another version of the launch template, which nothing uses.
    assert_eq!(image.kind, ChangeKind::Changed);
    assert_eq!(image.update(), UpdateType::InPlace);
    let added = difference.resources.iter();
    let added: Vec<&str> = added
        .filter(|change| change.kind == ChangeKind::Added)
        .map(|change| change.id.as_str())
        .collect();
    assert!(added.contains(&"CarolRecord"), "{added:?}");
    assert_eq!(difference.replaces().count(), 0);
    assert_eq!(difference.removes().count(), 0);
    assert_eq!(difference.interrupts().count(), 0);
    assert_eq!(difference.homes, None);
}

#[test]
fn a_host_that_refers_to_the_image_would_be_replaced() {
    let (mut deployed, mut declared) = before_and_after();
    for template in [&mut deployed, &mut declared] {
        let image = Json::object([("Ref", Json::from("ImageId"))]);
        set(
            template,
            &["Resources", "Host", "Properties", "ImageId"],
            image,
        );
    }
    let difference = Difference::between(&Json::Object(deployed), &Json::Object(declared));
    let replaced: Vec<&str> = difference
        .replaces()
        .map(|change| change.id.as_str())
        .collect();
    assert!(replaced.contains(&"Host"), "{replaced:?}");
}

#[test]
fn the_schemas_say_so() {
    let update = |kind: &str, path: &[&'static str]| {
        let path: Vec<Step> = path.iter().map(|name| Step::Key((*name).into())).collect();
        let kind = resource::find(kind).expect("the type exists");
        kind.update_of(&path)
    };
    let image = |path: &[&'static str]| update("AWS::EC2::LaunchTemplate", path);
    assert_eq!(
        image(&["LaunchTemplateData", "ImageId"]),
        UpdateType::InPlace
    );
    // With another name, there would be another launch template, and another host.
    assert_eq!(image(&["LaunchTemplateName"]), UpdateType::Replaces);
    let host = |path: &[&'static str]| update("AWS::EC2::Instance", path);
    assert_eq!(host(&["ImageId"]), UpdateType::Replaces);
    assert_eq!(host(&["LaunchTemplate"]), UpdateType::Replaces);

    // What is create-only in the host and its launch template reaches the image in no way.
    let template = team(&["alice"]);
    let Some(Json::Object(resources)) = template.get("Resources") else {
        panic!("it has resources")
    };
    let text = |id: &str, path: &[&str]| {
        let mut value = resources.get(id).expect("the pattern has it");
        for name in path {
            value = value
                .as_object()
                .and_then(|it| it.get(name))
                .expect("it has it");
        }
        format!("{value:?}")
    };
    let data = text("HostImage", &["Properties", "LaunchTemplateData"]);
    assert!(data.contains("ImageId"), "{data}");
    let name = text("HostImage", &["Properties", "LaunchTemplateName"]);
    let properties = text("Host", &["Properties"]);
    assert!(!name.contains("ImageId"), "{name}");
    assert!(!properties.contains("ImageId"), "{properties}");
    assert!(properties.contains("HostImage"), "{properties}");
}
