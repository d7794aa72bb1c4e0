//! The boot of the host: user data that calls `cfn-init`, and the metadata for it.
//!
//! The files in `files/` are the same for all teams, and packed. Values that differ are in readable
//! environment files, one for the host and one for each workspace.

mod addresses;
mod fingerprint;
mod packed;

use std::fmt::Write as _;
use std::iter;

use vsc_spec::resource::Step;
use vsc_spec::team::{Login, TeamIde, Tls};
use vsc_spec::{Json, Object};

pub use addresses::pool;
pub(super) use fingerprint::fingerprint;
pub use packed::{DOTFILES, HOST_FILES, HostFile, UNPACK};

use super::homes::HOME_VOLUME;
use super::host::LOGICAL_ID;
use super::parameters::{Parameters, in_sub};
use super::secrets::CERTIFICATES;
use super::{login, pool, proxy, workspace};
use crate::template::Value;
use crate::template::intrinsic::sub;

/// User data that runs `cfn-init`, and signals the result to CloudFormation.
pub(super) fn user_data() -> Value<String> {
    let lines = include_str!("files/user-data").lines();
    let without_comments = lines.filter(|line| !line.trim_start().starts_with("# "));
    let script: String = without_comments.flat_map(|line| [line, "\n"]).collect();
    sub(script.replace("LOGICAL_ID", LOGICAL_ID))
}

/// The metadata of the host: the seed's three config sets.
pub(super) fn metadata(ide: &TeamIde, parameters: &Parameters) -> Object {
    let sets = ["install-packages", "setup-and-config", "start-services"];
    let mut init = Object::new()
        .with(
            "configSets",
            Json::object([
                (CONFIG_SETS[0], Json::array(sets)),
                (CONFIG_SETS[1], Json::array(sets.into_iter().skip(1))),
            ]),
        )
        .with("install-packages", install_packages())
        .with("setup-and-config", setup_and_config(ide, parameters))
        .with("start-services", start_services(ide));
    let version = version(&init, ide, parameters);
    if let Some(Json::Object(files)) = member(&mut init, &["setup-and-config", "files"]) {
        files.insert(VERSION_FILE, file(version.clone()));
    }
    Object::new()
        .with("AWS::CloudFormation::Init", init)
        .with("Version", version)
}

/// The comment of the packed files in the template.
pub(super) const PACKED_FILES: &str =
    "The units and scripts that are the same on every host: 00-files unpacks them";

/// The path of the packed files in the host's resource.
pub(super) fn packed_files() -> impl Iterator<Item = Step> {
    let path = [
        "Metadata",
        "AWS::CloudFormation::Init",
        "setup-and-config",
        "files",
        packed::PATH,
    ];
    path.into_iter().map(|key| Step::Key(key.into()))
}

/// The member at a path of names.
pub(super) fn member<'a>(object: &'a mut Object, path: &[&str]) -> Option<&'a mut Json> {
    let (last, before) = path.split_last()?;
    let mut object = object;
    for name in before {
        let Some(Json::Object(inner)) = object.get_mut(name) else {
            return None;
        };
        object = inner;
    }
    object.get_mut(last)
}

/// The config sets for a new host, and for a change of the team, which needs no packages.
pub(super) const CONFIG_SETS: [&str; 2] = ["end-to-end", "apply"];

/// The file with the version of the metadata, which the host records when it has applied them.
pub(super) const VERSION_FILE: &str = "/etc/vsc/version";

/// The version of the metadata, which changes with them, so that the host notices changes.
fn version(init: &Object, ide: &TeamIde, parameters: &Parameters) -> Json {
    let mut version = fingerprint(init);
    if let Some(names) = &parameters.certificate {
        for name in [&names.certificate, &names.private_key] {
            _ = write!(version, " {}", in_sub(name));
        }
    }
    if let (Tls::Acme { .. }, Some(zone)) = (ide.tls(), &parameters.hosted_zone) {
        _ = write!(version, " {}", in_sub(zone));
    }
    if let Some(homes) = &parameters.homes {
        _ = write!(version, " ${{{HOME_VOLUME}}} {}", in_sub(&homes.gib));
    }
    if matches!(ide.login(), Login::Cognito { .. }) {
        _ = write!(version, " ${{{}}} ${{{}}}", pool::POOL, pool::CLIENT);
    }
    text(version)
}

/// A string, in which CloudFormation resolves references if there are any.
fn text(text: String) -> Json {
    if text.contains("${") {
        sub(text).into_json()
    } else {
        Json::from(text)
    }
}

fn install_packages() -> Json {
    let any_version = || Json::Array(Vec::new());
    // The image already includes the last ones.
    let packages = [
        "docker",
        "httpd",
        "httpd-tools",
        "mod_session",
        "mod_auth_openidc",
        "apr-util-sqlite",
        "openssl",
        "diffutils",
        "e2fsprogs",
        "iptables-nft",
    ];
    let packages = packages.map(|name| (name, any_version()));
    Json::object([("packages", Json::object([("yum", Json::object(packages))]))])
}

