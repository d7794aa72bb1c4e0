use vsc_core::template::write_json;

use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, missing, stack, stack_with, stacked, team};
use crate::terminal::{heard, plain};
use crate::view::status::{text, to_json};

fn member(kind: &str, id: &str, physical: &str) -> Answer {
    let physical = match physical {
        "" => String::new(),
        some => format!("<PhysicalResourceId>{some}</PhysicalResourceId>"),
    };
    good(format!(
        "<StackResourceSummaries><member><LogicalResourceId>{id}</LogicalResourceId>{physical}<ResourceType>{kind}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member></StackResourceSummaries>"
    ))
}

fn instance(state: &str, address: &str) -> Answer {
    good(format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState><instanceType>t3.large</instanceType><ipAddress>{address}</ipAddress></item></instancesSet></item></reservationSet>"
    ))
}

const HOST: &str = "AWS::EC2::Instance";

/// The output as text and as JSON; a running host is not reached.
fn shown(stack: &Stack, deployed: Answer, member: Answer, instance: Answer) -> (String, String) {
    let aws = Aws::default()
        .answers("DescribeStacks", [deployed])
        .answers("ListStackResources", [member])
        .answers("DescribeInstances", [instance])
        .answers("SendCommand", [bad("InvalidInstanceId", "no")]);
    shown_by(&aws, stack)
}

fn shown_by(aws: &Aws, stack: &Stack) -> (String, String) {
    aws.run(async |session| {
        let status = look(session, stack).await.expect("it is answered");
        let text = plain(&text(&status));
        let text: Vec<&str> = text.lines().map(str::trim_end).collect();
        let json: String = write_json(&to_json(&status)).split_whitespace().collect();
        (text.join("\n"), json)
    })
}

