use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = smm,
)]
struct Acme;

vsc::main!(Acme);
