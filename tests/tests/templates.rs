//! The templates of the examples as snapshots, and their invariants.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde_json::Value;
use vsc::pattern::HOST_FILES;
use vsc::team::{TeamIdeBuilder, Users};
use vsc::template::write_json;
use vsc::{Declaration, TeamIde, pattern};
use vsc_tests::synth::{example, template, template_of, without_packed_files};

/// The template of an example, with pinned images.
fn pinned(package: &str, stack: &str) -> String {
    without_packed_files(&example(package, &["synth", stack]))
}

#[test]
fn the_quickstart_reads_well() {
    insta::assert_snapshot!("quickstart", pinned("quickstart", "*"));
}

#[test]
fn the_seed_reads_well() {
    insta::assert_snapshot!("seed", pinned("seed", "*"));
}

#[test]
fn both_teams_read_well() {
    for stack in ["production", "staging"] {
        insta::assert_snapshot!(stack, pinned("teams", stack));
    }
}

/// "By default, cron is not installed in AL2023": Amazon Linux 2 User Guide, "Preparing for Amazon Linux
/// 2023". Files there would silently never run.
#[test]
fn no_host_waits_for_cron() {
    let mut files = 0;
    for (package, stack) in [
        ("quickstart", "*"),
        ("teams", "production"),
        ("teams", "staging"),
        ("seed", "*"),
    ] {
        let template = template_of(package, stack).json;
        let template: Value = serde_json::from_str(&template).expect("it is JSON");
        for (_, host) in resources(&template, "AWS::EC2::Instance") {
            let sets = host["Metadata"]["AWS::CloudFormation::Init"].as_object();
            let sets = sets.into_iter().flatten();
            let own = sets.filter_map(|(_, set)| set["files"].as_object());
            let own = own.flatten();
            let own = own.map(|(path, file)| (path.clone(), file["content"].to_string()));
            let packed = HOST_FILES.iter();
            let packed = packed.map(|file| (file.path.to_owned(), file.content.to_owned()));
            for (path, content) in own.chain(packed) {
                let is_cron = path.starts_with("/etc/cron") || path.starts_with("/var/spool/cron");
                assert!(!is_cron, "{package}: {path}");
                assert!(!content.contains("/etc/cron"), "{package}: {path}");
                files += 1;
            }
        }
    }
    assert!(files > 60, "only {files} files are looked at");
}

/// What a host needs for everybody takes most of a template, so that it goes through a bucket, of which
/// CloudFormation accepts 1 MB (AWS CloudFormation User Guide, "Quotas"). A developer adds little.
#[test]
fn developers_add_little_to_a_template() {
    let sent = |users: usize| {
        let names = (1..=users).map(|number| format!("developer-{number}"));
        let declaration = Declaration {
            type_name: "Team".into(),
            domain: Some("code.example.com".into()),
            users: Some(Users::Names(names.collect())),
            ..Declaration::default()
        };
        let ide = declaration.check().expect("it is a valid team");
        let template = pattern::synthesize(&ide).expect("it keeps the quotas");
        let sent = Value::from_str(&write_json(&template.to_json())).expect("it is JSON");
        sent.to_string().len()
    };
    let (one, eleven) = (sent(1), sent(11));
    assert!(one < 68_000, "{one}");
    assert!(eleven - one < 10 * 1_500, "{one} and {eleven}");
}

fn quickstart() -> Value {
    serde_json::from_str(&template("quickstart").json).expect("it is JSON")
}

fn resources<'a>(template: &'a Value, kind: &str) -> Vec<(&'a String, &'a Value)> {
    let resources = template["Resources"].as_object().expect("resources");
    resources
        .iter()
        .filter(|(_, resource)| resource["Type"] == kind)
        .collect()
}

#[test]
fn each_user_has_a_record_a_secret_and_a_url() {
    let template = quickstart();
    assert_eq!(resources(&template, "AWS::SecretsManager::Secret").len(), 6);
    assert_eq!(resources(&template, "AWS::Route53::RecordSet").len(), 6 + 2);
    for number in 1..=6 {
        let url = &template["Outputs"][format!("Dev{number}Url")]["Value"];
        assert_eq!(
            url,
            &Value::from(format!("https://dev-{number}.code.x.com"))
        );
    }
}

