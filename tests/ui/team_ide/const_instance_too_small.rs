use vsc::prelude::*;

const TEAM: usize = 100;

#[team_ide(
    users = TEAM,
    domain = "code.x.com",
    instance = "t3.small",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
