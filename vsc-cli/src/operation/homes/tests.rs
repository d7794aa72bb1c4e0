use vsc_core::template::write_json;

use super::export::{Destination, Options};
use super::*;
use crate::aws::object::ObjectPath;
use crate::aws::scripted::{
    Answer, Aws, bad, good, message, named as stack_named, stack, target, with_user,
};
use crate::aws::tool_script::called;
use crate::terminal::{heard, plain};
use crate::view;

const HOMES: &str = "alice|10240|812|present|\\nbob|10240|2048|departed|2026-11-01T09:00:00Z\\nalice@2025-01-02|5120|100|departed|2025-01-02\\n";

fn instance(state: &str) -> Answer {
    good(format!(
        "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>{state}</name></instanceState><instanceType>t3.large</instanceType></item></instancesSet></item></reservationSet>"
    ))
}

/// The end of a command on the host.
fn ended(status: &str, output: &str, errors: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"{output}\", \"StandardErrorContent\": \"{errors}\"}}"
    ))
}

/// AWS with a host in this state, whose commands end like this.
fn aws(state: &str, ends: impl IntoIterator<Item = Answer>) -> Aws {
    let host = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(host)])
        .answers("DescribeInstances", [instance(state)])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", ends)
        .answers("CancelCommand", [good("{}")])
        .answers(
            "GetCallerIdentity",
            [good("<Account>123456789012</Account>")],
        )
}

fn listed() -> Answer {
    ended("Success", HOMES, "")
}

/// The commands that were sent to the host.
/// What each command runs.
fn commands(aws: &Aws) -> Vec<String> {
    let calls = aws.calls("SendCommand");
    let command = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).expect("it is JSON");
        let command = body["Parameters"]["commands"][0].as_str();
        called(command.expect("there is one")).to_owned()
    };
    calls.iter().map(|call| command(&call.body)).collect()
}

#[test]
fn homes_are_listed_with_their_state() {
    let aws = aws("running", [listed()]);
    let stacks = [stack_named("team")];
    let homes = aws
        .serve(|| list(&target(false), &stacks))
        .expect("it is answered");
    let text = plain(&view::homes::table(&homes));
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "USER              SIZE      USED       STATE",
            "alice             10.0 GiB  812.0 MiB  present",
            "bob               10.0 GiB  2.0 GiB    left 2026-11-01T09:00:00Z",
            "alice@2025-01-02  5.0 GiB   100.0 MiB  left 2025-01-02",
        ]
    );
    let json = write_json(&view::homes::to_json(&homes[0].homes[2]));
    let json: String = json.split_whitespace().collect();
    assert_eq!(
        json,
        r#"{"user":"alice","name":"alice@2025-01-02","state":"left","left":"2025-01-02","returns":false,"sizeMib":5120,"usedMib":100}"#
    );
    assert_eq!(commands(&aws), ["homes-report"]);
}

#[test]
fn a_host_that_cannot_answer_has_a_help() {
    let report = |aws: Aws| {
        let stacks = [stack_named("team")];
        message(aws.serve(|| list(&target(false), &stacks)))
    };
    for (found, expected) in [
        (
            report(aws("stopped", [])),
            "the host of team (i-1) is stopped: it cannot be reached\n= help: start it with `cargo run -- start team`",
        ),
        (
            report(aws("terminated", [])),
            "the host of team (i-1) no longer exists\n= help: see its state with `cargo run -- status team`",
        ),
        (
            report(aws(
                "running",
                [ended("Failed", "", "first\\nthe volume is not mounted")],
            )),
            "the homes of team cannot be listed: the volume is not mounted",
        ),
        (
            report(aws("running", []).answers("SendCommand", [bad("InvalidInstanceId", "no")])),
            "the homes of team cannot be listed: Systems Manager cannot reach it: its agent is not running, or cannot reach AWS\n= help: see whether it responds with `cargo run -- status team`",
        ),
    ] {
        assert_eq!(found, expected);
    }
}

fn purged(aws: &Aws, name: &str, yes: bool) -> Result<Home, Failure> {
    heard::take();
    aws.serve(|| purge::run(&target(false), &stack_named("team"), name, yes))
}

