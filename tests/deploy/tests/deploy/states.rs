//! Deployments without resource changes, and reports about a deployed stack.

use vsc_deploy_tests::answer::answer;
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;
use vsc_deploy_tests::rejecting::Rejecting;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

/// Runs a command of a team with one more output.
fn with_output(cloud: &Cloud, line: &str) -> Ended {
    let mut command = cloud.command(line);
    command.env("TEAM_OUTPUT", "1");
    command.output().expect("it can be run").into()
}

#[test]
fn an_output_alone_is_deployed_and_reported() {
    let cloud = Cloud::start("output", PROGRAM);
    _ = cloud.deploy().with(0);
    with_output(&cloud, "deploy")
        .with(0)
        .reports(&["Motto", "team is deployed (UPDATE_COMPLETE)"]);
    let clean = with_output(&cloud, "diff --exit-code").with(0);
    assert_eq!(clean.out, "team: no differences\n");
    // The emulator loses the outputs of an update: this is the response of AWS.
    cloud.proxy.on("DescribeStacks").fault(Fault::Answer(answer(
        "DescribeStacks",
        "<Stacks><member><StackName>team</StackName><StackId>{stack}</StackId><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-11-25T09:00:00Z</CreationTime><Outputs><member><OutputKey>Motto</OutputKey><OutputValue>many hands</OutputValue></member></Outputs></member></Stacks>",
    )));
    let one = cloud.run("outputs --name Motto").with(0);
    assert_eq!(one.out, "many hands\n");
    let all = cloud.run("outputs").with(0);
    assert!(all.out.contains("Motto"), "{}", all.out);
    let json = cloud.run("outputs --json").with(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!(json["team"]["Motto"], "many hands");
    cloud
        .run("outputs --name Moto")
        .with(1)
        .reports(&["team has no output `Moto`", "did you mean `Motto`?"]);
}

#[test]
fn rollback_stays_disabled_after_a_failure_without_one() {
    let cloud = Cloud::start("failed-update", PROGRAM);
    _ = cloud.deploy().with(0);
    // CloudFormation updates such a stack only with rollback disabled.
    let first = cloud.proxy.on("DescribeStacks").times(1);
    first.fault(Fault::Replace("CREATE_COMPLETE", "UPDATE_FAILED"));
    with_output(&cloud, "deploy").with(0).reports(&[
        "the last deployment of team failed without a rollback",
        "team is deployed (UPDATE_COMPLETE)",
    ]);
    let form = cloud.proxy.form("ExecuteChangeSet").unwrap_or_default();
    assert!(form.contains("DisableRollback=true"), "{form}");
}

#[test]
fn a_clock_that_is_wrong_is_named() {
    let cloud = Cloud::start("clock", PROGRAM);
    cloud.proxy.on("*").fault(Fault::Reject(
        403,
        "SignatureDoesNotMatch",
        "Signature expired: 20261125T090000Z is now earlier than 20261125T095500Z (20261125T101000Z - 15 min.)",
    ));
    cloud.run("status").with(1).reports(&[
        "error: the clock of this machine is wrong: AWS reports \"Signature expired",
        "= help: set the clock",
    ]);
}

#[test]
fn only_a_failed_deletion_can_retain_resources() {
    let cloud = Cloud::start("retained", PROGRAM);
    _ = cloud.deploy().with(0);
    cloud.run("destroy --yes --retain Host").with(2).reports(&[
        "error: `--retain` requires a stack in DELETE_FAILED, but team is in CREATE_COMPLETE",
        "= help: omit it",
    ]);
    assert_eq!(cloud.proxy.count("DeleteStack"), 0);
}

#[test]
fn an_invalid_configuration_is_named() {
    let cloud = Cloud::start("configured", PROGRAM);
    let folder = cloud.folder().join(".aws");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let profile = "[profile corp]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\nregion = eu-west-1\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";
    std::fs::write(folder.join("config"), profile).expect("the folder can be written");
    cloud.run("status --profile corp").with(1).reports(&[
        "error: profile `corp` provides no AWS credentials",
        "= help: sign in with `aws sso login --profile corp`",
    ]);
    let rejecting = Rejecting::new();
    let url = rejecting.endpoint();
    let mut command = cloud.command("status");
    command
        .env("AWS_MAX_ATTEMPTS", "1")
        .env("AWS_ENDPOINT_URL_CLOUDFORMATION", &url);
    let down: Ended = command.output().expect("it can be run").into();
    down.with(1)
        .reports(&[&format!("AWS_ENDPOINT_URL_CLOUDFORMATION={url}")]);
    let mut command = cloud.command("status --region eu-wset-1");
    command
        .env_remove("AWS_ENDPOINT_URL")
        .env("AWS_MAX_ATTEMPTS", "1");
    let unknown: Ended = command.output().expect("it can be run").into();
    unknown
        .with(1)
        .reports(&["= help: there is no region", "eu-wset-1", "eu-west-1"]);
}