#[test]
fn a_stack_that_is_not_deployed_is_reported() {
    let (text, json) = shown(&stacked(|_| {}), missing(), good(""), good(""));
    assert_eq!(
        text,
        "team is not deployed in eu-west-1\ndeploy it with `cargo run -- deploy team`"
    );
    assert_eq!(json, r#"{"state":null,"region":"eu-west-1"}"#);
}

#[test]
fn a_team_is_shown_with_its_host_and_its_workspaces() {
    let outputs = "<StackStatusReason>why</StackStatusReason><LastUpdatedTime>2026-11-25T10:00:00Z</LastUpdatedTime><DriftInformation><StackDriftStatus>DRIFTED</StackDriftStatus></DriftInformation><Outputs><member><OutputKey>AliceUrl</OutputKey><OutputValue>https://a</OutputValue></member></Outputs>";
    let (text, json) = shown(
        &team(|team| team),
        stack_with("UPDATE_COMPLETE", outputs),
        member(HOST, "Host", "i-1"),
        instance("running", "192.0.2.1"),
    );
    assert_eq!(
        text,
        "team
state      UPDATE_COMPLETE
reason     why
where      account 123456789012, eu-west-1
created    2026-11-25T09:00:00Z
updated    2026-11-25T10:00:00Z
drift      DRIFTED
host       running i-1 t3.large 192.0.2.1
  applied  unknown: the host does not respond (Systems Manager cannot reach it: its agent is not running, or cannot reach AWS)
alice      https://a
bob        not created yet"
    );
    assert_eq!(
        json,
        r#"{"state":"UPDATE_COMPLETE","reason":"why","id":"arn:aws:cloudformation:eu-west-1:123456789012:stack/team/1","region":"eu-west-1","created":"2026-11-25T09:00:00Z","updated":"2026-11-25T10:00:00Z","drift":"DRIFTED","host":{"id":"i-1","state":"running","type":"t3.large","address":"192.0.2.1"},"report":{"unanswered":"SystemsManagercannotreachit:itsagentisnotrunning,orcannotreachAWS"},"workspaces":[{"name":"alice","url":"https://a"},{"name":"bob"}]}"#
    );
}

#[test]
fn only_known_rows_are_shown() {
    let unchecked =
        "<DriftInformation><StackDriftStatus>NOT_CHECKED</StackDriftStatus></DriftInformation>";
    let deployed = || stack_with("CREATE_COMPLETE", unchecked);
    let lines = "team\nstate    CREATE_COMPLETE\nwhere    account 123456789012, eu-west-1\ncreated  2026-11-25T09:00:00Z";
    let plain_stack = stacked(|_| {});
    for (member, instance, host) in [
        (good(""), good(""), None),
        (member("AWS::SQS::Queue", "Host", "i-1"), good(""), None),
        (member(HOST, "Other", "i-1"), good(""), None),
        (
            member(HOST, "Host", ""),
            good(""),
            Some("not created yet CREATE_COMPLETE"),
        ),
        (
            member(HOST, "Host", "i-1"),
            bad("InvalidInstanceID.NotFound", "no"),
            Some("i-1 CREATE_COMPLETE"),
        ),
        (
            member(HOST, "Host", "i-1"),
            instance("stopped", ""),
            Some("stopped i-1 t3.large no address"),
        ),
    ] {
        let (text, _) = shown(&plain_stack, deployed(), member, instance);
        let host = host.map_or(String::new(), |host| format!("\nhost     {host}"));
        assert_eq!(text, format!("{lines}{host}"));
    }
    // Without permission to describe the host the stack is still shown.
    let (text, json) = shown(
        &plain_stack,
        deployed(),
        member(HOST, "Host", "i-1"),
        bad("UnauthorizedOperation", "no"),
    );
    assert!(text.ends_with("host     i-1 CREATE_COMPLETE"), "{text}");
    assert!(
        json.contains(r#""host":{"id":"i-1","state":"CREATE_COMPLETE"}"#),
        "{json}"
    );
    assert_eq!(
        heard::take(),
        "cannot describe the host: access denied: no\n"
    );
}

#[test]
fn each_state_has_its_next_step() {
    for (status, next) in [
        ("CREATE_COMPLETE", ""),
        (
            "UPDATE_IN_PROGRESS",
            "it is being updated: follow it with `cargo run -- events --follow team`",
        ),
        (
            "ROLLBACK_COMPLETE",
            "its creation failed: see why with `cargo run -- diagnose team`, create it again with `cargo run -- deploy team`",
        ),
        (
            "UPDATE_ROLLBACK_FAILED",
            "continue the rollback with `cargo run -- rollback team`",
        ),
        (
            "UPDATE_FAILED",
            "it failed without a rollback: see why with `cargo run -- diagnose team`, roll it back with `cargo run -- rollback team`",
        ),
        (
            "DELETE_FAILED",
            "try again with `cargo run -- destroy team`",
        ),
        (
            "REVIEW_IN_PROGRESS",
            "it has only a change set: deploy it with `cargo run -- deploy team`",
        ),
        (
            "UPDATE_ROLLBACK_COMPLETE",
            "its last update was rolled back: see why with `cargo run -- diagnose team`",
        ),
        ("DELETE_COMPLETE", ""),
    ] {
        let (text, _) = shown(&stacked(|_| {}), stack(status), good(""), good(""));
        let last = text.lines().last().unwrap_or_default();
        match next {
            "" => assert!(last.starts_with("created"), "{text}"),
            next => assert_eq!(last, next),
        }
    }
}

#[test]
fn the_colour_shows_the_state() {
    let colour = |status: &str| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack(status)])
            .answers("ListStackResources", [good("")]);
        let plain_stack = stacked(|_| {});
        let text = aws.run(async |session| {
            let status = look(session, &plain_stack).await.expect("it is answered");
            text(&status)
        });
        let before = text.split(status).next().unwrap_or_default().to_owned();
        before.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    let good = colour("UPDATE_COMPLETE");
    let going = colour("UPDATE_IN_PROGRESS");
    let wrong = colour("UPDATE_FAILED");
    assert!(
        good != going && going != wrong && good != wrong,
        "{good} {going} {wrong}"
    );
    let host = |state: &str| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
            .answers("ListStackResources", [member(HOST, "Host", "i-1")])
            .answers("DescribeInstances", [instance(state, "")])
            .answers("SendCommand", [bad("InvalidInstanceId", "no")]);
        let plain_stack = stacked(|_| {});
        let text = aws.run(async |session| {
            let status = look(session, &plain_stack).await.expect("it is answered");
            text(&status)
        });
        let line = text.lines().find(|line| line.contains("i-1"));
        line.unwrap_or_default().replace(state, "STATE")
    };
    assert_ne!(host("running"), host("stopped"));
    assert_eq!(host("pending"), host("stopped"));
    assert_eq!(colour("UPDATE_ROLLBACK_COMPLETE"), going);
    assert_eq!(colour("ROLLBACK_COMPLETE"), wrong);
}

