//! After a rollback the former host may be stopped, since the newer one took its homes: it is started again.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::handles::Host;
use super::statement::Statement;
use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::identifier::RoleArn;
use crate::template::intrinsic::{pseudo, sub};

/// The runbook that starts instances: AWS Systems Manager Automation runbook reference.
const RUNBOOK: &str = "AWS-StartEC2Instance";

/// Adds a rule of EventBridge that starts the host of the rolled back stack, by a runbook of AWS.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde, host: &Host) {
    let role = resource!(stack, StartRole: AWS::IAM::Role {
        Description: format!("Starts the host of {} after a rollback", ide.stack_name().as_str()),
        AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [{
                Effect: "Allow",
                Principal: { Service: ["events.amazonaws.com", "ssm.amazonaws.com"] },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": pseudo::account_id() } },
            }],
        },
        Tags: tags::of(ide, "start"),
    });
    let statements = statements(role.arn()).map(Statement::into_json);
    let policy = resource!(stack, StartPolicy: AWS::IAM::RolePolicy {
        RoleName: &role,
        PolicyName: "start",
        PolicyDocument: { Version: "2012-10-17", Statement: Json::array(statements) },
    });
    let pattern = Json::object([
        ("source", Json::array(["aws.cloudformation"])),
        (
            "detail-type",
            Json::array(["CloudFormation Stack Status Change"]),
        ),
        (
            "detail",
            Json::object([
                ("stack-id", Json::array([pseudo::stack_id().into_json()])),
                (
                    "status-details",
                    Json::object([("status", Json::array(["UPDATE_ROLLBACK_COMPLETE"]))]),
                ),
            ]),
        ),
    ]);
    resource!(stack, AfterRollback: AWS::Events::Rule {
        Description: format!("Starts the host of {} after a rollback", ide.stack_name().as_str()),
        EventPattern: pattern,
        Targets: [{
            Id: "start",
            Arn: sub(format!(
                "arn:${{AWS::Partition}}:ssm:${{AWS::Region}}::automation-definition/{RUNBOOK}:$DEFAULT"
            )),
            RoleArn: role.arn(),
            Input: sub(format!(
                r#"{{"InstanceId":["${{{}}}"],"AutomationAssumeRole":["${{{}.Arn}}"]}}"#,
                host.logical_id(),
                role.logical_id(),
            )),
        }],
    } with {
        DependsOn: [&policy],
    });
}

/// What the rule and the runbook may do. The runbook looks at all instances: EC2 knows no resources for
/// that.
fn statements(role: Value<RoleArn>) -> [Statement; 4] {
    let execute = [
        format!("arn:${{AWS::Partition}}:ssm:${{AWS::Region}}::automation-definition/{RUNBOOK}:*"),
        format!("arn:${{AWS::Partition}}:ssm:${{AWS::Region}}:*:document/{RUNBOOK}"),
    ];
    let instances = "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*";
    let stack = Value::<Json>::from_json(pseudo::stack_id().into_json());
    [
        Statement::allow(["ssm:StartAutomationExecution"], execute.map(sub)).sid("RunTheRunbook"),
        Statement::allow(["ec2:StartInstances"], [sub(instances)])
            .sid("StartTheHost")
            .when(
                "StringEquals",
                "aws:ResourceTag/aws:cloudformation:stack-id",
                stack,
            ),
        Statement::allow(
            ["ec2:DescribeInstances", "ec2:DescribeInstanceStatus"],
            ["*"],
        )
        .sid("SeeWhetherItRuns"),
        Statement::allow(["iam:PassRole"], [role])
            .sid("GiveTheRunbookThisRole")
            .when("StringEquals", "iam:PassedToService", "ssm.amazonaws.com"),
    ]
}
