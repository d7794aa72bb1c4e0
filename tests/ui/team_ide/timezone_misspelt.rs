use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    timezone = "Europe/Roma",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
