use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    operators = [],
)]
struct AcmeIde;

vsc::main!(AcmeIde);
