//! What the host does when it starts: user data that calls `cfn-init`, and what that one is told.
//!
//! The files are as static as they can be and lie in `files/`. What differs between teams stands
//! in environment files, one for the host and one for each workspace.

use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use super::host::LOGICAL_ID;
use super::parameters::Parameters;
use super::{proxy, secrets, workspace};
use crate::template::intrinsic::sub;
use crate::template::{Value, write_json};

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
    let version = version(&init, parameters);
    Object::new()
        .with("AWS::CloudFormation::Init", init)
        .with("Version", version)
}

/// What changes whenever the rest of the metadata does. `cfn-hup` watches this instead of all of
/// it: it hands what it watches to its hook in an environment variable, which holds 128 KiB.
fn version(init: &Object, parameters: &Parameters) -> Json {
    let text = write_json(&Json::Object(init.clone()));
    // FNV-1a, 64 bits.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sub(format!(
        "{hash:016x} {} {}",
        in_text(&parameters.certificate),
        in_text(&parameters.private_key)
    ))
    .into_json()
}

fn install_packages() -> Json {
    let any_version = || Json::Array(Vec::new());
    let packages = ["docker", "httpd-tools", "openssl"].map(|name| (name, any_version()));
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
    for (user, address) in ide.users().iter().zip(workspace::addresses(ide)) {
        let name = user.name().as_str();
        let environment = sub(workspace::environment(ide, user, address)).into_json();
        let router = proxy::workspace(ide, user, address);
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
    Json::object([
        ("files", Json::Object(files)),
        ("commands", steps(&["departed"])),
        ("services", services(&["docker"])),
    ])
}

fn start_services() -> Json {
    Json::object([
        (
            "commands",
            steps(&["certificate", "logins", "start", "ready"]),
        ),
        ("services", services(&["cfn-hup"])),
    ])
}

/// Steps in their order: `cfn-init` runs commands in that of their names.
fn steps(names: &[&str]) -> Json {
    Json::object(names.iter().enumerate().map(|(place, name)| {
        let command = format!("/usr/local/libexec/vsc/step {name}");
        (
            format!("0{}-{name}", place + 1),
            Json::object([("command", command)]),
        )
    }))
}

const READABLE: &str = "000644";
const EXECUTABLE: &str = "000755";
const PRIVATE: &str = "000600";

/// Files that are the same for every team.
const STATIC_FILES: [(&str, &str, &str); 13] = [
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
        "/etc/systemd/system/vsc-firewall.service",
        include_str!("files/vsc-firewall.service"),
        READABLE,
    ),
    (
        "/usr/local/libexec/vsc/step",
        include_str!("files/step"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/firewall",
        include_str!("files/firewall"),
        EXECUTABLE,
    ),
    (
        "/usr/local/libexec/vsc/home",
        include_str!("files/home"),
        EXECUTABLE,
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
    let text = format!(
        "AWS_DEFAULT_REGION=${{AWS::Region}}\nDOMAIN={domain}\nPORT={port}\nDASHBOARD_PORT={dashboard_port}\nDASHBOARD_SECRET=${{{dashboard_secret}}}\nCERTIFICATE_PARAMETER={certificate}\nPRIVATE_KEY_PARAMETER={private_key}\nPROXY_IMAGE={PROXY_IMAGE}\nWORKSPACE_IMAGE={WORKSPACE_IMAGE}\n",
        domain = ide.domain().as_str(),
        port = ide.port(),
        dashboard_port = ide.dashboard_port(),
        dashboard_secret = secrets::DASHBOARD,
        certificate = in_text(&parameters.certificate),
        private_key = in_text(&parameters.private_key),
    );
    sub(text).into_json()
}

/// A declared value, or the parameter that asks for it, as a part of what `Fn::Sub` replaces.
fn in_text(value: &Value<String>) -> String {
    match value.json() {
        Json::String(name) => name.to_string(),
        reference => format!(
            "${{{}}}",
            reference
                .get("Ref")
                .and_then(Json::as_str)
                .unwrap_or_default()
        ),
    }
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
