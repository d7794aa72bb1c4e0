//! The program `vsc` without a config crate: templates that others wrote, and stacks by name.

use std::fs;
use std::path::Path;

use vsc_deploy_tests::answer::{STACK, answer, events};
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;
use vsc_tests::tool;

const QUEUE: &str = "Parameters:
  Delay: {Type: Number}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}
  Kept: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}
Outputs:
  Url: {Value: !Ref Queue}
";

/// An account, and `vsc` in a folder with a template.
fn cloud(name: &str) -> Cloud {
    tool::build();
    let program = tool::program("vsc");
    let cloud = Cloud::start(name, program.to_str().expect("it is UTF-8"));
    write(&cloud, "queue.yaml", QUEUE);
    cloud
}

fn write(cloud: &Cloud, name: &str, text: &str) {
    let path = cloud.folder().join(name);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
    fs::write(path, text).expect("the folder can be written");
}

fn deploy(cloud: &Cloud) -> Ended {
    cloud.run("deploy queue.yaml --stack queue --yes --parameter Delay=5")
}

#[test]
fn a_template_is_deployed_changed_and_deleted_by_name() {
    let cloud = cloud("plain");
    cloud.run("deploy queue.yaml").with(2).reports(&[
        "queue.yaml: a template in a file has no stack name",
        "= help: pass one: `vsc deploy queue.yaml --stack queue`",
    ]);
    cloud
        .run("deploy queue.yaml --stack queue")
        .with(1)
        .reports(&["queue: a parameter has no value", "Delay: Number"]);
    assert!(cloud.stacks().is_empty());
    let deployed = deploy(&cloud).with(0);
    deployed.reports(&["Queue", "queue is deployed (CREATE_COMPLETE)"]);
    write(&cloud, "queue.parameters.toml", "Delay = \"9\"\n");
    cloud
        .run("deploy queue.yaml --stack queue --yes")
        .with(0)
        .reports(&["queue is deployed (UPDATE_COMPLETE)"]);
    for (command, expected) in [
        ("status queue", "UPDATE_COMPLETE"),
        // The emulator computes no outputs of a stack that a change set creates.
        ("outputs queue", "OUTPUT"),
        ("events queue --since 1h", "UPDATE_COMPLETE"),
    ] {
        let ended = cloud.run(command).with(0);
        assert!(ended.out.contains(expected), "{command}: {}", ended.out);
    }
    cloud.run("destroy queue").with(1).reports(&[
        "will be deleted, with its 2 resources.",
        "Kept: it is kept",
        "Delete it?",
    ]);
    cloud
        .run("destroy queue --yes")
        .with(0)
        .reports(&["queue is deleted"]);
    assert!(cloud.stacks().is_empty());
}

#[test]
fn a_failed_deployment_says_how_to_repeat_it() {
    let cloud = cloud("plain-failed");
    let reported = events(&[
        ("queue", STACK, "CREATE_IN_PROGRESS", "User Initiated"),
        (
            "Queue",
            "AWS::SQS::Queue",
            "CREATE_FAILED",
            "no more queues",
        ),
        ("queue", STACK, "ROLLBACK_COMPLETE", ""),
    ]);
    let proxy = &cloud.proxy;
    proxy
        .on("DescribeStackEvents")
        .after("ExecuteChangeSet")
        .fault(Fault::Answer(reported));
    proxy
        .on("DescribeStacks")
        .after("ExecuteChangeSet")
        .fault(Fault::Replace("CREATE_COMPLETE", "ROLLBACK_COMPLETE"));
    deploy(&cloud).with(1).reports(&[
        "error: the creation of queue failed: Queue (AWS::SQS::Queue): no more queues",
        "= help: fix the cause and run `vsc deploy queue.yaml --stack queue`, which deletes what is left",
    ]);
    // A lost response to the creation of the change set leaves nothing behind.
    cloud.proxy.heal();
    _ = cloud.run("destroy queue --yes").with(0);
    cloud
        .proxy
        .on("CreateChangeSet")
        .times(1)
        .fault(Fault::DropAfterwards);
    deploy(&cloud)
        .with(0)
        .reports(&["queue is deployed (CREATE_COMPLETE)"]);
}

/// The assembly of three stacks in a chain, and one beside them.
fn assembly(cloud: &Cloud) {
    // The emulator loses the exports of a stack that a change set creates.
    let template =
        "Resources:\n  Delay: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: 5}}\n";
    let mut stacks = Vec::new();
    for (name, needed) in [
        ("dns", &["app"][..]),
        ("app", &["network"]),
        ("network", &[]),
        ("other", &[]),
    ] {
        let file = format!("{name}.template.yaml");
        write(cloud, &format!("assembly/{file}"), template);
        stacks.push(serde_json::json!({ "name": name, "template": file, "dependsOn": needed }));
    }
    let assembly = serde_json::json!({ "version": 1, "stacks": stacks });
    write(cloud, "assembly/assembly.json", &assembly.to_string());
}

