use vsc::prelude::*;

const TEAM: u8 = 0;

#[team_ide(
    users = TEAM,
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
