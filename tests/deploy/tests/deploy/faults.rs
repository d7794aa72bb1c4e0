//! Faults during an operation: every run ends in a valid state, and with a message that names the cause.

use vsc_deploy_tests::answer::{STACK, events};
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;
use vsc_deploy_tests::rejecting::Rejecting;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

const THROTTLED: Fault = Fault::Reject(400, "Throttling", "Rate exceeded");
const EXPIRED: Fault = Fault::Reject(
    403,
    "ExpiredToken",
    "The security token included in the request is expired",
);

/// Runs a command with this number of attempts per call.
fn attempting(cloud: &Cloud, attempts: u32, line: &str) -> Ended {
    let mut command = cloud.command(line);
    command.env("AWS_MAX_ATTEMPTS", attempts.to_string());
    command.output().expect("it can be run").into()
}

#[test]
fn throttled_calls_are_retried() {
    let cloud = Cloud::start("throttled", PROGRAM);
    cloud.proxy.on("CreateChangeSet").times(2).fault(THROTTLED);
    cloud
        .proxy
        .on("DescribeStackEvents")
        .times(2)
        .fault(THROTTLED);
    cloud
        .deploy()
        .with(0)
        .reports(&["team is deployed (CREATE_COMPLETE)"]);
    assert_eq!(cloud.proxy.count("CreateChangeSet"), 3);
}

#[test]
fn endless_throttling_is_reported() {
    let cloud = Cloud::start("throttled-without-end", PROGRAM);
    cloud.proxy.on("DescribeStacks").fault(THROTTLED);
    attempting(&cloud, 2, "status").with(1).reports(&[
        "error: AWS throttled DescribeStacks, even after several retries: Rate exceeded",
        "= help: wait a minute and run the command again",
    ]);
    assert_eq!(cloud.proxy.count("DescribeStacks"), 2);
}

#[test]
fn the_root_cause_of_a_failure_comes_first() {
    let cloud = Cloud::start("failed", PROGRAM);
    let reported = events(&[
        ("team", STACK, "CREATE_IN_PROGRESS", "User Initiated"),
        ("Host", "AWS::EC2::Instance", "CREATE_IN_PROGRESS", ""),
        (
            "Address",
            "AWS::EC2::EIP",
            "CREATE_FAILED",
            "Resource creation cancelled",
        ),
        (
            "Host",
            "AWS::EC2::Instance",
            "CREATE_FAILED",
            "Received FAILURE signal with UniqueId certificate: /vsc/certificate: ParameterNotFound",
        ),
        (
            "BobPassword",
            "AWS::SecretsManager::Secret",
            "CREATE_FAILED",
            "Resource creation cancelled",
        ),
        (
            "BobRecord",
            "AWS::Route53::RecordSet",
            "CREATE_FAILED",
            "Throttled for too long",
        ),
        (
            "team",
            STACK,
            "ROLLBACK_IN_PROGRESS",
            "The following resource(s) failed to create: [Address, Host].",
        ),
        ("Host", "AWS::EC2::Instance", "DELETE_COMPLETE", ""),
        ("team", STACK, "ROLLBACK_COMPLETE", ""),
    ]);
    cloud
        .proxy
        .on("DescribeStackEvents")
        .after("ExecuteChangeSet")
        .fault(Fault::Answer(reported));
    let states = cloud
        .proxy
        .on("DescribeStacks")
        .after("ExecuteChangeSet")
        .times(1);
    states.fault(Fault::Replace("CREATE_COMPLETE", "ROLLBACK_IN_PROGRESS"));
    let states = cloud.proxy.on("DescribeStacks").after("ExecuteChangeSet");
    states.fault(Fault::Replace("CREATE_COMPLETE", "ROLLBACK_COMPLETE"));

    let failed = cloud.deploy().with(1);
    assert!(failed.out.is_empty(), "{}", failed.out);
    failed.reports(&[
        "ROLLBACK_COMPLETE     team",
        "error: the creation of team failed: Host (AWS::EC2::Instance): the host failed to boot: certificate: /vsc/certificate: ParameterNotFound\n",
        "then: BobRecord (AWS::Route53::RecordSet): Throttled for too long\n",
        "cancelled because of it: `Address` and `BobPassword`\n",
        "team is rolled back (ROLLBACK_COMPLETE): only its name is left\n",
        "= help: put the certificate and its key into Parameter Store",
        "= help: fix the cause and run `cargo run -- deploy team`, which deletes what is left and creates it again",
    ]);
    let diagnosis = cloud.run("diagnose").with(0);
    assert!(
        diagnosis
            .out
            .contains("cause: Host (AWS::EC2::Instance): the host failed to boot"),
        "{}",
        diagnosis.out
    );
    let status = cloud.run("status").with(0);
    assert!(status.out.contains("its creation failed"), "{}", status.out);

    // The failed stack is deleted and created again only after confirmation.
    cloud
        .run("deploy --parameters-file values.toml")
        .with(1)
        .reports(&[
            "the creation of team failed (ROLLBACK_COMPLETE), and it can only be deleted",
            "= help: pass `--yes`",
        ]);
    cloud.proxy.heal();
    let once = cloud.proxy.on("DescribeStacks").times(1);
    once.fault(Fault::Replace("CREATE_COMPLETE", "ROLLBACK_COMPLETE"));
    cloud.deploy().with(0).reports(&[
        "deleting what is left of team",
        "team is deleted",
        "team is deployed (CREATE_COMPLETE)",
    ]);
}

