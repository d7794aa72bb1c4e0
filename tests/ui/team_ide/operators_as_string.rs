use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    operators = "alice",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
