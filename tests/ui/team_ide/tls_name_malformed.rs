use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = ssm(certificate = "/a b", private_key = "/b"),
)]
struct Acme;

vsc::main!(Acme);
