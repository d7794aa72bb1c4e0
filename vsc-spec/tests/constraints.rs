//! Constraints of AWS beyond the schemas, and that each error is reported once.

use vsc_spec::json::Json;
use vsc_spec::resource;

fn reported(type_name: &str, properties: &Json) -> Vec<String> {
    let resource = resource::find(type_name).expect("the type exists");
    let violations = resource.check(properties);
    violations
        .into_iter()
        .map(|violation| violation.diagnostic.to_string())
        .collect()
}

fn object<const N: usize>(members: [(&'static str, Json); N]) -> Json {
    Json::object(members)
}

fn role(statement: Json) -> Json {
    let policy = object([
        ("Version", Json::from("2012-10-17")),
        ("Statement", Json::array([statement])),
    ]);
    object([("AssumeRolePolicyDocument", policy)])
}

#[test]
fn policy_documents_have_their_syntax() {
    let service = object([("Service", Json::from("ec2.amazonaws.com"))]);
    let statement = |effect: &'static str, name: &'static str| {
        object([
            (name, Json::from(effect)),
            ("Principal", service.clone()),
            ("Action", Json::from("sts:AssumeRole")),
        ])
    };
    assert!(reported("AWS::IAM::Role", &role(statement("Allow", "Effect"))).is_empty());
    assert_eq!(
        reported("AWS::IAM::Role", &role(statement("Allow", "Efect"))),
        ["`Statement` has no property `Efect`\n= help: did you mean `Effect`?"]
    );
    assert_eq!(
        reported("AWS::IAM::Role", &role(statement("Alow", "Effect"))),
        ["`Effect` cannot be `Alow`\nallowed: `Allow` and `Deny`\n= help: did you mean `Allow`?"]
    );
}

#[test]
fn a_policy_may_be_a_string_or_a_reference() {
    for policy in [Json::from("{}"), object([("Ref", Json::from("Policy"))])] {
        let properties = object([("AssumeRolePolicyDocument", policy)]);
        assert!(reported("AWS::IAM::Role", &properties).is_empty());
    }
}

#[test]
fn functions_in_free_objects_are_checked() {
    let sub = |name: &'static str| object([(name, Json::from("ec2.${AWS::URLSuffix}"))]);
    let statement = |name: &'static str| {
        object([
            ("Effect", Json::from("Allow")),
            ("Principal", object([("Service", sub(name))])),
            ("Action", Json::from("sts:AssumeRole")),
        ])
    };
    assert!(reported("AWS::IAM::Role", &role(statement("Fn::Sub"))).is_empty());
    assert_eq!(
        reported("AWS::IAM::Role", &role(statement("Fn::Sbu"))),
        ["there is no intrinsic function `Fn::Sbu`\n= help: did you mean `Fn::Sub`?"]
    );
}

#[test]
fn a_property_may_depend_on_another() {
    let rule = |port: Json| {
        object([
            ("GroupId", Json::from("sg-0a1b2c3d")),
            ("CidrIp", Json::from("0.0.0.0/0")),
            ("IpProtocol", Json::from("tcp")),
            ("FromPort", Json::Integer(443)),
            ("ToPort", port),
        ])
    };
    let type_name = "AWS::EC2::SecurityGroupIngress";
    assert!(reported(type_name, &rule(Json::Integer(443))).is_empty());
    assert_eq!(
        reported(
            type_name,
            &rule(object([("Ref", Json::from("AWS::NoValue"))]))
        ),
        [format!(
            "`{type_name}` needs `ToPort`\nsince `IpProtocol` is `tcp`\n= help: add `ToPort: …`"
        )]
    );
    // What depends on a rejected value is unknown.
    assert_eq!(reported(type_name, &rule(Json::from("https"))).len(), 1);
}

#[test]
fn growing_lists_of_values_are_checked() {
    let host = |kind: &'static str| {
        object([
            ("ImageId", Json::from("ami-0a1b2c3d")),
            ("InstanceType", Json::from(kind)),
        ])
    };
    assert!(reported("AWS::EC2::Instance", &host("t3.small")).is_empty());
    let reported = reported("AWS::EC2::Instance", &host("t3.smal"));
    assert!(reported[0].contains("including `t3."), "{reported:?}");
    assert!(
        reported[0].ends_with("did you mean `t3.small`?"),
        "{reported:?}"
    );
}

#[test]
fn a_bucket_policy_may_have_two_statements_with_one_name() {
    let statement = object([
        ("Sid", Json::from("Read")),
        ("Effect", Json::from("Allow")),
        ("Principal", Json::from("*")),
        ("Action", Json::from("s3:GetObject")),
        ("Resource", Json::from("arn:aws:s3:::acme/*")),
    ]);
    let other = object([
        ("Sid", Json::from("Read")),
        ("Effect", Json::from("Deny")),
        ("Principal", Json::from("*")),
        ("Action", Json::from("s3:PutObject")),
        ("Resource", Json::from("arn:aws:s3:::acme/*")),
    ]);
    let policy = object([("Statement", Json::array([statement, other]))]);
    let bucket = object([
        ("Bucket", Json::from("acme")),
        ("PolicyDocument", policy.clone()),
    ]);
    assert!(reported("AWS::S3::BucketPolicy", &bucket).is_empty());
    let queue = object([
        ("Queues", Json::array([Json::from("queue")])),
        ("PolicyDocument", policy),
    ]);
    assert_eq!(reported("AWS::SQS::QueuePolicy", &queue).len(), 1);
}

#[test]
fn the_case_of_engines_is_ignored() {
    let database = |engine: &'static str| {
        object([
            ("Engine", Json::from(engine)),
            ("DBInstanceClass", Json::from("db.t3.small")),
            ("AllocatedStorage", Json::from("20")),
        ])
    };
    assert!(reported("AWS::RDS::DBInstance", &database("MySQL")).is_empty());
    assert_eq!(
        reported("AWS::RDS::DBInstance", &database("mysqll")).len(),
        1
    );
}

#[test]
fn a_misspelt_name_is_not_also_missing() {
    let cluster = object([("SourceDBClusterIdentifer", Json::from("a"))]);
    assert_eq!(
        reported("AWS::RDS::GlobalCluster", &cluster),
        [
            "`AWS::RDS::GlobalCluster` has no property `SourceDBClusterIdentifer`\n\
          = help: did you mean `SourceDBClusterIdentifier`?"
        ]
    );
}

#[test]
fn a_type_of_a_service_that_was_shut_down_is_an_error() {
    let channel = object([("ChannelName", Json::from("events"))]);
    let reported = reported("AWS::IoTAnalytics::Channel", &channel);
    assert!(
        reported[0].contains("can no longer be created"),
        "{reported:?}"
    );
}
