use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    timezone = 2,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
