use vsc::prelude::*;

#[team_ide(
    users = "columns.csv",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
