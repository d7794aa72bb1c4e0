//! The configuration of Traefik: <https://doc.traefik.io/traefik/reference/>.

use vsc_spec::team::{Domain, Previews, TeamIde, Tls, WORKSPACE_PORT};
use vsc_spec::{Json, Object, Text};

use super::workspace::fnv;
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
        // Small enough for the secret with all certificates, which has 64 KiB.
        .with("keyType", "EC256")
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

/// The routers of each workspace, with placeholders for the name and the address, which the host replaces: for
/// its owner with a login, for the pages of the login, and for the host's health checks without.
///
/// User names have no underscores, so that the names of routers are unique.
pub(super) fn workspaces(ide: &TeamIde) -> String {
    let host = format!("{NAME}.{}", internal_domain(ide));
    let health = Json::object([
        (
            "rule",
            Json::from(format!("Host(`{host}`) && Path(`/healthz`)")),
        ),
        ("entryPoints", Json::array(["internal"])),
        ("service", Json::from(NAME)),
    ]);
    let guarded = Guarded {
        name: NAME,
        address: ADDRESS,
        host,
        entry_point: entry_point(ide, NAME),
        service: NAME,
    };
    let mut routers = Object::new();
    for (name, router) in guarded.routers(ide) {
        routers.insert(name, router);
    }
    routers.insert(format!("{NAME}_health"), health);
    let mut middlewares = guarded.middlewares(ide);
    if ide.previews() == Previews::Subdomains {
        for (name, router) in guarded.ports(ide) {
            routers.insert(name, router);
        }
        middlewares.insert(
            format!("{NAME}_ports"),
            guarded.check(ide, "ports", &["X-Forwarded-Host"]),
        );
        middlewares.insert(format!("{NAME}_paths"), ports_for_paths(ide));
    }
    let services = [
        (NAME.to_owned(), service(ADDRESS, WORKSPACE_PORT)),
        guarded.pages(),
    ];
    write_yaml(&Json::object([(
        "http",
        Json::object([
            ("routers", Json::Object(routers)),
            ("middlewares", Json::Object(middlewares)),
            ("services", Json::object(services)),
        ]),
    )]))
}

/// The name of the dashboard, and the address at which Apache checks its login: that of no workspace.
const DASHBOARD: (&str, &str) = ("monitor", "127.128.0.1");

/// The routers of the dashboard: the page of the operators, and the dashboard of Traefik.
pub(super) fn dashboard(ide: &TeamIde) -> String {
    let (name, address) = DASHBOARD;
    let guarded = Guarded {
        name,
        address,
        host: format!("{name}.{}", internal_domain(ide)),
        entry_point: "dashboard".to_owned(),
        service: OPERATORS,
    };
    // A longer rule is tried first.
    let proxy = guarded.router(
        ide,
        "(PathPrefix(`/dashboard`) || PathPrefix(`/api`)) && ",
        "api@internal",
        &["rate", "monitor_login"],
    );
    let mut routers = guarded.routers(ide);
    if let Some((_, router)) = routers.first_mut() {
        request_previews(ide, router);
    }
    let routers = routers.into_iter();
    write_yaml(&Json::object([(
        "http",
        Json::object([
            (
                "routers",
                Json::object(routers.chain([("monitor_proxy".to_owned(), proxy)])),
            ),
            ("middlewares", Json::Object(guarded.middlewares(ide))),
            (
                "services",
                Json::object([
                    guarded.pages(),
                    (OPERATORS.to_owned(), service(address, OPERATORS_PORT)),
                ]),
            ),
        ]),
    )]))
}

/// The service of the page of the operators, and the port at which Apache serves it.
const OPERATORS: &str = "operators";
const OPERATORS_PORT: u16 = 4182;

/// The port at which Apache tells whether a request may pass, at the address of each workspace.
const CHECK_PORT: u16 = 4180;

/// The port at which Apache serves the pages of the login.
const PAGES_PORT: u16 = 4181;

fn service(address: &str, port: u16) -> Json {
    let server = Json::object([("url", Json::from(format!("http://{address}:{port}")))]);
    let balancer = Json::object([("servers", Json::array([server]))]);
    Json::object([("loadBalancer", balancer)])
}

/// The name of the cookie of a session. The prefixes make browsers reject cookies that another host sets:
/// RFC 6265bis, "Cookie Name Prefixes".
fn cookie(ide: &TeamIde, name: &str) -> String {
    let kind = if ide.login().is_by_provider() {
        "oidc"
    } else {
        "vsc"
    };
    if ide.previews() == Previews::Subdomains {
        // It is also that of the names below.
        format!("__Secure-{kind}")
    } else if ide.is_https() {
        format!("__Host-{kind}")
    } else {
        format!("{kind}_{name}")
    }
}

