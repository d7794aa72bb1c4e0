//! Resource attributes.

use vsc_spec::json::{Json, Object};
use vsc_spec::resource::{self, Dialect};

fn reported(
    type_name: &str,
    option: &'static str,
    value: impl Into<Json>,
    dialect: Dialect,
) -> Vec<String> {
    let resource = resource::find(type_name).expect("the type exists");
    let options = Object::new().with(option, value);
    let violations = resource.check_resource_attributes(&options, dialect);
    violations
        .into_iter()
        .map(|violation| violation.diagnostic.message)
        .collect()
}

fn either(one: &'static str, other: &'static str) -> Json {
    let arguments = Json::array(["IsLarge", one, other]);
    Json::object([("Fn::If", arguments)])
}

#[test]
fn functions_return_a_valid_policy() {
    let policy = |value, dialect| reported("AWS::SNS::Topic", "DeletionPolicy", value, dialect);
    assert_eq!(
        policy(either("Retain", "Delete"), Dialect::Extended),
        [""; 0]
    );
    assert_eq!(
        policy(either("Retain", "Delete"), Dialect::Template),
        [""; 0]
    );
    assert_eq!(
        policy(either("Retain", "Delet"), Dialect::Rust),
        ["`DeletionPolicy` cannot be `Delet`"]
    );
    let import = Json::object([("Fn::ImportValue", "x")]);
    assert_eq!(
        policy(import, Dialect::Rust),
        ["`DeletionPolicy` cannot take `Fn::ImportValue`"]
    );
    assert_eq!(
        policy(Json::Integer(3), Dialect::Rust),
        ["`DeletionPolicy` takes a string such as \"Retain\""]
    );
}

#[test]
fn metadata_is_an_object_with_valid_functions() {
    let metadata = |value: Json| reported("AWS::EC2::Instance", "Metadata", value, Dialect::Rust);
    let note = |value: Json| Json::object([("Note", value)]);
    assert_eq!(metadata(note(Json::from("x"))), [""; 0]);
    assert_eq!(metadata(Json::from("x")), ["`Metadata` takes an object"]);
    let misspelt = Json::object([("Fn::Sbu", "x")]);
    assert_eq!(
        metadata(note(misspelt)),
        ["there is no intrinsic function `Fn::Sbu`"]
    );
    let init = |members: Json| {
        let config = Json::object([("config", members)]);
        Json::object([("AWS::CloudFormation::Init", config)])
    };
    let files = |mode: Json| {
        let file = Json::object([("content", Json::from("x")), ("mode", mode)]);
        Json::object([("files", Json::object([("/etc/motd", file)]))])
    };
    assert_eq!(metadata(init(files("000644".into()))), [""; 0]);
    assert_eq!(metadata(init(files(Json::array(["000644"])))).len(), 1);
}

#[test]
fn a_fleet_is_started_by_a_boolean() {
    let fleet = |start: Json| {
        let policy = Json::object([("StartFleet", start)]);
        reported(
            "AWS::AppStream::Fleet",
            "CreationPolicy",
            policy,
            Dialect::Rust,
        )
    };
    assert_eq!(fleet(Json::Bool(true)), [""; 0]);
    assert_eq!(fleet(Json::object([("a", "b")])).len(), 1);
}