#[test]
fn only_declared_ranges_are_open() {
    let template = quickstart();
    let [(_, group)] = resources(&template, "AWS::EC2::SecurityGroup")[..] else {
        panic!("one group")
    };
    for side in ["SecurityGroupIngress", "SecurityGroupEgress"] {
        let rules = group["Properties"][side].as_array().expect("rules");
        assert!(!rules.is_empty(), "{side}");
        for rule in rules {
            assert!(rule["Description"].is_string(), "{rule:#}");
        }
    }
    let ingress = group["Properties"]["SecurityGroupIngress"].to_string();
    assert!(
        !ingress.contains("0.0.0.0/0") && !ingress.contains("::/0"),
        "{ingress}"
    );
    assert!(
        !ingress.contains("22"),
        "SSH is closed without a key pair: {ingress}"
    );
    assert!(template["Parameters"]["SourceIP"]["Default"].is_null());
}

#[test]
fn the_role_of_the_host_is_minimal() {
    let template = quickstart();
    let role = &template["Resources"]["HostRole"];
    let [policy] = &role["Properties"]["Policies"].as_array().expect("policies")[..] else {
        panic!("one policy")
    };
    assert!(!policy.to_string().contains("route53"));
    assert!(role["Properties"]["ManagedPolicyArns"].is_null());
    let statements = &policy["PolicyDocument"]["Statement"];
    let statements = statements.as_array().expect("statements");
    assert_eq!(statements.len(), 9, "{statements:#?}");
    for statement in statements {
        assert!(statement["Resource"] != Value::Null, "{statement:#}");
        let explained = [
            "FindTheHomes",
            "BeginSessions",
            "OpenSessions",
            "CountFailures",
        ];
        let explained = explained.contains(&text(&statement["Sid"]));
        assert!(statement["Resource"] != "*" || explained, "{statement:#}");
    }
    let yaml = example("quickstart", &["synth"]);
    let parts: Vec<&str> = yaml.split("Resource: '*'").collect();
    // One is that of the role that starts the host after a rollback.
    assert_eq!(parts.len(), 6, "{yaml}");
    for before in &parts[..4] {
        let comment = before.trim_end().lines().last().unwrap_or_default().trim();
        assert!(
            comment.starts_with('#') && comment.contains(" no resource-level permissions"),
            "{comment}"
        );
    }
    // A secret with the prefix of the stack need not belong to the stack.
    let read = statements
        .iter()
        .find(|statement| statement["Action"] == "secretsmanager:GetSecretValue");
    let read = read.expect("the host reads passwords");
    let tag = &read["Condition"]["StringEquals"]["aws:ResourceTag/aws:cloudformation:stack-id"];
    assert_eq!(tag["Ref"], "AWS::StackId", "{read:#}");
}

fn text(value: &Value) -> &str {
    value.as_str().expect("it is text")
}

/// The template of a team.
fn built(team: TeamIdeBuilder) -> Value {
    let ide = team.build().unwrap_or_else(|error| panic!("{error}"));
    let template = vsc::pattern::synthesize(&ide).expect("it keeps the quotas");
    serde_json::from_str(&template.to_json_string()).expect("it is JSON")
}

/// Route 53 accepts five requests per second: the records of a large team are created a few at a time,
/// in chains, and those of a small team all at once.
#[test]
fn twenty_records_are_created_at_once() {
    for (users, waiting) in [(18, 0), (19, 1), (180, 162)] {
        let team = TeamIde::builder().domain("code.x.com").users(users);
        let template = built(team);
        let records = resources(&template, "AWS::Route53::RecordSet");
        assert_eq!(records.len(), users as usize + 2);
        let awaited = records.iter().filter_map(|(_, record)| {
            let awaited = &record["DependsOn"];
            (!awaited.is_null()).then(|| text(awaited))
        });
        let awaited: Vec<&str> = awaited.collect();
        assert_eq!(awaited.len(), waiting, "{users}");
        // Each record that waits has a predecessor of its own: as many chains as there are first records.
        let different: BTreeSet<&str> = awaited.iter().copied().collect();
        assert_eq!(different.len(), waiting, "{users}");
        for name in awaited {
            assert!(
                records.iter().any(|(record, _)| record.as_str() == name),
                "{name}"
            );
        }
    }
}

