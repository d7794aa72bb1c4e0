//! The emulated AWS: LocalStack for stacks, secrets and parameters, and a container with the metadata
//! service, an image registry and the endpoint of the hosts.

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use vsc::Json;
use vsc::team::Pin;
use vsc::template::Known;
use vsc_tests::aws::Aws;
use vsc_tests::emulator::Emulator;
use vsc_tests::python::run;

use crate::engine::Engine;
use crate::prepare::Certificates;
use crate::{images, volume, wait, work_folder};

/// The network of the stand-ins; its gateway is this machine.
const NETWORK: &str = "vsc-boot";
const SUBNET: &str = "10.213.7.0/24";
pub(crate) const GATEWAY: Ipv4Addr = Ipv4Addr::new(10, 213, 7, 1);
const CLOUD: &str = "vsc-boot-cloud";
pub(crate) const CLOUD_ADDRESS: &str = "10.213.7.2";

/// The parameters that hold the certificate and its key.
pub(crate) const CERTIFICATE: &str = "/vsc/certificate";
pub(crate) const PRIVATE_KEY: &str = "/vsc/private-key";

/// The parameters of the template that name a certificate which no step replaces.
pub(crate) const STEADY: [(&str, &str); 2] = [
    ("CertificateParameterName", "/steady/certificate"),
    ("PrivateKeyParameterName", "/steady/private-key"),
];

pub(crate) struct Cloud<'a> {
    engine: &'a Engine,
    emulator: Emulator,
    state: PathBuf,
    parameters: Vec<(&'static str, String)>,
}

impl<'a> Cloud<'a> {
    pub(crate) fn start(engine: &'a Engine, host_image: &str, certificates: &Certificates) -> Self {
        engine.remove(CLOUD);
        let networks = engine.call("network ls --format {{.Name}}");
        if !networks.lines().any(|name| name == NETWORK) {
            // A killed engine leaves its bridge, which has the address of this one.
            let _ = Command::new("ip")
                .args(["link", "delete", NETWORK])
                .output();
            engine.call(&format!(
                "network create --subnet {SUBNET} --opt com.docker.network.bridge.name={NETWORK} {NETWORK}"
            ));
        }
        let emulator = Emulator::localstack_at(IpAddr::V4(GATEWAY));
        volume::remove_all();
        let state = work_folder().join("state");
        let _ = fs::remove_dir_all(&state);
        for folder in ["hosts", "stacks", "secrets", "authority", "volumes"] {
            fs::create_dir_all(state.join(folder)).expect("the state can be written");
        }
        for name in ["authority.pem", "authority-key.pem"] {
            let file = certificates.authority.with_file_name(name);
            fs::copy(file, state.join("authority").join(name)).expect("the authority is there");
        }
        run(engine
            .docker()
            .args(["run", "--detach", "--name", CLOUD, "--network", NETWORK])
            .args(["--ip", CLOUD_ADDRESS, "--cap-add", "NET_ADMIN"])
            .args(["--publish", "127.0.0.1::5000", "--volume"])
            .arg(format!("{}:/state", state.display()))
            .arg("--volume")
            .arg(format!("{}:/engine.sock", engine.socket().display()))
            .arg("--volume")
            .arg(format!(
                "{}:/registry",
                work_folder().join("registry").display()
            ))
            .args([host_image, "sh", "/opt/cloud/start", &emulator.endpoint()]));
        let mut cloud = Self {
            engine,
            emulator,
            state,
            parameters: Vec::new(),
        };
        Self::fill_registry(engine);
        cloud.prepare(certificates);
        cloud
    }

