use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = "https://login.microsoftonline.com/common/v2.0",
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