/// The proxy stores certificates by the name of their resolver, also those of an earlier host: a staging
/// certificate is never served as a real one.
#[test]
fn a_staging_certificate_is_not_used_as_a_real_one() {
    let team = || TeamIde::builder().domain("code.x.com").users(2);
    let [real, trial] = [
        built(team().tls_acme("ops@x.com")),
        built(team().tls_acme_staging("ops@x.com")),
    ];
    let text = |template: &Value| template.to_string();
    let server = "caServer: https://acme-staging-v02.api.letsencrypt.org/directory";
    assert!(text(&trial).contains(server));
    assert!(!text(&real).contains("caServer") && !text(&real).contains("staging"));
    let resolvers = |template: &Value| {
        let text = text(template);
        let used = text.split("certResolver: ").skip(1);
        let used = used.filter_map(|rest| rest.split("\\n").next());
        let used: BTreeSet<String> = used.map(str::to_owned).collect();
        let declared =
            |name: &&String| text.contains(&format!("certificatesResolvers:\\n  {name}:"));
        assert!(used.iter().all(|name| declared(&name)), "{used:?}");
        used
    };
    let (real_one, of_trial) = (resolvers(&real), resolvers(&trial));
    assert_eq!((real_one.len(), of_trial.len()), (1, 1));
    assert!(real_one.is_disjoint(&of_trial), "{real_one:?}");
    let reported = |template: &Value| {
        let output = &template["Outputs"]["Dev1Url"]["Description"];
        output
            .as_str()
            .is_some_and(|reported| reported.contains("browsers warn"))
    };
    assert!(reported(&trial) && !reported(&real));
}

/// A certificate is issued before the host signals, and the address moves after that: so nothing breaks
/// the connections to the issuer, and a replacement host is awaited.
#[test]
fn the_address_moves_after_the_host_has_signalled() {
    let team = || TeamIde::builder().domain("code.x.com").users(2);
    for team in [team(), team().tls_acme("ops@x.com")] {
        let template = built(team);
        let resources = &template["Resources"];
        let signal = &resources["Host"]["CreationPolicy"]["ResourceSignal"];
        assert_eq!(signal["Count"], 1);
        let association = &resources["AddressAssociation"]["Properties"];
        assert_eq!(association["InstanceId"]["Ref"], "Host");
    }
}

#[test]
fn the_homes_outlive_the_host() {
    let team = || TeamIde::builder().user("alice").domain("code.x.com");
    let template = built(team());
    let resources = &template["Resources"];
    let volume = &resources["HomeVolume"];
    assert_eq!(volume["DeletionPolicy"], "Snapshot");
    assert_eq!(volume["UpdateReplacePolicy"], "Snapshot");
    assert_eq!(
        volume["Properties"]["AvailabilityZone"]["Ref"], "AvailabilityZone",
        "it does not depend on the host"
    );
    // A published image makes another version, which the host does not use.
    let host = &resources["Host"]["Properties"];
    assert!(host["ImageId"].is_null());
    assert_eq!(host["LaunchTemplate"]["Version"], "1");
    assert!(resources["HomeSnapshots"].is_object());
    assert!(resources["AfterRollback"].is_object());

    // An instance cannot change its architecture: another one makes another launch template, and so a host.
    let name = |template: &Value| {
        let image = &template["Resources"]["HostImage"]["Properties"];
        image["LaunchTemplateName"]["Fn::Sub"][0].clone()
    };
    let on_arm = built(
        team()
            .instance("m7g.large")
            .image("x/ide:1")
            .proxy_image("x/proxy:1"),
    );
    assert_ne!(name(&template), name(&on_arm));

    let thrown_away = built(team().home_volume("none"));
    let resources = &thrown_away["Resources"];
    assert!(resources["HomeVolume"].is_null() && resources["HomeSnapshots"].is_null());
    let description = thrown_away["Description"].as_str().unwrap_or_default();
    assert!(
        description.ends_with("The homes are on its root volume, and are deleted with it"),
        "{description}"
    );
}

#[test]
fn the_host_requires_imds_v2_and_encrypts_its_disk() {
    let template = quickstart();
    let host = &template["Resources"]["Host"]["Properties"];
    assert_eq!(host["MetadataOptions"]["HttpTokens"], "required");
    assert_eq!(host["MetadataOptions"]["HttpPutResponseHopLimit"], 1);
    let volume = &host["BlockDeviceMappings"][0]["Ebs"];
    assert_eq!(
        (&volume["Encrypted"], &volume["VolumeType"]),
        (&Value::from(true), &Value::from("gp3"))
    );
}

#[test]
fn no_secret_is_in_the_template() {
    let template = quickstart();
    let parameters = template["Parameters"].as_object().expect("parameters");
    assert!(parameters.len() >= 6, "{parameters:#?}");
    for (name, parameter) in parameters {
        let kind = parameter["Type"].as_str().expect("it has a type");
        let reads_value = kind.starts_with("AWS::SSM::Parameter::Value");
        assert!(
            !reads_value || name == "ImageId",
            "{name} would read a value: {kind}"
        );
    }
    // A reference to a secret is its ARN; only `resolve` would be its value.
    assert!(!template.to_string().contains("{{resolve:"));
}
