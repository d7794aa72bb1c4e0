use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    credits = unlimitted,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
