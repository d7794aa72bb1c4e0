//! Operations on a deployed stack.

use vsc_deploy_tests::answer::{STACK, answer, events};
use vsc_deploy_tests::cloud::{BUCKET, Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

/// The state of the host, from the AWS CLI.
fn host(cloud: &Cloud) -> String {
    let instances = cloud.aws().call("ec2 describe-instances");
    let state = &instances["Reservations"][0]["Instances"][0]["State"]["Name"];
    state.as_str().unwrap_or_default().to_owned()
}

/// Runs a command with the environment in which the team has a bucket.
fn with_backups(cloud: &Cloud, line: &str) -> Ended {
    let mut command = cloud.command(line);
    command.env("TEAM_BACKUPS", "1");
    command.output().expect("it can be run").into()
}

#[test]
fn the_host_is_stopped_and_started() {
    let cloud = Cloud::start("switched", PROGRAM);
    for command in ["stop --yes", "start", "logs", "drift"] {
        cloud.run(command).with(1).reports(&[
            "error: team is not deployed in us-east-1",
            "= help: deploy it with `cargo run -- deploy team`",
        ]);
    }
    _ = cloud.deploy().with(0);
    cloud.run("stop").with(1).reports(&[
        "Stop the host of team? 2 developers are locked out",
        "pass `--yes`",
    ]);
    assert_eq!(host(&cloud), "running");
    cloud
        .run("stop --yes")
        .with(0)
        .reports(&["is stopping", "the host of team is stopped"]);
    assert_eq!(host(&cloud), "stopped");
    let status = cloud.run("status").with(0);
    assert!(status.out.contains("stopped"), "{}", status.out);
    cloud.run("logs --user alice").with(1).reports(&[
        "is stopped: it cannot be queried",
        "= help: read its console output with `cargo run -- logs team --console`",
    ]);
    cloud
        .run("start")
        .with(0)
        .reports(&["is starting", "the host of team is running"]);
    cloud.run("start").with(0).reports(&["is already running"]);
    assert_eq!(host(&cloud), "running");
}

#[test]
fn the_host_reports_its_logs() {
    let cloud = Cloud::start("logged", PROGRAM);
    _ = cloud.deploy().with(0);
    cloud
        .run("logs --user alicia")
        .with(2)
        .reports(&["the team has no user `alicia`", "did you mean `alice`?"]);
    cloud
        .run("logs --since yesterday")
        .with(2)
        .reports(&["invalid `--since yesterday`", "10m"]);
    let said = r#"{"Status": "Success", "StandardOutputContent": "2026-11-25T09:00:00 code-server: hello\n", "StandardErrorContent": ""}"#;
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(Fault::Answer(said.to_owned()));
    let logs = cloud.run("logs --user alice").with(0);
    assert_eq!(logs.out, "2026-11-25T09:00:00 code-server: hello\n");
    assert_eq!(cloud.proxy.count("SendCommand"), 1);
    cloud.proxy.heal();
    let console = cloud.run("logs --console").with(0);
    assert!(console.out.contains("Linux version"), "{}", console.out);
}

#[test]
fn drift_is_reported_by_property() {
    let cloud = Cloud::start("drifted", PROGRAM);
    _ = cloud.deploy().with(0);
    let detected = answer(
        "DetectStackDrift",
        "<StackDriftDetectionId>d-1</StackDriftDetectionId>",
    );
    let status = |status: &str| {
        answer(
            "DescribeStackDriftDetectionStatus",
            &format!(
                "<StackId>s</StackId><StackDriftDetectionId>d-1</StackDriftDetectionId><DetectionStatus>{status}</DetectionStatus><Timestamp>2026-11-25T09:00:00Z</Timestamp>"
            ),
        )
    };
    let member = |id: &str, status: &str, differences: &str| {
        format!(
            "<member><StackId>s</StackId><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>p-{id}</PhysicalResourceId><ResourceType>AWS::EC2::Instance</ResourceType><StackResourceDriftStatus>{status}</StackResourceDriftStatus><PropertyDifferences>{differences}</PropertyDifferences><Timestamp>2026-11-25T09:00:00Z</Timestamp></member>"
        )
    };
    let changed = "<member><PropertyPath>/InstanceType</PropertyPath><ExpectedValue>t3.large</ExpectedValue><ActualValue>t3.small</ActualValue><DifferenceType>NOT_EQUAL</DifferenceType></member>";
    let drifts = [
        member("Host", "MODIFIED", changed),
        member("Address", "DELETED", ""),
        member("HostRole", "IN_SYNC", ""),
        member("AliceRecord", "NOT_CHECKED", ""),
    ];
    let drifts = answer(
        "DescribeStackResourceDrifts",
        &format!(
            "<StackResourceDrifts>{}</StackResourceDrifts>",
            drifts.concat()
        ),
    );
    let proxy = &cloud.proxy;
    proxy.on("DetectStackDrift").fault(Fault::Answer(detected));
    proxy
        .on("DescribeStackDriftDetectionStatus")
        .times(1)
        .fault(Fault::Answer(status("DETECTION_IN_PROGRESS")));
    proxy
        .on("DescribeStackDriftDetectionStatus")
        .fault(Fault::Answer(status("DETECTION_COMPLETE")));
    proxy
        .on("DescribeStackResourceDrifts")
        .fault(Fault::Answer(drifts));
    let drift = cloud.run("drift --exit-code").with(1);
    for line in [
        "~ Host AWS::EC2::Instance p-Host",
        "InstanceType: t3.large → t3.small",
        "- Address AWS::EC2::Instance p-Address  is deleted",
        "2 drifted, 1 in sync, 1 of types without drift detection",
    ] {
        assert!(drift.out.contains(line), "{line}\n{}", drift.out);
    }
    let json = cloud.run("drift --json").with(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!(
        json["team"]["drifted"][0]["properties"][0]["actual"],
        "t3.small"
    );
}

#[test]
fn existing_resources_are_imported_and_nothing_else_changes() {
    let cloud = Cloud::start("imported", PROGRAM);
    _ = cloud.deploy().with(0);
    with_backups(&cloud, "import")
        .with(2)
        .reports(&["no `--resource` given", "new in the stack: `Backups`"]);
    with_backups(&cloud, "import --resource Backup=acme-backups")
        .with(1)
        .reports(&[
            "the stack declares no resource `Backup`",
            "did you mean `Backups`?",
        ]);
    with_backups(&cloud, "import --resource Host=i-1")
        .with(1)
        .reports(&["`Host` is already part of the deployed stack"]);
    let known = answer(
        "GetTemplateSummary",
        "<ResourceIdentifierSummaries><member><ResourceType>AWS::S3::Bucket</ResourceType><LogicalResourceIds><member>Backups</member></LogicalResourceIds><ResourceIdentifiers><member>BucketName</member></ResourceIdentifiers></member></ResourceIdentifierSummaries>",
    );
    let proxy = &cloud.proxy;
    proxy.on("GetTemplateSummary").fault(Fault::Answer(known));
    // The emulator does not support imports: these are the responses of AWS.
    proxy.on("CreateChangeSet").fault(Fault::Answer(answer(
        "CreateChangeSet",
        "<Id>c</Id><StackId>{stack}</StackId>",
    )));
    proxy.on("DescribeChangeSet").fault(Fault::Answer(answer(
        "DescribeChangeSet",
        "<Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes><member><Type>Resource</Type><ResourceChange><Action>Import</Action><LogicalResourceId>Backups</LogicalResourceId><PhysicalResourceId>acme-backups</PhysicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType></ResourceChange></member></Changes>",
    )));
    proxy
        .on("DeleteChangeSet")
        .fault(Fault::Answer(answer("DeleteChangeSet", "")));
    with_backups(&cloud, "import --resource Backups=acme-backups")
        .with(1)
        .reports(&[
            "1 imported",
            "Backups",
            "Import this into team?",
            "pass `--yes`",
        ]);
    assert_eq!(cloud.proxy.count("DeleteChangeSet"), 1);
    proxy
        .on("ExecuteChangeSet")
        .fault(Fault::Answer(answer("ExecuteChangeSet", "")));
    // The first call reads the newest event before the import.
    proxy
        .on("DescribeStackEvents")
        .skip(1)
        .fault(Fault::Answer(events(&[
            ("team", STACK, "IMPORT_IN_PROGRESS", "User Initiated"),
            ("Backups", "AWS::S3::Bucket", "IMPORT_COMPLETE", ""),
            ("team", STACK, "IMPORT_COMPLETE", ""),
        ])));
    proxy
        .on("DescribeStacks")
        .fault(Fault::Replace("CREATE_COMPLETE", "IMPORT_COMPLETE"));
    with_backups(&cloud, "import --yes --resource Backups=acme-backups")
        .with(0)
        .reports(&[
            "IMPORT_COMPLETE",
            "team has imported them (IMPORT_COMPLETE)",
            "drift team",
        ]);
}

#[test]
fn a_new_password_is_only_in_the_secret() {
    let cloud = Cloud::start("rotated", PROGRAM);
    _ = cloud.deploy().with(0);
    let aws = cloud.aws();
    let password = || {
        let secret = aws.call("secretsmanager get-secret-value --secret-id team/alice");
        let secret = secret["SecretString"].as_str();
        secret.expect("there is one").to_owned()
    };
    cloud.run("users rotate alice").with(1).reports(&[
        "the secret team/alice does not exist",
        "no password was changed",
        "= help: create it with `cargo run -- deploy team`",
    ]);
    aws.call("secretsmanager create-secret --name team/alice --secret-string correct-horse");
    // A running host is notified immediately, and this one cannot confirm.
    cloud
        .proxy
        .on("SendCommand")
        .fault(Fault::Reject(400, "InvalidInstanceId", "no"));
    cloud.run("users rotate alice").with(1).reports(&[
        "has not confirmed the new passwords of `alice`: Systems Manager cannot reach it",
        "the old ones still work",
    ]);
    let first = password();
    assert_eq!(first.len(), 32, "{first}");
    assert!(first.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    _ = cloud.run("stop --yes").with(0);
    let rotated = cloud.run("users rotate alice --json").with(0);
    rotated.reports(&["is stopped, and applies them at its next start"]);
    let second = password();
    assert_ne!(first, second);
    assert!(!format!("{}{}", rotated.out, rotated.err).contains(&second));
    let json: serde_json::Value = serde_json::from_str(&rotated.out).expect("it is JSON");
    assert_eq!(json[0]["applied"], "at-next-start");
    let shown = cloud.run("users rotate alice --show --yes").with(0);
    assert!(shown.out.contains(&password()), "{}", shown.out);
}

#[test]
fn passwords_are_shown_after_confirmation() {
    let cloud = Cloud::start("passwords", PROGRAM);
    let users = cloud.run("users").with(0);
    assert!(users.out.contains("not deployed"), "{}", users.out);
    _ = cloud.deploy().with(0);
    let aws = cloud.aws();
    aws.call("secretsmanager create-secret --name team/alice --secret-string correct-horse");
    cloud.run("users --show-passwords").with(1).reports(&[
        "Print the passwords of 2 developers",
        "cannot ask for confirmation",
        "= help: pass `--yes`",
    ]);
    let users = cloud.run("users --show-passwords --yes").with(0);
    assert!(users.out.contains("correct-horse"), "{}", users.out);
    let users = cloud.run("users --json").with(0);
    assert!(!users.out.contains("correct-horse"), "{}", users.out);
    let users: serde_json::Value = serde_json::from_str(&users.out).expect("it is JSON");
    assert_eq!(users[0]["state"], "deployed");
    // Without AWS the list is still shown.
    cloud
        .proxy
        .on("*")
        .fault(Fault::Reject(403, "AccessDenied", "no"));
    let users = cloud.run("users").with(0);
    assert!(
        users.out.contains("https://alice.code.x.com"),
        "{}",
        users.out
    );
    users.reports(&["warning:", "pass `--offline` to skip AWS"]);
    let calls = cloud.proxy.calls().len();
    _ = cloud.run("users --offline").with(0);
    assert_eq!(cloud.proxy.calls().len(), calls);
}

#[test]
fn the_requirements_of_a_deployment_are_checked() {
    let cloud = Cloud::start("doctor", PROGRAM);
    let unanswered = cloud.run("doctor").with(0);
    assert!(
        unanswered
            .out
            .contains("`deploy` asks for VpcId and SubnetId"),
        "{}",
        unanswered.out
    );
    // Saved answers are used.
    std::fs::copy(
        cloud.parameters(),
        cloud.folder().join("team.parameters.toml"),
    )
    .expect("the folder can be written");
    let sick = cloud.run("doctor").with(1);
    for line in [
        "there is no parameter /vsc/certificate",
        "has no route to an internet gateway",
    ] {
        assert!(sick.out.contains(line), "{line}\n{}", sick.out);
    }
    let aws = cloud.aws();
    aws.call("ssm put-parameter --name /vsc/certificate --type String --value x");
    aws.call("ssm put-parameter --name /vsc/private-key --type SecureString --value x");
    let subnets = aws.call("ec2 describe-subnets --filters Name=cidr-block,Values=10.1.0.0/24");
    let vpc = subnets["Subnets"][0]["VpcId"].as_str().unwrap_or_default();
    let gateway = aws.call("ec2 create-internet-gateway");
    let gateway = gateway["InternetGateway"]["InternetGatewayId"]
        .as_str()
        .unwrap_or_default();
    aws.call(&format!(
        "ec2 attach-internet-gateway --vpc-id {vpc} --internet-gateway-id {gateway}"
    ));
    let tables = aws.call(&format!(
        "ec2 describe-route-tables --filters Name=vpc-id,Values={vpc}"
    ));
    let table = tables["RouteTables"][0]["RouteTableId"]
        .as_str()
        .unwrap_or_default();
    aws.call(&format!("ec2 create-route --route-table-id {table} --destination-cidr-block 0.0.0.0/0 --gateway-id {gateway}"));
    let quota = r#"{"Quota": {"QuotaCode": "x", "Value": 1.0}}"#;
    cloud
        .proxy
        .on("GetServiceQuota")
        .fault(Fault::Answer(quota.to_owned()));
    let well = cloud.run("doctor").with(0);
    for line in [
        "✓ credentials",
        "✓ hosted zone     code.x.com",
        "✓ certificate     /vsc/certificate and /vsc/private-key",
        "with a route to the internet",
        "! vCPU quota      0 of 1 vCPUs are in use, t3.medium needs 2",
        "✓ Elastic IPs     0 of 1 are in use",
        "✓ address ranges  the workspaces' 172.30.0.0/16 does not overlap with the VPC or its routes",
    ] {
        assert!(well.out.contains(line), "{line}\n{}", well.out);
    }
    aws.call(&format!("ec2 create-route --route-table-id {table} --destination-cidr-block 172.30.5.0/24 --gateway-id {gateway}"));
    let overlapping = cloud.run("doctor").with(0);
    let line = format!("overlap with 172.30.5.0/24 behind {gateway}");
    assert!(overlapping.out.contains(&line), "{}", overlapping.out);
    cloud
        .proxy
        .on("*")
        .fault(Fault::Reject(403, "ExpiredToken", "expired"));
    let expired = cloud.run("doctor").with(1);
    assert!(
        expired
            .out
            .contains("✗ credentials     the credentials have expired"),
        "{}",
        expired.out
    );
}

/// The emulator has no image registry: these are the responses of one.
#[test]
fn a_private_image_is_checked() {
    let cloud = Cloud::start("private-image", PROGRAM);
    let doctor = |code: i32, fault: Fault| {
        cloud.proxy.heal();
        cloud.proxy.on("DescribeImages").fault(fault);
        let image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.2";
        let mut command = cloud.command("doctor");
        command.env("TEAM_IMAGE", image);
        Ended::from(command.output().expect("it runs"))
            .with(code)
            .out
    };
    let rejected = |code| Fault::Reject(400, code, "rejected");
    for (code, fault, line) in [
        (
            1,
            rejected("RepositoryNotFoundException"),
            "✗ private image   there is no repository team/ide in eu-west-1 of account 123456789012",
        ),
        (
            1,
            rejected("ImageNotFoundException"),
            "✗ private image   the repository team/ide has no image 1.2",
        ),
        // A registry of another account may allow the host, and not the caller.
        (0, rejected("AccessDeniedException"), "! private image   "),
        (
            0,
            Fault::Answer(r#"{"imageDetails": [{"imageTags": ["1.2"]}]}"#.to_owned()),
            "✓ private image   123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide:1.2",
        ),
    ] {
        let reported = doctor(code, fault);
        assert!(reported.contains(line), "{line}\n{reported}");
    }
    let asked = cloud.proxy.form("DescribeImages").unwrap_or_default();
    for part in [
        r#""registryId": "123456789012""#,
        r#""repositoryName": "team/ide""#,
        r#""imageTag": "1.2""#,
    ] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
}

#[test]
fn a_large_template_is_uploaded_to_a_bucket() {
    let cloud = Cloud::start("large", PROGRAM);
    cloud
        .aws()
        .call(&format!("s3api delete-bucket --bucket {BUCKET}"));
    let names: Vec<String> = (1..=40)
        .map(|number| format!("developer-{number}"))
        .collect();
    let large = |line: &str| -> Ended {
        let mut command = cloud.command(line);
        command.env("TEAM", names.join(","));
        command.output().expect("it can be run").into()
    };
    large("deploy --parameters-file values.toml")
        .with(1)
        .reports(&[
            "Create the bucket vsc-templates-123456789012-us-east-1?",
            "= help: pass a bucket of yours with `--template-bucket`, or pass `--yes`",
        ]);
    assert!(cloud.stacks().is_empty());
    large("deploy --yes --parameters-file values.toml --template-bucket nobodys")
        .with(1)
        .reports(&["the bucket `nobodys` does not exist"]);
    large("deploy --yes --parameters-file values.toml")
        .with(0)
        .reports(&[
            "created the bucket vsc-templates-123456789012-us-east-1",
            "uploading the template of team to s3://vsc-templates-123456789012-us-east-1/team/",
            "team is deployed (CREATE_COMPLETE)",
        ]);
    let again = large("deploy --yes --parameters-file values.toml").with(0);
    assert!(!again.err.contains("created the bucket"), "{}", again.err);
}
