use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = oidc(
        issuer = "https://accounts.google.com",
        client_id = "a",
        client_secret = "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",
    ),
)]
enum AcmeIde {
    #[user(email = "alice@x.com")]
    Alice,
    #[user(email = "bob@x.com")]
    Bob,
}

vsc::main!(AcmeIde);
