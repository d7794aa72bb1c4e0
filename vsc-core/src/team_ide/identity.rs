//! The permissions of the host.

use std::iter;

use vsc_spec::Json;
use vsc_spec::team::{EcrRepository, ImageReference, Previews, TeamIde, Tls};

use super::handles::{HomeVolume, HostRole};
use super::host::LOGICAL_ID as HOST;
use super::parameters::{Certificate, Parameters, in_sub};
use super::secrets::CERTIFICATES;
use super::statement::Statement;
use super::{alarm, login, tags};
use crate::resource;
use crate::stack::Stack;
use crate::template::identifier::HostedZoneId;
use crate::template::intrinsic::{pseudo, reference, sub};
use crate::template::{IntoValue as _, Step, Value};

/// The role of the host, and its instance profile.
pub(super) struct Identity {
    pub(super) role: HostRole,
    pub(super) profile: Value<String>,
}

/// Adds the role, which may read the certificate and the team's passwords, and connect to Session
/// Manager.
pub(super) fn add(
    stack: &mut Stack,
    ide: &TeamIde,
    parameters: &Parameters,
    home_volume: Option<&HomeVolume>,
) -> Identity {
    let mut statements = Vec::new();
    statements.extend(parameters.certificate.as_ref().map(read_certificate));
    statements.push(read_passwords());
    statements.extend(login::read_client_secret(ide));
    if let (Tls::Acme { until, .. }, Some(domain), Some(zone)) =
        (ide.tls(), ide.domain(), &parameters.hosted_zone)
    {
        let until = until.as_ref().map(vsc_spec::team::Date::as_str);
        let previews = ide.previews() == Previews::Subdomains;
        statements.extend(issue_certificates(domain.as_str(), zone, until, previews));
    }
    let mut unscoped = Vec::new();
    if let Some(volume) = home_volume {
        statements.extend(take_homes(volume));
        unscoped.push((statements.len(), "These actions have"));
        statements.push(find_homes());
    }
    let repositories = repositories(ide);
    if !repositories.is_empty() {
        unscoped.push((statements.len(), "This action has"));
        statements.push(log_in_to_registries());
        statements.push(pull_images(repositories));
    }
    unscoped.push((statements.len(), "This action has"));
    statements.push(alarm::statement());
    statements.push(register_with_session_manager());
    let subjects = ["This action has", "These actions have"];
    for (subject, statement) in subjects.into_iter().zip(open_sessions()) {
        unscoped.push((statements.len(), subject));
        statements.push(statement);
    }
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
    for (at, subject) in unscoped {
        let path = [
            Step::Key("Properties".into()),
            Step::Key("Policies".into()),
            Step::Index(0),
            Step::Key("PolicyDocument".into()),
            Step::Key("Statement".into()),
            Step::Index(at),
            Step::Key("Resource".into()),
        ];
        stack.comment(
            &role,
            path,
            format!("{subject} no resource-level permissions: AWS accepts nothing but \"*\" here."),
        );
    }
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

/// A secret of the team is identified by name and stack: `prod/db/password` is not a secret of a team
/// called `prod`. CloudFormation tags the resources of a stack, and only it can set such tags.
fn read_passwords() -> Statement {
    let secrets = sub(
        "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${AWS::StackName}/*",
    );
    let stack = pseudo::stack_id();
    Statement::allow(["secretsmanager:GetSecretValue"], [secrets])
        .sid("ReadPasswords")
        .when(
            "StringEquals",
            "aws:ResourceTag/aws:cloudformation:stack-id",
            Value::<Json>::from_json(stack.into_json()),
        )
}

/// To get certificates issued, the host proves control of the domain by records of a single type, of one name
/// and for previews of those below the domain, and stores the certificates. Amazon Route 53 Developer Guide, "Using IAM policy
/// conditions for fine-grained access control".
fn issue_certificates(
    domain: &str,
    zone: &Value<HostedZoneId>,
    until: Option<&str>,
    previews: bool,
) -> [Statement; 4] {
    const KEY: &str = "route53:ChangeResourceRecordSets";
    let zone = || {
        sub(format!(
            "arn:${{AWS::Partition}}:route53:::hostedzone/{}",
            in_sub(zone)
        ))
    };
    // Those of previews are below the names of workspaces.
    let below = previews.then(|| format!("_acme-challenge.*.{domain}"));
    let names = iter::once(format!("_acme-challenge.{domain}")).chain(below);
    let names: Vec<String> = names.collect();
    let mut answer = Statement::allow(["route53:ChangeResourceRecordSets"], [zone()])
        .sid("AnswerChallenges")
        .when(
            "ForAllValues:StringLike",
            format!("{KEY}NormalizedRecordNames"),
            names,
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

/// To take the volume of the homes from an earlier host, the host stops that one, and starts it again if it
/// gives them back. Both are the host of this stack: CloudFormation tags the resources of a stack, and
/// only it can set such tags.
fn take_homes(volume: &HomeVolume) -> [Statement; 2] {
    let move_it = ["ec2:AttachVolume", "ec2:DetachVolume"];
    let instead = ["ec2:StopInstances", "ec2:StartInstances"];
    let volume = sub(format!(
        "arn:${{AWS::Partition}}:ec2:${{AWS::Region}}:${{AWS::AccountId}}:volume/${{{}}}",
        volume.logical_id()
    ));
    let stack = Value::<Json>::from_json(pseudo::stack_id().into_json());
    [
        Statement::allow(move_it, [volume]).sid("MoveTheHomes"),
        Statement::allow(move_it.into_iter().chain(instead), [instances()])
            .sid("BetweenHostsOfThisStack")
            .when(
                "StringEquals",
                "aws:ResourceTag/aws:cloudformation:stack-id",
                stack,
            )
            .when(
                "StringEquals",
                "aws:ResourceTag/aws:cloudformation:logical-id",
                HOST,
            ),
    ]
}

fn find_homes() -> Statement {
    Statement::allow(["ec2:DescribeVolumes", "ec2:DescribeInstances"], ["*"]).sid("FindTheHomes")
}

/// The private repositories of the images, each once.
fn repositories(ide: &TeamIde) -> Vec<EcrRepository<'_>> {
    let images = [ide.image(), ide.proxy_image()];
    let mut repositories: Vec<_> = images
        .into_iter()
        .filter_map(ImageReference::ecr_repository)
        .collect();
    repositories.dedup();
    repositories
}

/// Amazon ECR User Guide, "Private registry authentication".
fn log_in_to_registries() -> Statement {
    Statement::allow(["ecr:GetAuthorizationToken"], ["*"]).sid("LogInToRegistries")
}

/// The permissions to pull: Amazon ECR User Guide, "Required IAM permissions" of pulling an image.
fn pull_images(repositories: Vec<EcrRepository<'_>>) -> Statement {
    let actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
    let arns = repositories.into_iter().map(|repository| {
        sub(format!(
            "arn:${{AWS::Partition}}:ecr:{}:{}:repository/{}",
            repository.region().name(),
            repository.account(),
            repository.name()
        ))
    });
    Statement::allow(actions, arns).sid("PullImages")
}

/// All instances of the account and region: no instance is known when the role is created.
fn instances() -> Value<String> {
    sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*")
}

/// Limits a statement to credentials of instances: Service Authorization
/// Reference, "AWS Systems Manager" and "Amazon Message Gateway Service".
fn from_instances(statement: Statement) -> Statement {
    let instances = Value::<Json>::from_json(instances().into_json());
    statement.when("ArnLike", "ec2:SourceInstanceARN", instances)
}

fn register_with_session_manager() -> Statement {
    let register = Statement::allow(["ssm:UpdateInstanceInformation"], [instances()]);
    from_instances(register.sid("RegisterWithSessionManager"))
}

/// Only the first of these actions supports conditions on the origin of a request.
fn open_sessions() -> [Statement; 2] {
    let first = Statement::allow(["ssmmessages:CreateControlChannel"], ["*"]);
    let others = [
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ];
    [
        from_instances(first.sid("BeginSessions")),
        Statement::allow(others, ["*"]).sid("OpenSessions"),
    ]
}

/// The ARN of a parameter, with or without a leading slash in its name.
fn parameter_arn(name: &Value<String>) -> Value<String> {
    const PARAMETERS: &str = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";
    // A name from a parameter begins with a slash, by the pattern of the parameter.
    let name = in_sub(name);
    let slash = if name.starts_with(['/', '$']) {
        ""
    } else {
        "/"
    };
    sub(format!("{PARAMETERS}{slash}{name}"))
}
