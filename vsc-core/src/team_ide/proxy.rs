//! The configuration of Traefik: <https://doc.traefik.io/traefik/reference/>.

use vsc_spec::team::{Domain, TeamIde, Tls, WORKSPACE_PORT};
use vsc_spec::{Json, Object, Text};

use crate::template::write_yaml;

/// The internal domain of a host without a domain.
const NO_DOMAIN: &str = "internal";

/// The domain of names with which the host queries the proxy for a workspace.
pub(super) fn internal_domain(ide: &TeamIde) -> &str {
    ide.domain().map_or(NO_DOMAIN, Domain::as_str)
}

/// The static configuration: the ports of the proxy, and the folder of its routers.
pub(super) fn entry_points(ide: &TeamIde) -> String {
    // The default of a minute would abort uploads of large files.
    let timeouts = Json::object([(
        "respondingTimeouts",
        Json::object([("readTimeout", Json::from("15m"))]),
    )]);
    // Headers are kept in memory until they end, also from clients without a login.
    let http = Json::object([
        NO_ALIASES,
        ("maxHeaderBytes", Json::Integer(MOST_HEADER_BYTES)),
    ]);
    let listen = |port: u16| {
        Json::object([
            ("address", Json::from(format!(":{port}"))),
            ("transport", timeouts.clone()),
            ("http", http.clone()),
        ])
    };
    let mut entry_points = Object::new();
    if ide.is_https() {
        let plain = Json::object([("address", Json::from(":80")), ("http", http.clone())]);
        entry_points.insert(PLAIN, plain);
    }
    for (index, user) in ide.users().iter().enumerate() {
        let name = entry_point(ide, user.name().as_str());
        entry_points.insert(name, listen(ide.workspace_port(index)));
    }
    entry_points.insert("dashboard", listen(ide.dashboard_port()));
    // Only for the host: health checks and the proxy's ping.
    let internal = Json::object([
        ("address", Json::from("127.0.0.1:8082")),
        ("http", Json::object([NO_ALIASES])),
    ]);
    entry_points.insert("internal", internal);
    let mut configuration = Object::new()
        .with("entryPoints", Json::Object(entry_points))
        .with(
            "providers",
            Json::object([(
                "file",
                Json::object([
                    ("directory", Json::from("/etc/traefik/routers")),
                    ("watch", Json::Bool(true)),
                ]),
            )]),
        );
    if let Tls::Acme { email, staging, .. } = ide.tls() {
        let resolver = resolver(email.as_str(), *staging);
        configuration.insert("certificatesResolvers", resolver);
    }
    write_yaml(&Json::Object(
        configuration
            .with("api", Json::object([("dashboard", Json::Bool(true))]))
            .with(
                "ping",
                Json::object([("entryPoint", Json::from("internal"))]),
            )
            .with(
                "log",
                Json::object([("level", Json::from("INFO")), ("noColor", Json::Bool(true))]),
            )
            // To the journal, which limits the size of both.
            .with("accessLog", Json::object::<&str, Json>([]))
            .with(
                "global",
                Json::object([
                    ("checkNewVersion", Json::Bool(false)),
                    ("sendAnonymousUsage", Json::Bool(false)),
                ]),
            ),
    ))
}

/// Some servers that developers run behind their workspaces take `X_Forwarded_For` for
/// `X-Forwarded-For`: <https://doc.traefik.io/traefik/security/header-aliases/>.
const NO_ALIASES: (&str, Json) = (
    "aliasHeadersStrategy",
    Json::String(Text::Borrowed("delete")),
);

/// The entry point that redirects to HTTPS.
const PLAIN: &str = "web";

/// The most bytes of a request's headers: the default of Node.js, which serves the workspaces.
const MOST_HEADER_BYTES: i64 = 16_384;

/// Certificates from Let's Encrypt, for which the proxy answers DNS challenges in Route 53.
fn resolver(email: &str, staging: bool) -> Json {
    let challenge = Json::object([("provider", Json::from("route53"))]);
    let acme = Object::new()
        .with("email", email.to_owned())
        .with_some("caServer", staging.then_some(STAGING))
        .with("storage", "/acme/acme.json")
        .with("dnsChallenge", challenge);
    let acme = Json::object([("acme", Json::Object(acme))]);
    Json::object([(resolver_name(staging), acme)])
}

