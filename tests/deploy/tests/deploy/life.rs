//! The life cycle of a stack, through the real SDK: deployed, described, changed, deleted.

use vsc_deploy_tests::answer::answer;
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

#[test]
fn a_team_is_deployed_described_changed_and_destroyed() {
    let cloud = Cloud::start("life", PROGRAM);
    let before = cloud.run("status").with(0);
    assert!(
        before.out.contains("team is not deployed in us-east-1"),
        "{}",
        before.out
    );

    let deployed = cloud.deploy().with(0);
    deployed.reports(&[
        "team: account 123456789012, region us-east-1",
        "Permissions",
        "+ AWS::EC2::Instance Host",
        "CREATE_COMPLETE       team",
        "team is deployed (CREATE_COMPLETE)",
    ]);
    let status = cloud.run("status --json").with(0);
    let status: serde_json::Value = serde_json::from_str(&status.out).expect("it is JSON");
    assert_eq!(status["team"]["state"], "CREATE_COMPLETE");
    assert_eq!(status["team"]["workspaces"][1]["name"], "bob");
    let host = status["team"]["host"]["id"].as_str().unwrap_or_default();
    assert!(host.starts_with("i-"), "{status:#}");

    // Without changes there is no difference, and the values are kept.
    let clean = cloud.run("diff --exit-code").with(0);
    assert_eq!(clean.out, "team: no differences\n");
    cloud.run("deploy").with(0).reports(&["team: no changes"]);

    let with_carol = |line: &str| {
        let output = cloud.command(line).env("TEAM", "alice,bob,carol").output();
        Ended::from(output.expect("it can be run"))
    };
    let differs = with_carol("diff --exit-code").with(1);
    assert!(
        differs
            .out
            .contains("+ AWS::Route53::RecordSet CarolRecord"),
        "{}",
        differs.out
    );
    assert!(
        differs
            .out
            .contains("2 to add, 3 to change, 0 to replace, 0 to remove"),
        "{}",
        differs.out
    );
    // Adding a user is harmless, so there is no question.
    with_carol("deploy")
        .with(0)
        .reports(&["CarolRecord", "team is deployed (UPDATE_COMPLETE)"]);
    let events = cloud.run("events").with(0);
    assert!(events.out.contains("UPDATE_COMPLETE"), "{}", events.out);
    assert!(!events.out.contains("CREATE_IN_PROGRESS"), "{}", events.out);

    // Removing a user needs confirmation, and there is no terminal.
    cloud.proxy.forget();
    let rejected = cloud.run("deploy").with(1);
    let calls = ["CreateChangeSet", "DeleteChangeSet", "ExecuteChangeSet"];
    assert_eq!(calls.map(|call| cloud.proxy.count(call)), [1, 1, 0]);
    rejected.reports(&[
        "This removes ",
        "`CarolRecord`",
        "cannot ask for confirmation",
        "nothing was changed; the change set was deleted",
        "= help: review it with `--dry-run`, then pass `--yes`",
    ]);
    let left = cloud
        .aws()
        .call("cloudformation list-change-sets --stack-name team");
    let left = left["Summaries"].as_array().cloned().unwrap_or_default();
    let available = left
        .iter()
        .filter(|set| set["ExecutionStatus"] == "AVAILABLE");
    assert_eq!(available.count(), 0, "{left:#?}");

    cloud.run("destroy").with(1).reports(&[
        "team in account 123456789012 in us-east-1 will be deleted, with its",
        "HomeVolume: a snapshot of it is kept",
        "= help: pass `--yes`",
    ]);
    cloud
        .run("destroy --yes")
        .with(0)
        .reports(&["DELETE_COMPLETE", "team is deleted"]);
    cloud
        .run("destroy --yes")
        .with(0)
        .reports(&["team is not deployed in us-east-1: nothing to do"]);
    assert!(cloud.stacks().is_empty());
}

/// The value of the image is not in the template: the emulator has another one, and CloudFormation would get it.
#[test]
fn a_user_joins_after_another_image_was_published() {
    let cloud = Cloud::start("published", PROGRAM);
    let publish = |image: usize| {
        let images = cloud.aws().call("ec2 describe-images --owners amazon");
        let id = images["Images"][image]["ImageId"].as_str().expect("an ID");
        let put =
            format!("ssm put-parameter --name /team/image --type String --overwrite --value {id}");
        _ = cloud.aws().call(&put);
        id.to_owned()
    };
    let before = publish(0);
    _ = cloud
        .run("deploy --yes --parameters-file values.toml --parameter ImageId=/team/image")
        .with(0);
    assert_ne!(publish(1), before);
    let output = cloud
        .command("diff --exit-code")
        .env("TEAM", "alice,bob,carol")
        .output();
    let differs = Ended::from(output.expect("it can be run")).with(1);
    for expected in [
        "+ AWS::Route53::RecordSet CarolRecord",
        "2 to add, 3 to change, 0 to replace, 0 to remove",
    ] {
        assert!(differs.out.contains(expected), "{}", differs.out);
    }
    // `--new-host` is what replaces it.
    assert!(!differs.out.contains("replaces"), "{}", differs.out);
}