    pub(crate) fn aws(&self) -> Aws<'_> {
        Aws::new(&self.emulator)
    }

    /// Pushes the images that hosts pull.
    fn fill_registry(engine: &Engine) {
        let port = engine.call(&format!("port {CLOUD} 5000/tcp"));
        wait("the registry", Duration::from_secs(30), || {
            std::net::TcpStream::connect(&port).is_ok()
        });
        let (_, private) = images::PRIVATE.split_once('/').unwrap_or_default();
        let published = images::PULLED.map(|(pin, _)| (pin, images::published(pin)));
        let all = published
            .into_iter()
            .chain([(Pin::WORKSPACE, private.to_owned())]);
        for (pin, name) in all {
            let remote = format!("{port}/{name}");
            engine.call(&format!("tag {} {remote}", images::local(pin)));
            wait("the push of an image", Duration::from_secs(60), || {
                let push = engine.docker().args(["push", "--quiet", &remote]).output();
                push.is_ok_and(|output| output.status.success())
            });
            engine.call(&format!("rmi {remote}"));
        }
    }

    /// Creates the resources of the operator.
    fn prepare(&mut self, certificates: &Certificates) {
        let aws = self.aws();
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        let vpc = text(&aws.call("ec2 create-vpc --cidr-block 10.1.0.0/16")["Vpc"]["VpcId"]);
        let subnet = format!(
            "ec2 create-subnet --vpc-id {vpc} --cidr-block 10.1.0.0/24 --availability-zone us-east-1a"
        );
        let subnet = text(&aws.call(&subnet)["Subnet"]["SubnetId"]);
        let zone = format!(
            "route53 create-hosted-zone --name {} --caller-reference boot",
            crate::team::DOMAIN
        );
        let zone = text(&aws.call(&zone)["HostedZone"]["Id"]).replace("/hostedzone/", "");
        self.store(certificates);
        self.store_as(STEADY.map(|(_, name)| name), certificates);
        self.parameters = vec![
            ("VpcId", vpc),
            ("SubnetId", subnet),
            ("HostedZoneId", zone),
            ("AvailabilityZone", "us-east-1a".to_owned()),
            ("SourceIP", "203.0.113.0/24".to_owned()),
            ("CertificateParameterName", CERTIFICATE.to_owned()),
            ("PrivateKeyParameterName", PRIVATE_KEY.to_owned()),
        ];
    }

    /// Stores a certificate and its key where hosts fetch them.
    pub(crate) fn store(&self, certificates: &Certificates) {
        self.store_as([CERTIFICATE, PRIVATE_KEY], certificates);
    }

    fn store_as(&self, [certificate, private_key]: [&str; 2], certificates: &Certificates) {
        let put = |name: &str, file: &Path| {
            let value = format!("file://{}", file.display());
            self.aws().call_with(
                &format!("ssm put-parameter --overwrite --type SecureString --name {name} --value"),
                &[&value],
            );
        };
        put(certificate, &certificates.certificate);
        put(private_key, &certificates.private_key);
    }

    /// Creates a stack, or updates it if it exists, with the aws command line; then gives hosts the
    /// metadata that CloudFormation would give them.
    pub(crate) fn deploy(&self, stack: &str, template: &Json, own: &[(&str, &str)]) -> Deployed {
        let aws = self.aws();
        let template = &without_conditions(&images::without_digests(template));
        let text = vsc::template::write_json(template);
        let file = work_folder().join(format!("{stack}.template.json"));
        fs::write(&file, &text).expect("the template can be written");
        // The values of the parameters: given ones, or those of the operator.
        let asked = template.get("Parameters").and_then(Json::as_object);
        let is_asked = |name: &str| asked.is_some_and(|asked| asked.contains(name));
        let others = self
            .parameters
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let others = others.filter(|(name, _)| !own.iter().any(|(own, _)| own == name));
        let parameters: Vec<(&str, &str)> = own
            .iter()
            .copied()
            .chain(others)
            .filter(|(name, _)| is_asked(name))
            .collect();
        let stacks = aws.call("cloudformation list-stacks");
        let there = stacks["StackSummaries"]
            .as_array()
            .is_some_and(|stacks| stacks.iter().any(|known| known["StackName"] == stack));
        let verb = if there { "update" } else { "create" };
        let call = format!(
            "cloudformation {verb}-stack --stack-name {stack} --capabilities CAPABILITY_IAM --template-body file://{} --parameters",
            file.display()
        );
        let words: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("ParameterKey={name},ParameterValue={value}"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        aws.call_with(&call, &words);
        let wanted = format!("{}_COMPLETE", verb.to_uppercase());
        let mut stack_id = String::new();
        wait("the stack", Duration::from_secs(120), || {
            let stacks = aws.call(&format!(
                "cloudformation describe-stacks --stack-name {stack}"
            ));
            let status = stacks["Stacks"][0]["StackStatus"]
                .as_str()
                .unwrap_or_default();
            assert!(!status.contains("FAILED"), "the stack is {status}");
            stacks["Stacks"][0]["StackId"]
                .as_str()
                .unwrap_or_default()
                .clone_into(&mut stack_id);
            status == wanted
        });
        let deployed = Deployed::new(&aws, stack, &stack_id, template, &parameters);
        if let Some(gib) = deployed.home_volume() {
            volume::create(&self.state, &volume::id(stack), gib);
        }
        let metadata = json!({ "Host": deployed.resolved(&["Metadata"]) });
        for (folder, value) in [("secrets", deployed.secrets()), ("stacks", metadata)] {
            let file = self.state.join(folder).join(format!("{stack}.json"));
            // Atomically, since hosts may read it.
            let new = file.with_extension("new");
            fs::write(&new, value.to_string()).expect("the state can be written");
            fs::rename(new, file).expect("the state can be written");
        }
        deployed
    }

    /// Registers the instance at an address with the metadata service.
    pub(crate) fn register(&self, address: &str, deployed: &Deployed) {
        self.register_as(address, deployed, &deployed.instance);
    }

    /// Registers another instance at an address, which replaces that of the stack: the emulator cannot
    /// replace one.
    pub(crate) fn register_as(&self, address: &str, deployed: &Deployed, instance: &str) {
        let user_data = format!(
            "ec2 describe-instance-attribute --attribute userData --instance-id {}",
            deployed.instance
        );
        let user_data = &self.aws().call(&user_data)["UserData"]["Value"];
        let mut decode = Command::new("base64");
        decode.arg("--decode");
        let (status, user_data) = crate::piped(&mut decode, user_data.as_str().unwrap_or_default());
        assert!(
            status.success() && user_data.contains("cfn-init"),
            "{user_data}"
        );
        let policies = deployed.role_policies();
        let host = json!({
            "instance_id": instance,
            "role": deployed.role,
            "user_data": user_data,
            "statements": policies,
            "tags": {
                "aws:cloudformation:stack-id": deployed.resolve(&reference("AWS::StackId")),
                "aws:cloudformation:logical-id": "Host",
            },
        });
        let file = self.state.join("hosts").join(format!("{address}.json"));
        fs::write(file, host.to_string()).expect("the state can be written");
    }

    /// The signals for a stack: whether each is a success, and its unique ID.
    pub(crate) fn signals(&self, stack: &str) -> Vec<(bool, String)> {
        let text = fs::read_to_string(self.state.join("signals.jsonl")).unwrap_or_default();
        text.lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|signal| signal["StackName"] == stack)
            .map(|signal| {
                let id = signal["UniqueId"].as_str().unwrap_or_default().to_owned();
                (signal["Status"] == "SUCCESS", id)
            })
            .collect()
    }

    /// The data that hosts receive: metadata and user data.
    pub(crate) fn reported(&self, stack: &str) -> String {
        let mut reported =
            fs::read_to_string(self.state.join("stacks").join(format!("{stack}.json")))
                .expect("it is deployed");
        let hosts = fs::read_dir(self.state.join("hosts")).expect("hosts are registered");
        let mut count = 0;
        for entry in hosts {
            let path = entry.expect("the folder can be read").path();
            reported += &fs::read_to_string(path).expect("the host can be read");
            count += 1;
        }
        assert!(count > 0, "no host is registered");
        reported
    }

    /// Makes the issuer of certificates reject this number of challenges.
    pub(crate) fn issuer_rejects(&self, challenges: u32) {
        fs::write(self.state.join("acme-rejects"), challenges.to_string())
            .expect("the state can be written");
    }

    /// The statements of the roles of all registered hosts.
    pub(crate) fn statements(&self) -> Vec<Value> {
        let hosts = fs::read_dir(self.state.join("hosts")).expect("hosts are registered");
        let mut statements = Vec::new();
        for entry in hosts {
            let path = entry.expect("the folder can be read").path();
            let text = fs::read_to_string(path).expect("the host can be read");
            let host: Value = serde_json::from_str(&text).expect("it is JSON");
            statements.extend(host["statements"].as_array().cloned().unwrap_or_default());
        }
        statements
    }

    /// Whether a volume left a host that had it mounted.
    pub(crate) fn is_torn(&self) -> bool {
        self.state.join("torn").exists()
    }

    /// Removes the home volume of a stack whose hosts have ended: the disk is shared with other hosts.
    pub(crate) fn discard(&self, stack: &str) {
        if !crate::keep() {
            volume::remove(&self.state, &volume::id(stack));
        }
    }

    /// The file of the home volume of a stack.
    pub(crate) fn volume(stack: &str) -> PathBuf {
        volume::file(&volume::id(stack))
    }

    /// The calls of hosts to the services of the region.
    pub(crate) fn calls(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.state.join("calls.jsonl")).expect("there are calls");
        let call = |line| serde_json::from_str(line).expect("each line is a call");
        text.lines().map(call).collect()
    }

    /// A user's password, as the operator reads it.
    pub(crate) fn password(&self, stack: &str, user: &str) -> String {
        let call = format!("secretsmanager get-secret-value --secret-id {stack}/{user}");
        self.aws().call(&call)["SecretString"]
            .as_str()
            .expect("a string")
            .to_owned()
    }
}