#[test]
fn several_stacks_are_deployed_and_deleted_in_the_order_of_their_dependencies() {
    let cloud = cloud("chain");
    assembly(&cloud);
    let ended = cloud
        .run("--app assembly deploy --all --yes --concurrency 3")
        .with(0);
    ended.reports(&["network is deployed", "app is deployed", "dns is deployed"]);
    assert_eq!(cloud.stacks().len(), 4);
    let ended = cloud
        .run("--app assembly destroy --all --yes --concurrency 3")
        .with(0);
    ended.reports(&["dns is deleted", "app is deleted", "network is deleted"]);
    assert!(cloud.stacks().is_empty());
}

#[test]
fn a_failure_stops_only_the_stacks_that_have_not_begun() {
    let cloud = cloud("chain-failed");
    assembly(&cloud);
    cloud
        .proxy
        .on("CreateChangeSet")
        .times(1)
        .fault(Fault::Reject(403, "AccessDenied", "no"));
    // One of the two independent stacks is rejected, the other one is finished.
    let ended = cloud
        .run("--app assembly deploy --all --yes --concurrency 2")
        .with(1);
    ended.reports(&[
        "deployed: `",
        "not started: `dns` and `app`",
        "access denied: no",
    ]);
    assert_eq!(cloud.stacks(), ["CREATE_COMPLETE"]);
    cloud.proxy.heal();
    _ = cloud.run("--app assembly deploy --all --yes").with(0);
    assert_eq!(cloud.stacks().len(), 4);
}

#[test]
fn an_interruption_reports_each_stack_that_is_being_deployed() {
    let cloud = cloud("chain-interrupted");
    assembly(&cloud);
    let busy = cloud.proxy.on("DescribeStacks").after("ExecuteChangeSet");
    busy.fault(Fault::Replace("CREATE_COMPLETE", "CREATE_IN_PROGRESS"));
    let running = cloud.spawn("--app assembly deploy --all --yes --concurrency 2");
    cloud.proxy.wait_for("ExecuteChangeSet", 2);
    let looks = cloud.proxy.count("DescribeStacks");
    cloud.proxy.wait_for("DescribeStacks", looks + 4);
    running.signal("INT");
    let ended = running.end().with(130);
    for stack in ["network", "other"] {
        let expected = format!("the deployment of {stack} continues in AWS");
        assert!(ended.err.contains(&expected), "{}", ended.err);
    }
    ended.reports(&[
        "failed: `network` and `other`",
        "not started: `dns` and `app`",
    ]);
}

#[test]
fn a_resource_is_renamed_in_a_deployed_stack() {
    let cloud = cloud("renamed");
    _ = deploy(&cloud).with(0);
    let refactoring = |execution: &str| {
        let result = format!(
            "<Status>CREATE_COMPLETE</Status><ExecutionStatus>{execution}</ExecutionStatus>"
        );
        Fault::Answer(answer("DescribeStackRefactor", &result))
    };
    let proxy = &cloud.proxy;
    let id = "<StackRefactorId>r-1</StackRefactorId>";
    let created = Fault::Answer(answer("CreateStackRefactor", id));
    proxy.on("CreateStackRefactor").fault(created);
    let actions = Fault::Answer(answer("ListStackRefactorActions", ""));
    proxy.on("ListStackRefactorActions").fault(actions);
    let executed = Fault::Answer(answer("ExecuteStackRefactor", ""));
    proxy.on("ExecuteStackRefactor").fault(executed);
    proxy
        .on("DescribeStackRefactor")
        .times(1)
        .fault(refactoring("AVAILABLE"));
    proxy
        .on("DescribeStackRefactor")
        .after("ExecuteStackRefactor")
        .fault(refactoring("EXECUTE_COMPLETE"));
    write(&cloud, "queue.yaml", &QUEUE.replace("Kept:", "Dead:"));
    cloud
        .run("refactor queue.yaml --stack queue --yes")
        .with(0)
        .reports(&[
            "1 resource is renamed",
            "Kept",
            "Dead",
            "queue is refactored",
        ]);
    let form = cloud.proxy.form("CreateStackRefactor").unwrap_or_default();
    assert!(form.contains("Dead"), "{form}");
    cloud
        .run("refactor queue --move Quee=Jobs")
        .with(1)
        .reports(&["no resource `Quee`", "did you mean `Queue`?"]);
}

#[test]
fn deployed_and_other_templates_are_validated_and_converted() {
    let cloud = cloud("converted");
    _ = deploy(&cloud).with(0);
    let converted = cloud.run("convert --from-stack queue").with(0);
    for part in ["Entry::of_stack(\"queue\", build)", "AWS::SQS::Queue"] {
        assert!(converted.out.contains(part), "{part}\n{}", converted.out);
    }
    _ = cloud.run("check --online queue.yaml").with(0);
    assert_eq!(cloud.proxy.count("ValidateTemplate"), 1);
    cloud.proxy.on("ValidateTemplate").fault(Fault::Reject(
        400,
        "ValidationError",
        "Template format error: no",
    ));
    cloud.run("check --online queue.yaml").with(1).reports(&[
        "error: queue.yaml: CloudFormation rejects the template: Template format error: no",
    ]);
    assert!(Path::new(cloud.folder()).join("queue.yaml").is_file());
}
