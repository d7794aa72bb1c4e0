//! Arguments of intrinsic functions, compared with cfn-lint's rules E1010 to E1033.

use vsc_spec::json::Json;
use vsc_spec::resource::check::check_functions;
use vsc_spec::resource::{self, Dialect};

fn call(name: &'static str, argument: impl Into<Json>) -> Json {
    Json::object([(name, argument.into())])
}

fn list<const N: usize>(items: [Json; N]) -> Json {
    Json::array(items)
}

fn reported(value: &Json) -> Vec<String> {
    reported_as(value, Dialect::Rust)
}

fn reported_as(value: &Json, dialect: Dialect) -> Vec<String> {
    let violations = check_functions(value, dialect);
    violations
        .into_iter()
        .map(|violation| violation.diagnostic.message)
        .collect()
}

fn two_letters() -> Json {
    Json::array(["a", "b"])
}

#[test]
fn a_selected_item_exists() {
    let select = |index: Json, items: Json| call("Fn::Select", list([index, items]));
    assert_eq!(reported(&select(1.into(), two_letters())), [""; 0]);
    assert_eq!(reported(&select("1".into(), two_letters())), [""; 0]);
    let missing = ["there is no item 2: the list has 2 items"];
    assert_eq!(reported(&select(2.into(), two_letters())), missing);
    assert_eq!(reported(&select("2".into(), two_letters())), missing);
    let split = call("Fn::Split", list([",".into(), "a,b".into()]));
    assert_eq!(reported(&select(2.into(), split)), missing);
    let cidr = call("Fn::Cidr", list(["10.0.0.0/16".into(), 2.into(), 8.into()]));
    assert_eq!(reported(&select(2.into(), cidr)), missing);
    // The length is known only when the stack is deployed.
    assert_eq!(reported(&select(5.into(), call("Ref", "Names"))), [""; 0]);
    assert_eq!(
        reported(&select((-1).into(), two_letters())),
        ["-1 is out of range"]
    );
}

#[test]
fn arguments_have_their_forms() {
    let cidr = |range: &'static str, count: i64, bits: i64| {
        call("Fn::Cidr", list([range.into(), count.into(), bits.into()]))
    };
    assert_eq!(reported(&cidr("10.0.0.0/16", 256, 8)), [""; 0]);
    assert_eq!(
        reported(&cidr("10.0.0.0/16", 300, 8)),
        ["300 is out of range"]
    );
    assert_eq!(
        reported(&cidr("10.0.0.0/16", 4, 129)),
        ["129 is out of range"]
    );
    assert_eq!(
        reported(&cidr("10.0.0.0", 4, 8)),
        ["\"10.0.0.0\" is not an IP address range"]
    );
    assert_eq!(reported(&call("Fn::GetAZs", "eu-west-1")), [""; 0]);
    assert_eq!(
        reported(&call("Fn::GetAZs", "eu-wset-1")),
        ["there is no region `eu-wset-1`"]
    );
    assert_eq!(
        reported(&call("Fn::Join", list(["-".into(), "a".into()]))),
        ["`Fn::Join` expects a list as the second argument, not the string \"a\""]
    );
    assert_eq!(
        reported(&call("Fn::Base64", two_letters())),
        ["`Fn::Base64` expects a string, not a list"]
    );
    assert_eq!(
        reported(&call("Fn::GetAtt", "Topic")),
        ["`Fn::GetAtt` expects a string such as `Name.Attribute`, not the string \"Topic\""]
    );
    assert_eq!(
        reported(&call("Fn::Transform", call("Nam", "Macro"))),
        ["`Fn::Transform` has no `Nam`"]
    );
    assert_eq!(
        reported(&call("Fn::ToJsonString", "a")),
        ["`Fn::ToJsonString` expects a non-empty list or object, not the string \"a\""]
    );
    assert_eq!(
        reported(&call(
            "Fn::Split",
            list([",".into(), "{{resolve:ssm:a}}".into()])
        )),
        ["`Fn::Split` cannot split a dynamic reference"]
    );
}

#[test]
fn functions_are_allowed_in_some_arguments() {
    let sub = || call("Fn::Sub", "${AWS::Region}");
    assert_eq!(reported(&call("Fn::ImportValue", sub())), [""; 0]);
    let import = call("Fn::ImportValue", "x");
    assert_eq!(
        reported(&call("Fn::GetAZs", import)),
        ["`Fn::GetAZs` cannot take `Fn::ImportValue`"]
    );
    let either = |a, b| call("Fn::If", list(["IsLarge".into(), a, b]));
    assert_eq!(
        reported(&call("Fn::Base64", either("a".into(), two_letters()))),
        ["`Fn::Base64` expects a string, not a list"]
    );
    // Both branches are values.
    assert_eq!(
        reported(&either(sub(), call("Fn::Sbu", "x"))),
        ["there is no intrinsic function `Fn::Sbu`"]
    );
}

#[test]
fn conditions_are_not_values() {
    let key = resource::find("AWS::KMS::Key").expect("the type exists");
    let equals = call("Fn::Equals", two_letters());
    let violations = key.check(&Json::object([("EnableKeyRotation", equals)]));
    let reported: Vec<&str> = violations
        .iter()
        .map(|violation| violation.diagnostic.message.as_str())
        .collect();
    assert_eq!(reported, ["`Fn::Equals` does not return a value"]);
}

#[test]
fn pseudo_parameters_are_spelt_right() {
    let misspelt = ["there is no pseudo parameter `AWS::StackNam`"];
    assert_eq!(reported(&call("Ref", "AWS::StackName")), [""; 0]);
    assert_eq!(reported(&call("Ref", "AWS::StackNam")), misspelt);
    assert_eq!(reported(&call("Fn::Sub", "a-${AWS::StackNam}")), misspelt);
    assert_eq!(reported(&call("Fn::Sub", "a-${!AWS::StackNam}")), [""; 0]);
    let own = Json::object([("a-b", "x")]);
    let with_own = list(["${a-b}".into(), own]);
    assert_eq!(reported(&call("Fn::Sub", with_own)), [""; 0]);
    assert_eq!(
        reported(&call("Fn::Sub", "${a-b}")),
        ["`${a-b}` is not a valid variable"]
    );
}

#[test]
fn a_transform_allows_more() {
    let length = call("Fn::Length", two_letters());
    let nested = call("Ref", call("Fn::Sub", "${Stage}Bucket"));
    for value in [&length, &nested] {
        assert_eq!(reported_as(value, Dialect::Extended), [""; 0]);
        assert_eq!(reported_as(value, Dialect::Template).len(), 1);
    }
}
