use vsc::prelude::*;

#[team_ide(
    users = "team.ini",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
