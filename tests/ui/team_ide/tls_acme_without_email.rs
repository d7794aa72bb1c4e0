use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = acme,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
