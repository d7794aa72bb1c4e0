use vsc::prelude::*;

#[team_ide(
    users = "no_line_break.csv",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
