use vsc_core::template::write_json;

use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, missing, stack, stack_with, stacked, team};
use crate::terminal::{heard, plain};

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

/// What is shown, for people and for scripts; a host that runs is not reached.
fn shown(stack: &Stacked, deployed: Answer, member: Answer, instance: Answer) -> (String, String) {
    let aws = Aws::default()
        .answers("DescribeStacks", [deployed])
        .answers("ListStackResources", [member])
        .answers("DescribeInstances", [instance])
        .answers("SendCommand", [bad("InvalidInstanceId", "no")]);
    shown_by(&aws, stack)
}

fn shown_by(aws: &Aws, stack: &Stacked) -> (String, String) {
    aws.run(async |session| {
        let status = look(session, stack).await.expect("it is answered");
        let text = plain(&status.text());
        let text: Vec<&str> = text.lines().map(str::trim_end).collect();
        let json: String = write_json(&status.to_json()).split_whitespace().collect();
        (text.join("\n"), json)
    })
}

#[test]
fn a_stack_that_is_not_there_says_so() {
    let (text, json) = shown(&stacked(|_| {}), missing(), good(""), good(""));
    assert_eq!(
        text,
        "team is not deployed in eu-west-1\n`cargo run -- deploy team` deploys it"
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
  applied  unknown: the host does not report (Systems Manager does not reach it: its agent does not run, or does not reach AWS)
alice      https://a
bob        not there yet"
    );
    assert_eq!(
        json,
        r#"{"state":"UPDATE_COMPLETE","reason":"why","id":"arn:aws:cloudformation:eu-west-1:123456789012:stack/team/1","region":"eu-west-1","created":"2026-11-25T09:00:00Z","updated":"2026-11-25T10:00:00Z","drift":"DRIFTED","host":{"id":"i-1","state":"running","type":"t3.large","address":"192.0.2.1"},"report":{"unanswered":"SystemsManagerdoesnotreachit:itsagentdoesnotrun,ordoesnotreachAWS"},"workspaces":[{"name":"alice","url":"https://a"},{"name":"bob"}]}"#
    );
}

#[test]
fn only_what_is_known_is_shown() {
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
            Some("not there yet CREATE_COMPLETE"),
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
    // Who may not look at the host sees the stack all the same.
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
        "the host is not reported: these credentials may not do this: no\n"
    );
}

#[test]
fn each_state_says_what_can_be_done() {
    for (status, next) in [
        ("CREATE_COMPLETE", ""),
        (
            "UPDATE_IN_PROGRESS",
            "it is being updated: `cargo run -- events --follow team`",
        ),
        (
            "ROLLBACK_COMPLETE",
            "its creation failed: `cargo run -- diagnose team` says why, `cargo run -- deploy team` creates it again",
        ),
        (
            "UPDATE_ROLLBACK_FAILED",
            "`cargo run -- rollback team` continues the rollback",
        ),
        (
            "UPDATE_FAILED",
            "it was kept as it failed: `cargo run -- diagnose team` says why, `cargo run -- rollback team` goes back",
        ),
        ("DELETE_FAILED", "`cargo run -- destroy team` tries again"),
        (
            "REVIEW_IN_PROGRESS",
            "only a change set is there: `cargo run -- deploy team`",
        ),
        (
            "UPDATE_ROLLBACK_COMPLETE",
            "its last update was rolled back: `cargo run -- diagnose team` says why",
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
fn the_colour_says_how_it_stands() {
    let colour = |status: &str| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack(status)])
            .answers("ListStackResources", [good("")]);
        let plain_stack = stacked(|_| {});
        let text = aws.run(async |session| {
            let status = look(session, &plain_stack).await.expect("it is answered");
            status.text()
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
            status.text()
        });
        let line = text.lines().find(|line| line.contains("i-1"));
        line.unwrap_or_default().replace(state, "STATE")
    };
    assert_ne!(host("running"), host("stopped"));
    assert_eq!(host("pending"), host("stopped"));
    assert_eq!(colour("UPDATE_ROLLBACK_COMPLETE"), going);
    assert_eq!(colour("ROLLBACK_COMPLETE"), wrong);
}

/// A host that runs and prints this report, and the metadata that is deployed.
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
fn what_the_host_has_applied_is_compared_with_what_is_deployed() {
    let report = "applied=v2\napplied_at=2026-11-28T09:00:00Z\nusers=alice bob\nrenewed=ok\n";
    let team = team(|team| team);
    let aws = reporting(report, deployed_version("v2"));
    let (text, json) = shown_by(&aws, &team);
    assert!(
        text.contains(
            "host           running i-1 t3.large 192.0.2.1
  applied      what is deployed, since 2026-11-28T09:00:00Z
  users        alice, bob
  certificate  unknown
  renewal      ok
alice          not there yet"
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
    assert!(text.contains("applied      not what is deployed"), "{text}");
    assert!(json.contains(r#""report":{"isApplied":false,"#), "{json}");
    // Who may not see what is deployed sees the rest.
    let denied = reporting(report, bad("AccessDenied", "no"));
    let (text, json) = shown_by(&denied, &team);
    assert!(
        text.contains("  applied      v2 since 2026-11-28"),
        "{text}"
    );
    assert!(json.contains(r#""report":{"isApplied":null,"#), "{json}");
    assert!(heard::take().starts_with("what is deployed cannot be compared"));
}

#[test]
fn a_host_without_a_report_is_no_failure() {
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
    let why = "the host does not report (report: No such file or directory)";
    assert!(text.contains(why), "{text}");
    assert!(
        json.contains(r#""report":{"unanswered":"report:Nosuchfileordirectory"}"#),
        "{json}"
    );
}
