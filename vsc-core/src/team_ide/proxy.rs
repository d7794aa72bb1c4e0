//! The configuration of Traefik: <https://doc.traefik.io/traefik/reference/>.

use std::net::Ipv4Addr;

use vsc_spec::Json;
use vsc_spec::team::{TeamIde, User, WORKSPACE_PORT};

use crate::template::write_yaml;

/// The static configuration: where the proxy listens, and where it finds its routers.
pub(super) fn entry_points(ide: &TeamIde) -> String {
    // A minute, which is the default, cuts the upload of a large file short.
    let timeouts = Json::object([(
        "respondingTimeouts",
        Json::object([("readTimeout", Json::from("15m"))]),
    )]);
    let listen = |port: u16| {
        Json::object([
            ("address", Json::from(format!(":{port}"))),
            ("transport", timeouts.clone()),
        ])
    };
    let redirect = Json::object([(
        "entryPoint",
        Json::object([
            ("to", Json::from(format!(":{}", ide.port()))),
            ("scheme", Json::from("https")),
            ("permanent", Json::Bool(true)),
        ]),
    )]);
    let web = Json::object([
        ("address", Json::from(":80")),
        ("http", Json::object([("redirections", redirect)])),
    ]);
    write_yaml(&Json::object([
        (
            "entryPoints",
            Json::object([
                ("web", web),
                ("workspaces", listen(ide.port())),
                ("dashboard", listen(ide.dashboard_port())),
                // For the host alone: health and the proxy's own ping.
                (
                    "internal",
                    Json::object([("address", Json::from("127.0.0.1:8082"))]),
                ),
            ]),
        ),
        (
            "providers",
            Json::object([(
                "file",
                Json::object([
                    ("directory", Json::from("/etc/traefik/routers")),
                    ("watch", Json::Bool(true)),
                ]),
            )]),
        ),
        ("api", Json::object([("dashboard", Json::Bool(true))])),
        (
            "ping",
            Json::object([("entryPoint", Json::from("internal"))]),
        ),
        ("log", Json::object([("level", Json::from("INFO"))])),
        // To the journal, which keeps both in bounds.
        ("accessLog", Json::object::<&str, Json>([])),
        (
            "global",
            Json::object([
                ("checkNewVersion", Json::Bool(false)),
                ("sendAnonymousUsage", Json::Bool(false)),
            ]),
        ),
    ]))
}

/// The router of a workspace: to its owner through a login, to the host for its health. The host
/// writes the login itself, as `NAME-login`, when it has fetched the password.
pub(super) fn workspace(ide: &TeamIde, user: &User, address: Ipv4Addr) -> String {
    let name = user.name().as_str();
    let host = format!("Host(`{}`)", user.fqdn(ide.domain()));
    let health = Json::object([
        ("rule", Json::from(format!("{host} && Path(`/healthz`)"))),
        ("entryPoints", Json::array(["internal"])),
        ("service", Json::from(name.to_owned())),
    ]);
    let server = Json::object([(
        "url",
        Json::from(format!("http://{address}:{WORKSPACE_PORT}")),
    )]);
    let balancer = Json::object([("servers", Json::array([server]))]);
    let routers = [
        (
            name.to_owned(),
            router(host, "workspaces", name, &format!("{name}-login")),
        ),
        (format!("{name}-health"), health),
    ];
    write_yaml(&Json::object([(
        "http",
        Json::object([
            ("routers", Json::object(routers)),
            (
                "services",
                Json::object([(name.to_owned(), Json::object([("loadBalancer", balancer)]))]),
            ),
        ]),
    )]))
}

/// The router of the dashboard.
pub(super) fn dashboard(ide: &TeamIde) -> String {
    let host = format!("Host(`monitor.{}`)", ide.domain().as_str());
    let router = router(host, "dashboard", "api@internal", "monitor-login");
    write_yaml(&Json::object([(
        "http",
        Json::object([("routers", Json::object([("dashboard", router)]))]),
    )]))
}

fn router(rule: String, entry_point: &'static str, service: &str, login: &str) -> Json {
    Json::object([
        ("rule", Json::from(rule)),
        ("entryPoints", Json::array([entry_point])),
        ("service", Json::from(service.to_owned())),
        (
            "middlewares",
            Json::array([Json::from("headers"), Json::from(login.to_owned())]),
        ),
        ("tls", Json::object::<&str, Json>([])),
    ])
}
