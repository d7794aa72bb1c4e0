//! Ctrl-C in each phase: nothing is left half done, and the message names the next step.

use vsc_deploy_tests::cloud::Cloud;
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");
const DEPLOY: &str = "deploy --yes --parameters-file values.toml";

#[test]
fn an_early_interruption_leaves_nothing() {
    let cloud = Cloud::start("interrupted-first", PROGRAM);
    cloud.proxy.on("DescribeStacks").fault(Fault::Hang);
    let running = cloud.spawn(DEPLOY);
    cloud.proxy.wait_for("DescribeStacks", 1);
    running.signal("INT");
    running
        .end()
        .with(130)
        .reports(&["interrupted: nothing was changed"]);
    assert_eq!(cloud.proxy.count("CreateChangeSet"), 0);
}

#[test]
fn a_change_set_is_deleted() {
    for signal in ["INT", "TERM", "HUP"] {
        let cloud = Cloud::start(&format!("interrupted-{signal}"), PROGRAM);
        cloud.proxy.on("DescribeChangeSet").fault(Fault::Hang);
        let running = cloud.spawn(DEPLOY);
        cloud.proxy.wait_for("DescribeChangeSet", 1);
        running.signal(signal);
        running
            .end()
            .with(130)
            .reports(&["interrupted: nothing was changed; the change set was deleted"]);
        // Neither the change set nor its stack remains.
        assert!(cloud.stacks().is_empty(), "{:?}", cloud.stacks());
        assert_eq!(cloud.proxy.count("ExecuteChangeSet"), 0);
    }
}

#[test]
fn a_deployment_continues_and_can_be_followed_again() {
    let cloud = Cloud::start("interrupted-later", PROGRAM);
    let busy = cloud.proxy.on("DescribeStacks").after("ExecuteChangeSet");
    busy.fault(Fault::Replace("CREATE_COMPLETE", "CREATE_IN_PROGRESS"));
    let running = cloud.spawn(DEPLOY);
    cloud.proxy.wait_for("ExecuteChangeSet", 1);
    // Two polls later it is certainly being followed.
    let looks = cloud.proxy.count("DescribeStacks");
    cloud.proxy.wait_for("DescribeStacks", looks + 2);
    running.signal("INT");
    running.end().with(130).reports(&[
        "interrupted: the deployment of team continues in AWS",
        "follow it with `cargo run -- events --follow team`",
        "delete it with `cargo run -- destroy team`",
    ]);
    assert_eq!(cloud.proxy.count("DeleteChangeSet"), 0);
    cloud.proxy.heal();
    let followed = cloud.run("events --follow").with(0);
    assert!(followed.out.contains("CREATE_COMPLETE"), "{}", followed.out);
}

#[test]
fn the_second_interruption_ends_it_immediately() {
    let cloud = Cloud::start("interrupted-twice", PROGRAM);
    cloud.proxy.on("DescribeChangeSet").fault(Fault::Hang);
    cloud.proxy.on("DeleteChangeSet").fault(Fault::Hang);
    // The timeout of the hanging call is longer than that of the test.
    let running = cloud.spawn(&format!("{DEPLOY} --timeout 600"));
    cloud.proxy.wait_for("DescribeChangeSet", 1);
    running.signal("INT");
    cloud.proxy.wait_for("DeleteChangeSet", 1);
    running.signal("INT");
    _ = running.end().with(130);
    assert_eq!(cloud.proxy.count("DeleteChangeSet"), 1);
}

#[test]
fn a_deletion_continues() {
    let cloud = Cloud::start("interrupted-deletion", PROGRAM);
    cloud.deploy().with(0).reports(&["team is deployed"]);
    let busy = cloud.proxy.on("DescribeStacks").after("DeleteStack");
    busy.fault(Fault::Replace("DELETE_COMPLETE", "DELETE_IN_PROGRESS"));
    let running = cloud.spawn("destroy --yes");
    cloud.proxy.wait_for("DeleteStack", 1);
    let looks = cloud.proxy.count("DescribeStacks");
    cloud.proxy.wait_for("DescribeStacks", looks + 2);
    running.signal("INT");
    running
        .end()
        .with(130)
        .reports(&["interrupted: the deletion of team continues in AWS"]);
}
