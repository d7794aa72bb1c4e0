use vsc::prelude::*;

const ISSUER: &str = "https://login.microsoftonline.com/common/v2.0";

#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = ISSUER,
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
