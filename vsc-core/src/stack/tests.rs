//! Resources that `resource!` adds to a stack.

use vsc_spec::Json;

use super::MOVED_FROM;
use super::handles::AwsEC2VPC;
use crate::{Stack, resource};

/// A handle that is defined in the library has a name, so that a function can return it.
fn network(stack: &mut Stack) -> AwsEC2VPC {
    resource!(stack, Vpc: AWS::EC2::VPC { CidrBlock: "10.0.0.0/16" })
}

#[test]
fn handles_are_equal_wherever_they_are_defined() {
    let mut stack = Stack::new("test");
    let vpc = network(&mut stack);
    let trust = crate::json!({ Version: "2012-10-17", Statement: [] });
    let role = resource!(&mut stack, Role: AWS::IAM::Role {
        AssumeRolePolicyDocument: trust,
    });
    let (vpc_again, role_again) = (vpc.clone(), Some(role.clone()));
    let mut groups = Vec::new();
    for index in 0..2 {
        groups.push(
            resource!(&mut stack, (format!("Group{index}")): AWS::EC2::SecurityGroup {
                GroupDescription: role.arn(),
                VpcId: &vpc_again,
            } with { DependsOn: [&vpc, &role] }),
        );
    }
    stack.output("Role", role_again.as_ref());
    stack.output("Cidr", vpc.cidr_block());
    for (output, group) in ["First", "Second"].into_iter().zip(&groups) {
        stack.output(output, group.group_id());
    }
    assert_eq!(vpc.logical_id().as_str(), "Vpc");
    assert_eq!(role.logical_id().as_str(), "Role");
    assert_eq!(
        [format!("{vpc:?}"), format!("{role:?}")],
        [
            "AwsEC2VPC(Handle { logical_id: LogicalId(\"Vpc\") })",
            "AwsIAMRole(Handle { logical_id: LogicalId(\"Role\") })",
        ]
    );
    let template = stack.template().to_yaml_string();
    for (expected, times) in [
        ("!Ref Vpc", 2),
        ("!GetAtt Vpc.CidrBlock", 1),
        ("!Ref Role", 1),
        ("!GetAtt Role.Arn", 2),
        ("!GetAtt Group1.GroupId", 1),
        ("- Vpc\n      - Role", 2),
    ] {
        let found = template.matches(expected).count();
        assert_eq!(found, times, "{expected}: {template}");
    }
}

#[test]
fn the_old_logical_id_is_in_the_metadata() {
    const OLD: &str = "Topics";
    let mut stack = Stack::new("test");
    resource!(&mut stack, Jobs: AWS::SQS::Queue {} with {
        moved_from: "Queue",
        Metadata: { Owner: "ops" },
    });
    resource!(&mut stack, News: AWS::SNS::Topic {} with { moved_from: OLD });
    let template = stack.finish().expect("it is valid").to_json();
    let metadata = |id: &str| {
        let path = ["Resources", id, "Metadata"];
        let found = path.iter().try_fold(&template, |json, name| json.get(name));
        found.expect("there is metadata").clone()
    };
    assert_eq!(
        metadata("Jobs"),
        Json::object([("Owner", "ops"), (MOVED_FROM, "Queue")])
    );
    assert_eq!(metadata("News"), Json::object([(MOVED_FROM, "Topics")]));
}
