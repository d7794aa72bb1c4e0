use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = 443,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