/// A service behind the login of Apache, which listens at an address of its own for each.
struct Guarded<'a> {
    name: &'a str,
    address: &'a str,
    host: String,
    entry_point: String,
    service: &'a str,
}

impl Guarded<'_> {
    /// The routers of the service, of the pages of its login, and of attempts to sign in.
    fn routers(&self, ide: &TeamIde) -> [(String, Json); 3] {
        let name = self.name;
        let pages = format!("{name}_pages");
        let router = |path: &str, service: &str, middlewares: &[&str]| {
            self.router(ide, path, service, middlewares)
        };
        let login = format!("{name}_login");
        let paths = format!("{name}_paths");
        let mut middlewares = vec!["rate", &login];
        if ide.previews() == Previews::Subdomains && self.service == name {
            middlewares.push(&paths);
        }
        let any = match ide.domain() {
            Some(_) => "",
            None => "PathPrefix(`/`) && ",
        };
        [
            (name.to_owned(), router(any, self.service, &middlewares)),
            (
                pages.clone(),
                router("PathPrefix(`/.login/`) && ", &pages, &["rate"]),
            ),
            (
                format!("{name}_submit"),
                router(
                    "PathPrefix(`/.login/`) && Method(`POST`) && !PathRegexp(`^/.login/(log)?out$`) && ",
                    &pages,
                    &["attempts"],
                ),
            ),
        ]
    }

    /// The router of the requests of this host that a rule selects.
    fn router(&self, ide: &TeamIde, rule: &str, service: &str, middlewares: &[&str]) -> Json {
        let host = match ide.domain() {
            Some(_) => format!("Host(`{}`) && ", self.host),
            // The entry point alone identifies the workspace.
            None => String::new(),
        };
        let middlewares = ["headers"].iter().chain(middlewares);
        let router = Object::new()
            .with("rule", format!("{host}{rule}{NOT_CROSS_SITE}"))
            .with("entryPoints", Json::array([self.entry_point.clone()]))
            .with("service", service.to_owned())
            .with(
                "middlewares",
                Json::array(middlewares.map(|name| Json::from((*name).to_owned()))),
            );
        Json::Object(router.with_some("tls", tls(ide)))
    }

    /// The service of the pages of the login.
    fn pages(&self) -> (String, Json) {
        (
            format!("{}_pages", self.name),
            service(self.address, PAGES_PORT),
        )
    }

    /// The routers of the apps in a workspace: of their names, and of links that open them.
    fn ports(&self, ide: &TeamIde) -> [(String, Json); 2] {
        let host = self.host.replace('.', r"\.");
        let any = format!("HostRegexp(`^[0-9]+\\.{host}$`)");
        let router = |rule: String, service: &str, middlewares: &[&str]| {
            // By themselves longer rules come first.
            let priority = middlewares.is_empty().then_some(Json::Integer(10_000));
            let middlewares = ["ports", "ports_rate"].iter().chain(middlewares);
            let router = Object::new()
                .with("rule", rule)
                .with_some("priority", priority)
                .with("entryPoints", Json::array([self.entry_point.clone()]))
                .with("service", service.to_owned())
                .with(
                    "middlewares",
                    Json::array(middlewares.map(|name| Json::from((*name).to_owned()))),
                );
            Json::Object(router.with_some("tls", tls(ide)))
        };
        let name = self.name;
        // The developer's own pages may call their own apps.
        let own = format!("HeaderRegexp(`Origin`, `^https://([0-9]+\\.)?{host}(:[0-9]+)?$`)");
        let ports = format!("{name}_ports");
        let embedded = NOT_CROSS_SITE.replace("`document`", "`iframe`");
        [
            (
                ports.clone(),
                router(
                    format!("{any} && ({NOT_CROSS_SITE} || {embedded} || {own})"),
                    self.service,
                    &[&ports],
                ),
            ),
            (
                format!("{name}_link"),
                router(
                    format!("{any} && Path(`/.login/link`) && {NOT_CROSS_SITE}"),
                    &format!("{name}_pages"),
                    &[],
                ),
            ),
        ]
    }

    /// The middleware that asks whether a request to the service may pass.
    fn middlewares(&self, ide: &TeamIde) -> Object {
        Object::new().with(format!("{}_login", self.name), self.check(ide, "", &[]))
    }

    /// Asks Apache about each request. The URL is the same for all, so that no client can choose one that is
    /// open. Apache gets the headers that it needs, so that it answers no conditional request; its answer
    /// replaces the client's cookies, without the session, and names the user.
    fn check(&self, ide: &TeamIde, path: &str, answered: &[&str]) -> Json {
        let answered = ["X-Forwarded-User", "Cookie"].iter().chain(answered);
        let check = Json::object([
            (
                "address",
                Json::from(format!("http://{}:{CHECK_PORT}/{path}", self.address)),
            ),
            ("trustForwardHeader", Json::Bool(false)),
            ("maxResponseBodySize", Json::Integer(65_536)),
            (
                "authRequestHeaders",
                Json::array([
                    "Cookie",
                    "Sec-Fetch-Dest",
                    "Sec-WebSocket-Key",
                    "User-Agent",
                ]),
            ),
            (
                "authResponseHeaders",
                Json::array(answered.map(|name| Json::from((*name).to_owned()))),
            ),
            (
                "addAuthCookiesToResponse",
                Json::array([cookie(ide, self.name)]),
            ),
        ]);
        Json::object([("forwardAuth", check)])
    }
}

