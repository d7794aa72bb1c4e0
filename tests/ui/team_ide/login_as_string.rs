use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    login = "shared",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