#[test]
fn a_plan_changes_nothing_and_leaves_nothing() {
    let cloud = Cloud::start("plan", PROGRAM);
    let planned = cloud
        .run("deploy --dry-run --json --parameters-file values.toml")
        .with(0);
    planned.reports(&[
        "21 to add",
        "team: nothing was changed; the change set was deleted",
    ]);
    let plan: serde_json::Value = serde_json::from_str(&planned.out).expect("it is JSON");
    assert_eq!(plan["team"]["status"], "planned");
    assert_eq!(plan["team"]["changes"].as_array().map(Vec::len), Some(21));
    assert!(cloud.stacks().is_empty());

    // Another tool executes it.
    let left = cloud
        .run("deploy --no-execute --parameters-file values.toml")
        .with(0);
    left.reports(&[
        "aws cloudformation execute-change-set --stack-name team --change-set-name vsc-",
    ]);
    assert_eq!(cloud.stacks(), ["REVIEW_IN_PROGRESS"]);
}

#[test]
fn all_missing_values_are_named_at_once() {
    let cloud = Cloud::start("parameters", PROGRAM);
    cloud
        .run("deploy --yes --parameter VpcId=vpc-0a1b2c3d")
        .with(1)
        .reports(&[
            "team: 5 parameters have no value",
            "SubnetId: A public subnet of that VPC",
            "PrivateKeyParameterName: ",
            "= help: pass --parameter SubnetId=…",
        ]);
    cloud
        .run("deploy --yes --parameters-file values.toml --parameter VpcID=vpc-0a1b2c3d --parameter SubnetId=vpc-0a1b2c3d --parameter SourceIP=here")
        .with(1)
        .reports(&[
            "--parameter: the template has no parameter `VpcID`\n= help: did you mean `VpcId`?",
            "--parameter: SubnetId: \"vpc-0a1b2c3d\" is not the ID of a subnet",
            "--parameter: SourceIP: \"here\" does not match the pattern",
            "= help: an IPv4 range such as 203.0.113.0/24",
        ]);
    // Only the state of the stack was requested.
    assert_eq!(cloud.proxy.count("CreateChangeSet"), 0);
}

#[test]
fn answers_are_saved_beside_the_crate() {
    let cloud = Cloud::start("remembered", PROGRAM);
    let values = std::fs::read_to_string(cloud.parameters()).expect("it is there");
    let file = cloud.folder().join("team.parameters.toml");
    std::fs::write(&file, values).expect("the folder can be written");
    cloud
        .run("deploy --yes")
        .with(0)
        .reports(&["team is deployed"]);
    std::fs::write(&file, "VpcId = \"subnet-0a1b2c3d\"\n").expect("the folder can be written");
    cloud
        .run("deploy --yes")
        .with(1)
        .reports(&["team.parameters.toml: VpcId: \"subnet-0a1b2c3d\" is not the ID of a VPC"]);
}

#[test]
fn the_next_command_uses_the_same_region() {
    let cloud = Cloud::start("next", PROGRAM);
    cloud.run("outputs --region eu-west-1").with(1).reports(&[
        "team is not deployed in eu-west-1",
        "deploy it with `cargo run -- deploy team --region eu-west-1`",
    ]);
    let status = cloud.run("status --region eu-west-1").with(0);
    assert!(
        status
            .out
            .contains("deploy it with `cargo run -- deploy team --region eu-west-1`"),
        "{}",
        status.out
    );
}

#[test]
fn a_renamed_type_draws_a_warning() {
    let cloud = Cloud::start("renamed", PROGRAM);
    let listed = |url: &str| {
        answer(
            "DescribeStacks",
            &format!(
                "<Stacks><member><StackName>old-ide</StackName><StackId>{{stack}}</StackId><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-25T09:00:00Z</CreationTime><Outputs><member><OutputKey>DashboardUrl</OutputKey><OutputValue>{url}</OutputValue></member></Outputs></member></Stacks>"
            ),
        )
    };
    // The emulator lists stacks without their outputs: this is the response of AWS.
    let plan = |url: &str| {
        let script = cloud.proxy.on("DescribeStacks").skip(1).times(1);
        script.fault(Fault::Answer(listed(url)));
        let ended = cloud.run("deploy --dry-run --parameters-file values.toml");
        cloud.proxy.heal();
        cloud.proxy.forget();
        ended.with(0).err
    };
    let reported = plan("https://monitor.code.x.com:8090/dashboard/");
    assert!(
        reported.contains(
            "warning: `team` is a new stack, and `old-ide` serves the same domain: https://monitor.code.x.com:8090/dashboard/\n\
             = help: if the type was renamed, keep its stack: `stack_name = \"old-ide\"`\n"
        ),
        "{reported}"
    );
    let other = plan("https://monitor.other.x.com:8090/dashboard/");
    assert!(!other.contains("old-ide"), "{other}");
}