/// The staging environment of Let's Encrypt: untrusted certificates, generous rate limits:
/// <https://letsencrypt.org/docs/staging-environment/>.
const STAGING: &str = "https://acme-staging-v02.api.letsencrypt.org/directory";

/// The name of the resolver, by which the proxy stores certificates, so that those of staging and
/// production are not confused.
fn resolver_name(staging: bool) -> &'static str {
    if staging {
        "letsencrypt_staging"
    } else {
        "letsencrypt"
    }
}

/// The entry point of a workspace: a port for all, or one for each.
fn entry_point(ide: &TeamIde, name: &str) -> String {
    match ide.domain() {
        Some(_) => "workspaces".to_owned(),
        None => format!("workspace_{name}"),
    }
}

/// The user's name in [`workspaces`]. Names have no upper case.
const NAME: &str = "NAME";

/// The address of the workspace in [`workspaces`].
const ADDRESS: &str = "ADDRESS";

/// The routers of the workspaces, each in a file of the folder that the proxy watches.
pub fn routers(ide: &TeamIde) -> impl Iterator<Item = (String, String)> {
    let router = workspaces(ide);
    let addresses = super::workspace::addresses(ide).into_iter();
    let users = ide.users().iter().zip(addresses);
    users.map(move |(user, address)| {
        let name = user.name().as_str();
        let router = router.replace(NAME, name);
        (
            format!("/etc/vsc/proxy/routers/{name}.yaml"),
            router.replace(ADDRESS, &address.to_string()),
        )
    })
}

