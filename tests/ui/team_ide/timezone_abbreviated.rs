use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    timezone = "CEST",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
