use vsc::prelude::*;

#[team_ide(
    users = "unknown.csv",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