#[test]
fn only_the_home_of_somebody_who_has_left_is_deleted() {
    let done = || aws("running", [listed(), ended("Success", "freed=1", "")]);
    for name in ["bob", "alice@2025-01-02"] {
        let aws = done();
        assert_eq!(purged(&aws, name, true).expect("it is deleted").name, name);
        assert_eq!(commands(&aws)[1], format!("purge {name}"));
        assert!(heard::take().ends_with(&format!("deleted the home of {name}\n")));
    }
    for (name, expected) in [
        (
            "alice",
            "alice is in the team of team: only the home of somebody who has left can be deleted\n= help: an older one was kept: pass alice@2025-01-02",
        ),
        (
            "bop",
            "the host of team has no home of bop\n= help: did you mean `bob`?",
        ),
        (
            "../bob",
            "usage: invalid name of a home: \"../bob\"\na home is named after its user; an older one that was kept is called NAME@DATE\n= help: list them with `cargo run -- homes`",
        ),
    ] {
        let aws = done();
        assert_eq!(message(purged(&aws, name, true)), expected);
        assert!(commands(&aws).len() < 2, "{:?}", commands(&aws));
    }
    let failing = aws(
        "running",
        [listed(), ended("Failed", "", "it is still in use")],
    );
    assert_eq!(
        message(purged(&failing, "bob", true)),
        "the home of bob was not deleted: it is still in use"
    );
}

#[test]
fn deleting_a_home_says_what_is_lost() {
    let question = "the home of bob was kept when the user left (2026-11-01T09:00:00Z), and will be deleted from the host of team: 2.0 GiB of 10.0 GiB are used. Only snapshots of earlier days still have it.";
    let aws = || aws("running", [listed(), ended("Success", "", "")]);
    let declined = aws();
    let result = with_user(false, || purged(&declined, "bob", false));
    assert!(heard::take().contains(question));
    assert!(message(result).starts_with("the home of bob was not deleted"));
    assert_eq!(commands(&declined).len(), 1);
    let agreed = aws();
    assert!(with_user(true, || purged(&agreed, "bob", false)).is_ok());
    assert_eq!(commands(&agreed).len(), 2);
    // Without a terminal nobody can type it.
    let reported = message(purged(&aws(), "bob", false));
    assert!(reported.contains("stdin is not a terminal") && reported.ends_with("pass `--yes`"));
}

#[test]
fn a_kept_home_waits_for_its_user() {
    let returned = |aws: &Aws, name: &str| {
        heard::take();
        aws.serve(|| return_home::run(&target(false), &stack_named("team"), name))
    };
    let done = || aws("running", [listed(), ended("Success", "", "")]);
    let aws = done();
    assert!(returned(&aws, "bob").is_ok());
    assert_eq!(
        commands(&aws)[1],
        "test -e /home/vsc/.homes/bob.ext4 && touch /home/vsc/.homes/bob.return && sync /home/vsc/.homes/bob.return"
    );
    assert!(heard::take().contains("the kept home waits for bob: add the user"));
    for (name, expected) in [
        (
            "alice",
            "alice is in the team, and has a home\n= help: copy from the older one, which was kept, with `cargo run -- restore alice --from alice@2025-01-02`",
        ),
        (
            "alice@2025-01-02",
            "alice@2025-01-02 is an older home: only the home of the last user of this name can return\n= help: copy from it with `cargo run -- restore alice --from alice@2025-01-02`",
        ),
        (
            "carol",
            "the host of team has no home of carol\n= help: there are `alice`, `bob` and `alice@2025-01-02`",
        ),
    ] {
        let aws = done();
        assert_eq!(message(returned(&aws, name)), expected);
        assert_eq!(commands(&aws).len(), 1);
    }
}

/// An object in a bucket of the user.
fn options() -> Options {
    Options {
        to: Destination::Object(ObjectPath {
            bucket: "acme".to_owned(),
            key: "a.tar.gz".to_owned(),
        }),
        bucket: None,
        yes: false,
    }
}

fn exported(aws: &Aws) -> Result<export::Exported, Failure> {
    heard::take();
    aws.serve(|| export::run(&target(false), &stack_named("team"), "bob", &options()))
}

const PARTS: &str = "<IsTruncated>false</IsTruncated><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag><Size>70</Size></Part><Part><PartNumber>2</PartNumber><ETag>\"b\"</ETag><Size>30</Size></Part>";

/// AWS in which a host uploads an archive.
fn uploading(ends: impl IntoIterator<Item = Answer>) -> Aws {
    aws("running", ends)
        .answers("POST", [good("<UploadId>u-1</UploadId>"), good("")])
        .answers("GET", [good(PARTS)])
        .answers("DELETE", [good("")])
}

fn sent() -> Answer {
    ended("Success", "bytes=100 sha256=ab", "")
}