#[test]
fn credentials_that_expire_in_the_middle_do_not_stop_the_deployment() {
    let cloud = Cloud::start("expired", PROGRAM);
    cloud
        .proxy
        .on("DescribeStacks")
        .after("ExecuteChangeSet")
        .fault(EXPIRED);
    cloud.deploy().with(1).reports(&[
        "error: the credentials have expired\n",
        "the deployment of team continues in AWS: follow it with `cargo run -- events --follow team`",
        "= help: renew them, with `aws sso login`",
    ]);
    cloud.proxy.heal();
    // With new credentials it can be followed.
    let followed = cloud.run("events --follow").with(0);
    assert!(followed.out.contains("CREATE_COMPLETE"), "{}", followed.out);
}

#[test]
fn credentials_that_expire_earlier_report_the_state() {
    let cloud = Cloud::start("expired-before", PROGRAM);
    cloud.proxy.on("*").after("CreateChangeSet").fault(EXPIRED);
    cloud.deploy().with(1).reports(&[
        "error: the credentials have expired\n",
        "nothing was changed, but the change set vsc-",
        "of team may remain",
        "delete it with `aws cloudformation delete-change-set --stack-name team --change-set-name vsc-",
        "= help: renew them",
    ]);
    assert_eq!(cloud.proxy.count("ExecuteChangeSet"), 0);
}

#[test]
fn a_lost_connection_is_retried() {
    let cloud = Cloud::start("lost", PROGRAM);
    let lost = cloud
        .proxy
        .on("DescribeStacks")
        .after("ExecuteChangeSet")
        .times(3);
    lost.fault(Fault::Drop);
    attempting(&cloud, 1, "deploy --yes --parameters-file values.toml")
        .with(0)
        .reports(&[
            "lost the connection to AWS in us-east-1 (DescribeStacks)",
            "retrying",
            "the connection is back",
            "team is deployed (CREATE_COMPLETE)",
        ]);
}

#[test]
fn a_lost_response_is_checked() {
    let cloud = Cloud::start("answer-lost", PROGRAM);
    cloud
        .proxy
        .on("ExecuteChangeSet")
        .fault(Fault::DropAfterwards);
    attempting(&cloud, 1, "deploy --yes --parameters-file values.toml")
        .with(0)
        .reports(&["team is deployed (CREATE_COMPLETE)"]);
    assert_eq!(cloud.proxy.count("ExecuteChangeSet"), 1);
    assert_eq!(cloud.stacks(), ["CREATE_COMPLETE"]);
}

#[test]
fn a_connection_that_is_lost_early_leaves_nothing() {
    let cloud = Cloud::start("lost-before", PROGRAM);
    cloud.proxy.on("ExecuteChangeSet").fault(Fault::Drop);
    attempting(&cloud, 1, "deploy --yes --parameters-file values.toml")
        .with(1)
        .reports(&[
            "error: lost the connection to AWS in us-east-1 (ExecuteChangeSet)",
            "nothing was changed; the change set was deleted",
            "= help: run the command again",
        ]);
    assert!(cloud.stacks().is_empty(), "{:?}", cloud.stacks());
}

#[test]
fn an_endpoint_that_never_responds_is_reported() {
    let cloud = Cloud::start("silent", PROGRAM);
    cloud.proxy.on("GetCallerIdentity").fault(Fault::Hang);
    // It is the first call, so no other one must be answered in this second.
    attempting(&cloud, 2, "deploy --yes --timeout 1")
        .with(1)
        .reports(&[
            "error: AWS in us-east-1 did not respond (GetCallerIdentity)",
            "= help: check that the endpoint is up: AWS_ENDPOINT_URL=http://127.0.0.1:",
        ]);
    assert_eq!(cloud.proxy.calls(), ["GetCallerIdentity"; 2]);

    // During a deployment the wait is ten times as long, and the state is reported.
    cloud.proxy.heal();
    cloud
        .proxy
        .on("DescribeStackEvents")
        .after("ExecuteChangeSet")
        .fault(Fault::Hang);
    // Earlier calls are retried if the machine is too busy to answer them in time.
    attempting(
        &cloud,
        5,
        "deploy --yes --timeout 5 --parameters-file values.toml",
    )
    .with(1)
    .reports(&[
        "did not respond (DescribeStackEvents); retrying",
        "error: AWS in us-east-1 did not respond (DescribeStackEvents)",
        "the deployment of team continues in AWS",
    ]);
}

