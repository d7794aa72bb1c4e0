use vsc::prelude::*;

#[team_ide(
    users = "comma.json",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