impl Drop for Cloud<'_> {
    fn drop(&mut self) {
        if !crate::keep() {
            volume::remove_all();
            self.engine.remove(CLOUD);
            let _ = self
                .engine
                .docker()
                .args(["network", "rm", NETWORK])
                .output();
        }
    }
}

/// A template without the properties that depend on a condition: `LocalStack` cannot update a stack that has
/// `Fn::If`. The only one is the snapshot of which the homes are made, if there is one.
fn without_conditions(value: &Json) -> Json {
    match value {
        Json::Array(items) => Json::array(items.iter().map(without_conditions)),
        Json::Object(object) => Json::object(
            object
                .iter()
                .filter(|(_, value)| value.get("Fn::If").is_none())
                .map(|(name, value)| (name.to_owned(), without_conditions(value))),
        ),
        other => other.clone(),
    }
}

/// A deployed stack.
pub(crate) struct Deployed {
    pub(crate) instance: String,
    role: String,
    template: Json,
    known: Known,
}

impl Deployed {
    fn new(
        aws: &Aws<'_>,
        stack: &str,
        stack_id: &str,
        template: &Json,
        parameters: &[(&str, &str)],
    ) -> Self {
        let mut known = Known::default()
            .with("AWS::StackName", stack.to_owned())
            .with("AWS::StackId", stack_id.to_owned())
            .with("AWS::Region", "us-east-1")
            .with("AWS::Partition", "aws")
            .with("AWS::AccountId", "000000000000");
        let declared = template.get("Parameters").and_then(Json::as_object);
        for (name, parameter) in declared.into_iter().flat_map(vsc::Object::iter) {
            if let Some(value) = parameter.get("Default") {
                let text = value.as_str().map(str::to_owned);
                known = known.with(
                    name.to_owned(),
                    text.unwrap_or_else(|| vsc::template::write_json(value).trim().to_owned()),
                );
            }
        }
        for (name, value) in parameters {
            known = known.with(*name, (*value).to_owned());
        }
        let call = format!("cloudformation describe-stack-resources --stack-name {stack}");
        let resources = aws.call(&call);
        let (mut instance, mut role) = (String::new(), String::new());
        for resource in resources["StackResources"].as_array().into_iter().flatten() {
            let text = |key: &str| resource[key].as_str().unwrap_or_default().to_owned();
            let id = text("PhysicalResourceId");
            match text("LogicalResourceId").as_str() {
                "Host" => instance.clone_from(&id),
                "HostRole" => role.clone_from(&id),
                _ => {}
            }
            let id = match text("LogicalResourceId").as_str() {
                // The emulator only pretends to create it.
                "HomeVolume" => volume::id(stack),
                _ => id,
            };
            known = known.with(text("LogicalResourceId"), id);
        }
        Self {
            instance,
            role,
            template: template.clone(),
            known,
        }
    }

