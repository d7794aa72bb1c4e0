use vsc::prelude::*;

#[team_ide(
    users = ["alice", "bob"],
    domain = "code.x.com",
    login = oidc(
        issuer = "https://accounts.google.com",
        client_id = "a",
        client_secret = "acme/oidc",
    ),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
