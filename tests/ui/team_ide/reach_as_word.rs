use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    reach = anywhere,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
