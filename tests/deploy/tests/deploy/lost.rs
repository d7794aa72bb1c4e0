//! Executed calls whose responses were lost: the SDK retries, and AWS responds that the call was
//! executed already. And each call of a deployment in turn.

use vsc_deploy_tests::answer::{STACK, events};
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");
const DEPLOY: &str = "deploy --yes --parameters-file values.toml";
const EXPIRED: Fault = Fault::Reject(
    403,
    "ExpiredToken",
    "The security token included in the request is expired",
);

/// `deploy` with one attempt per call.
fn once(cloud: &Cloud) -> Ended {
    let mut command = cloud.command(DEPLOY);
    command.env("AWS_MAX_ATTEMPTS", "1");
    command.output().expect("it can be run").into()
}

/// Executes a call, loses its response, and rejects the retry.
fn lose(cloud: &Cloud, action: &'static str, code: &'static str, message: &'static str) {
    let lost = cloud.proxy.on(action).times(1);
    lost.fault(Fault::DropAfterwards);
    let again = cloud.proxy.on(action);
    again.fault(Fault::Reject(400, code, message));
}

#[test]
fn an_existing_change_set_of_our_name_is_ours() {
    let cloud = Cloud::start("lost-creation", PROGRAM);
    lose(
        &cloud,
        "CreateChangeSet",
        "AlreadyExistsException",
        "ChangeSet vsc-1 already exists",
    );
    cloud
        .deploy()
        .with(0)
        .reports(&["team is deployed (CREATE_COMPLETE)"]);
    assert_eq!(cloud.proxy.count("CreateChangeSet"), 2);
}