#[test]
fn a_denied_action_is_named() {
    let cloud = Cloud::start("denied", PROGRAM);
    cloud.proxy.on("CreateChangeSet").fault(Fault::Reject(
        403,
        "AccessDenied",
        "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: cloudformation:CreateChangeSet on resource: team",
    ));
    cloud
        .run("deploy --yes --verbose --parameters-file values.toml")
        .with(1)
        .reports(&[
            "error: access denied: User: arn:aws:iam::123456789012:user/ops",
            "(CreateChangeSet: AccessDenied, request made-by-the-proxy)",
            "nothing was changed",
            "= help: ask for the permission `cloudformation:CreateChangeSet`",
        ]);
    assert_eq!(cloud.proxy.count("DeleteChangeSet"), 0);
}

#[test]
fn without_credentials_region_or_endpoint_there_is_a_help() {
    let cloud = Cloud::start("without", PROGRAM);
    let run = |change: &dyn Fn(&mut std::process::Command)| {
        let mut command = cloud.command("status");
        command.env("AWS_MAX_ATTEMPTS", "1");
        change(&mut command);
        Ended::from(command.output().expect("it can be run")).with(1)
    };
    run(&|command| {
        command
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY");
    })
    .reports(&[
        "error: no AWS credentials found",
        "= help: pass `--profile`",
    ]);
    run(&|command| _ = command.env_remove("AWS_REGION")).reports(&[
        "error: no region is set",
        "= help: pass `--region eu-west-1`",
    ]);
    let rejecting = Rejecting::new();
    let url = rejecting.endpoint();
    run(&|command| _ = command.env("AWS_ENDPOINT_URL", &url)).reports(&[
        "error: cannot reach AWS in us-east-1",
        &format!("= help: check that the endpoint is up: AWS_ENDPOINT_URL={url}"),
    ]);
    run(&|command| _ = command.arg("--profile").arg("nobody"))
        .reports(&["error: --profile: there is no profile `nobody`"]);
}

#[test]
fn a_stack_that_is_not_ready_is_not_changed() {
    let cloud = Cloud::start("not-ready", PROGRAM);
    cloud.deploy().with(0).reports(&["team is deployed"]);
    let state = |status: &'static str, line: &str, texts: &[&str]| {
        cloud.proxy.heal();
        cloud
            .proxy
            .on("DescribeStacks")
            .fault(Fault::Replace("CREATE_COMPLETE", status));
        cloud.run(line).with(1).reports(texts);
    };
    state(
        "UPDATE_IN_PROGRESS",
        "deploy --yes",
        &[
            "team is being updated (UPDATE_IN_PROGRESS; its last event was at 20",
            "= help: wait for it to finish with `cargo run -- events --follow team`",
        ],
    );
    state(
        "UPDATE_ROLLBACK_FAILED",
        "deploy --yes",
        &[
            "the last update of team failed, and so did its rollback",
            "= help: run `cargo run -- rollback team` first",
        ],
    );
    state(
        "DELETE_FAILED",
        "deploy --yes",
        &["`cargo run -- destroy team`"],
    );
    state(
        "UPDATE_IN_PROGRESS",
        "destroy --yes",
        &["team is being updated, and cannot be deleted now"],
    );
    state(
        "UPDATE_COMPLETE",
        "rollback --yes",
        &["team cannot be rolled back (UPDATE_COMPLETE)"],
    );
    assert_eq!(cloud.proxy.count("CreateChangeSet"), 1);
    assert_eq!(cloud.proxy.count("DeleteStack"), 0);
}

#[test]
fn resources_that_cannot_be_deleted_are_named() {
    let cloud = Cloud::start("undeletable", PROGRAM);
    cloud.deploy().with(0).reports(&["team is deployed"]);
    let reported = events(&[
        ("team", STACK, "DELETE_IN_PROGRESS", "User Initiated"),
        (
            "HostSecurityGroup",
            "AWS::EC2::SecurityGroup",
            "DELETE_FAILED",
            "resource sg-1 has a dependent object",
        ),
        (
            "team",
            STACK,
            "DELETE_FAILED",
            "The following resource(s) failed to delete: [HostSecurityGroup].",
        ),
    ]);
    cloud
        .proxy
        .on("DescribeStackEvents")
        .after("DeleteStack")
        .fault(Fault::Answer(reported));
    let states = cloud.proxy.on("DescribeStacks").after("DeleteStack");
    states.fault(Fault::Replace("DELETE_COMPLETE", "DELETE_FAILED"));
    cloud.run("destroy --yes").with(1).reports(&[
        "error: the deletion of team failed: HostSecurityGroup (AWS::EC2::SecurityGroup): resource sg-1 has a dependent object",
        "team still exists (DELETE_FAILED)",
        "`--retain HostSecurityGroup` keeps what blocks it",
    ]);
}
