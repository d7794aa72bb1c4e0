//! The team of a stack, as data: no command of the tool knows the types of a team.

use vsc_core::team_ide;
use vsc_spec::team::{
    Cpus, Domain, HOST_MEMORY, Homes, HostedZoneId, Login, Network, Pin, Size, TeamIde, Tls, User,
};
use vsc_spec::{Json, Object};

use super::diagnostic_json;

pub(super) fn described(ide: &TeamIde, preview: Option<&str>) -> Json {
    let users = ide.users().iter().enumerate();
    let users = users.map(|(index, user)| user_json(ide, index, user));
    let notes = ide.tls().untrusted();
    Json::Object(
        Object::new()
            .with("engine", "code-server")
            .with_some("domain", ide.domain().map(|it| it.as_str().to_owned()))
            .with("https", ide.is_https())
            .with("port", integer(ide.port().into()))
            .with("dashboard", dashboard(ide))
            .with("login", login(ide))
            .with("users", Json::array(users))
            .with("host", host(ide))
            .with_some("homes", homes(ide))
            .with("needs", needs(ide))
            .with("images", images(ide))
            .with("notes", Json::array(notes.iter().map(diagnostic_json)))
            .with_some("preview", preview.map(str::to_owned)),
    )
}

fn integer(number: u64) -> Json {
    Json::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn mib(size: Size) -> Json {
    integer(size.mib())
}

fn dashboard(ide: &TeamIde) -> Json {
    Json::Object(
        Object::new()
            .with("port", integer(ide.dashboard_port().into()))
            .with("urlOutput", team_ide::DASHBOARD_URL),
    )
}

fn login(ide: &TeamIde) -> Json {
    let (kind, provider) = match ide.login() {
        Login::Generated => ("generated", None),
        Login::Shared => ("shared", None),
        Login::Oidc {
            issuer,
            client_secret,
            ..
        } => {
            let provider = Object::new()
                .with("issuer", issuer.as_str().to_owned())
                .with("clientSecret", client_secret.as_str().to_owned());
            ("oidc", Some(Json::Object(provider)))
        }
        Login::Cognito { .. } => ("cognito", None),
    };
    let operators = ide.operators().map(|operators| {
        let operators = operators.iter().cloned();
        Json::array(operators)
    });
    let urls = team_ide::login_urls(ide).into_iter().map(|urls| {
        Json::Object(
            Object::new()
                .with_some("user", urls.user)
                .with("callback", urls.callback)
                .with("signedOut", urls.signed_out),
        )
    });
    Json::Object(
        Object::new()
            .with("kind", kind)
            .with("passwordLength", Json::Integer(team_ide::PASSWORD_LENGTH))
            .with("sessionSeconds", integer(ide.session().seconds()))
            .with("idleSeconds", integer(ide.idle().seconds()))
            .with("previews", ide.previews().as_str())
            .with_some("operators", operators)
            .with_some("provider", provider)
            .with("urls", Json::array(urls)),
    )
}

fn user_json(ide: &TeamIde, index: usize, user: &User) -> Json {
    let cpus = |cpus: Cpus| Json::Number(f64::from(cpus.thousandths()) / 1_000.0);
    let share = Object::new()
        .with("memoryMib", mib(user.memory()))
        .with("memoryLimitMib", mib(team_ide::memory_limit(ide, user)))
        .with_some("cpus", user.cpus().map(cpus))
        .with("homeMib", mib(ide.home_share()));
    let own = match ide.login() {
        Login::Generated | Login::Shared => Some("Password"),
        Login::Oidc { .. } => None,
        Login::Cognito { .. } => Some("Account"),
    };
    let resources = own.into_iter().chain(["Record"]);
    let resources = resources.map(|suffix| user.logical_id(suffix));
    Json::Object(
        Object::new()
            .with("name", user.name().as_str().to_owned())
            .with_some("email", user.email().map(|it| it.as_str().to_owned()))
            .with_some("url", team_ide::workspace_url(ide, index))
            .with("urlOutput", user.logical_id("Url"))
            .with_some("secret", team_ide::secret_name(ide, user))
            .with("resources", Json::array(resources))
            .with("share", Json::Object(share)),
    )
}

fn host(ide: &TeamIde) -> Json {
    let instance = ide.instance();
    let users = ide.users().iter().map(|user| user.memory().mib());
    let promised = Size::from_mib(users.sum::<u64>() + HOST_MEMORY.mib());
    Json::Object(
        Object::new()
            .with("logicalId", team_ide::HOST)
            .with("instanceType", instance.name())
            .with("vcpus", integer(instance.vcpus().into()))
            .with("memoryMib", mib(instance.memory()))
            .with("promisedMib", mib(promised))
            .with("reservedMib", mib(HOST_MEMORY))
            .with("rootVolumeMib", mib(ide.root_volume()))
            .with_some("homeVolumeMib", ide.home_volume().map(mib))
            .with("networkPool", team_ide::network_pool(ide))
            .with("generationParameter", team_ide::GENERATION),
    )
}

/// The volume of the homes, if they have one.
fn homes(ide: &TeamIde) -> Option<Json> {
    let volume = ide.home_volume()?;
    let size = matches!(ide.homes(), Homes::Fitting(_)).then_some(team_ide::HOME_VOLUME_SIZE);
    Some(Json::Object(
        Object::new()
            .with("volume", team_ide::HOME_VOLUME)
            .with("tag", team_ide::HOMES_TAG)
            .with("gib", integer(volume.gib()))
            .with("shareMib", mib(ide.home_share()))
            .with_some("sizeParameter", size)
            .with("zoneParameter", team_ide::ZONE)
            .with("snapshotParameter", team_ide::SNAPSHOT),
    ))
}

/// A value that is declared, or that a parameter of the template asks for.
fn value(declared: Option<&str>, parameter: &str) -> Json {
    Json::Object(match declared {
        Some(value) => Object::new().with("value", value.to_owned()),
        None => Object::new().with("parameter", parameter.to_owned()),
    })
}

/// What a deployment needs in the account.
fn needs(ide: &TeamIde) -> Json {
    let zone = ide.domain().map(|domain: &Domain| {
        let id = ide.hosted_zone().map(HostedZoneId::as_str);
        Json::Object(
            Object::new()
                .with("domain", domain.as_str().to_owned())
                .with("id", value(id, "HostedZoneId")),
        )
    });
    let network = ide.network();
    let network = Object::new()
        .with("vpc", value(network.map(Network::vpc), "VpcId"))
        .with("subnet", value(network.map(Network::subnet), "SubnetId"));
    Json::Object(
        Object::new()
            .with_some("hostedZone", zone)
            .with_some("certificate", certificate(ide.tls()))
            .with("network", Json::Object(network))
            .with_some("keyPair", ide.key_pair().map(|it| it.as_str().to_owned())),
    )
}

fn certificate(tls: &Tls) -> Option<Json> {
    let (certificate, private_key) = match tls {
        Tls::None => return None,
        Tls::Acme { until, .. } => {
            let until = until.as_ref().map(|until| until.as_str().to_owned());
            let issuer = "Let's Encrypt";
            let object = Object::new().with("issuer", issuer);
            return Some(Json::Object(object.with_some("until", until)));
        }
        Tls::Ssm {
            certificate,
            private_key,
        } => (Some(certificate.as_str()), Some(private_key.as_str())),
        Tls::SsmParameters => (None, None),
    };
    Some(Json::Object(
        Object::new()
            .with(
                "certificate",
                value(certificate, "CertificateParameterName"),
            )
            .with("privateKey", value(private_key, "PrivateKeyParameterName")),
    ))
}

/// The images of the host. One that the declaration does not name has the day on which it was last
/// known to be the newest.
fn images(ide: &TeamIde) -> Json {
    let images = [
        (ide.image(), Pin::WORKSPACE, "image"),
        (ide.proxy_image(), Pin::PROXY, "proxy_image"),
    ];
    Json::array(images.map(|(image, pin, key)| {
        let is_ours = image.as_str() == pin.image();
        let pinned = is_ours.then(|| {
            Json::Object(
                Object::new()
                    .with("tagged", pin.tagged())
                    .with("newestOn", pin.looked_at())
                    .with("outdatedAfterDays", integer(Pin::CURRENT_FOR_DAYS.into())),
            )
        });
        Json::Object(
            Object::new()
                .with("key", key)
                .with("reference", image.as_str().to_owned())
                .with_some("pin", pinned),
        )
    }))
}
