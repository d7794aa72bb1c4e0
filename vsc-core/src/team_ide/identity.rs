//! What the host may do.

use vsc_spec::Json;
use vsc_spec::team::{TeamIde, Tls};

use super::handles::HostRole;
use super::parameters::{Certificate, Parameters, in_sub};
use super::secrets::CERTIFICATES;
use super::statement::Statement;
use super::tags;
use crate::resource;
use crate::stack::Stack;
use crate::template::identifier::HostedZoneId;
use crate::template::intrinsic::{reference, sub};
use crate::template::{IntoValue as _, Step, Value};

/// The role of the host, and the instance profile that gives it to the host.
pub(super) struct Identity {
    pub(super) role: HostRole,
    pub(super) profile: Value<String>,
}

/// The role reads the certificate and the team's passwords, and lets Session Manager in.
pub(super) fn add(stack: &mut Stack, ide: &TeamIde, parameters: &Parameters) -> Identity {
    let mut statements = Vec::new();
    statements.extend(parameters.certificate.as_ref().map(read_certificate));
    statements.push(read_passwords());
    if let (Tls::Acme { until, .. }, Some(domain), Some(zone)) =
        (ide.tls(), ide.domain(), &parameters.hosted_zone)
    {
        let until = until.as_ref().map(vsc_spec::team::Date::as_str);
        statements.extend(issue_certificates(domain.as_str(), zone, until));
    }
    statements.push(register_with_session_manager());
    let open_sessions = statements.len();
    statements.push(open_sessions_statement());
    let statements: Vec<Json> = statements.into_iter().map(Statement::into_json).collect();
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
            PolicyDocument: { Version: "2012-10-17", Statement: statements },
        }],
        Tags: tags::of(ide, "host"),
    });
    let path = [
        Step::Key("Properties".into()),
        Step::Key("Policies".into()),
        Step::Index(0),
        Step::Key("PolicyDocument".into()),
        Step::Key("Statement".into()),
        Step::Index(open_sessions),
        Step::Key("Resource".into()),
    ];
    stack.comment(
        &role,
        path,
        "These actions have no resource-level permissions: AWS accepts nothing but \"*\" here.",
    );
    let profile = resource!(stack, HostProfile: AWS::IAM::InstanceProfile {
        Roles: [&role],
    });
    Identity {
        role: HostRole::new((*role).clone()),
        profile: (&profile).into_value(),
    }
}

fn read_certificate(names: &Certificate) -> Statement {
    let names = [&names.certificate, &names.private_key];
    Statement::allow(["ssm:GetParameter"], names.map(parameter_arn)).sid("ReadCertificate")
}

fn read_passwords() -> Statement {
    let secrets = sub(
        "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${AWS::StackName}/*",
    );
    Statement::allow(["secretsmanager:GetSecretValue"], [secrets]).sid("ReadPasswords")
}

/// To have certificates issued, the host proves that the domain is its own by a record of one name
/// and type, and keeps what it was given. Amazon Route 53 Developer Guide, "Using IAM policy
/// conditions for fine-grained access control".
fn issue_certificates(
    domain: &str,
    zone: &Value<HostedZoneId>,
    until: Option<&str>,
) -> [Statement; 4] {
    const KEY: &str = "route53:ChangeResourceRecordSets";
    let zone = || {
        sub(format!(
            "arn:${{AWS::Partition}}:route53:::hostedzone/{}",
            in_sub(zone)
        ))
    };
    let mut answer = Statement::allow(["route53:ChangeResourceRecordSets"], [zone()])
        .sid("AnswerChallenges")
        .when(
            "ForAllValues:StringEquals",
            format!("{KEY}NormalizedRecordNames"),
            [format!("_acme-challenge.{domain}")],
        )
        .when(
            "ForAllValues:StringEquals",
            format!("{KEY}RecordTypes"),
            ["TXT"],
        )
        .when(
            "ForAllValues:StringEquals",
            format!("{KEY}Actions"),
            ["UPSERT", "DELETE"],
        );
    if let Some(until) = until {
        answer = answer.when(
            "DateLessThanEquals",
            "aws:CurrentTime",
            format!("{until}T23:59:59Z"),
        );
    }
    let changes = sub("arn:${AWS::Partition}:route53:::change/*");
    let kept: Value<String> = reference(CERTIFICATES);
    [
        answer,
        Statement::allow(["route53:ListResourceRecordSets"], [zone()]).sid("ReadChallenges"),
        Statement::allow(["route53:GetChange"], [changes]).sid("FollowChanges"),
        Statement::allow(["secretsmanager:PutSecretValue"], [kept]).sid("KeepCertificates"),
    ]
}

fn register_with_session_manager() -> Statement {
    let instances = sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*");
    Statement::allow(["ssm:UpdateInstanceInformation"], [instances])
        .sid("RegisterWithSessionManager")
}

fn open_sessions_statement() -> Statement {
    let actions = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ];
    Statement::allow(actions, ["*"]).sid("OpenSessions")
}

/// The ARN of a parameter, whose name may or may not begin with a slash.
fn parameter_arn(name: &Value<String>) -> Value<String> {
    const PARAMETERS: &str = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";
    // A name that the operator gives begins with a slash: the parameter's pattern says so.
    let name = in_sub(name);
    let slash = if name.starts_with(['/', '$']) {
        ""
    } else {
        "/"
    };
    sub(format!("{PARAMETERS}{slash}{name}"))
}
