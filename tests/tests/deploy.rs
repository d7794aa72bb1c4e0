//! The quickstart, deployed by the real `aws` command line to two emulators of AWS.
//!
//! Each emulator supports resources that the other one does not: moto skips secrets and the
//! association of the address; LocalStack only mocks the address. Each resource is tested with an
//! emulator that creates it.

use serde_json::Value;
use vsc_tests::aws::Aws;
use vsc_tests::emulator::Emulator;
use vsc_tests::synth::example;
use vsc_tests::work_folder;

const STACK: &str = "team";

/// A deployed stack and the operator's hosted zone.
struct Deployed {
    zone: String,
    resources: Vec<Value>,
    outputs: Value,
}

fn deploy(aws: &Aws<'_>, emulator: &str) -> Deployed {
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let vpc = text(&aws.call("ec2 create-vpc --cidr-block 10.1.0.0/16")["Vpc"]["VpcId"]);
    let subnet = format!("ec2 create-subnet --vpc-id {vpc} --cidr-block 10.1.0.0/24");
    let subnet = aws.call(&subnet)["Subnet"].clone();
    let availability_zone = text(&subnet["AvailabilityZone"]);
    let subnet = text(&subnet["SubnetId"]);
    let zone = aws.call("route53 create-hosted-zone --name code.x.com --caller-reference test");
    let zone = text(&zone["HostedZone"]["Id"]).replace("/hostedzone/", "");
    for name in ["/vsc/certificate", "/vsc/private-key"] {
        aws.call(&format!(
            "ssm put-parameter --type SecureString --value PEM --name {name}"
        ));
    }

    let template = work_folder().join(format!("{emulator}.template.yaml"));
    // moto 5.2.5 knows no instance whose image is that of a launch template.
    let (host, with_image) = (
        "\n      LaunchTemplate:\n",
        "\n      ImageId: !Ref ImageId\n",
    );
    let synthesized = example("quickstart", &["synth"]);
    assert_eq!(synthesized.matches(host).count(), 1, "the host");
    let text_of_emulator = synthesized.replace(host, &format!("{with_image}{}", &host[1..]));
    std::fs::write(&template, text_of_emulator).expect("the template is written");
    let parameters = [
        ("VpcId", vpc.as_str()),
        ("SubnetId", &subnet),
        ("AvailabilityZone", &availability_zone),
        ("HostedZoneId", &zone),
        ("SourceIP", "203.0.113.0/24"),
        ("CertificateParameterName", "/vsc/certificate"),
        ("PrivateKeyParameterName", "/vsc/private-key"),
    ]
    .map(|(key, value)| format!("ParameterKey={key},ParameterValue={value}"));
    let create = format!(
        "cloudformation create-stack --stack-name {STACK} --capabilities CAPABILITY_IAM --template-body file://{} --parameters",
        template.display()
    );
    aws.call_with(&create, &parameters.each_ref().map(String::as_str));
    wait_until_created(aws);

    let resources = aws.call(&format!(
        "cloudformation describe-stack-resources --stack-name {STACK}"
    ));
    let stack = aws.call(&format!(
        "cloudformation describe-stacks --stack-name {STACK}"
    ));
    Deployed {
        zone,
        resources: resources["StackResources"]
            .as_array()
            .cloned()
            .unwrap_or_default(),
        outputs: stack["Stacks"][0]["Outputs"].clone(),
    }
}

/// Waits until the stack is created.
fn wait_until_created(aws: &Aws<'_>) {
    for _ in 0..600 {
        let stacks = aws.call(&format!(
            "cloudformation describe-stacks --stack-name {STACK}"
        ));
        match stacks["Stacks"][0]["StackStatus"].as_str() {
            Some("CREATE_COMPLETE") => return,
            Some("CREATE_IN_PROGRESS") => std::thread::sleep(std::time::Duration::from_secs(1)),
            status => {
                let events = format!("cloudformation describe-stack-events --stack-name {STACK}");
                let events = aws.call(&events)["StackEvents"].clone();
                let failed: Vec<&Value> = events
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|event| event["ResourceStatus"].to_string().contains("FAILED"))
                    .collect();
                panic!("the stack is {status:?}: {failed:#?}");
            }
        }
    }
    panic!("the stack is not created after ten minutes");
}

impl Deployed {
    fn physical_id(&self, logical_id: &str) -> &str {
        let resource = self
            .resources
            .iter()
            .find(|resource| resource["LogicalResourceId"] == logical_id)
            .unwrap_or_else(|| panic!("there is no {logical_id}"));
        resource["PhysicalResourceId"].as_str().expect("an ID")
    }

