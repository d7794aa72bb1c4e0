use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = ssm(certifcate = "/a", private_key = "/b"),
)]
struct Acme;

vsc::main!(Acme);
