use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    session = "1 h",
    idle = "90 min",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