    fn output(&self, key: &str) -> &str {
        let outputs = self.outputs.as_array().into_iter().flatten();
        let output = outputs
            .into_iter()
            .find(|output| output["OutputKey"] == key);
        output
            .and_then(|output| output["OutputValue"].as_str())
            .unwrap_or_else(|| panic!("no {key}"))
    }
}

/// The host names of the team: one for each user, the dashboard and the host itself.
fn names(host: &str, below: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = (1..=6)
        .flat_map(|number| {
            let name = move |below: &&str| format!("{below}dev-{number}.code.x.com");
            below.iter().map(name).collect::<Vec<_>>()
        })
        .collect();
    names.push("monitor.code.x.com".to_owned());
    names.push(format!("{host}.code.x.com"));
    names.sort();
    names
}

/// The names of the A records of a zone; some emulators end them with a dot.
fn record_names(records: &[&Value]) -> Vec<String> {
    let names = strings(records.iter().map(|record| &record["Name"]));
    let mut names: Vec<String> = names
        .iter()
        .map(|name| name.trim_end_matches('.').to_owned())
        .collect();
    names.sort();
    names
}

/// Decodes Base64 (RFC 4648, section 4).
fn decoded(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter);
        let value = value.unwrap_or_else(|| panic!("{text} is not Base64"));
        bits = bits << 6 | u32::try_from(value).expect("it is below 64");
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).expect("user data are text")
}

fn strings<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<&'a str> {
    values.into_iter().filter_map(Value::as_str).collect()
}

