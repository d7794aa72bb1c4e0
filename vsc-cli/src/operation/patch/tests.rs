use super::*;
use crate::aws::scripted::{Answer, Aws, bad, good, message, named, stack, target, with_user};
use crate::terminal::heard;

const HOST: &str = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
const INSTANCE: &str = "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>";

fn ended(status: &str, output: &str, errors: &str) -> Answer {
    good(format!(
        "{{\"Status\": \"{status}\", \"StandardOutputContent\": \"{output}\", \"StandardErrorContent\": \"{errors}\"}}"
    ))
}

const CURRENT: &str = "boot=b-1\\nfrom=2023.9.1\\nto=2023.9.1\\npackages=0\\nreboot=not-needed\\n";
const NEEDED: &str = "boot=b-1\\nfrom=2023.8.1\\nto=2023.9.1\\npackages=12\\nreboot=needed\\nreason=the kernel is new\\n";

fn aws(ends: impl IntoIterator<Item = Answer>) -> Aws {
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(HOST)])
        .answers("DescribeInstances", [good(INSTANCE)])
        .answers("RebootInstances", [good("")])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", ends)
}

/// The result: the packages and the reboot.
fn patched(aws: &Aws, reboots: bool, yes: bool) -> Result<(u64, Reboot), Failure> {
    let options = Options {
        release: LATEST.to_owned(),
        reboots,
        yes,
    };
    let stacks = [named("team")];
    heard::take();
    let patched = aws.serve(|| run(&target(false), &stacks, &options))?;
    Ok((patched[0].packages, patched[0].reboot))
}

#[test]
fn a_current_host_is_not_rebooted() {
    let aws = aws([ended("InProgress", "", ""), ended("Success", CURRENT, "")]);
    let found = patched(&aws, true, true).expect("it is updated");
    assert_eq!(found, (0, Reboot::NotNeeded));
    assert!(aws.calls("RebootInstances").is_empty());
    let body = &aws.last("SendCommand").body;
    assert!(body.contains("bash /run/vsc/tool/patch latest"), "{body}");
    assert!(heard::take().ends_with("the host of team is up to date (2023.9.1)\n"));
}

#[test]
fn a_reboot_is_asked_for_or_requested() {
    let updated = || ended("Success", NEEDED, "");
    let after = || {
        [
            updated(),
            ended("Success", "b-1\\n", ""),
            ended("TimedOut", "", ""),
            ended("Success", "b-2\\n", ""),
        ]
    };
    // `--yes` alone reboots nothing.
    let pending = aws([updated()]);
    assert_eq!(
        patched(&pending, false, true).expect("it is updated"),
        (12, Reboot::Pending)
    );
    assert!(heard::take().contains(
        "updates of the host of team take effect when it is rebooted: the kernel is new\n"
    ));
    assert!(pending.calls("RebootInstances").is_empty());
    let requested = aws(after());
    assert_eq!(
        patched(&requested, true, true).expect("it is updated"),
        (12, Reboot::Done)
    );
    assert_eq!(
        requested.last("RebootInstances").parameter("InstanceId.1"),
        Some("i-1")
    );
    // The host answered before it went down, then not at all, then after another boot.
    assert_eq!(requested.calls("SendCommand").len(), 4);
    let reported = heard::take();
    assert!(
        reported.contains("updated 12 packages of the host of team (2023.8.1 → 2023.9.1)\n"),
        "{reported}"
    );
    assert!(
        reported.ends_with(
            "the host of team has rebooted; its workspaces are available within a minute\n"
        ),
        "{reported}"
    );
    let asked = aws(after());
    assert_eq!(
        with_user(true, || patched(&asked, false, false)).expect("it is updated"),
        (12, Reboot::Done)
    );
    assert!(heard::take().contains("Reboot the host of team now? 0 developers are locked out"));
    let declined = with_user(false, || patched(&aws([updated()]), false, false));
    assert_eq!(message(declined), "the host of team was not updated");
}

#[test]
fn a_host_that_does_not_come_back_is_reported() {
    let silent = aws([ended("Success", NEEDED, ""), ended("TimedOut", "", "")]);
    assert_eq!(
        message(patched(&silent, true, true)),
        "the host of team (i-1) does not respond 15 minutes after it was told to reboot\n= help: look for the cause with `cargo run -- logs team --console`"
    );
    let interrupted = aws([ended("Success", NEEDED, ""), ended("TimedOut", "", "")])
        .interrupted_at("RebootInstances");
    assert_eq!(
        message(patched(&interrupted, true, true)),
        "interrupted: the host of team reboots: check with `cargo run -- status team`"
    );
}

#[test]
fn failed_updates_have_their_reason() {
    let failed = aws([ended("Failed", "boot=b-1", "Error: GPG check FAILED")]);
    assert_eq!(
        message(patched(&failed, true, true)),
        "the host of team is not updated: Error: GPG check FAILED"
    );
    let interrupted = aws([ended("InProgress", "", "")]).interrupted_at("GetCommandInvocation");
    assert_eq!(
        message(patched(&interrupted, true, true)),
        "interrupted: the host of team continues to install updates: see the result with `cargo run -- status team`"
    );
    let denied = aws([]).answers("SendCommand", [bad("AccessDeniedException", "no")]);
    assert!(message(patched(&denied, true, true)).starts_with("access denied: no"));
}

#[test]
fn releases_are_checked() {
    for release in ["latest", "2023.9.20251105", "2023.10.20260101"] {
        assert!(check_release(release).is_ok(), "{release}");
    }
    for release in [
        "",
        "newest",
        "2023",
        "2023.9",
        "2023.9.2025110",
        "2022.1.20251105",
        "2023.9.20251105;reboot",
        "2023..20251105",
    ] {
        let reported = message(check_release(release));
        assert!(
            reported.starts_with("usage: invalid release of Amazon Linux"),
            "{reported}"
        );
    }
}
