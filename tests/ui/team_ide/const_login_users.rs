use vsc::prelude::*;

const USERS: &[&str] = &["alice", "bob"];

#[team_ide(
    users = USERS,
    domain = "code.x.com",
    login = oidc(
        issuer = "https://accounts.google.com",
        client_id = "a",
        client_secret = "acme/oidc",
    ),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
