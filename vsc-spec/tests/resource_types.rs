//! Properties of all resource types, and errors about some of them.

use vsc_spec::json::{Json, Text};
use vsc_spec::resource::check::compiles;
use vsc_spec::resource::{
    self, Dialect, Keyword, Location, ResourceType, Schema, Step, Target, Violation,
};

fn all() -> Vec<ResourceType> {
    resource::names()
        .map(|name| resource::find(name).expect(name))
        .collect()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "tests read better without the `&`"
)]
fn violations(type_name: &str, properties: Json) -> Vec<String> {
    let resource = resource::find(type_name).expect("the type exists");
    resource
        .check(&properties)
        .into_iter()
        .map(|violation| {
            let steps = violation.location.path.iter().map(|step| match step {
                Step::Key(name) => name.to_string(),
                Step::Index(index) => index.to_string(),
            });
            format!(
                "{}: {}",
                steps.collect::<Vec<_>>().join("/"),
                violation.diagnostic
            )
        })
        .collect()
}

fn object<const N: usize>(members: [(&'static str, Json); N]) -> Json {
    Json::object(members)
}

fn function(name: &'static str, argument: impl Into<Json>) -> Json {
    Json::object([(name, argument)])
}

fn every_schema(resource: &ResourceType, visit: &mut dyn FnMut(&Schema)) {
    fn walk(schema: &Schema, visit: &mut dyn FnMut(&Schema)) {
        visit(schema);
        for rule in &schema.rules {
            match rule {
                Keyword::Properties(members) | Keyword::PatternProperties(members) => {
                    members.iter().for_each(|(_, schema)| walk(schema, visit));
                }
                Keyword::Additional(inner) | Keyword::Items(inner) | Keyword::Not(inner) => {
                    walk(inner, visit);
                }
                Keyword::AllOf(all)
                | Keyword::AnyOf(all)
                | Keyword::OneOf(all)
                | Keyword::PrefixItems(all) => {
                    all.iter().for_each(|schema| walk(schema, visit));
                }
                _ => {}
            }
        }
    }
    walk(&resource.properties, visit);
    resource
        .definitions
        .iter()
        .for_each(|schema| walk(schema, visit));
}

#[test]
fn every_type_can_be_looked_up() {
    let all = all();
    assert!(all.len() >= 1_854, "{} types", all.len());
    assert!(all.windows(2).all(|pair| pair[0].name < pair[1].name));
    assert!(resource::find("AWS::S3::Buckett").is_none());
    assert!(resource::find("").is_none());
}

#[test]
fn every_pattern_compiles() {
    let mut count = 0;
    for resource in all() {
        every_schema(&resource, &mut |schema| {
            for rule in &schema.rules {
                if let Keyword::Pattern(pattern) = rule {
                    count += 1;
                    assert!(compiles(pattern), "{}: {pattern}", resource.name);
                }
            }
        });
    }
    assert!(count > 5_000, "{count} patterns");
}

#[test]
fn schemas_compare_only_with_scalars() {
    let mut count = 0;
    for resource in all() {
        every_schema(&resource, &mut |schema| {
            for rule in &schema.rules {
                if let Keyword::Enum(values) | Keyword::EnumAnyCase(values) = rule {
                    count += values.len();
                    assert!(!values.contains(&Json::Null), "{}", resource.name);
                }
            }
        });
    }
    assert!(count > 5_000, "{count} values");
}

#[test]
fn the_data_stays_small() {
    let size: u64 = ["resources.bin", "instances.txt"]
        .iter()
        .map(|file| format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR")))
        .map(|path| std::fs::metadata(path).expect("the data is there").len())
        .sum();
    assert!(size < 2_000_000, "{size} bytes");
}

#[test]
fn a_misspelt_property_is_an_error_with_the_nearest() {
    assert_eq!(
        violations(
            "AWS::S3::Bucket",
            object([("BuketName", Json::from("acme"))])
        ),
        [
            "BuketName: `AWS::S3::Bucket` has no property `BuketName`\n= help: did you mean `BucketName`?"
        ]
    );
}

#[test]
fn nested_errors_are_all_reported() {
    let rules = Json::array([object([
        ("IpProtocol", Json::from("tcp")),
        ("CidrIp", Json::from("10.0.0.0/33")),
        ("CidrIpv6", Json::from("::/0")),
        ("FromPort", Json::from("https")),
    ])]);
    let reported = violations(
        "AWS::EC2::SecurityGroup",
        object([("SecurityGroupIngress", rules)]),
    );
    assert_eq!(reported.len(), 4, "{reported:#?}");
    assert!(reported[0].starts_with(
        "SecurityGroupIngress/0/CidrIp: \"10.0.0.0/33\" is not an IPv4 address range"
    ));
    assert!(
        reported[1].starts_with("SecurityGroupIngress/0/FromPort: `FromPort` takes an integer")
    );
    assert!(reported[2].contains("`CidrIpv6` conflicts with `CidrIp`"));
    assert!(reported[3].contains("`AWS::EC2::SecurityGroup` needs `GroupDescription`"));
}

#[test]
fn read_only_properties_cannot_be_set() {
    let reported = violations(
        "AWS::S3::Bucket",
        object([("Arn", Json::from("arn:aws:s3:::acme"))]),
    );
    assert!(
        reported[0].starts_with("Arn: `Arn` is read-only"),
        "{reported:#?}"
    );
}

#[test]
fn scalars_are_converted_as_cloudformation_does() {
    let record = |ttl: Json| {
        object([
            ("Name", Json::from("a.x.com")),
            ("Type", Json::from("A")),
            ("TTL", ttl),
            ("HostedZoneId", Json::from("Z0123456789ABCDEFGHIJ")),
        ])
    };
    assert!(violations("AWS::Route53::RecordSet", record(Json::Integer(60))).is_empty());
    assert!(violations("AWS::Route53::RecordSet", record(Json::from("60"))).is_empty());
    assert_eq!(
        violations(
            "AWS::Route53::RecordSet",
            record(Json::Array(vec![Json::from("60")]))
        ),
        ["TTL: `TTL` takes a string, not a list\n= help: write the value without brackets"]
    );
}

#[test]
fn known_results_of_functions_are_checked() {
    let bucket = |name: Json| violations("AWS::S3::Bucket", object([("BucketName", name)]));
    assert!(bucket(function("Ref", "Name")).is_empty());
    assert!(bucket(function("Fn::Sub", "${AWS::StackName}-backups")).is_empty());
    assert!(!bucket(function("Fn::Sub", "No_Good")).is_empty());
    assert!(
        !bucket(function(
            "Fn::Split",
            Json::array([Json::from(","), Json::from("a,b")])
        ))
        .is_empty()
    );
    assert!(!bucket(function("Fn::Joim", "a")).is_empty());
    assert!(!bucket(function("Fn::Join", "a")).is_empty());
    let either = |a, b| function("Fn::If", Json::array([Json::from("IsProduction"), a, b]));
    assert!(bucket(either(Json::from("acme"), function("Ref", "AWS::NoValue"))).is_empty());
    assert!(!bucket(either(Json::from("acme"), Json::from("Not_A_Name"))).is_empty());
}

#[test]
fn a_required_property_that_is_dropped_is_missing() {
    let reported = violations(
        "AWS::EC2::SecurityGroup",
        object([("GroupDescription", function("Ref", "AWS::NoValue"))]),
    );
    assert!(
        reported[0].contains("needs `GroupDescription`"),
        "{reported:#?}"
    );
}

#[test]
fn an_unknown_value_is_not_checked() {
    let resource = resource::find("AWS::S3::Bucket").expect("the type exists");
    let properties: Json<()> = Json::object([("BucketName", Json::Expression(()))]);
    assert!(resource.check(&properties).is_empty());
}

/// An expression may be an `Option` that is `None`: whether it requires another member, and which form is
/// meant, depends on its value.
#[test]
fn an_unknown_value_requires_nothing() {
    let (mut pairs, mut forms) = (0, 0);
    for name in resource::names() {
        let resource = resource::find(name).expect("the type exists");
        let unknown = |names: &[String]| {
            let members = names
                .iter()
                .map(|name| (name.clone(), Json::Expression(())));
            let properties: Json<()> = Json::Object(members.collect());
            let violations = resource.check(&properties).into_iter();
            violations
                .map(|violation| violation.diagnostic.message)
                .collect::<Vec<_>>()
        };
        for rule in resource.rules(&resource.properties) {
            match rule {
                Keyword::DependentRequired(dependent) => {
                    for (given, _) in dependent {
                        pairs += 1;
                        let reported = unknown(std::slice::from_ref(given));
                        let asked = reported
                            .iter()
                            .find(|reported| reported.contains(" as well"));
                        assert_eq!(asked, None, "{name} with {given}");
                    }
                }
                Keyword::OneOf(schemas) => {
                    let required = schemas.iter().flat_map(|schema| &schema.rules);
                    let required = required.filter_map(|rule| match rule {
                        Keyword::Required(names) => Some(names.clone()),
                        _ => None,
                    });
                    let all: Vec<String> = required.flatten().collect();
                    forms += 1;
                    let reported = unknown(&all);
                    let one = reported
                        .iter()
                        .find(|reported| reported.starts_with("only one of"));
                    assert_eq!(one, None, "{name} with {all:?}");
                }
                _ => {}
            }
        }
    }
    assert!(pairs > 0 && forms > 0, "{pairs} pairs, {forms} forms");
}

#[test]
fn resource_attributes_depend_on_the_type() {
    let reported = |type_name: &str, name: &'static str, value: Json| {
        let resource = resource::find(type_name).expect("the type exists");
        let options = [(name, value)].into_iter().collect();
        let mut violations = resource.check_resource_attributes(&options, Dialect::Template);
        assert!(violations.len() <= 1, "{violations:?}");
        violations.pop()
    };
    let bucket = |name, value: Json| reported("AWS::S3::Bucket", name, value);
    let message =
        |violation: Option<Violation>| violation.map(|violation| violation.diagnostic.message);
    assert_eq!(
        message(bucket("CreationPolicy", object([]))).as_deref(),
        Some("`AWS::S3::Bucket` has no `CreationPolicy`")
    );
    assert!(bucket("DeletionPolicy", Json::from("Snapshot")).is_some());
    assert!(bucket("DeletionPolicy", Json::from("RetainExceptOnCreate")).is_none());
    assert!(bucket("UpdateReplacePolicy", Json::from("RetainExceptOnCreate")).is_some());
    assert!(bucket("DeletionPolicy", object([("Ref", Json::from("Policy"))])).is_none());
    assert!(bucket("DependsOn", Json::array(["Vpc", "Subnet"])).is_none());
    let property = bucket("BucketName", Json::from("logs")).expect("it is a property");
    assert_eq!(
        property.diagnostic.help.as_deref(),
        Some("`BucketName` is a property: write it below `Properties`")
    );

    let signal = |timeout: &'static str| {
        let signal = object([("ResourceSignal", object([("Timeout", Json::from(timeout))]))]);
        reported("AWS::EC2::Instance", "CreationPolicy", signal)
    };
    assert_eq!(signal("PT15M"), None);
    let path = ["CreationPolicy", "ResourceSignal", "Timeout"];
    assert_eq!(
        signal("15 minutes").expect("it is not a duration").location,
        Location {
            path: path.map(|name| Step::Key(Text::from(name))).to_vec(),
            target: Target::Value
        }
    );
}

#[test]
fn custom_resources_accept_any_property() {
    let token = (
        "ServiceToken",
        Json::from("arn:aws:lambda:eu-west-1:123456789012:function:f"),
    );
    assert!(
        violations(
            "Custom::Anything",
            object([token, ("Whatever", Json::Integer(1))])
        )
        .is_empty()
    );
    assert!(!violations("Custom::Anything", object([])).is_empty());
}

#[test]
fn an_unknown_type_is_an_error_with_the_nearest() {
    assert_eq!(
        resource::unknown("AWS::S3::Buckett").to_string(),
        "there is no resource type `AWS::S3::Buckett`\n= help: did you mean `AWS::S3::Bucket`?"
    );
}