#[test]
fn moto_creates_the_host_its_address_and_its_records() {
    let emulator = Emulator::moto();
    let aws = Aws::new(&emulator);
    let deployed = deploy(&aws, "moto");
    let host = deployed.physical_id("Host");

    let described = aws.call(&format!("ec2 describe-instances --instance-ids {host}"));
    let instance = &described["Reservations"][0]["Instances"][0];
    assert_eq!(instance["InstanceType"], "t3.large");
    assert!(
        instance["ImageId"]
            .as_str()
            .is_some_and(|id| id.starts_with("ami-")),
        "{instance:#}"
    );
    // moto creates an interface for every instance, and ignores the template's.
    let profile = deployed.physical_id("HostProfile");
    let used = instance["IamInstanceProfile"]["Arn"]
        .as_str()
        .unwrap_or_default();
    assert!(used.ends_with(&format!("/{profile}")), "{instance:#}");
    assert_eq!(
        instance["BlockDeviceMappings"][0]["DeviceName"],
        "/dev/xvda"
    );
    let volume = instance["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
        .as_str()
        .unwrap_or_default();
    let volumes = aws.call(&format!("ec2 describe-volumes --volume-ids {volume}"));
    let volume = &volumes["Volumes"][0];
    assert_eq!(
        (&volume["Size"], &volume["VolumeType"], &volume["Encrypted"]),
        (&Value::from(30), &Value::from("gp3"), &Value::from(true))
    );

    let group = deployed.physical_id("HostSecurityGroup");
    let groups = aws.call(&format!("ec2 describe-security-groups --group-ids {group}"));
    let rules = groups["SecurityGroups"][0]["IpPermissions"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let mut ports: Vec<u64> = rules
        .iter()
        .filter_map(|rule| rule["FromPort"].as_u64())
        .collect();
    ports.sort_unstable();
    assert_eq!(ports, [80, 443, 8090]);
    for rule in &rules {
        assert_eq!(rule["FromPort"], rule["ToPort"]);
        assert_eq!(rule["IpProtocol"], "tcp");
        assert_eq!(
            rule["IpRanges"].as_array().map(Vec::len),
            Some(1),
            "{rule:#}"
        );
        assert_eq!(rule["IpRanges"][0]["CidrIp"], "203.0.113.0/24");
        assert_eq!(rule["Ipv6Ranges"].as_array().map_or(0, Vec::len), 0);
    }

    moto_creates_the_address_and_its_records(&aws, &deployed);
    moto_gives_the_host_a_narrow_role(&aws, &deployed);
}

fn moto_creates_the_address_and_its_records(aws: &Aws<'_>, deployed: &Deployed) {
    let host = deployed.physical_id("Host");
    let address = deployed.physical_id("Address");
    let addresses = aws.call("ec2 describe-addresses");
    let known = addresses["Addresses"].as_array().into_iter().flatten();
    assert!(
        known.clone().any(|known| known["PublicIp"] == address),
        "{addresses:#}"
    );
    assert_eq!(deployed.output("HostAddress"), address);

    let zone = format!(
        "route53 list-resource-record-sets --hosted-zone-id {}",
        deployed.zone
    );
    let records = aws.call(&zone);
    let records = records["ResourceRecordSets"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let records: Vec<&Value> = records
        .iter()
        .filter(|record| record["Type"] == "A")
        .collect();
    assert_eq!(record_names(&records), names(host, &["", "*."]));
    for record in records {
        assert_eq!(record["TTL"], 60);
        assert_eq!(
            strings(
                record["ResourceRecords"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|value| &value["Value"])
            ),
            [address]
        );
    }
}

fn moto_gives_the_host_a_narrow_role(aws: &Aws<'_>, deployed: &Deployed) {
    let role = deployed.physical_id("HostRole");
    let policy = aws.call(&format!(
        "iam get-role-policy --policy-name host --role-name {role}"
    ));
    // moto returns the document as a string with Python quotes.
    let document = match &policy["PolicyDocument"] {
        Value::String(text) => {
            serde_json::from_str(&text.replace('\'', "\"")).expect("a policy is JSON")
        }
        document => document.clone(),
    };
    let statements = document["Statement"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let sids = strings(statements.iter().map(|statement| &statement["Sid"]));
    assert_eq!(
        sids,
        [
            "ReadCertificate",
            "ReadPasswords",
            "MoveTheHomes",
            "BetweenHostsOfThisStack",
            "FindTheHomes",
            "CountFailures",
            "RegisterWithSessionManager",
            "BeginSessions",
            "OpenSessions"
        ]
    );
    let certificate = strings(statements[0]["Resource"].as_array().into_iter().flatten());
    assert!(
        certificate[0].ends_with(":parameter/vsc/certificate"),
        "{certificate:?}"
    );
    assert!(
        certificate[1].ends_with(":parameter/vsc/private-key"),
        "{certificate:?}"
    );
    let passwords = statements[1]["Resource"].as_str().unwrap_or_default();
    assert!(
        passwords.ends_with(&format!(":secret:{STACK}/*")),
        "{passwords}"
    );
    assert!(!policy.to_string().contains("route53"), "{policy:#}");
}

#[test]
fn localstack_creates_a_password_for_each_user() {
    let emulator = Emulator::localstack();
    let aws = Aws::new(&emulator);
    let deployed = deploy(&aws, "localstack");

    let secrets = aws.call("secretsmanager list-secrets");
    let mut found = strings(
        secrets["SecretList"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|secret| &secret["Name"]),
    );
    found.sort_unstable();
    let wanted: Vec<String> = (1..=6)
        .map(|number| format!("{STACK}/dev-{number}"))
        .collect();
    assert_eq!(found, wanted);
    let mut passwords = Vec::new();
    for name in &wanted {
        let secret = aws.call(&format!(
            "secretsmanager get-secret-value --secret-id {name}"
        ));
        let password = secret["SecretString"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert_eq!(password.len(), 32, "the password of {name}");
        assert!(
            password
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric()),
            "{name}"
        );
        passwords.push(password);
    }
    passwords.sort();
    passwords.dedup();
    assert_eq!(passwords.len(), 6, "every user has another password");

    let host = deployed.physical_id("Host");
    let data = format!("ec2 describe-instance-attribute --attribute userData --instance-id {host}");
    let data = aws.call(&data)["UserData"]["Value"].clone();
    // A password in Base64 would not be found.
    let data = decoded(data.as_str().expect("the host has user data"));
    assert!(data.contains("cfn-init"), "{data}");
    for password in &passwords {
        assert!(!data.contains(password.as_str()));
    }

    let zone = format!(
        "route53 list-resource-record-sets --hosted-zone-id {}",
        deployed.zone
    );
    let records = aws.call(&zone);
    let records = records["ResourceRecordSets"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let records: Vec<&Value> = records
        .iter()
        .filter(|record| record["Type"] == "A")
        .collect();
    assert_eq!(record_names(&records), names(host, &[""]));
    assert_eq!(deployed.output("Dev1Url"), "https://dev-1.code.x.com");
    assert_eq!(
        deployed.output("DashboardUrl"),
        "https://monitor.code.x.com:8090/dashboard/"
    );
}
