use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = ssm(certificate = "/a"),
)]
struct Acme;

vsc::main!(Acme);