    /// A part of the host, with its intrinsic functions resolved.
    fn resolved(&self, path: &[&str]) -> Value {
        let host = ["Resources", "Host"];
        self.part(host.iter().chain(path))
    }

    /// The size of the home volume in GiB, if there is one.
    fn home_volume(&self) -> Option<u64> {
        let volume = self.template.get("Resources")?.get("HomeVolume")?;
        let size = self.resolve(volume.get("Properties")?.get("Size")?);
        let text = size.as_str().map(str::to_owned);
        text.unwrap_or_else(|| size.to_string()).parse().ok()
    }

    fn role_policies(&self) -> Vec<Value> {
        let policies = self.part(["Resources", "HostRole", "Properties", "Policies"].iter());
        policies
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|policy| policy["PolicyDocument"]["Statement"].as_array().cloned())
            .flatten()
            .collect()
    }

    /// The secrets of the stack, with the tag that CloudFormation adds.
    fn secrets(&self) -> Value {
        let resources = self.template.get("Resources").and_then(Json::as_object);
        let resources = resources.expect("a template has resources");
        let is_secret = |resource: &Json| {
            resource.get("Type").and_then(Json::as_str) == Some("AWS::SecretsManager::Secret")
        };
        let secrets = resources.iter().filter(|(_, resource)| is_secret(resource));
        let tags =
            json!({ "aws:cloudformation:stack-id": self.resolve(&reference("AWS::StackId")) });
        secrets
            .map(|(name, _)| {
                let arn = self.resolve(&reference(name));
                let arn = arn.as_str().expect("a secret has an ARN").to_owned();
                (arn, tags.clone())
            })
            .collect()
    }

    fn part<'a>(&self, path: impl Iterator<Item = &'a &'a str>) -> Value {
        let mut part = &self.template;
        for name in path {
            part = part
                .get(name)
                .unwrap_or_else(|| panic!("there is no {name}"));
        }
        self.resolve(part)
    }

    fn resolve(&self, value: &Json) -> Value {
        let resolved = self
            .known
            .resolve(value)
            .unwrap_or_else(|diagnostic| panic!("{diagnostic}"));
        serde_json::from_str(&vsc::template::write_json(&resolved)).expect("it is JSON")
    }
}

fn reference(name: &str) -> Json {
    Json::object([("Ref", Json::from(name.to_owned()))])
}
