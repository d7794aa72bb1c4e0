use vsc::prelude::*;

#[team_ide(
    users(6),
    domain = "code.x.com",
    tls(acme(email = "ops@x.com")),
)]
struct Acme;

vsc::main!(Acme);
