use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = "https://accounts.google.com",
        client_id = "a",
        client_secret = "acme/oidc",
    ),
)]
enum AcmeIde {
    #[user(email = "alice@x.com")]
    Alice,
    Bob,
    #[user(name = "carol", memory = "2 GiB")]
    Third,
}

vsc::main!(AcmeIde);