/// AWS with a running host that prints this report, and deployed metadata.
fn reporting(report: &str, metadata: Answer) -> Aws {
    let said = format!(
        "{{\"Status\": \"Success\", \"StandardOutputContent\": \"{}\"}}",
        report.replace('\n', "\\n")
    );
    Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_COMPLETE")])
        .answers("ListStackResources", [member(HOST, "Host", "i-1")])
        .answers("DescribeInstances", [instance("running", "192.0.2.1")])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", [good(said)])
        .answers("DescribeStackResource", [metadata])
}

fn deployed_version(version: &str) -> Answer {
    good(format!(
        "<StackResourceDetail><LogicalResourceId>Host</LogicalResourceId><Metadata>{{&quot;Version&quot;: &quot;{version}&quot;}}</Metadata></StackResourceDetail>"
    ))
}

#[test]
fn the_applied_version_is_compared_with_the_deployed_one() {
    let report = "applied=v2\napplied_at=2026-11-28T09:00:00Z\nusers=alice bob\nrenewed=ok\n";
    let team = team(|team| team);
    let aws = reporting(report, deployed_version("v2"));
    let (text, json) = shown_by(&aws, &team);
    assert!(
        text.contains(
            "host           running i-1 t3.large 192.0.2.1
  applied      up to date since 2026-11-28T09:00:00Z
  users        alice, bob
  certificate  unknown
  renewal      ok
alice          not created yet"
        ),
        "{text}"
    );
    assert!(
        json.contains(r#""report":{"isApplied":true,"deployed":"v2","applied":"v2""#),
        "{json}"
    );
    let body = aws.last("SendCommand").body;
    assert!(body.contains("\"/usr/local/libexec/vsc/report\""), "{body}");
    let call = aws.last("DescribeStackResource");
    assert_eq!(call.parameter("LogicalResourceId"), Some("Host"));
    let (text, json) = shown_by(&reporting(report, deployed_version("v3")), &team);
    assert!(text.contains("applied      out of date"), "{text}");
    assert!(json.contains(r#""report":{"isApplied":false,"#), "{json}");
    // Without permission to read the metadata the rest is shown.
    let denied = reporting(report, bad("AccessDenied", "no"));
    let (text, json) = shown_by(&denied, &team);
    assert!(
        text.contains("  applied      v2 since 2026-11-28"),
        "{text}"
    );
    assert!(json.contains(r#""report":{"isApplied":null,"#), "{json}");
    assert!(heard::take().starts_with("cannot compare the deployed version"));
}

#[test]
fn a_host_without_a_report_is_not_a_failure() {
    let team = team(|team| team);
    let silent = reporting("", deployed_version("v2"));
    let (text, _) = shown_by(&silent, &team);
    let unknown = "  applied      unknown
  users        unknown
  certificate  unknown
  renewal      unknown
";
    assert!(text.contains(unknown), "{text}");
    assert!(silent.calls("DescribeStackResource").is_empty());
    let missing = "{\"Status\": \"Failed\", \"StandardErrorContent\": \"report: No such file or directory\\n\"}";
    let older = reporting("", deployed_version("v2"));
    let older = older.answers("GetCommandInvocation", [good(missing)]);
    let (text, json) = shown_by(&older, &team);
    let expected = "the host does not respond (report: No such file or directory)";
    assert!(text.contains(expected), "{text}");
    assert!(
        json.contains(r#""report":{"unanswered":"report:Nosuchfileordirectory"}"#),
        "{json}"
    );
}

/// AWS with a host of an image that is this many days old, and a report.
fn with_image(images: Answer, report: &str) -> Aws {
    let host = "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><imageId>ami-1</imageId><instanceState><name>running</name></instanceState><instanceType>t3.large</instanceType><ipAddress>192.0.2.1</ipAddress></item></instancesSet></item></reservationSet>";
    reporting(report, deployed_version("v2"))
        .answers("DescribeInstances", [good(host)])
        .answers(
            "GetParameters",
            [good(r#"{"Parameters": [{"Value": "ami-2"}]}"#)],
        )
        .answers("DescribeImages", [images])
}

#[test]
fn the_age_of_the_image_is_shown() {
    let image = |id: &str, made: &str| {
        format!(
            "<item><imageId>{id}</imageId><name>al2023</name><creationDate>{made}T00:00:00.000Z</creationDate></item>"
        )
    };
    let images = [image("ami-1", "2020-01-01"), image("ami-2", "2020-06-01")].concat();
    let images = format!("<imagesSet>{images}</imagesSet>");
    let team = team(|team| team);
    let aws = with_image(good(images), "applied=v2\nhomes=volume\nhomes_holder=i-1\n");
    let (text, json) = shown_by(&aws, &team);
    assert!(
        text.contains("\n  image        ami-1 of 2020-01-01, "),
        "{text}"
    );
    assert!(
        text.contains(" days old; `deploy --new-host` brings one from ami-2 of 2020-06-01\n"),
        "{text}"
    );
    assert!(
        text.contains("\n  homes        on their own volume\n"),
        "{text}"
    );
    assert!(
        json.contains(r#""image":{"id":"ami-1","name":"al2023","made":"2020-01-01T00:00:00.000Z","newest":{"id":"ami-2","#),
        "{json}"
    );
    assert!(
        json.contains(r#""homes":"volume","homesHolder":"i-1""#),
        "{json}"
    );
    let name = aws.last("GetParameters").body;
    assert!(
        name.contains("/aws/service/ami-amazon-linux-latest/"),
        "{name}"
    );
    let call = aws.last("DescribeImages");
    assert_eq!(call.parameter("Filter.1.Value.2"), Some("ami-2"));
    // A withdrawn image has no age, and without permission there is no line.
    let (text, _) = shown_by(&with_image(good(""), ""), &team);
    assert!(
        text.contains("\n  image        ami-1, of an unknown age; "),
        "{text}"
    );
    let denied = with_image(bad("UnauthorizedOperation", "no"), "");
    let (text, _) = shown_by(&denied, &team);
    assert!(!text.contains("image"), "{text}");
    assert_eq!(
        heard::take(),
        "cannot describe the image of the host: access denied: no\n"
    );
}

#[test]
fn homes_that_are_not_where_they_belong_are_reported() {
    for (report, is_declared, expected) in [
        (
            "homes=volume\nhomes_holder=i-2\n",
            true,
            "their volume is at i-2, and not at this host",
        ),
        (
            "homes=root\n",
            true,
            "on the root volume, and lost with the host: move them with `deploy --move-homes`",
        ),
        (
            "homes=root\n",
            false,
            "on the root volume, and lost with the host",
        ),
        ("homes=elsewhere\n", true, "elsewhere"),
    ] {
        let team = team(|team| {
            if is_declared {
                team
            } else {
                team.home_volume("none")
            }
        });
        let (text, _) = shown_by(&with_image(good(""), report), &team);
        let line = format!("\n  homes        {expected}\n");
        assert!(text.contains(&line), "{text}");
    }
}
