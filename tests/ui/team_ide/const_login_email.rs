use vsc::prelude::*;

const SECOND: &str = "DEV@x.com";

#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = "https://accounts.google.com",
        client_id = "a",
        client_secret = "acme/oidc",
    ),
)]
enum AcmeIde {
    #[user(email = "dev@x.com")]
    Alice,
    #[user(email = SECOND)]
    Bob,
}

vsc::main!(AcmeIde);
