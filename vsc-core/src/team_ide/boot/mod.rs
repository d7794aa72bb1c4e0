//! What the host does when it starts: user data that calls `cfn-init`, and what that one is told.
//!
//! The files are as static as they can be and lie in `files/`. What differs between teams stands
//! in environment files, one for the host and one for each workspace.

use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use super::host::LOGICAL_ID;
use super::parameters::Parameters;
use super::{proxy, workspace};
use crate::template::Value;
use crate::template::intrinsic::sub;

/// The code-server that every workspace runs.
const WORKSPACE_IMAGE: &str = "codercom/code-server:4.105.1";

/// The proxy.
const PROXY_IMAGE: &str = "traefik:v3.5.3";

/// Runs `cfn-init`, and tells CloudFormation how it ended and why.
pub(super) fn user_data() -> Value<String> {
    sub(include_str!("files/user-data").replace("LOGICAL_ID", LOGICAL_ID))
}

/// The metadata of the host: the seed's three config sets.
pub(super) fn metadata(ide: &TeamIde, parameters: &Parameters) -> Object {
    let sets = ["install-packages", "setup-and-config", "start-services"];
    let init = Object::new()
        .with(
            "configSets",
            Json::object([("end-to-end", Json::array(sets))]),
        )
        .with("install-packages", install_packages())
        .with("setup-and-config", setup_and_config(ide, parameters))
        .with("start-services", start_services());
    Object::new().with("AWS::CloudFormation::Init", init)
}

fn install_packages() -> Json {
    let any_version = || Json::Array(Vec::new());
    let packages = [("docker", any_version()), ("httpd-tools", any_version())];
    Json::object([("packages", Json::object([("yum", Json::object(packages))]))])
}

fn setup_and_config(ide: &TeamIde, parameters: &Parameters) -> Json {
    let mut files = Object::new()
        .with(
            "/etc/vsc/host.env",
            file(host_environment(ide, parameters), READABLE),
        )
        .with("/etc/vsc/users", file(users(ide), READABLE))
        .with(
            "/etc/vsc/proxy/traefik.yaml",
            file(proxy::entry_points(ide), READABLE),
        )
        .with(
            "/etc/vsc/proxy/routers/common.yaml",
            file(include_str!("files/common.yaml"), READABLE),
        )
        .with(
            "/etc/vsc/proxy/routers/dashboard.yaml",
            file(proxy::dashboard(ide), READABLE),
        );
    for (place, user) in ide.users().iter().enumerate() {
        let name = user.name().as_str();
        let environment = sub(workspace::environment(ide, user, place)).into_json();
        let router = proxy::workspace(ide, user, workspace::port(place));
        files = files
            .with(
                format!("/etc/vsc/workspaces/{name}.env"),
                file(environment, READABLE),
            )
            .with(
                format!("/etc/vsc/proxy/routers/{name}.yaml"),
                file(router, READABLE),
            );
    }
    for (path, content, mode) in STATIC_FILES {
        files = files.with(path, file(content, mode));
    }
    for (path, content) in HUP_FILES {
        let content = sub(content.replace("LOGICAL_ID", LOGICAL_ID)).into_json();
        files = files.with(path, file(content, PRIVATE));
    }
    let commands = Json::object([
        ("01-departed", command("/usr/local/libexec/vsc/departed")),
        (
            "02-log-folder",
            command("install --directory --mode 0750 /var/log/vsc"),
        ),
    ]);
    Json::object([
        ("files", Json::Object(files)),
        ("commands", commands),
        ("services", services(&["docker"])),
    ])
}

fn start_services() -> Json {
    let commands = ["certificate", "logins", "start", "ready"];
    let commands = commands.iter().enumerate().map(|(place, name)| {
        let command = command(format!("/usr/local/libexec/vsc/{name}"));
        (format!("0{}-{name}", place + 1), command)
    });
    Json::object([
        ("commands", Json::object(commands)),
        ("services", services(&["cfn-hup"])),
    ])
}

const READABLE: &str = "000644";
const EXECUTABLE: &str = "000755";
const PRIVATE: &str = "000600";

/// Files that are the same for every team.
const STATIC_FILES: [(&str, &str, &str); 9] = [
    (
        "/etc/docker/daemon.json",
        include_str!("files/daemon.json"),
        READABLE,
    ),
    (
        "/etc/systemd/system/vsc-proxy.service",
        include_str!("files/vsc-proxy.service"),
        READABLE,
    ),
    (
        "/etc/systemd/system/vsc-workspace@.service",
        include_str!("files/vsc-workspace@.service"),
        READABLE,
    ),
    (
        "/usr/local/libexec/vsc/retry",
        include_str!("files/retry"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/departed",
        include_str!("files/departed"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/certificate",
        include_str!("files/certificate"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/logins",
        include_str!("files/logins"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/start",
        include_str!("files/start"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/ready",
        include_str!("files/ready"),
        EXECUTABLE,
    ),
];

/// How `cfn-hup` learns of a changed team; `${…}` is resolved by CloudFormation.
const HUP_FILES: [(&str, &str); 2] = [
    ("/etc/cfn/cfn-hup.conf", include_str!("files/cfn-hup.conf")),
    (
        "/etc/cfn/hooks.d/apply-changes.conf",
        include_str!("files/cfn-hup-hook.conf"),
    ),
];

fn host_environment(ide: &TeamIde, parameters: &Parameters) -> Json {
    let name = |value: &Value<String>| match value.json() {
        Json::String(name) => name.to_string(),
        reference => format!(
            "${{{}}}",
            reference
                .get("Ref")
                .and_then(Json::as_str)
                .unwrap_or_default()
        ),
    };
    let text = format!(
        "AWS_DEFAULT_REGION=${{AWS::Region}}\nDOMAIN={domain}\nCERTIFICATE_PARAMETER={certificate}\nPRIVATE_KEY_PARAMETER={private_key}\nPROXY_IMAGE={PROXY_IMAGE}\nWORKSPACE_IMAGE={WORKSPACE_IMAGE}\n",
        domain = ide.domain().as_str(),
        certificate = name(&parameters.certificate),
        private_key = name(&parameters.private_key),
    );
    sub(text).into_json()
}

fn users(ide: &TeamIde) -> String {
    ide.users()
        .iter()
        .map(|user| format!("{}\n", user.name().as_str()))
        .collect()
}

fn file(content: impl Into<Json>, mode: &'static str) -> Json {
    Json::object([
        ("content", content.into()),
        ("mode", Json::from(mode)),
        ("owner", Json::from("root")),
        ("group", Json::from("root")),
    ])
}

fn command(command: impl Into<Json>) -> Json {
    Json::object([("command", command.into())])
}

fn services(names: &[&'static str]) -> Json {
    let running = || {
        Json::object([
            ("enabled", Json::Bool(true)),
            ("ensureRunning", Json::Bool(true)),
        ])
    };
    let services = names.iter().map(|name| (*name, running()));
    Json::object([("systemd", Json::object(services))])
}
