use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    credits = "standard",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