#[test]
fn an_execution_that_has_started_is_followed() {
    for (number, (code, message)) in [
        (
            "InvalidChangeSetStatus",
            "ChangeSet [vsc-1] cannot be executed in its current execution status of [EXECUTE_IN_PROGRESS]",
        ),
        (
            "TokenAlreadyExistsException",
            "A client request token already exists",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let cloud = Cloud::start(&format!("lost-execution-{number}"), PROGRAM);
        lose(&cloud, "ExecuteChangeSet", code, message);
        cloud
            .deploy()
            .with(0)
            .reports(&["team is deployed (CREATE_COMPLETE)"]);
        assert_eq!(cloud.proxy.count("DeleteChangeSet"), 0);
    }
}

#[test]
fn an_internal_error_of_aws_is_not_a_rejection() {
    let cloud = Cloud::start("internal", PROGRAM);
    // The call is executed, but the service responds with an error.
    let lost = cloud.proxy.on("ExecuteChangeSet").times(1);
    lost.fault(Fault::DropAfterwards);
    let broken = || Fault::Reject(503, "ServiceUnavailable", "Service is unavailable");
    cloud.proxy.on("ExecuteChangeSet").fault(broken());
    let looks = cloud.proxy.on("DescribeStacks").after("ExecuteChangeSet");
    looks.times(3).fault(broken());
    let mut command = cloud.command(DEPLOY);
    command.env("AWS_MAX_ATTEMPTS", "2");
    let ended: Ended = command.output().expect("it can be run").into();
    ended.with(0).reports(&[
        "AWS service error in us-east-1 (DescribeStacks): Service is unavailable; retrying",
        "team is deployed (CREATE_COMPLETE)",
    ]);
}

#[test]
fn a_deletion_with_a_lost_response_is_checked() {
    let cloud = Cloud::start("lost-deletion", PROGRAM);
    _ = cloud.deploy().with(0);
    cloud.proxy.on("DeleteStack").fault(Fault::DropAfterwards);
    let mut command = cloud.command("destroy --yes");
    command.env("AWS_MAX_ATTEMPTS", "1");
    let ended: Ended = command.output().expect("it can be run").into();
    ended.with(1).reports(&[
        "error: lost the connection to AWS in us-east-1 (DeleteStack)",
        "the deletion of team may have started: check with `cargo run -- status team`",
    ]);
}

/// The number of calls of a deployment.
fn calls_of_a_deployment(cloud: &Cloud) -> usize {
    _ = once(cloud).with(0);
    let calls = cloud.proxy.calls().len();
    assert!(calls >= 8, "{:?}", cloud.proxy.calls());
    _ = cloud.run("destroy --yes").with(0);
    calls
}

#[test]
fn each_call_may_be_lost() {
    for (name, fault) in [
        ("each-dropped", Fault::Drop),
        ("each-answer-dropped", Fault::DropAfterwards),
    ] {
        let cloud = Cloud::start(name, PROGRAM);
        for call in 0..calls_of_a_deployment(&cloud) {
            let before = cloud.proxy.calls().len();
            let lost = cloud.proxy.on("*").skip(call).times(1);
            lost.fault(fault.clone());
            let ended = once(&cloud);
            let reported = format!("call {call}: {}", ended.err);
            let stacks = cloud.stacks();
            match ended.code {
                Some(0) => assert_eq!(stacks, ["CREATE_COMPLETE"], "{reported}"),
                Some(1) => {
                    assert!(stacks.is_empty(), "{stacks:?} {reported}");
                    assert!(
                        reported.contains("lost the connection to AWS"),
                        "{reported}"
                    );
                    assert!(reported.contains("= help: "), "{reported}");
                }
                _ => panic!("{reported}"),
            }
            assert!(cloud.proxy.calls().len() > before + call, "{reported}");
            cloud.proxy.heal();
            _ = cloud.run("destroy --yes").with(0);
        }
    }
}

#[test]
fn credentials_may_expire_before_each_call() {
    let cloud = Cloud::start("each-expired", PROGRAM);
    let mut without_policy = 0;
    for call in 0..calls_of_a_deployment(&cloud) {
        let executed = cloud.proxy.count("ExecuteChangeSet");
        let made = cloud.proxy.count("CreateChangeSet");
        cloud.proxy.on("*").skip(call).fault(EXPIRED);
        let ended = once(&cloud);
        let reported = format!("call {call}: {}", ended.err);
        let carried_out = cloud.stacks();
        if ended.code == Some(0) {
            // Only the stack policy is missing, which the next deployment sets.
            ended.reports(&[
                "team is deployed (CREATE_COMPLETE)",
                "warning: no stack policy protects the homes of team: the credentials have expired",
            ]);
            assert_eq!(carried_out, ["CREATE_COMPLETE"], "{reported}");
            without_policy += 1;
            cloud.proxy.heal();
            _ = cloud.run("destroy --yes").with(0);
            continue;
        }
        let ended = ended.with(1);
        ended.reports(&[
            "error: the credentials have expired\n",
            "= help: renew them",
        ]);
        if cloud.proxy.count("ExecuteChangeSet") > executed && carried_out == ["CREATE_COMPLETE"] {
            assert!(reported.contains("continues in AWS"), "{reported}");
        } else if cloud.proxy.count("CreateChangeSet") > made && !carried_out.is_empty() {
            assert!(reported.contains("may remain"), "{reported}");
        } else {
            assert!(carried_out.is_empty(), "{carried_out:?} {reported}");
        }
        cloud.proxy.heal();
        _ = cloud.run("destroy --yes").with(0);
    }
    assert_eq!(without_policy, 2);
}

#[test]
fn a_stack_deleted_after_a_failed_creation_reports_the_cause() {
    let cloud = Cloud::start("deleted-on-failure", PROGRAM);
    let reported = events(&[
        ("team", STACK, "CREATE_IN_PROGRESS", "User Initiated"),
        (
            "Host",
            "AWS::EC2::Instance",
            "CREATE_FAILED",
            "no such image",
        ),
        ("team", STACK, "DELETE_IN_PROGRESS", ""),
        ("team", STACK, "DELETE_COMPLETE", ""),
    ]);
    let proxy = &cloud.proxy;
    let later = proxy.on("DescribeStackEvents").after("ExecuteChangeSet");
    later.fault(Fault::Answer(reported));
    let later = proxy.on("DescribeStacks").after("ExecuteChangeSet");
    later.fault(Fault::Replace("CREATE_COMPLETE", "DELETE_COMPLETE"));
    cloud
        .run("deploy --yes --on-failure delete --parameters-file values.toml")
        .with(1)
        .reports(&[
            "error: the creation of team failed: Host (AWS::EC2::Instance): no such image",
            "team was deleted",
        ]);
    // A deleted stack is not found by its name.
    let asked = cloud.proxy.form("DescribeStackEvents").unwrap_or_default();
    assert!(asked.contains("StackName=arn%3Aaws"), "{asked}");
}
