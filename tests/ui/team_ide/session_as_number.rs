use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    session = 12,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