/// Leads from the paths of apps, which code-server offers at the name of the workspace, to the names of these
/// apps: at the name of the workspace they could use its session.
fn ports_for_paths(ide: &TeamIde) -> Json {
    let domain = internal_domain(ide);
    let port = match ide.port() {
        443 => String::new(),
        port => format!(":{port}"),
    };
    let redirect = Json::object([
        (
            "regex",
            Json::from("^https://[^/]+/+(?i:abs)?(?i:proxy)/([0-9]+)/?(.*)$"),
        ),
        (
            "replacement",
            Json::from(format!("https://${{1}}.{NAME}.{domain}{port}/${{2}}")),
        ),
    ]);
    Json::object([("redirectRegex", redirect)])
}

/// Rejects requests from other sites, including colleagues' names, except for following a link. Fetch
/// Metadata Request Headers, W3C.
const NOT_CROSS_SITE: &str = "(!HeaderRegexp(`Sec-Fetch-Site`, `^(cross|same)-site$`) || (Method(`GET`) && Header(`Sec-Fetch-Mode`, `navigate`) && Header(`Sec-Fetch-Dest`, `document`)))";

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

/// The number of certificates for the names of previews. Let's Encrypt issues 50 a week for a domain, each for at
/// most 100 names: <https://letsencrypt.org/docs/rate-limits/>. Several of them, so that one who joins or leaves
/// changes only one, and that no certificate waits for the challenges of a large team.
const PREVIEW_CERTIFICATES: u32 = 4;

/// Requests certificates for the names of previews, by the router of the dashboard: one router requests those of
/// all, and the others use them. A workspace does not wait for them.
fn request_previews(ide: &TeamIde, router: &mut Json) {
    let (Tls::Acme { .. }, Previews::Subdomains) = (ide.tls(), ide.previews()) else {
        return;
    };
    let Json::Object(router) = router else { return };
    let Some(Json::Object(tls)) = router.get_mut("tls") else {
        return;
    };
    if let Some(Json::Array(domains)) = tls.get_mut("domains") {
        domains.extend(preview_certificates(ide));
    }
}

