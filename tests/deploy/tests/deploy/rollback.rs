//! `rollback`: its three actions, successful and failed. The emulator does not support rollbacks:
//! these are the responses of AWS.

use vsc_deploy_tests::answer::{Reported, STACK, answer, events};
use vsc_deploy_tests::cloud::Cloud;
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

/// The stack is in the first state before a call, and then in the second one.
fn script(
    cloud: &Cloud,
    before: &'static str,
    action: &'static str,
    after: &'static str,
    reported: &[Reported<'_>],
) {
    let proxy = &cloud.proxy;
    proxy.heal();
    proxy.forget();
    let later = proxy.on("DescribeStacks").after(action);
    later.fault(Fault::Replace("CREATE_COMPLETE", after));
    let first = proxy.on("DescribeStacks");
    first.fault(Fault::Replace("CREATE_COMPLETE", before));
    proxy.on(action).fault(Fault::Answer(answer(action, "")));
    let later = proxy.on("DescribeStackEvents").after(action);
    later.fault(Fault::Answer(events(reported)));
}

const BACK: [Reported<'static>; 3] = [
    (
        "team",
        STACK,
        "UPDATE_ROLLBACK_IN_PROGRESS",
        "User Initiated",
    ),
    ("Host", "AWS::EC2::Instance", "UPDATE_COMPLETE", ""),
    ("team", STACK, "UPDATE_ROLLBACK_COMPLETE", ""),
];

#[test]
fn an_update_in_progress_is_cancelled() {
    let cloud = Cloud::start("cancelled", PROGRAM);
    _ = cloud.deploy().with(0);
    let action = "CancelUpdateStack";
    script(
        &cloud,
        "UPDATE_IN_PROGRESS",
        action,
        "UPDATE_ROLLBACK_COMPLETE",
        &BACK,
    );
    cloud.run("rollback").with(1).reports(&[
        "Cancel the update of team and roll it back?",
        "= help: pass `--yes`",
    ]);
    assert_eq!(cloud.proxy.count(action), 0);
    cloud.run("rollback --yes").with(0).reports(&[
        "UPDATE_ROLLBACK_COMPLETE  team",
        "team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before",
    ]);
    assert_eq!(cloud.proxy.count(action), 1);
}

#[test]
fn a_completed_update_is_not_reported_as_rolled_back() {
    let cloud = Cloud::start("cancelled-late", PROGRAM);
    _ = cloud.deploy().with(0);
    let action = "CancelUpdateStack";
    let reported = [("team", STACK, "UPDATE_COMPLETE", "")];
    script(
        &cloud,
        "UPDATE_IN_PROGRESS",
        action,
        "UPDATE_COMPLETE",
        &reported,
    );
    cloud.run("rollback --yes").with(1).reports(&[
        "error: the update of team was over before it could be cancelled (UPDATE_COMPLETE)",
        "= help: to return to an earlier version, check it out and deploy it",
    ]);
    // CloudFormation may reject the call.
    script(&cloud, "UPDATE_IN_PROGRESS", "nothing", "", &reported);
    cloud.proxy.on(action).fault(Fault::Reject(
        400,
        "ValidationError",
        "CancelUpdateStack cannot be called from current stack status",
    ));
    cloud.run("rollback --yes").with(1).reports(&[
        "error: AWS rejected CancelUpdateStack: CancelUpdateStack cannot be called",
        "team was not rolled back: check with `cargo run -- status team`",
    ]);
}

#[test]
fn a_failed_operation_without_a_rollback_is_rolled_back() {
    let cloud = Cloud::start("kept", PROGRAM);
    _ = cloud.deploy().with(0);
    let action = "RollbackStack";
    script(
        &cloud,
        "UPDATE_FAILED",
        action,
        "UPDATE_ROLLBACK_COMPLETE",
        &BACK,
    );
    cloud
        .run("rollback --yes")
        .with(0)
        .reports(&["team is rolled back (UPDATE_ROLLBACK_COMPLETE): it is as it was before"]);

    // After a creation only the name is left.
    let reported = [
        ("team", STACK, "ROLLBACK_IN_PROGRESS", "User Initiated"),
        ("team", STACK, "ROLLBACK_COMPLETE", ""),
    ];
    script(
        &cloud,
        "CREATE_FAILED",
        action,
        "ROLLBACK_COMPLETE",
        &reported,
    );
    cloud.run("rollback").with(1).reports(&[
        "The creation of team failed without a rollback. Delete the resources that it created?",
    ]);
    cloud.run("rollback --yes").with(0).reports(&[
        "team is rolled back (ROLLBACK_COMPLETE): only its name is left",
        "create it again with `cargo run -- deploy team`",
    ]);
    script(
        &cloud,
        "CREATE_FAILED",
        action,
        "ROLLBACK_FAILED",
        &reported,
    );
    cloud.run("rollback --yes").with(1).reports(&[
        "error: the rollback of team failed",
        "team is in the state ROLLBACK_FAILED",
        "= help: delete what is left with `cargo run -- destroy team`",
    ]);
}

#[test]
fn a_failed_rollback_is_continued() {
    let cloud = Cloud::start("continued", PROGRAM);
    _ = cloud.deploy().with(0);
    let action = "ContinueUpdateRollback";
    let stuck = [
        ("team", STACK, "UPDATE_ROLLBACK_IN_PROGRESS", ""),
        (
            "Host",
            "AWS::EC2::Instance",
            "UPDATE_FAILED",
            "the instance is gone",
        ),
        ("team", STACK, "UPDATE_ROLLBACK_FAILED", ""),
    ];
    script(
        &cloud,
        "UPDATE_ROLLBACK_FAILED",
        action,
        "UPDATE_ROLLBACK_FAILED",
        &stuck,
    );
    cloud.run("rollback --yes").with(1).reports(&[
        "error: the rollback of team failed: Host (AWS::EC2::Instance): the instance is gone",
        "team is in the state UPDATE_ROLLBACK_FAILED",
        "fix the cause and run `cargo run -- rollback team` again; `--skip Host` skips what cannot be rolled back",
    ]);
    let first = cloud.proxy.form(action).unwrap_or_default();
    assert!(!first.contains("ResourcesToSkip"), "{first}");

    script(
        &cloud,
        "UPDATE_ROLLBACK_FAILED",
        action,
        "UPDATE_ROLLBACK_COMPLETE",
        &BACK,
    );
    cloud
        .run("rollback --yes --skip Host")
        .with(0)
        .reports(&["team is rolled back (UPDATE_ROLLBACK_COMPLETE)"]);
    let second = cloud.proxy.form(action).unwrap_or_default();
    assert!(second.contains("ResourcesToSkip.member.1=Host"), "{second}");
}

#[test]
fn only_a_failed_rollback_can_skip_resources() {
    let cloud = Cloud::start("skipped", PROGRAM);
    _ = cloud.deploy().with(0);
    let action = "RollbackStack";
    script(
        &cloud,
        "UPDATE_FAILED",
        action,
        "UPDATE_ROLLBACK_COMPLETE",
        &BACK,
    );
    cloud.run("rollback --yes --skip Host").with(2).reports(&[
        "error: `--skip` requires a stack in UPDATE_ROLLBACK_FAILED, but team is in UPDATE_FAILED",
        "= help: omit it",
    ]);
    assert_eq!(cloud.proxy.count(action), 0);
}

#[test]
fn a_failed_rollback_of_an_import_does_not_suggest_rollback() {
    let cloud = Cloud::start("import-stuck", PROGRAM);
    _ = cloud.deploy().with(0);
    let state = cloud.proxy.on("DescribeStacks");
    state.fault(Fault::Replace("CREATE_COMPLETE", "IMPORT_ROLLBACK_FAILED"));
    for line in ["deploy --yes", "rollback --yes"] {
        let ended = cloud.run(line).with(1);
        assert!(
            !ended.err.contains("= help: run `cargo run -- rollback"),
            "{}",
            ended.err
        );
        ended.reports(&["IMPORT_ROLLBACK_FAILED", "= help: ", "AWS Support"]);
    }
}

#[test]
fn an_interruption_says_that_it_continues() {
    let cloud = Cloud::start("rollback-interrupted", PROGRAM);
    _ = cloud.deploy().with(0);
    let action = "RollbackStack";
    script(
        &cloud,
        "UPDATE_FAILED",
        action,
        "UPDATE_ROLLBACK_IN_PROGRESS",
        &BACK[..1],
    );
    let running = cloud.spawn("rollback --yes");
    cloud.proxy.wait_for(action, 1);
    let looks = cloud.proxy.count("DescribeStacks");
    cloud.proxy.wait_for("DescribeStacks", looks + 2);
    running.signal("INT");
    running.end().with(130).reports(&[
        "interrupted: the rollback of team continues in AWS: follow it with `cargo run -- events --follow team`",
    ]);
}
