use vsc::prelude::*;

const REGION: u16 = 1;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    region = REGION,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
