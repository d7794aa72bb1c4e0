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
    #[user(email = "a$b@x.com")]
    Alice,
}

vsc::main!(AcmeIde);