/// The router of each workspace, with placeholders for the name and the address, which the host replaces: for
/// its owner with a login, for the host's health checks without. The host writes the login itself, as
/// `NAME_login`, when it has fetched the password.
///
/// User names have no underscores, so that the names of routers are unique.
pub(super) fn workspaces(ide: &TeamIde) -> String {
    let name = NAME;
    let health_host = format!("{name}.{}", internal_domain(ide));
    let health = Json::object([
        (
            "rule",
            Json::from(format!("Host(`{health_host}`) && Path(`/healthz`)")),
        ),
        ("entryPoints", Json::array(["internal"])),
        ("service", Json::from(name.to_owned())),
    ]);
    let server = Json::object([(
        "url",
        Json::from(format!("http://{ADDRESS}:{WORKSPACE_PORT}")),
    )]);
    let balancer = Json::object([("servers", Json::array([server]))]);
    let login_name = format!("{name}_login");
    let routers = [
        (
            name.to_owned(),
            router(
                ide,
                &format!("{name}.{}", internal_domain(ide)),
                entry_point(ide, name),
                name,
                &login_name,
            ),
        ),
        (format!("{name}_health"), health),
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
    let host = format!("monitor.{}", internal_domain(ide));
    let entry_point = "dashboard".to_owned();
    let router = router(ide, &host, entry_point, "api@internal", "monitor_login");
    write_yaml(&Json::object([(
        "http",
        Json::object([("routers", Json::object([("dashboard", router)]))]),
    )]))
}

/// Rejects requests from other sites, including colleagues' names, except for following a link. Fetch
/// Metadata Request Headers, W3C.
const NOT_CROSS_SITE: &str = "(!HeaderRegexp(`Sec-Fetch-Site`, `^(cross|same)-site$`) || (Method(`GET`) && Header(`Sec-Fetch-Mode`, `navigate`) && Header(`Sec-Fetch-Dest`, `document`)))";

fn router(ide: &TeamIde, host: &str, entry_point: String, service: &str, login: &str) -> Json {
    let rule = match ide.domain() {
        Some(_) => format!("Host(`{host}`) && {NOT_CROSS_SITE}"),
        // The entry point alone identifies the workspace.
        None => format!("PathPrefix(`/`) && {NOT_CROSS_SITE}"),
    };
    let router = Object::new()
        .with("rule", rule)
        .with("entryPoints", Json::array([entry_point]))
        .with("service", service.to_owned())
        .with(
            "middlewares",
            Json::array([
                Json::from("headers"),
                Json::from("rate"),
                Json::from(login.to_owned()),
            ]),
        );
    Json::Object(router.with_some("tls", tls(ide)))
}

fn tls(ide: &TeamIde) -> Option<Json> {
    match (ide.tls(), ide.domain()) {
        (Tls::None, _) => None,
        // One certificate for all names: issuers limit certificates per week.
        (Tls::Acme { staging, .. }, Some(domain)) => Some(Json::object([
            ("certResolver", Json::from(resolver_name(*staging))),
            (
                "domains",
                Json::array([Json::object([(
                    "main",
                    Json::from(format!("*.{}", domain.as_str())),
                )])]),
            ),
        ])),
        _ => Some(Json::object::<&str, Json>([])),
    }
}

/// The cipher suites of TLS 1.2; those of TLS 1.3 are all good.
const CIPHER_SUITES: [&str; 6] = [
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
];

/// The rate limit of a client per router: requests a second, and a burst. A workbench requests a few
/// hundred files when it opens; an attacker who guesses passwords is slowed down.
const RATE: [(&str, i64); 2] = [("average", 30), ("burst", 600)];

/// The configuration that all routers share, and the redirect to HTTPS.
pub(super) fn common(ide: &TeamIde) -> String {
    let headers = Object::new()
        .with_some("stsSeconds", ide.is_https().then_some(31_536_000))
        .with("contentTypeNosniff", true)
        .with("customFrameOptionsValue", "SAMEORIGIN")
        .with("referrerPolicy", "same-origin")
        // Traefik trusts no `X-Forwarded-For`, but it would pass this header on.
        .with(
            "customRequestHeaders",
            Json::object([("Forwarded", Json::from(""))]),
        );
    // An IPv6 client has 2^64 addresses.
    let network = Json::object([("ipv6Subnet", Json::Integer(64))]);
    let client = Json::object([("ipStrategy", network)]);
    let rate = RATE.map(|(name, value)| (name, Json::Integer(value)));
    let rate = rate.into_iter().chain([("sourceCriterion", client)]);
    let mut middlewares = Object::new()
        .with(
            "headers",
            Json::object([("headers", Json::Object(headers))]),
        )
        .with("rate", Json::object([("rateLimit", Json::object(rate))]));
    let mut http = Object::new();
    if let (true, Some(domain)) = (ide.is_https(), ide.domain()) {
        let redirect = Json::object([
            ("scheme", Json::from("https")),
            ("port", Json::from(ide.port().to_string())),
            ("permanent", Json::Bool(true)),
        ]);
        let redirect = Json::object([("redirectScheme", redirect)]);
        middlewares.insert("https", redirect);
        let names = domain.as_str().replace('.', r"\.");
        let router = Json::object([
            (
                "rule",
                Json::from(format!(r"HostRegexp(`^[a-z0-9-]+\.{names}$`)")),
            ),
            ("entryPoints", Json::array([PLAIN])),
            ("middlewares", Json::array(["https"])),
            ("service", Json::from("noop@internal")),
        ]);
        http.insert("routers", Json::object([("to_https", router)]));
    }
    http.insert("middlewares", Json::Object(middlewares));
    let mut common = Object::new().with("http", Json::Object(http));
    if ide.is_https() {
        let options = Json::object([
            ("minVersion", Json::from("VersionTLS12")),
            ("cipherSuites", Json::array(CIPHER_SUITES)),
        ]);
        let mut tls = Object::new().with("options", Json::object([("default", options)]));
        if !matches!(ide.tls(), Tls::Acme { .. }) {
            let certificate = Json::object([
                ("certFile", "/etc/traefik/tls/certificate.pem"),
                ("keyFile", "/etc/traefik/tls/private-key.pem"),
            ]);
            let store = Json::object([("defaultCertificate", certificate)]);
            tls.insert("stores", Json::object([("default", store)]));
        }
        common.insert("tls", Json::Object(tls));
    }
    write_yaml(&Json::Object(common))
}