#[test]
fn an_archive_is_completed_of_its_parts() {
    let aws = uploading([listed(), ended("InProgress", "", ""), sent()]);
    let exported = exported(&aws).expect("it is exported");
    assert_eq!(
        (
            exported.to.as_str(),
            exported.bytes,
            exported.sha256.as_deref()
        ),
        ("s3://acme/a.tar.gz", 100, Some("ab"))
    );
    assert!(
        heard::take().ends_with("exported the home of bob to s3://acme/a.tar.gz (100 bytes)\n")
    );
    let command = &commands(&aws)[1];
    // 2 GiB in parts of 64 MiB, and some more.
    assert!(
        command.starts_with("export bob 67108864 << 'END_OF_URLS'\nhttps://s3.eu-west-1.amazonaws.com/acme/a.tar.gz?uploadId=u-1&X-Amz-Algorithm=AWS4-HMAC-SHA256&"),
        "{command}"
    );
    assert_eq!(command.lines().count(), 2 + 46 + 1);
    let body = &aws.last("SendCommand").body;
    assert!(
        body.contains("\"executionTimeout\"") && body.contains("\"21600\""),
        "{body}"
    );
    assert_eq!(
        aws.last("POST").body,
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag></Part><Part><PartNumber>2</PartNumber><ETag>\"b\"</ETag></Part></CompleteMultipartUpload>"
    );
    assert!(aws.calls("DELETE").is_empty());
}

#[test]
fn a_failed_upload_leaves_nothing() {
    let truncated = PARTS.replace("<Size>30</Size>", "<Size>29</Size>");
    let without_first = PARTS.replace("<PartNumber>1<", "<PartNumber>3<");
    let cases = [
        (
            uploading([
                listed(),
                ended("Failed", "", "the home has grown: export it again"),
            ]),
            "the home of bob is not archived: the home has grown: export it again",
        ),
        (
            uploading([listed(), sent()]).answers("GET", [good(truncated)]),
            "the home of bob is not archived: S3 has 99 bytes in 2 parts, and the host has sent 100 bytes",
        ),
        (
            uploading([listed(), sent()]).answers("GET", [good(without_first)]),
            "the home of bob is not archived: S3 has 100 bytes in 2 parts, and the host has sent 100 bytes",
        ),
        (
            uploading([listed(), sent()]).answers("GET", [bad("AccessDenied", "no")]),
            "access denied: no",
        ),
        (
            uploading([listed(), sent()]).answers(
                "POST",
                [
                    good("<UploadId>u-1</UploadId>"),
                    Answer::Raw(
                        "<Error><Message>one part is too small</Message></Error>".to_owned(),
                    ),
                ],
            ),
            "S3 rejected the completed archive: one part is too small",
        ),
        (
            uploading([listed(), Answer::Lost]),
            "cannot reach AWS in eu-west-1: the connection is gone",
        ),
    ];
    for (aws, expected) in cases {
        let reported = message(exported(&aws));
        assert!(reported.starts_with(expected), "{reported}");
        assert!(
            reported.contains("nothing is left in the bucket"),
            "{reported}"
        );
        assert!(
            aws.last("DELETE")
                .url
                .ends_with("/acme/a.tar.gz?uploadId=u-1")
        );
    }
    // What cannot be removed is named.
    let stuck = uploading([listed(), ended("Failed", "", "no")])
        .answers("DELETE", [bad("AccessDenied", "no")]);
    assert!(message(exported(&stuck)).contains(
        "an incomplete upload is left: remove it with `aws s3api abort-multipart-upload --bucket acme --key a.tar.gz --upload-id u-1`"
    ));
}

#[test]
fn an_interrupted_export_is_cancelled_and_leaves_nothing() {
    // While the upload is begun, and while the host sends.
    for (operation, call, cancelled) in [("POST", 1, 0), ("GetCommandInvocation", 3, 1)] {
        let aws = uploading([listed(), ended("InProgress", "", "")]);
        let aws = aws.interrupted_at_call(operation, call);
        assert_eq!(
            message(exported(&aws)),
            "interrupted: nothing is left in the bucket"
        );
        assert_eq!(aws.calls("CancelCommand").len(), cancelled, "{operation}");
        assert!(aws.last("DELETE").url.ends_with("uploadId=u-1"));
    }
}

#[test]
fn a_bucket_that_cannot_be_used_has_a_help() {
    for (code, expected) in [
        (
            "NoSuchBucket",
            "the bucket `acme` does not exist\n= help: create it, or pass another one",
        ),
        (
            "PermanentRedirect",
            "the bucket `acme` is in another region\n= help: pass one in eu-west-1, the region of the stack",
        ),
    ] {
        let aws = uploading([listed()]).answers("POST", [bad(code, "no")]);
        assert_eq!(message(exported(&aws)), expected);
        assert_eq!(commands(&aws).len(), 1);
    }
}
