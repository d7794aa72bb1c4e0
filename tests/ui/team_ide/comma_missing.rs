use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = 8443 region = "eu-west-1",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