/// The names of each certificate for previews. They depend only on the names of users, not on their order.
fn preview_certificates(ide: &TeamIde) -> impl Iterator<Item = Json> {
    let mut names: Vec<(u32, &str)> = ide
        .users()
        .iter()
        .map(|user| {
            (
                fnv(user.name().as_str()) % PREVIEW_CERTIFICATES,
                user.fqdn(),
            )
        })
        .collect();
    names.sort_unstable();
    (0..PREVIEW_CERTIFICATES).filter_map(move |certificate| {
        let names = names.iter().filter(|(of, _)| *of == certificate);
        let mut names = names.map(|(_, name)| Json::from(format!("*.{name}")));
        let main = names.next()?;
        let others: Vec<Json> = names.collect();
        let others = (!others.is_empty()).then_some(Json::Array(others));
        Some(Json::Object(
            Object::new().with("main", main).with_some("sans", others),
        ))
    })
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
/// hundred files when it opens.
const RATE: [(&str, i64); 2] = [("average", 30), ("burst", 600)];

/// The rate limit of a client who signs in at a name: attempts a minute, and a burst.
const ATTEMPTS: [(&str, i64); 2] = [("average", 5), ("burst", 5)];

/// The rate limit of a client of an app: a development server has a file for each module.
const PORTS_RATE: [(&str, i64); 2] = [("average", 300), ("burst", 5000)];

/// Traefik trusts no `X-Forwarded-For`, but it would pass this header on.
fn not_forwarded() -> Json {
    Json::object([("Forwarded", Json::from(""))])
}

/// The configuration that all routers share, and the redirect to HTTPS.
pub(super) fn common(ide: &TeamIde) -> String {
    let headers = Object::new()
        .with_some("stsSeconds", ide.is_https().then_some(31_536_000))
        .with("contentTypeNosniff", true)
        .with("customFrameOptionsValue", "SAMEORIGIN")
        .with("referrerPolicy", "same-origin")
        .with("customRequestHeaders", not_forwarded());
    // An IPv6 client has 2^64 addresses.
    let network = Json::object([("ipv6Subnet", Json::Integer(64))]);
    let client = Json::object([("ipStrategy", network)]);
    let rate = |limit: [(&'static str, i64); 2]| {
        let limit = limit.map(|(name, value)| (name, Json::Integer(value)));
        limit
            .into_iter()
            .chain([("sourceCriterion", client.clone())])
    };
    let attempts = rate(ATTEMPTS).chain([("period", Json::from("1m"))]);
    let mut middlewares = Object::new()
        .with(
            "headers",
            Json::object([("headers", Json::Object(headers))]),
        )
        .with(
            "rate",
            Json::object([("rateLimit", Json::object(rate(RATE)))]),
        )
        .with(
            "attempts",
            Json::object([("rateLimit", Json::object(attempts))]),
        );
    if ide.previews() == Previews::Subdomains {
        // What an app says about itself stays as it is.
        let headers = Json::object([
            ("stsSeconds", Json::Integer(31_536_000)),
            ("customRequestHeaders", not_forwarded()),
        ]);
        middlewares.insert("ports", Json::object([("headers", headers)]));
        let rate = Json::object([("rateLimit", Json::object(rate(PORTS_RATE)))]);
        middlewares.insert("ports_rate", rate);
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use vsc_spec::team::TeamIdeBuilder;

    use super::*;

    fn team(names: impl IntoIterator<Item = String>) -> TeamIde {
        let begun = TeamIde::builder()
            .domain("code.x.com")
            .tls_acme("ops@x.com");
        let team = names.into_iter().fold(begun, TeamIdeBuilder::user);
        team.build().expect("it is right")
    }

    /// The names of each certificate.
    fn certificates(ide: &TeamIde) -> BTreeSet<Vec<String>> {
        let text = |name: &Json| name.as_str().map(str::to_owned);
        let names = |certificate: Json| {
            let main = certificate.get("main").and_then(text);
            let others = certificate.get("sans").and_then(Json::as_array);
            let others = others.into_iter().flatten().filter_map(text);
            main.into_iter().chain(others).collect()
        };
        preview_certificates(ide).map(names).collect()
    }

    #[test]
    fn few_certificates_have_the_names_of_all_previews() {
        let names = |count: usize| (0..count).map(|at| format!("developer-{at}"));
        for count in [1, 6, 180] {
            let certificates = certificates(&team(names(count)));
            assert!((1..=4).contains(&certificates.len()), "{count}");
            let expected: BTreeSet<String> = names(count)
                .map(|name| format!("*.{name}.code.x.com"))
                .collect();
            assert_eq!(certificates.iter().map(Vec::len).sum::<usize>(), count);
            assert!(certificates.iter().all(|names| names.len() <= 100));
            let all: BTreeSet<String> = certificates.into_iter().flatten().collect();
            assert_eq!(all, expected);
        }
    }

    #[test]
    fn one_who_leaves_changes_one_certificate() {
        let names = || (0..20).map(|at| format!("dev{at}"));
        let before = certificates(&team(names()));
        let reversed: Vec<String> = names().collect();
        assert_eq!(certificates(&team(reversed.into_iter().rev())), before);
        let after = certificates(&team(names().skip(1)));
        assert_eq!(before.difference(&after).count(), 1);
    }

    #[test]
    fn certificates_for_previews_are_requested_by_the_dashboard_alone() {
        let ide = team(["alice".to_owned()]);
        let name = "*.alice.code.x.com";
        assert!(dashboard(&ide).contains(name) && !workspaces(&ide).contains(name));
        let begun = TeamIde::builder().domain("code.x.com").user("alice");
        let stored = begun.clone().build().expect("it is right");
        let paths = begun.tls_acme("ops@x.com").previews(Previews::Paths);
        let paths = paths.build().expect("it is right");
        assert!(
            ![stored, paths]
                .iter()
                .any(|ide| dashboard(ide).contains(name))
        );
    }
}
