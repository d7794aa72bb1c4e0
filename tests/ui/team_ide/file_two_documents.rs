use vsc::prelude::*;

#[team_ide(
    users = "two.yaml",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
