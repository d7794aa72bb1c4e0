use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    region = REGION,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
