use vsc::prelude::*;

#[team_ide(
    users = ["team.csv"],
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
