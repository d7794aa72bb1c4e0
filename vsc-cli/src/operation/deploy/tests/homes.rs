//! Deployments of a team: its homes are never lost by accident.

use super::*;
use crate::aws::scripted::with_user;

/// The deployed values of the parameters.
const VALUES: [(&str, &str); 9] = [
    ("VpcId", "vpc-0a1b2c3d4e5f67890"),
    ("SubnetId", "subnet-0a1b2c3d4e5f67890"),
    ("HostedZoneId", "Z0123456789ABCDEFGHIJ"),
    ("CertificateParameterName", "/acme/certificate"),
    ("PrivateKeyParameterName", "/acme/key"),
    ("SourceIP", "203.0.113.0/24"),
    ("HostGeneration", "1"),
    ("AvailabilityZone", "eu-west-1a"),
    ("HomeVolumeSize", "22"),
];

/// The members of a stack with these values.
fn values(values: &[(&str, &str)]) -> String {
    let members = values.iter().map(|(name, value)| {
        format!(
            "<member><ParameterKey>{name}</ParameterKey><ParameterValue>{value}</ParameterValue></member>"
        )
    });
    format!("<Parameters>{}</Parameters>", members.collect::<String>())
}

/// The template of a host of an earlier version.
fn earlier(more: &str) -> String {
    format!(
        "
Parameters:
  SubnetId: {{Type: AWS::EC2::Subnet::Id}}
  ImageId: {{Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /aws/a}}
Resources:
  Host:
    Type: AWS::EC2::Instance
    Metadata: {{a: {{/etc/vsc/workspaces/alice.env: {{content: \"HOME_SHARE=20480\\n\"}}}}}}
    Properties: {{ImageId: !Ref ImageId, SubnetId: !Ref SubnetId, UserData: old}}
{more}
Outputs:
  AliceUrl: {{Description: The workspace of alice; the password is elsewhere, Value: a}}
  BobUrl: {{Description: The workspace of bob; the password is elsewhere, Value: b}}
"
    )
}

const ATTACHED: &str = "
  HomeVolume: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {AvailabilityZone: !GetAtt Host.AvailabilityZone, Size: 40}}
  Mount: {Type: AWS::EC2::VolumeAttachment, Properties: {InstanceId: !Ref Host, VolumeId: !Ref HomeVolume}}
";

/// The first step of a move, as it is deployed.
const MOVING: &str = "
  HomeVolume: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {AvailabilityZone: z, Size: 40}}
";

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<TemplateBody>{text}</TemplateBody>")
}

/// The changes of a change set: action, logical ID, replacement.
fn changes(changes: &[(&str, &str, &str)]) -> Answer {
    let members = changes.iter().map(|(action, id, replacement)| {
        format!(
            "<member><ResourceChange><Action>{action}</Action><LogicalResourceId>{id}</LogicalResourceId><ResourceType>AWS::EC2::Instance</ResourceType><Replacement>{replacement}</Replacement></ResourceChange></member>"
        )
    });
    let members: String = members.collect();
    content("CREATE_COMPLETE", &format!("<Changes>{members}</Changes>"))
}

fn instance(state: &str) -> Answer {
    good(format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><imageId>ami-7</imageId><instanceState><name>{state}</name></instanceState><placement><availabilityZone>eu-west-1a</availabilityZone></placement></item></instancesSet></item></reservationSet>"
    ))
}

/// The report of a host.
fn report(text: &str) -> Answer {
    good(format!(
        r#"{{"Status": "Success", "StandardOutputContent": "{text}"}}"#
    ))
}

/// AWS with a team deployed by a template, with these values.
fn deployed_team(template: &str, given: &[(&str, &str)]) -> Aws {
    let host = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId><ResourceType>AWS::EC2::Instance</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member></StackResourceSummaries>";
    let state = |state: &str| crate::aws::scripted::stack_with(state, &values(given));
    aws([state("CREATE_COMPLETE"), state("UPDATE_COMPLETE")])
        .answers("GetTemplate", [good(escaped(template))])
        .answers("ListStackResources", [good(host)])
        .answers("DescribeInstances", [instance("running")])
        .answers(
            "SendCommand",
            [good(r#"{"Command": {"CommandId": "c-1"}}"#)],
        )
        .answers("GetCommandInvocation", [report("homes=volume")])
}

/// The team as it is declared, deployed.
fn own() -> Aws {
    deployed_team(&team(|team| team).template.text, &VALUES)
}

/// The outcome and the output of the deployment of a team.
fn deployed_as(aws: &Aws, stack: &Stack, options: &Options) -> (Result<Outcome, Failure>, String) {
    aws.run(async |session| {
        let result = deploy(session, stack, options).await;
        (result, heard::take())
    })
}

fn rejected(aws: &Aws, stack: &Stack, options: &Options) -> String {
    let reported = message(deployed_as(aws, stack, options).0);
    assert!(!has(aws, "ExecuteChangeSet"), "{reported}");
    reported
}

/// The submitted value of a parameter.
fn submitted(aws: &Aws, name: &str) -> Option<String> {
    let call = aws.last("CreateChangeSet");
    let mut index = 1..60;
    let index = index.find(|index| {
        call.parameter(&format!("Parameters.member.{index}.ParameterKey")) == Some(name)
    })?;
    let value = call.parameter(&format!("Parameters.member.{index}.ParameterValue"));
    value.map(str::to_owned)
}

/// The policies that were set, without white space.
fn policies(aws: &Aws) -> Vec<String> {
    let calls = aws.calls("SetStackPolicy");
    let bodies = calls
        .iter()
        .filter_map(|call| call.parameter("StackPolicyBody"));
    bodies
        .map(|body| body.split_whitespace().collect())
        .collect()
}

const ALLOW: &str = r#"{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}"#;

fn deny(id: &str) -> String {
    format!(
        r#"{{"Effect":"Deny","Action":["Update:Replace","Update:Delete"],"Principal":"*","Resource":"LogicalResourceId/{id}"}}"#
    )
}

fn policy(statements: &[&str]) -> String {
    format!(r#"{{"Statement":[{}]}}"#, statements.join(","))
}

fn policy_answer(policy: &str) -> Answer {
    let policy = policy.replace('"', "&quot;");
    good(format!("<StackPolicyBody>{policy}</StackPolicyBody>"))
}

const NO_VOLUME: fn(vsc_spec::team::TeamIdeBuilder) -> vsc_spec::team::TeamIdeBuilder =
    |team| team.home_volume("none");

#[test]
fn the_zone_follows_the_subnet() {
    let aws = own();
    assert!(deployed_as(&aws, &team(|team| team), &options()).0.is_ok());
    assert_eq!(
        aws.last("DescribeSubnets").parameter("SubnetId.1"),
        Some("subnet-0a1b2c3d4e5f67890")
    );
    assert_eq!(
        submitted(&aws, "AvailabilityZone").as_deref(),
        Some("eu-west-1a")
    );
    // Without permission, the deployed zone stays.
    let denied = own().answers("DescribeSubnets", [bad("UnauthorizedOperation", "no")]);
    let (outcome, reported) = deployed_as(&denied, &team(|team| team), &options());
    assert!(outcome.is_ok(), "{reported}");
    assert!(
        reported.contains("warning: cannot look up the zone of the subnet, and keeps eu-west-1a: "),
        "{reported}"
    );
    let gone = own().answers("DescribeSubnets", [bad("InvalidSubnetID.NotFound", "no")]);
    let reported = rejected(&gone, &team(|team| team), &options());
    assert!(
        reported.starts_with(
            "there is no subnet subnet-0a1b2c3d4e5f67890 in eu-west-1\nnothing was changed\n"
        ),
        "{reported}"
    );
    // A new stack has no zone to keep.
    let denied = aws_of_new_team().answers("DescribeSubnets", [bad("UnauthorizedOperation", "no")]);
    let reported = rejected(&denied, &team(|team| team), &of_new_team());
    assert!(
        reported.ends_with("= help: or pass it: `--parameter AvailabilityZone=…`"),
        "{reported}"
    );
    let given = Options {
        arguments: [("AvailabilityZone".to_owned(), "eu-west-1c".to_owned())]
            .into_iter()
            .chain(of_new_team().arguments)
            .collect(),
        ..options()
    };
    let new = aws_of_new_team();
    assert!(deployed_as(&new, &team(|team| team), &given).0.is_ok());
    assert_eq!(
        submitted(&new, "AvailabilityZone").as_deref(),
        Some("eu-west-1c")
    );
    assert!(!has(&new, "DescribeSubnets"));
}

fn aws_of_new_team() -> Aws {
    aws([missing(), missing(), stack("CREATE_COMPLETE")])
}

fn of_new_team() -> Options {
    let arguments = VALUES.iter().take(6);
    Options {
        arguments: arguments
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..options()
    }
}

#[test]
fn homes_move_to_no_other_zone() {
    let aws = own().answers("DescribeSubnets", [subnet("eu-west-1b")]);
    assert_eq!(
        rejected(&aws, &team(|team| team), &options()),
        "team cannot be deployed: its subnet is in eu-west-1b, and the homes are in eu-west-1a\n\
         no volume moves to another zone\n\
         nothing was changed\n\
         = help: use a subnet in eu-west-1a\n\
         = help: or move everything: delete the stack with `cargo run -- destroy team`, which keeps a snapshot of the homes\n\
         = help: and create it with `cargo run -- deploy team --homes-snapshot SNAPSHOT`"
    );
    assert!(!has(&aws, "CreateChangeSet"));
}

/// The homes on the host of the team.
const HOMES: &str = "alice|10240|800|present|\\nbob|10240|900|present|\\n";

#[test]
fn a_newcomer_has_room_beside_the_homes_that_are_kept() {
    let three = team(|team| team.user("carol"));
    let size = |answer: Answer, state: &str| {
        let aws = own()
            .answers("GetCommandInvocation", [answer])
            .answers("DescribeInstances", [instance(state)]);
        let outcome = deployed_as(&aws, &three, &options()).0;
        assert!(outcome.is_ok(), "{}", message(outcome));
        submitted(&aws, "HomeVolumeSize")
    };
    let with = |more: &str| size(report(&format!("{HOMES}{more}")), "running");
    assert_eq!(with("").as_deref(), Some("32"));
    // What somebody left before the deployed template; without a known use it is all of it.
    let left = "dave|10240|9216|departed|2026-11-01|\\n";
    assert_eq!(with(left).as_deref(), Some("42"));
    let unknown = "dave|20480||departed|2026-11-01|\\n";
    assert_eq!(with(unknown).as_deref(), Some("53"));
    // An earlier home of the newcomer is kept, or comes back.
    let earlier = "carol|20480|1024|departed|2026-11-01|\\n";
    assert_eq!(with(earlier).as_deref(), Some("33"));
    let back = "carol|20480|1024|departed|2026-11-01|return\\n";
    assert_eq!(with(back).as_deref(), Some("43"));
    // Without an answer, it is added to what is there.
    assert_eq!(size(report(""), "running").as_deref(), Some("33"));
    assert_eq!(size(report(HOMES), "stopped").as_deref(), Some("33"));
    // Nobody is asked if nobody joins.
    let aws = own();
    assert!(deployed_as(&aws, &team(|team| team), &options()).0.is_ok());
    assert!(!has(&aws, "SendCommand"));
}

#[test]
fn the_size_is_known_without_the_deployed_template_or_its_value() {
    let mut given = VALUES;
    given[8].1 = "64";
    let unreadable = deployed_team("Resources: [", &given);
    let two = team(|team| team);
    let outcome = deployed_as(&unreadable, &two, &options()).0;
    assert!(outcome.is_ok(), "{}", message(outcome));
    assert_eq!(
        submitted(&unreadable, "HomeVolumeSize").as_deref(),
        Some("64")
    );
    let folder = vsc_core::file::folder(&std::env::temp_dir(), "sizes").expect("a folder");
    let file = folder.join("parameters.json");
    let previous = r#"[{"ParameterKey": "HomeVolumeSize", "UsePreviousValue": true}]"#;
    std::fs::write(&file, previous).expect("it is written");
    let with_file = Options {
        parameters_file: Some(file),
        ..options()
    };
    let three = team(|team| team.user("carol"));
    let aws = own().answers("GetCommandInvocation", [report(HOMES)]);
    let reported = rejected(&aws, &three, &with_file);
    assert!(
        reported.starts_with(
            "team cannot be deployed: the homes need 32 GiB, and their volume has 22 GiB\n"
        ),
        "{reported}"
    );
    assert!(deployed_as(&own(), &two, &with_file).0.is_ok());
}

#[test]
fn the_volume_grows_and_never_shrinks() {
    let size = |declared: &Stack, deployed: &str| {
        let mut given = VALUES;
        given[8].1 = deployed;
        let aws = deployed_team(&team(|team| team).template.text, &given)
            .answers("GetCommandInvocation", [report(HOMES)]);
        let outcome = deployed_as(&aws, declared, &options()).0;
        assert!(outcome.is_ok(), "{}", message(outcome));
        submitted(&aws, "HomeVolumeSize")
    };
    let two = team(|team| team);
    assert_eq!(size(&two, "22").as_deref(), Some("22"));
    assert_eq!(size(&two, "64").as_deref(), Some("64"));
    let three = team(|team| team.user("carol"));
    assert_eq!(size(&three, "22").as_deref(), Some("32"));
    // The home of a developer who leaves is kept.
    let other = crate::assembly::written::declared(
        vsc_spec::team::TeamIde::builder()
            .user("alice")
            .user("carol")
            .stack_name("team")
            .domain("code.example.com")
            .declaration(),
    );
    assert_eq!(size(&other, "22").as_deref(), Some("32"));
    // A declared size is not changed.
    let small = team(|team| team.home_volume("20 GiB"));
    assert_eq!(
        rejected(&own(), &small, &options()),
        "team cannot be deployed: the volume of the homes has 22 GiB, and would have 20 GiB\n\
         an EBS volume never shrinks\n\
         nothing was changed\n\
         = help: write `home_volume = \"22 GiB\"`"
    );
    let crowded = team(|team| team.home_volume("24 GiB").user("carol"));
    assert_eq!(
        rejected(&own(), &crowded, &options()),
        "team cannot be deployed: the homes need 30 GiB, and their volume has 24 GiB\n\
         a home never shrinks, and that of a developer who leaves is kept until `homes purge`\n\
         nothing was changed\n\
         = help: write `home_volume = \"30 GiB\"`"
    );
    let given = Options {
        arguments: vec![("HomeVolumeSize".to_owned(), "33".to_owned())],
        ..options()
    };
    let mut grown = VALUES;
    grown[8].1 = "40";
    let aws = deployed_team(&two.template.text, &grown);
    let reported = rejected(&aws, &two, &given);
    assert!(
        reported.ends_with("= help: pass `--parameter HomeVolumeSize=40`, or omit it"),
        "{reported}"
    );
}

#[test]
fn a_new_host_is_made_on_request() {
    let aws = own().answers(
        "DescribeChangeSet",
        [changes(&[("Modify", "Host", "True")])],
    );
    let wanted = Options {
        new_host: true,
        ..options()
    };
    let (outcome, reported) = deployed_as(&aws, &team(|team| team), &wanted);
    assert!(outcome.is_ok(), "{reported}");
    let generation = submitted(&aws, "HostGeneration").unwrap_or_default();
    assert!(
        generation.ends_with('Z') && generation.len() == 16,
        "{generation}"
    );
    assert!(
        reported
            .contains("\na new host of team boots from the newest image beside the present one; "),
        "{reported}"
    );
    // Without it the host stays.
    let aws = own();
    assert!(deployed_as(&aws, &team(|team| team), &options()).0.is_ok());
    assert_eq!(submitted(&aws, "HostGeneration").as_deref(), Some("1"));
    let queue = aws_of_new_team();
    let reported = rejected(&queue, &stacked(|_| {}), &wanted);
    assert_eq!(
        reported,
        "usage: `--new-host` replaces the host of a team, and team has none"
    );
}

#[test]
fn a_lost_home_is_asked_for_even_with_yes() {
    let none = team(NO_VOLUME);
    let removed = || changes(&[("Remove", "HomeVolume", "False")]);
    let aws = own().answers("DescribeChangeSet", [removed()]);
    assert_eq!(
        rejected(&aws, &none, &options()),
        "team cannot be deployed: this removes `HomeVolume`, and with it the homes of 2 developers (alice and bob); a snapshot of the volume is kept\n\
         nothing was changed; the change set was deleted\n\
         = help: keep them: remove `home_volume = none`\n\
         = help: pass `--lose-homes` if they may be lost"
    );
    assert!(has(&aws, "DeleteChangeSet"));
    // What CloudFormation alone knows counts as well.
    for (replacement, verb) in [("True", "replaces"), ("Conditional", "may replace")] {
        let aws = own().answers(
            "DescribeChangeSet",
            [changes(&[("Modify", "HomeVolume", replacement)])],
        );
        let reported = rejected(&aws, &team(|team| team), &options());
        let expected = format!("team cannot be deployed: this {verb} `HomeVolume`, and with it");
        assert!(reported.starts_with(&expected), "{reported}");
    }
    let on_root = deployed_team(&none.template.text, &VALUES[..7]).answers(
        "DescribeChangeSet",
        [changes(&[("Modify", "Host", "True")])],
    );
    let reported = rejected(&on_root, &none, &options());
    assert!(
        reported.starts_with("team cannot be deployed: this replaces `Host`, and with it the homes of 2 developers (alice and bob); nothing of them is kept\n"),
        "{reported}"
    );
    assert!(
        reported.contains("then move them with `--move-homes`"),
        "{reported}"
    );
    // A host that takes its volume is replaced without a loss.
    let aws = own().answers(
        "DescribeChangeSet",
        [changes(&[("Modify", "Host", "True")])],
    );
    assert!(deployed_as(&aws, &team(|team| team), &options()).0.is_ok());
    // A plan only says so.
    let plan = Options {
        dry_run: true,
        ..options()
    };
    let aws = own().answers("DescribeChangeSet", [removed()]);
    let (outcome, reported) = deployed_as(&aws, &none, &plan);
    assert!(outcome.is_ok());
    assert!(
        reported.contains("this removes `HomeVolume`, and with it"),
        "{reported}"
    );
    assert!(!has(&aws, "SetStackPolicy"));
}

#[test]
fn homes_are_lost_on_request_and_with_a_new_host() {
    let none = team(NO_VOLUME);
    let protected = policy(&[ALLOW, &deny("HomeVolume")]);
    let lost = |yes: bool| Options {
        yes,
        loses_homes: true,
        ..options()
    };
    let aws = || {
        own()
            .answers(
                "DescribeChangeSet",
                [changes(&[("Remove", "HomeVolume", "False")])],
            )
            .answers(
                "GetStackPolicy",
                [policy_answer(&protected), policy_answer(&policy(&[ALLOW]))],
            )
    };
    let script = aws();
    let (outcome, reported) = deployed_as(&script, &none, &lost(true));
    assert!(outcome.is_ok(), "{reported}");
    assert!(
        reported
            .contains("the stack policy of team allows the loss of its homes for this update\n"),
        "{reported}"
    );
    // It is lifted before the change set, and there is nothing to put back.
    assert_eq!(policies(&script), [policy(&[ALLOW])]);
    let calls = script.operations();
    let position = |name: &str| calls.iter().position(|call| call == name);
    assert!(
        position("SetStackPolicy") < position("CreateChangeSet"),
        "{calls:?}"
    );
    // The old host has the volume mounted.
    assert_ne!(submitted(&script, "HostGeneration").as_deref(), Some("1"));
    // The user is asked, and the policy put back.
    let script = aws();
    let (outcome, reported) = with_user(false, || deployed_as(&script, &none, &lost(false)));
    assert!(
        reported.contains("and with it the homes of 2 developers (alice and bob); a snapshot of the volume is kept.\nDeploy team?"),
        "{reported}"
    );
    assert!(message(outcome).starts_with("team was not deployed\n"));
    assert_eq!(policies(&script), [policy(&[ALLOW]), protected.clone()]);
    // It is put back after an interruption, and after a failure.
    let script = aws().interrupted_at("DescribeChangeSet");
    let failure = message(deployed_as(&script, &none, &lost(true)).0);
    assert!(failure.starts_with("interrupted"), "{failure}");
    assert_eq!(policies(&script), [policy(&[ALLOW]), protected.clone()]);
    let script = aws().answers("ExecuteChangeSet", [bad("AccessDenied", "no")]);
    assert!(deployed_as(&script, &none, &lost(true)).0.is_err());
    assert_eq!(policies(&script).last(), Some(&protected));
    // Nobody waits for the end of the update.
    let script = aws();
    let started = Options {
        no_wait: true,
        ..lost(true)
    };
    let (_, reported) = deployed_as(&script, &none, &started);
    assert!(
        reported.ends_with("warning: no stack policy protects the homes of team until the next `cargo run -- deploy team` sets it\n"),
        "{reported}"
    );
}

#[test]
fn what_others_added_to_a_lifted_policy_stays() {
    let theirs = r#"{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"LogicalResourceId/Database"}"#;
    let aws = own()
        .answers(
            "DescribeChangeSet",
            [changes(&[("Remove", "HomeVolume", "False")])],
        )
        .answers(
            "GetStackPolicy",
            [
                policy_answer(&policy(&[ALLOW, &deny("HomeVolume")])),
                policy_answer(&policy(&[ALLOW, theirs])),
            ],
        )
        .answers("ExecuteChangeSet", [bad("AccessDenied", "no")]);
    let lost = Options {
        loses_homes: true,
        ..options()
    };
    assert!(deployed_as(&aws, &team(NO_VOLUME), &lost).0.is_err());
    let back = policy(&[ALLOW, theirs, &deny("HomeVolume")]);
    assert_eq!(policies(&aws), [policy(&[ALLOW]), back]);
}

#[test]
fn a_host_that_moves_homes_is_protected_again() {
    let both = policy(&[ALLOW, &deny("Host"), &deny("HomeVolume")]);
    let volume = policy(&[ALLOW, &deny("HomeVolume")]);
    let aws = || {
        deployed_team(&earlier(MOVING), &VALUES)
            .answers(
                "DescribeChangeSet",
                [changes(&[("Modify", "Host", "True")])],
            )
            .answers(
                "GetStackPolicy",
                [policy_answer(&both), policy_answer(&volume)],
            )
    };
    let lost = |yes: bool| Options {
        yes,
        loses_homes: true,
        ..options()
    };
    let again = policy(&[ALLOW, &deny("HomeVolume"), &deny("Host")]);
    let team = team(|team| team);
    let declined = aws();
    let (outcome, _) = with_user(false, || deployed_as(&declined, &team, &lost(false)));
    assert!(message(outcome).starts_with("team was not deployed\n"));
    assert_eq!(policies(&declined), [volume.clone(), again.clone()]);
    let failed = aws().answers("ExecuteChangeSet", [bad("AccessDenied", "no")]);
    assert!(deployed_as(&failed, &team, &lost(true)).0.is_err());
    assert_eq!(policies(&failed), [volume.clone(), again]);
    let updated = aws();
    assert!(deployed_as(&updated, &team, &lost(true)).0.is_ok());
    assert_eq!(policies(&updated), [volume]);
}

#[test]
fn a_new_volume_that_nobody_waits_for_is_reported() {
    let warning = "warning: no stack policy protects the homes of team until the next `cargo run -- deploy team` sets it\n";
    let started = Options {
        no_wait: true,
        ..of_new_team()
    };
    let aws = aws_of_new_team();
    let (outcome, reported) = deployed_as(&aws, &team(|team| team), &started);
    assert!(outcome.is_ok(), "{reported}");
    assert!(reported.ends_with(warning), "{reported}");
    let interrupted = |operation: &str| {
        let aws = self::aws([missing(), missing(), stack("CREATE_IN_PROGRESS")])
            .interrupted_at(operation);
        let (outcome, reported) = deployed_as(&aws, &team(|team| team), &of_new_team());
        (message(outcome), reported)
    };
    let (failure, reported) = interrupted("ExecuteChangeSet");
    assert!(failure.contains("continues in AWS"), "{failure}");
    assert!(reported.ends_with(warning), "{reported}");
    // A stack that is there already is as it was.
    let aws = own();
    let no_wait = Options {
        no_wait: true,
        ..options()
    };
    let (_, reported) = deployed_as(&aws, &team(|team| team), &no_wait);
    assert!(!reported.contains("no stack policy"), "{reported}");
}

#[test]
fn the_policy_of_others_is_not_lifted() {
    let theirs = r#"{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}"#;
    let aws = own().answers("GetStackPolicy", [policy_answer(&policy(&[theirs]))]);
    let lost = Options {
        loses_homes: true,
        ..options()
    };
    let reported = rejected(&aws, &team(NO_VOLUME), &lost);
    assert!(
        reported.starts_with("team cannot be deployed: its stack policy denies that `HomeVolume` is deleted, by a statement that is not of this program\nnothing was changed\n"),
        "{reported}"
    );
    assert!(policies(&aws).is_empty());
    // It is enough as a protection, and one in another form stays.
    assert!(deployed_as(&aws, &team(|team| team), &options()).0.is_ok());
    assert!(policies(&aws).is_empty());
    let aws = own().answers("GetStackPolicy", [policy_answer("{}")]);
    let (outcome, reported) = deployed_as(&aws, &team(|team| team), &options());
    assert!(outcome.is_ok());
    assert!(
        reported.contains("warning: no stack policy protects the homes of team: the stack policy of team is in a form that this program does not understand, and stays as it is\n"),
        "{reported}"
    );
    assert!(policies(&aws).is_empty());
}

#[test]
fn homes_are_protected_from_the_beginning() {
    let created = aws_of_new_team();
    let (outcome, reported) = deployed_as(&created, &team(|team| team), &of_new_team());
    assert!(outcome.is_ok(), "{reported}");
    assert!(
        reported.ends_with("the stack policy of team denies replacing or deleting its homes\n"),
        "{reported}"
    );
    let ours = policy(&[ALLOW, &deny("HomeVolume")]);
    assert_eq!(policies(&created), std::slice::from_ref(&ours));
    // A missing one is set before an update, once.
    let updated = own();
    assert!(
        deployed_as(&updated, &team(|team| team), &options())
            .0
            .is_ok()
    );
    assert_eq!(policies(&updated), std::slice::from_ref(&ours));
    let calls = updated.operations();
    let position = |name: &str| calls.iter().position(|call| call == name);
    assert!(
        position("SetStackPolicy") < position("CreateChangeSet"),
        "{calls:?}"
    );
    let protected = own().answers("GetStackPolicy", [policy_answer(&ours)]);
    assert!(
        deployed_as(&protected, &team(|team| team), &options())
            .0
            .is_ok()
    );
    assert!(policies(&protected).is_empty());
    // Without permission the deployment goes on.
    for (operation, created) in [("SetStackPolicy", true), ("GetStackPolicy", false)] {
        let (aws, options) = if created {
            (aws_of_new_team(), of_new_team())
        } else {
            (own(), options())
        };
        let aws = aws.answers(operation, [bad("AccessDenied", "no")]);
        let (outcome, reported) = deployed_as(&aws, &team(|team| team), &options);
        assert!(outcome.is_ok());
        assert!(
            reported.contains(
                "warning: no stack policy protects the homes of team: access denied: no\n"
            ),
            "{reported}"
        );
    }
    // There is nothing to protect.
    let none = team(NO_VOLUME);
    let aws = deployed_team(&none.template.text, &VALUES[..7]);
    assert!(deployed_as(&aws, &none, &options()).0.is_ok());
    assert!(!has(&aws, "GetStackPolicy"));
}

#[test]
fn an_earlier_host_is_not_replaced_before_its_homes_are_moved() {
    let team = team(|team| team);
    let next = "= help: then run `cargo run -- deploy team`, which brings the new host";
    let aws = deployed_team(&earlier(""), &VALUES[..6]);
    assert_eq!(
        rejected(&aws, &team, &options()),
        format!(
            "team cannot be deployed yet: the homes of 2 developers (alice and bob) are on the root volume of the host\n\
             this replaces the host, and they would go with it\n\
             = help: first run `cargo run -- deploy team --move-homes`: the host stays, and moves them to a volume of their own; the workspaces are down meanwhile\n\
             {next}"
        )
    );
    assert!(!has(&aws, "CreateChangeSet") && !has(&aws, "SetStackPolicy"));
    let aws = deployed_team(&earlier(ATTACHED), &VALUES[..6]);
    let reported = rejected(&aws, &team, &options());
    assert!(
        reported.starts_with("team cannot be deployed yet: the homes of 2 developers (alice and bob) are on a volume that CloudFormation attaches to the host\n"),
        "{reported}"
    );
    assert!(
        reported.contains("--move-homes`: the host stays, and keeps the volume\n"),
        "{reported}"
    );
    // A plan shows what would be.
    let plan = Options {
        dry_run: true,
        ..options()
    };
    let (outcome, reported) = deployed_as(&aws, &team, &plan);
    assert!(outcome.is_ok());
    assert!(reported.contains("a new host cannot take it"), "{reported}");
}

/// The team in a file, which does not describe it.
fn of_file(stack: Stack) -> Stack {
    Stack {
        team: None,
        file: Some("team.yaml".into()),
        ..stack
    }
}

#[test]
fn a_template_in_a_file_loses_no_homes_either() {
    let given = || Options {
        arguments: [("AvailabilityZone".to_owned(), "eu-west-1a".to_owned())]
            .into_iter()
            .chain(of_new_team().arguments)
            .collect(),
        ..options()
    };
    let replaced = || changes(&[("Modify", "Host", "True")]);
    let own = of_file(team(|team| team));
    let aws = deployed_team(&earlier(""), &VALUES[..6]).answers("DescribeChangeSet", [replaced()]);
    let reported = rejected(&aws, &own, &given());
    assert!(
        reported.starts_with("team cannot be deployed yet: the homes of 2 developers (alice and bob) are on the root volume of the host\n"),
        "{reported}"
    );
    assert!(
        reported.contains(
            "= help: in the folder of its app, first run `cargo run -- deploy team --move-homes`: "
        ),
        "{reported}"
    );
    assert!(
        reported.contains(
            "= help: then run `cargo run -- deploy team.yaml --stack team`, which brings"
        ),
        "{reported}"
    );
    let aws = deployed_team(&earlier(MOVING), &VALUES)
        .answers("GetCommandInvocation", [report("homes=root")]);
    let reported = rejected(&aws, &own, &given());
    assert!(
        reported.contains("its host (i-1) has not moved the homes to their volume\n"),
        "{reported}"
    );
    // What only CloudFormation knows about a host without a volume.
    let none = of_file(team(NO_VOLUME));
    let aws =
        deployed_team(&none.template.text, &VALUES[..7]).answers("DescribeChangeSet", [replaced()]);
    let reported = rejected(&aws, &none, &options());
    assert!(
        reported.starts_with("team cannot be deployed: this replaces `Host`, and with it the homes of 2 developers (alice and bob); nothing of them is kept\n"),
        "{reported}"
    );
}

#[test]
fn the_policy_stays_while_the_volume_of_a_file_does() {
    let protected = policy(&[ALLOW, &deny("HomeVolume")]);
    let aws = own().answers("GetStackPolicy", [policy_answer(&protected)]);
    let lost = Options {
        loses_homes: true,
        ..options()
    };
    let (outcome, reported) = deployed_as(&aws, &of_file(team(|team| team)), &lost);
    assert!(outcome.is_ok(), "{reported}\n{}", message(outcome));
    assert!(policies(&aws).is_empty());
}

/// The options of the first step of a move.
fn moving() -> Options {
    Options {
        moves_homes: true,
        ..options()
    }
}

#[test]
fn homes_are_moved_by_the_host_that_has_them() {
    for (more, size, protected) in [
        ("", "32", vec![deny("Host")]),
        (ATTACHED, "40", vec![deny("HomeVolume"), deny("Host")]),
    ] {
        let aws = deployed_team(&earlier(more), &VALUES[..6]).answers(
            "GetCommandInvocation",
            [
                report("users=alice bob"),
                report("homes=root"),
                report("homes=volume"),
            ],
        );
        let (outcome, reported) = deployed_as(&aws, &team(|team| team), &moving());
        assert!(outcome.is_ok(), "{reported}\n{}", message(outcome));
        assert!(
            reported.ends_with(
                "waiting until the host of team has moved the homes to their volume\n\
                 the homes of team are on their volume\n\
                 next: `cargo run -- deploy team` brings a host that takes the volume\n"
            ),
            "{reported}"
        );
        assert_eq!(aws.calls("GetCommandInvocation").len(), 3);
        // The policy denies that anybody replaces the host meanwhile.
        let mut statements = vec![ALLOW];
        statements.extend(protected.iter().map(String::as_str));
        assert_eq!(policies(&aws).first(), Some(&policy(&statements)));
        let call = aws.last("CreateChangeSet");
        let body = call.parameter("TemplateBody").unwrap_or_default();
        let body = Source::read(body).expect("it is a template").json().clone();
        let host = |name| {
            let path = ["Resources", "Host", "Properties", name];
            path.iter()
                .try_fold(&body, |value, name| value.get(name))
                .cloned()
        };
        assert_eq!(host("ImageId"), Some("ami-7".into()));
        assert_eq!(host("UserData"), Some("old".into()));
        let resources = body.get("Resources").expect("it has resources");
        assert!(resources.get("HomeVolume").is_some());
        let kept = resources
            .get("Mount")
            .and_then(|mount| mount.get("DeletionPolicy"));
        assert_eq!(kept.and_then(Json::as_str).is_some(), more == ATTACHED);
        // The homes keep their size.
        assert_eq!(submitted(&aws, "HomeVolumeSize").as_deref(), Some(size));
    }
}

#[test]
fn homes_of_a_team_without_a_volume_are_moved_in_two_steps() {
    let (none, own) = (team(NO_VOLUME), team(|team| team));
    let reported = rejected(
        &deployed_team(&none.template.text, &VALUES[..7]),
        &own,
        &options(),
    );
    assert!(reported.contains("--move-homes`: "), "{reported}");
    let aws = deployed_team(&none.template.text, &VALUES[..7]);
    let (outcome, reported) = deployed_as(&aws, &own, &moving());
    assert!(outcome.is_ok(), "{reported}\n{}", message(outcome));
    let call = aws.last("CreateChangeSet");
    let text = call.parameter("TemplateBody").unwrap_or_default();
    let step = Source::read(text).expect("it is a template").json().clone();
    let replaced = |old: &Json, new: &Json| {
        let difference = vsc_core::diff::Difference::between(old, new);
        let changes = difference.resources.iter();
        let replaced = changes.filter(|it| it.update().name() == "replaces");
        replaced.map(|it| it.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(replaced(&none.template.json, &step), Vec::<String>::new());
    assert!(replaced(&step, &own.template.json).contains(&"Host".to_owned()));
    // The host begins after all that may fail.
    let host = step.get("Resources").and_then(|all| all.get("Host"));
    let before = host.and_then(|host| host.get("DependsOn"));
    let before = before.and_then(Json::as_array).unwrap_or_default();
    for id in ["HomeVolume", "AfterRollback", "HomeSnapshots"] {
        assert!(before.contains(&Json::from(id)), "{id}: {before:?}");
    }
    for id in ["Host", "AddressAssociation"] {
        assert!(!before.contains(&Json::from(id)), "{id}: {before:?}");
    }
    // The second step asks the host.
    let aws = deployed_team(text, &VALUES).answers(
        "DescribeChangeSet",
        [changes(&[("Modify", "Host", "True")])],
    );
    let (outcome, reported) = deployed_as(&aws, &own, &options());
    assert!(outcome.is_ok(), "{reported}\n{}", message(outcome));
    assert!(has(&aws, "SendCommand"));
}

#[test]
fn a_move_that_would_replace_the_host_is_not_made() {
    let aws = deployed_team(&earlier(""), &VALUES[..6]).answers(
        "DescribeChangeSet",
        [changes(&[("Modify", "Host", "True")])],
    );
    let reported = rejected(&aws, &team(|team| team), &moving());
    assert!(
        reported.starts_with("the homes of team cannot be moved: CloudFormation would replace `Host`\nnothing was changed; the change set was deleted\n"),
        "{reported}"
    );
    let stopped = deployed_team(&earlier(""), &VALUES[..6])
        .answers("DescribeInstances", [instance("stopped")]);
    assert_eq!(
        rejected(&stopped, &team(|team| team), &moving()),
        "the host of team (i-1) is not running: only a running host can move its homes\n\
         = help: start it with `cargo run -- start team`, and run this again"
    );
    let elsewhere = deployed_team(&earlier(""), &VALUES[..6])
        .answers("DescribeSubnets", [subnet("eu-west-1b")]);
    let reported = rejected(&elsewhere, &team(|team| team), &moving());
    assert!(
        reported.contains("its subnet is in eu-west-1b, and the homes are in eu-west-1a"),
        "{reported}"
    );
    // The policy is what keeps the host.
    let denied = deployed_team(&earlier(""), &VALUES[..6])
        .answers("SetStackPolicy", [bad("AccessDenied", "no")]);
    let reported = rejected(&denied, &team(|team| team), &moving());
    assert!(reported.starts_with("access denied: no\n"), "{reported}");
    let own = rejected(&own(), &team(|team| team), &moving());
    assert!(
        own.starts_with("the homes of team are on their own volume already\n"),
        "{own}"
    );
    let none = rejected(&aws_of_new_team(), &team(|team| team), &moving());
    assert!(
        none.starts_with("there are no homes to move: team is not deployed as a team\n"),
        "{none}"
    );
    let root = deployed_team(&earlier(""), &VALUES[..6]);
    assert_eq!(
        rejected(&root, &team(NO_VOLUME), &moving()),
        "usage: `--move-homes` needs a volume for the homes, and team declares none\n= help: remove `home_volume = none`"
    );
}

#[test]
fn the_second_step_waits_for_the_first_one() {
    let team = team(|team| team);
    let moving_team = || deployed_team(&earlier(MOVING), &VALUES);
    for (answer, state, reason) in [
        (
            report("homes=root"),
            "running",
            "it reports that they are on its root volume\n= help: wait for it with `cargo run -- deploy team --move-homes`, then deploy again",
        ),
        (
            report("homes=root\\nfailure=homes: the disk is full"),
            "running",
            "a step failed: homes: the disk is full\n",
        ),
        (
            bad("InvalidInstanceId", "no"),
            "running",
            "it does not respond: ",
        ),
        (
            report(""),
            "stopped",
            "it is stopped\n= help: start it with `cargo run -- start team`, and deploy again",
        ),
    ] {
        let aws = moving_team()
            .answers("GetCommandInvocation", [answer])
            .answers("DescribeInstances", [instance(state)]);
        let reported = rejected(&aws, &team, &options());
        let expected = format!(
            "team cannot be deployed yet: its host (i-1) has not moved the homes to their volume\n{reason}"
        );
        assert!(reported.starts_with(&expected), "{reported}");
        assert!(!has(&aws, "CreateChangeSet"));
    }
    let aws = moving_team()
        .answers(
            "DescribeChangeSet",
            [changes(&[("Modify", "Host", "True")])],
        )
        .answers(
            "GetStackPolicy",
            [policy_answer(&policy(&[
                ALLOW,
                &deny("Host"),
                &deny("HomeVolume"),
            ]))],
        );
    let (outcome, reported) = deployed_as(&aws, &team, &options());
    assert!(outcome.is_ok(), "{reported}\n{}", message(outcome));
    // The host may be replaced now.
    assert_eq!(policies(&aws), [policy(&[ALLOW, &deny("HomeVolume")])]);
    // The wait can be repeated.
    let reason = "<StatusReason>didn't contain changes</StatusReason>";
    let aws = moving_team().answers("DescribeChangeSet", [content("FAILED", reason)]);
    let (outcome, reported) = deployed_as(&aws, &team, &moving());
    assert!(outcome.is_ok());
    assert!(
        reported.contains("the homes of team are on their volume\n"),
        "{reported}"
    );
}

#[test]
fn a_move_that_does_not_end_is_reported() {
    let aws = deployed_team(&earlier(""), &VALUES[..6]).answers(
        "GetCommandInvocation",
        [report("homes=root\\nfailure=homes: the disk is full")],
    );
    let (outcome, _) = deployed_as(&aws, &team(|team| team), &moving());
    let reported = message(outcome);
    assert!(
        reported.starts_with("the host of team (i-1) has not moved the homes within an hour\nhomes: the disk is full\nthe homes are where they were\n"),
        "{reported}"
    );
    let aws = deployed_team(&earlier(""), &VALUES[..6])
        .answers("GetCommandInvocation", [report("homes=root")])
        .interrupted_at("GetCommandInvocation");
    let reported = message(deployed_as(&aws, &team(|team| team), &moving()).0);
    assert_eq!(
        reported,
        "interrupted: the host of team goes on moving the homes: wait for it with `cargo run -- deploy team --move-homes`"
    );
}

#[test]
fn a_new_stack_begins_with_a_snapshot() {
    let restored = || Options {
        homes_snapshot: Some("snap-0a1b2c3d".to_owned()),
        ..of_new_team()
    };
    let snapshot = |state: &str, gib: u32| {
        let progress = "<progress>43%</progress>";
        let answer = good(format!(
            "<snapshotSet><item><snapshotId>snap-0a1b2c3d</snapshotId><status>{state}</status>{progress}<volumeSize>{gib}</volumeSize></item></snapshotSet>"
        ));
        aws_of_new_team().answers("DescribeSnapshots", [answer])
    };
    let aws = snapshot("completed", 8);
    assert!(deployed_as(&aws, &team(|team| team), &restored()).0.is_ok());
    assert_eq!(submitted(&aws, "HomeVolumeSize").as_deref(), Some("22"));
    assert_eq!(
        submitted(&aws, "HomesSnapshot").as_deref(),
        Some("snap-0a1b2c3d")
    );
    assert_eq!(
        rejected(&own(), &team(|team| team), &restored()),
        "team is deployed: a snapshot cannot take the place of its homes\n\
         a volume is filled from a snapshot when it is created, and CloudFormation replaces no volume\n\
         = help: restore the home of one developer with `cargo run -- restore USER`\n\
         = help: or all homes: delete the stack with `cargo run -- destroy team`, which keeps a snapshot of the present ones\n\
         = help: and create it with `cargo run -- deploy team --homes-snapshot snap-0a1b2c3d`"
    );
    // The volume is at least as large as the snapshot.
    let aws = snapshot("completed", 64);
    assert!(deployed_as(&aws, &team(|team| team), &restored()).0.is_ok());
    assert_eq!(submitted(&aws, "HomeVolumeSize").as_deref(), Some("64"));
    assert_eq!(
        rejected(
            &snapshot("completed", 64),
            &team(|team| team.home_volume("40 GiB")),
            &restored()
        ),
        "team cannot be deployed: the snapshot snap-0a1b2c3d has 64 GiB, and the volume of the homes would have 40 GiB\n\
         a volume is at least as large as its snapshot\n\
         nothing was changed\n\
         = help: write `home_volume = \"64 GiB\"`"
    );
    for (state, reason) in [
        (
            "pending",
            "the snapshot snap-0a1b2c3d is not complete yet (43%): no volume can be made of it\nnothing was changed\n",
        ),
        (
            "error",
            "the snapshot snap-0a1b2c3d is in the state error: no volume can be made of it\nnothing was changed\n",
        ),
    ] {
        let reported = rejected(&snapshot(state, 64), &team(|team| team), &restored());
        assert!(reported.starts_with(reason), "{reported}");
    }
    let gone =
        aws_of_new_team().answers("DescribeSnapshots", [bad("InvalidSnapshot.NotFound", "no")]);
    let reported = rejected(&gone, &team(|team| team), &restored());
    assert!(
        reported
            .starts_with("there is no snapshot snap-0a1b2c3d in eu-west-1\nnothing was changed\n"),
        "{reported}"
    );
    // A deletion would keep no snapshot of these.
    for (more, place) in [
        ("", "are on the root volume of the host\n"),
        (
            MOVING,
            "are on the root volume of the host until it has moved them\n",
        ),
    ] {
        let aws = deployed_team(&earlier(more), &VALUES);
        let reported = rejected(&aws, &team(|team| team), &restored());
        assert!(reported.contains(place), "{reported}");
        assert!(!reported.contains("destroy"), "{reported}");
    }
    let reported = rejected(&aws_of_new_team(), &team(NO_VOLUME), &restored());
    assert!(
        reported.starts_with("usage: `--homes-snapshot` needs a volume"),
        "{reported}"
    );
}
