use vsc::prelude::*;

#[team_ide(
    users = "semicolons.csv",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
