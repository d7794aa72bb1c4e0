use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = "https://id.x.com/.well-known/openid-configuration",
        client_id = "a",
        client_secret = "acme/oidc",
    ),
)]
enum AcmeIde {
    #[user(email = "alice@x.com")]
    Alice,
    #[user(email = "bob@x.com")]
    Bob,
}

vsc::main!(AcmeIde);
