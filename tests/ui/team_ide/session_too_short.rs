use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    session = "60 s",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
