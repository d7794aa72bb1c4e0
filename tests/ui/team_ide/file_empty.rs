use vsc::prelude::*;

#[team_ide(
    users = "empty.yaml",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
