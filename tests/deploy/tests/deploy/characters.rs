//! Non-ASCII characters: `GetTemplate` returns a question mark for each of them.

use vsc_deploy_tests::answer::{STACK, events};
use vsc_deploy_tests::cloud::{Cloud, Ended};
use vsc_deploy_tests::proxy::{Fault, UPLOAD};

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");
const TEXT: &str = "🤖 zażółć";

/// Runs a command of a team whose stack has a non-ASCII output.
fn run(cloud: &Cloud, line: &str) -> Ended {
    let mut command = cloud.command(line);
    command.env("TEAM_OUTPUT", TEXT);
    command.output().expect("it can be run").into()
}

#[test]
fn a_template_is_deployed_in_ascii_and_does_not_differ() {
    let cloud = Cloud::start("characters", PROGRAM);
    _ = run(&cloud, "deploy --yes --parameters-file values.toml").with(0);
    let form = cloud.proxy.form(UPLOAD).expect("it was called");
    // The escaped form in JSON: "\ud83e\udd16 za\u017c\u00f3\u0142\u0107".
    assert!(form.contains("ud83e"), "the characters are escaped");
    assert!(!form.contains('🤖'), "and not sent as they are");
    cloud.proxy.on("GetTemplate").fault(Fault::Mask);
    let same = run(&cloud, "diff --exit-code").with(0);
    assert!(same.out.contains("no differences"), "{}", same.out);
}

#[test]
fn a_template_deployed_in_unicode_is_readable_and_equal() {
    let cloud = Cloud::start("characters-of-others", PROGRAM);
    _ = run(&cloud, "deploy --yes --parameters-file values.toml").with(0);
    // Another tool sends the same template unescaped.
    let template = run(&cloud, "synth").with(0).out;
    assert!(template.contains(TEXT), "{template}");
    let file = cloud.folder().join("unicode.yaml");
    std::fs::write(&file, template.replace(&format!("\"{TEXT}\""), TEXT)).expect("written");
    cloud.aws().call(&format!(
        "cloudformation update-stack --stack-name team --capabilities CAPABILITY_IAM --template-body file://{} \
         --parameters ParameterKey=VpcId,UsePreviousValue=true ParameterKey=SubnetId,UsePreviousValue=true \
         ParameterKey=HostedZoneId,UsePreviousValue=true ParameterKey=SourceIP,UsePreviousValue=true \
         ParameterKey=CertificateParameterName,UsePreviousValue=true \
         ParameterKey=PrivateKeyParameterName,UsePreviousValue=true \
         ParameterKey=AvailabilityZone,UsePreviousValue=true",
        file.display()
    ));
    cloud.proxy.on("GetTemplate").fault(Fault::Mask);
    let same = run(&cloud, "diff --exit-code").with(0);
    assert!(same.out.contains("no differences"), "{}", same.out);
    let mut command = cloud.command("diff");
    command.env("TEAM_OUTPUT", "🤖 zażółcić");
    let other = Ended::from(command.output().expect("it can be run")).with(0);
    assert!(
        other.out.contains("'? za????' → 🤖 zażółcić"),
        "{}",
        other.out
    );
    // `import` can read it as well, although the masked text is not valid YAML.
    let mut command = cloud.command("import");
    command.env("TEAM_BACKUPS", "1");
    let import = Ended::from(command.output().expect("it can be run")).with(2);
    import.reports(&["`Backups`"]);
}

#[test]
fn responses_of_aws_control_neither_terminal_nor_workflow() {
    let cloud = Cloud::start("characters-of-aws", PROGRAM);
    _ = cloud.deploy().with(0);
    let reason = "first&#10;::error title=x::second&#13;&#x202e;&#x9b;2J##[error]third";
    let reported = events(&[
        ("team", STACK, "UPDATE_IN_PROGRESS", "User Initiated"),
        ("Host", "AWS::EC2::Instance", "UPDATE_FAILED", reason),
        ("team", STACK, "UPDATE_FAILED", "see Host"),
    ]);
    cloud
        .proxy
        .on("DescribeStackEvents")
        .fault(Fault::Answer(reported));
    for line in [
        "events",
        "diagnose",
        "events --color always",
        "diagnose --color always",
    ] {
        let ended = cloud.run(line).with(0);
        let text = ended.out + &ended.err;
        assert!(text.contains(r"first\n::error"), "{text}");
        assert!(!text.contains(['\r', '\u{202e}', '\u{9b}']), "{text:?}");
        assert!(!text.contains("##["), "{text}");
        assert!(
            !text.lines().any(|line| line.trim_start().starts_with("::")),
            "{text}"
        );
    }
    let json = cloud.run("events --json").with(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    let reason = json[1]["reason"].as_str().expect("it has a reason");
    assert!(
        reason.starts_with("first\n::error title=x::second"),
        "{reason}"
    );
    assert!(reason.contains('\u{202e}'), "{reason}");
}
