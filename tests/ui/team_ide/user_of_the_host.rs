use vsc::prelude::*;

#[team_ide(
    users = ["host"],
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