fn setup_and_config(ide: &TeamIde, parameters: &Parameters) -> Json {
    let mut files = Object::new()
        .with("/etc/vsc/host.env", file(host_environment(ide, parameters)))
        .with("/etc/vsc/users", file(users(ide)))
        .with(
            "/etc/vsc/proxy/traefik.yaml",
            file(proxy::entry_points(ide)),
        )
        .with(
            "/etc/vsc/proxy/routers/_common.yaml",
            file(proxy::common(ide)),
        )
        .with(
            "/etc/vsc/proxy/routers/_dashboard.yaml",
            file(proxy::dashboard(ide)),
        )
        .with("/etc/vsc/router.yaml", file(proxy::workspaces(ide)))
        .with("/etc/docker/daemon.json", file(docker(ide)));
    let addresses = workspace::addresses(ide);
    for (index, (user, address)) in ide.users().iter().zip(addresses).enumerate() {
        let name = user.name().as_str();
        let environment = text(workspace::environment(ide, index, user, address));
        files = files.with(format!("/etc/vsc/workspaces/{name}.env"), file(environment));
    }
    files = files.with(packed::PATH, file(packed::ARCHIVE));
    let unpack = Json::object([("command", packed::UNPACK)]);
    let unpack = iter::once(("00-files".to_owned(), unpack));
    let commands = Json::object(unpack.chain(steps(&["system"])));
    Json::object([
        ("files", Json::Object(files)),
        ("commands", commands),
        ("services", services(&["docker"])),
    ])
}

fn start_services(ide: &TeamIde) -> Json {
    let certificate = match ide.tls() {
        Tls::Ssm { .. } | Tls::SsmParameters => Some("certificate"),
        Tls::Acme { .. } => Some("fetch-certificates"),
        Tls::None => None,
    };
    // All that can fail without the homes is done before they are taken from an earlier host.
    let homes = ide.home_volume().map(|_| "homes");
    let names: Vec<&str> = certificate
        .into_iter()
        .chain(["routers", "logins", "images pull"])
        .chain(homes)
        .chain(["departed", "start", "ready"])
        .collect();
    let running = [
        "vsc-apply.timer",
        "vsc-page.timer",
        "vsc-recheck.timer",
        "vsc-renew.timer",
        "vsc-update.timer",
    ];
    Json::object([
        ("commands", Json::object(steps(&names))),
        ("services", services(&running)),
    ])
}

/// Numbered steps: `cfn-init` runs commands in alphabetical order.
fn steps(names: &[&str]) -> impl Iterator<Item = (String, Json)> {
    names.iter().enumerate().map(|(index, name)| {
        let command = format!("/usr/local/libexec/vsc/step {name}");
        (
            format!("0{}-{}", index + 1, name.replace(' ', "-")),
            Json::object([("command", command)]),
        )
    })
}

fn host_environment(ide: &TeamIde, parameters: &Parameters) -> Json {
    let reach: Vec<String> = ide.reach().iter().map(ToString::to_string).collect();
    let mut text = format!(
        "AWS_DEFAULT_REGION=${{AWS::Region}}\nSCHEME={scheme}\nDOMAIN={domain}\nDASHBOARD_PORT={dashboard_port}\nPROXY_IMAGE={proxy}\nWORKSPACE_IMAGE={workspace}\nREACH=\"{reach}\"\nSTACK=${{AWS::StackName}}\n",
        scheme = if ide.is_https() { "https" } else { "http" },
        domain = proxy::internal_domain(ide),
        dashboard_port = ide.dashboard_port(),
        proxy = ide.proxy_image().as_str(),
        workspace = ide.image().as_str(),
        reach = reach.join(" "),
    );
    text.push_str(&login::environment(ide));
    // Writing into a string cannot fail.
    if let Some(homes) = &parameters.homes {
        let gib = in_sub(&homes.gib);
        _ = write!(text, "HOMES_VOLUME=${{{HOME_VOLUME}}}\nHOMES_GIB={gib}\n");
    }
    if let Some(names) = &parameters.certificate {
        let certificate = in_sub(&names.certificate);
        let private_key = in_sub(&names.private_key);
        _ = write!(
            text,
            "CERTIFICATE_PARAMETER={certificate}\nPRIVATE_KEY_PARAMETER={private_key}\n"
        );
    }
    if let (Tls::Acme { .. }, Some(zone)) = (ide.tls(), &parameters.hosted_zone) {
        // The proxy needs the zone and its region, and a folder for certificates.
        _ = write!(
            text,
            "AWS_REGION=${{AWS::Region}}\nAWS_HOSTED_ZONE_ID={zone}\nCERTIFICATES_SECRET=${{{CERTIFICATES}}}\nPROXY_OPTIONS=\"--volume /var/lib/vsc/acme:/acme --env AWS_REGION --env AWS_HOSTED_ZONE_ID\"\n",
            zone = in_sub(zone),
        );
    }
    sub(text).into_json()
}

/// The configuration of Docker.
fn docker(ide: &TeamIde) -> String {
    include_str!("files/daemon.json").replace("NETWORKS", addresses::pool(ide))
}

fn users(ide: &TeamIde) -> String {
    ide.users()
        .iter()
        .map(|user| format!("{}\n", user.name().as_str()))
        .collect()
}

/// A file that is readable by all, by the mask of a system service. It belongs to root, as which `cfn-init` runs.
fn file(content: impl Into<Json>) -> Json {
    Json::object([("content", content.into())])
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
