//! What the host may do.

use vsc_spec::Json;
use vsc_spec::team::TeamIde;

use super::parameters::Parameters;
use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::intrinsic::{sub, sub_with};
use crate::template::{IntoValue as _, Step, Value};

/// The instance profile with the host's role: it reads the certificate and the team's passwords,
/// and lets Session Manager in.
pub(super) fn profile(stack: &mut Stack, ide: &TeamIde, parameters: &Parameters) -> Value<String> {
    let role = resource!(stack, HostRole: AWS::IAM::Role {
        Description: format!("The host of {}", ide.stack_name().as_str()),
        AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [{
                Effect: "Allow",
                Principal: { Service: "ec2.amazonaws.com" },
                Action: "sts:AssumeRole",
            }],
        },
        Policies: [{
            PolicyName: "host",
            PolicyDocument: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "ReadCertificate",
                        Effect: "Allow",
                        Action: "ssm:GetParameter",
                        Resource: [
                            parameter_arn(&parameters.certificate),
                            parameter_arn(&parameters.private_key),
                        ],
                    },
                    {
                        Sid: "ReadPasswords",
                        Effect: "Allow",
                        Action: "secretsmanager:GetSecretValue",
                        Resource: sub(
                            "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${AWS::StackName}/*",
                        ),
                    },
                    {
                        Sid: "RegisterWithSessionManager",
                        Effect: "Allow",
                        Action: "ssm:UpdateInstanceInformation",
                        Resource: sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*"),
                    },
                    {
                        Sid: "OpenSessions",
                        Effect: "Allow",
                        Action: [
                            "ssmmessages:CreateControlChannel",
                            "ssmmessages:CreateDataChannel",
                            "ssmmessages:OpenControlChannel",
                            "ssmmessages:OpenDataChannel",
                        ],
                        Resource: "*",
                    },
                ],
            },
        }],
        Tags: tags::of(ide, "host"),
    });
    let statement = [
        "Properties",
        "Policies",
        "0",
        "PolicyDocument",
        "Statement",
        "3",
        "Resource",
    ];
    stack.comment(
        &role,
        statement.map(|step| step.parse().map_or(Step::Key(step.into()), Step::Index)),
        "These actions have no resource-level permissions: AWS accepts nothing but \"*\" here.",
    );
    let profile = resource!(stack, HostProfile: AWS::IAM::InstanceProfile {
        Roles: [&role],
    });
    (&profile).into_value()
}

/// The ARN of a parameter, whose name may or may not begin with a slash.
fn parameter_arn(name: &Value<String>) -> Value<String> {
    const PARAMETERS: &str = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";
    match name.json() {
        Json::String(name) => {
            let slash = if name.starts_with('/') { "" } else { "/" };
            sub(format!("{PARAMETERS}{slash}{name}"))
        }
        // A name that the operator gives begins with a slash: the parameter's pattern says so.
        name => match name.get("Ref").and_then(Json::as_str) {
            Some(parameter) => sub(format!("{PARAMETERS}${{{parameter}}}")),
            None => sub_with(
                format!("{PARAMETERS}${{Name}}"),
                [("Name", Value::<String>::from_json(name.clone()))],
            ),
        },
    }
}
